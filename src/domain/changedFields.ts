import type { TargetDate } from './plan';
import type { ActionMatch, ComparedAction, ComparedPlan } from './planDiff';

/** A field of an action that may read otherwise in a newer file. */
export type ChangedField = 'title' | 'leads' | 'planned' | 'revised' | 'status' | 'percent' | 'narrative';

const FIELDS: Readonly<Record<ChangedField, (action: ComparedAction) => string>> = {
  title: ({ title }) => title,
  leads: ({ leads }) => leads.map(({ name }) => name).join(', '),
  planned: ({ planned }) => dateText(planned),
  revised: ({ revised }) => dateText(revised),
  status: ({ status }) => status.text || (status.key ?? ''),
  percent: ({ percent }) => (percent === null ? '' : `${percent}%`),
  narrative: ({ narrative }) => narrative,
};

/** Fields that both plans fill at all: a tracker without titles has not taken the titles away. */
export function comparedFields(older: ComparedPlan, newer: ComparedPlan): ChangedField[] {
  const isFilled = ({ actions }: ComparedPlan, field: ChangedField): boolean =>
    actions.some((action) => FIELDS[field](action) !== '');
  return (Object.keys(FIELDS) as ChangedField[]).filter(
    (field) => isFilled(older, field) && isFilled(newer, field),
  );
}

/** What reads otherwise, each as printed. */
export function changesOf(
  before: ComparedAction,
  after: ComparedAction,
  fields: readonly ChangedField[],
): ActionMatch['changes'] {
  return fields.flatMap((field) => {
    const [one, other] = [FIELDS[field](before), FIELDS[field](after)];
    return isSame(field, before, after, one, other) ? [] : [{ field, before: one, after: other }];
  });
}

/** "Jul-22" and "July 2022" are one date, `R` and "Red" one status. */
function isSame(
  field: ChangedField,
  before: ComparedAction,
  after: ComparedAction,
  one: string,
  other: string,
): boolean {
  if (one === other) return true;
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();
  if (plain(one) === plain(other)) return true;
  if (field === 'status') return before.status.key !== null && before.status.key === after.status.key;
  if (field === 'planned' || field === 'revised') {
    const due = before[field]?.due ?? null;
    return due !== null && due === after[field]?.due;
  }
  return false;
}

function dateText(date: TargetDate | null): string {
  return date?.text ?? '';
}
