import { readPeriod } from '../domain/period';
import { type Action, DEFAULT_CALENDAR, type Plan } from '../domain/plan';
import {
  actionFrom,
  detailFrom,
  groupsFrom,
  leadRecordsOf,
  measureFrom,
  reportsFrom,
  scaleFrom,
} from '../domain/planFromFile';
import type { LeadRecord } from '../domain/prompt';
import type { UnderstoodPlan } from '../domain/understood';
import type { Deps, PlanParts } from './ports';

/** What a load came to. A file with an error in it is not loaded at all. */
export type ImportOutcome =
  | { readonly outcome: 'loaded'; readonly plan: Plan; readonly actions: number; readonly leads: number }
  | { readonly outcome: 'refused'; readonly understood: UnderstoodPlan };

/** Stores all that was understood of a plan's file, whole or not at all. `tenant` reserves it for one tenant. */
export async function importPlan(
  deps: Pick<Deps, 'plans' | 'clock' | 'makeId'>,
  understood: UnderstoodPlan,
  tenant: string | null,
): Promise<ImportOutcome> {
  if (understood.problems.some(({ severity }) => severity === 'error'))
    return { outcome: 'refused', understood };
  const { makeId } = deps;
  const made = makePlan(understood, { id: makeId(), tenant, at: deps.clock.now(), makeId });
  await deps.plans.createPlan(made.plan, made.actions, made.leads, made.parts);
  return {
    outcome: 'loaded',
    plan: made.plan,
    actions: made.actions.length,
    leads: made.leads.length,
  };
}

/** A new plan as it is to be stored, bound to no team yet. */
export interface MadePlan {
  readonly plan: Plan;
  readonly actions: readonly Action[];
  readonly leads: readonly LeadRecord[];
  readonly parts: PlanParts;
}

/** Makes a plan of what was understood of its file. Stores nothing. */
export function makePlan(
  understood: UnderstoodPlan,
  { id, tenant, at, makeId }: { id: string; tenant: string | null; at: Date; makeId: Deps['makeId'] },
): MadePlan {
  const groups = groupsFrom(understood);
  const groupLeads = new Map(groups.map((group) => [group.ref, group.leads]));
  const leadsOfGroup = (group: string | null) => groupLeads.get(group ?? '') ?? [];
  const actions = understood.actions.map((row): Action => {
    const action = actionFrom(row, makeId(), leadsOfGroup(row.group));
    return { ...action, loaded: { by: '', leads: action.leads.map(({ key }) => key) } };
  });
  const measures = understood.measures.map((measure, order) =>
    measureFrom(measure, { id: makeId(), order, groupLeads: leadsOfGroup(measure.group), at }),
  );
  const reports = reportsFrom(understood, groups, makeId);
  const plan: Plan = {
    id,
    title: understood.plan.title,
    asOf: understood.plan.asOf ? readPeriod(understood.plan.asOf) : null,
    groups,
    scales: [scaleFrom(understood.scale)],
    calendar: DEFAULT_CALENDAR,
    tenant,
    binding: null,
    officers: [],
    latest: null,
    loadedAt: at.toISOString(),
    ...(measures.length > 0 ? { measures: measures.length } : {}),
    ...(reports.length > 0 ? { reports: reports.length } : {}),
  };
  const owners = measures.map(({ measure }) => ({ leads: measure.owners }));
  return {
    plan,
    actions,
    leads: leadRecordsOf([...groups, ...actions, ...owners]),
    parts: {
      detail: detailFrom(understood, makeId),
      measures: measures.map(({ measure }) => measure),
      readings: measures.flatMap(({ readings }) => readings),
      reports,
    },
  };
}
