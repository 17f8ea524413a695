import { coveredOn, type Member } from '../domain/authority';
import { type Cycle, isLate } from '../domain/cycle';
import { askedOwners, type Measure } from '../domain/measure';
import type { IsoDate, Period } from '../domain/period';
import { type Action, isLive, type LeadKey, type NamedLead, type Plan } from '../domain/plan';
import type { GroupReport } from '../domain/planDetail';
import { compareRefs } from '../domain/refs';
import { scaleAt } from '../domain/status';
import type { Deps } from './ports';
import { readOthers } from './readOthers';

/** A lead's month: what is asked of them, and what they have delivered. */
export interface Month {
  readonly plan: Plan;
  readonly cycle: Cycle;
  readonly late: boolean;
  /** Everything asked for in the period, answered or not, in ref order. */
  readonly asked: readonly Action[];
  readonly delivered: readonly Action[];
  /** Measures that they are asked to read, in the plan's order. */
  readonly measures: readonly Measure[];
  /** What they are asked to report to the board, by group. */
  readonly reports: readonly GroupReport[];
}

/** What of a month has no answer yet, beside actions. */
export function othersLeft({
  measures,
  reports,
  cycle,
}: Pick<Month, 'measures' | 'reports' | 'cycle'>): number {
  return (
    measures.filter(({ readIn }) => readIn !== cycle.period).length +
    reports.filter(({ last }) => last?.period !== cycle.period).length
  );
}

/** The actions of a person: those of every lead they are or answer for. One query a lead, side by side. */
export async function actionsOf(
  deps: Pick<Deps, 'plans'>,
  plan: string,
  leads: readonly LeadKey[],
): Promise<Action[]> {
  const lists = await Promise.all(leads.map((lead) => deps.plans.readActionsOfLead(plan, lead)));
  const byId = new Map(lists.flat().map((action) => [action.id, action]));
  return [...byId.values()].sort((a, b) => compareRefs(a.ref, b.ref));
}

/**
 * The leads whose actions a member answers for on a day in the plan's zone: their own, and those whom they cover for. Without a day no
 * cover counts.
 */
export function leadsOf(member: Member | null, today?: IsoDate): readonly LeadKey[] {
  if (!member?.present) return [];
  const covered = today === undefined ? [] : coveredOn(member, today);
  return [...new Set([...member.leads, ...member.answersFor, ...covered])];
}

/** A person's month of a period; null when the period was never opened. */
export async function readMonth(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>,
  plan: Plan,
  period: Period,
  leads: readonly LeadKey[],
): Promise<Month | null> {
  const [cycle, asked] = await Promise.all([
    deps.months.readCycle(plan.id, period),
    readAsked(deps, plan, leads),
  ]);
  return cycle && monthOf(deps, plan, cycle.value, leads, asked);
}

/** As {@link readMonth}, of a cycle that was read a moment ago. */
export async function readMonthOf(
  deps: Pick<Deps, 'plans' | 'measures' | 'clock'>,
  plan: Plan,
  cycle: Cycle,
  leads: readonly LeadKey[],
): Promise<Month> {
  return monthOf(deps, plan, cycle, leads, await readAsked(deps, plan, leads));
}

async function readAsked(
  deps: Pick<Deps, 'plans' | 'measures'>,
  plan: Plan,
  leads: readonly LeadKey[],
): Promise<Pick<Month, 'measures' | 'reports'> & { readonly actions: readonly Action[] }> {
  const [actions, others] = await Promise.all([actionsOf(deps, plan.id, leads), readOthers(deps, plan)]);
  return { actions, ...others };
}

function monthOf(
  deps: Pick<Deps, 'clock'>,
  plan: Plan,
  cycle: Cycle,
  leads: readonly LeadKey[],
  { actions, measures, reports }: Awaited<ReturnType<typeof readAsked>>,
): Month {
  const { period } = cycle;
  const scale = scaleAt(plan.scales, period);
  const isMine = (asked: readonly NamedLead[]) => asked.some(({ key }) => leads.includes(key));
  // What was delivered this month was asked for this month: it stays on the card, to be seen and corrected.
  const isAsked = (action: Action) => isLive(action, scale) || action.updatedIn === period;
  return {
    plan,
    cycle,
    late: isLate(cycle, deps.clock.now()),
    asked: actions.filter(isAsked),
    delivered: actions.filter(
      (action) => !isAsked(action) && !isLive(action, scale) && action.see.length === 0,
    ),
    measures: measures.filter((measure) => measure.tracked && isMine(askedOwners(measure))),
    reports: reports.filter((report) => isMine(report.leads)),
  };
}
