import { askedOwners, type Measure } from '../domain/measure';
import { measureAsk, reportAsk } from '../domain/otherAsk';
import type { LeadKey, NamedLead, Plan } from '../domain/plan';
import type { GroupReport } from '../domain/planDetail';
import type { Change, Deps, Stored } from './ports';
import { readOthers } from './readOthers';

/** A measure, or what a group's leads report, that goes to another lead with the actions. */
export type HandedOther =
  | { readonly kind: 'measure'; readonly before: Stored<Measure>; readonly after: Measure }
  | { readonly kind: 'report'; readonly before: Stored<GroupReport>; readonly after: GroupReport };

/** Puts one lead in another's place, and there once. */
export type Replace = (leads: readonly NamedLead[]) => NamedLead[];

/** What a lead is asked for beside actions, as it is to be when another takes their place. */
export async function handedOthers(
  deps: Pick<Deps, 'measures'>,
  plan: Plan,
  from: readonly LeadKey[],
  replace: Replace,
): Promise<HandedOther[]> {
  const { measures, reports } = await readOthers(deps, plan);
  const isTheirs = (leads: readonly NamedLead[]): boolean => leads.some(({ key }) => from.includes(key));
  const [ownMeasures, ownReports] = await Promise.all([
    Promise.all(
      measures
        .filter((measure) => isTheirs(askedOwners(measure)))
        .map(({ id }) => deps.measures.readMeasure(plan.id, id)),
    ),
    Promise.all(
      reports.filter(({ leads }) => isTheirs(leads)).map(({ id }) => deps.measures.readReport(plan.id, id)),
    ),
  ]);
  return [
    ...ownMeasures.flatMap((before): HandedOther[] => {
      if (!before || !isTheirs(askedOwners(before.value))) return [];
      const { value } = before;
      const handed = value.handed ?? value.owners.map(({ key }) => key);
      return [{ kind: 'measure', before, after: { ...value, owners: replace(value.owners), handed } }];
    }),
    ...ownReports.flatMap((before): HandedOther[] => {
      if (!before || !isTheirs(before.value.leads)) return [];
      const { value } = before;
      return [{ kind: 'report', before, after: { ...value, leads: replace(value.leads) } }];
    }),
  ];
}

/** The rows that such a hand-over changes. */
export function otherChanges(others: readonly HandedOther[]): Pick<Change, 'measures' | 'reports'> {
  return {
    measures: others.flatMap((one) => (one.kind === 'measure' ? [one] : [])),
    reports: others.flatMap((one) => (one.kind === 'report' ? [one] : [])),
  };
}

/** Names it among all that a month asks: `measure|<id>`, `report|<id>`. */
export function otherKey(one: HandedOther): string {
  return one.kind === 'measure' ? measureAsk(one.after).key : reportAsk(one.after).key;
}

/** What people call it: a measure's name, or the ref of the group that is reported on. */
export function otherName(one: HandedOther): string {
  return one.kind === 'measure' ? one.after.name : one.after.group;
}

/** Who was asked for it before. */
export function formerLead(one: HandedOther, from: readonly LeadKey[]): NamedLead | undefined {
  const leads = one.kind === 'measure' ? askedOwners(one.before.value) : one.before.value.leads;
  return leads.find(({ key }) => from.includes(key));
}
