import { foldName } from './likeNames';
import type { Measure } from './measure';
import type { AssuranceLine, GroupReport, PlanDetail } from './planDetail';
import { isSameMeasure } from './reloadParts';
import type { FullPlan, UnderstoodMeasure, UnderstoodRecommendation } from './understood';

/** What of a measure a file says otherwise. Readings that were given here stay, whatever the file says of their months. */
export type MeasureField = 'name' | 'owner' | 'target' | 'interim' | 'baseline' | 'readings';

/** A line that a file has and the plan has not, or the other way about; `group` is null for one of the whole plan. */
export interface NamedPart {
  readonly group: string | null;
  readonly text: string;
}

/** What a file would change beside the actions. */
export interface PartsDiff {
  readonly measures: {
    readonly added: readonly NamedPart[];
    /** Not in the file; they stay. */
    readonly missing: readonly NamedPart[];
    readonly changed: readonly (NamedPart & { readonly fields: readonly MeasureField[] })[];
  };
  /** Business as usual. What is not in the file stays with the groups that report it. */
  readonly assurance: { readonly added: readonly NamedPart[]; readonly missing: readonly NamedPart[] };
  /** What the plan's own document asks the board to decide: the file's list takes the place of the plan's. */
  readonly recommendations: { readonly added: readonly NamedPart[]; readonly missing: readonly NamedPart[] };
}

/** What a plan that is stored holds beside its actions. */
export interface StoredParts {
  readonly measures: readonly Measure[];
  readonly reports: readonly GroupReport[];
  readonly detail: PlanDetail;
}

/** Compares what a plan holds beside its actions with a file. A file that says nothing of a kind changes nothing of it. Pure. */
export function diffParts(stored: StoredParts, file: FullPlan): PartsDiff {
  return {
    measures: diffMeasures(stored.measures, file.measures),
    assurance: diffLines(
      stored.reports
        .flatMap(({ group, assurance }) => assurance.map((line) => partOf(group, line)))
        .concat(stored.detail.assurance.map((line) => partOf(null, line))),
      file.assurance.map((line) => partOf(line.group, line)),
    ),
    recommendations: diffLines(stored.detail.recommendations.map(asPart), file.recommendations.map(asPart)),
  };
}

/** How many things are other than they were. */
export function countParts({ measures, assurance, recommendations }: PartsDiff): number {
  const lists = [
    measures.added,
    measures.missing,
    measures.changed,
    assurance.added,
    assurance.missing,
    recommendations.added,
    recommendations.missing,
  ];
  return lists.reduce((sum, list) => sum + list.length, 0);
}

function diffMeasures(
  stored: readonly Measure[],
  printed: readonly UnderstoodMeasure[],
): PartsDiff['measures'] {
  if (printed.length === 0) return { added: [], missing: [], changed: [] };
  const free = new Set(stored);
  const added: NamedPart[] = [];
  const changed: (NamedPart & { fields: MeasureField[] })[] = [];
  for (const measure of printed) {
    const known = [...free].find((one) => isSameMeasure(one, measure));
    const part = { group: measure.group, text: measure.name };
    if (!known) {
      added.push(part);
      continue;
    }
    free.delete(known);
    const fields = changedFields(known, measure);
    if (fields.length > 0) changed.push({ ...part, fields });
  }
  return { added, changed, missing: [...free].map(({ group, name }) => ({ group, text: name })) };
}

/** Blank cells say nothing. */
function changedFields(known: Measure, printed: UnderstoodMeasure): MeasureField[] {
  const keys = (names: readonly { readonly name: string }[]): string =>
    names
      .map(({ name }) => foldName(name))
      .sort()
      .join('|');
  const aims = (list: readonly { readonly when: string; readonly text: string }[]): string =>
    list.map(({ when, text }) => `${when}: ${text}`).join('|');
  const { last } = known;
  const latest = printed.readings.filter(({ kind }) => kind !== 'blank').at(-1);
  const isNewer = latest !== undefined && (last === null || latest.period > last.period);
  const fields: readonly (readonly [MeasureField, boolean])[] = [
    ['name', known.name !== printed.name],
    ['owner', printed.owners.length > 0 && keys(printed.owners) !== keys(known.owners)],
    ['target', printed.target !== null && printed.target.text !== known.target?.text],
    ['interim', printed.interim.length > 0 && aims(printed.interim) !== aims(known.interim)],
    ['baseline', printed.baseline !== '' && printed.baseline !== known.baseline],
    ['readings', isNewer],
  ];
  return fields.flatMap(([field, isOther]) => (isOther ? [field] : []));
}

function diffLines(
  stored: readonly NamedPart[],
  printed: readonly NamedPart[],
): { added: NamedPart[]; missing: NamedPart[] } {
  if (printed.length === 0) return { added: [], missing: [] };
  const keyOf = ({ group, text }: NamedPart): string => `${group ?? ''}|${foldName(text)}`;
  const [known, named] = [new Set(stored.map(keyOf)), new Set(printed.map(keyOf))];
  return {
    added: printed.filter((part) => !known.has(keyOf(part))),
    missing: stored.filter((part) => !named.has(keyOf(part))),
  };
}

function partOf(group: string | null, { activity }: Pick<AssuranceLine, 'activity'>): NamedPart {
  return { group, text: activity };
}

function asPart({ group, text }: UnderstoodRecommendation): NamedPart {
  return { group, text };
}
