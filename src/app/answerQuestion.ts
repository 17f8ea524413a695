import type { AnswerData, AskedData, CompareAnswer, PastPosition } from '../ask/answer';
import { neededOf } from '../ask/neededOf';
import type { PositionAt, Question } from '../ask/question';
import { runQuestion } from '../ask/runQuestion';
import { capacityFor, type Member } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { checkAnswer, type Finding } from '../domain/checks';
import { type Counts, countByStatus } from '../domain/figures';
import { type IsoDate, type Period, periodOfDate } from '../domain/period';
import type { Action, Plan } from '../domain/plan';
import type { Position } from '../domain/position';
import { type Snapshot, snapshotOf } from '../domain/snapshot';
import { type StatusKey, scaleAt } from '../domain/status';
import type { Update } from '../domain/update';
import type { Deps } from './ports';
import { actionsOf, leadsOf } from './readMonth';
import { periodNow } from './viewPosition';

type AskDeps = Pick<Deps, 'plans' | 'months' | 'clock'>;

/** Who asks. */
export interface Asking {
  readonly person: string;
  readonly member: Member | null;
}

/** Where an action stood at a time. */
export interface Standing {
  readonly at: Period | 'loaded' | 'now';
  readonly status: StatusKey | null;
  readonly percent: number | null;
}

/** An answer with what its card needs beside it. */
export interface Answered {
  readonly answer: AnswerData;
  /** Ids of the actions that the asker may answer for. */
  readonly mine: ReadonlySet<string>;
  /** For one action: its updates (newest first), where it stood, what it points at, what it contradicts. Empty otherwise. */
  readonly updates: readonly Update[];
  readonly months: readonly Standing[];
  readonly see: { readonly actions: readonly Action[]; readonly missing: readonly string[] };
  readonly checks: readonly Finding[];
  /** What rows that only point elsewhere point at, by the ref that they write. */
  readonly targets: ReadonlyMap<string, Action>;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  /** One side of a comparison was typed in from before Steward: its totals are known, its actions are not. */
  readonly totalsOnly: boolean;
}

/**
 * Answers a question: reads what it needs and no more, and works it out. "Show my amber actions" is one query of the asker's own
 * actions, however large the plan.
 */
export async function answerQuestion(
  deps: AskDeps,
  plan: Plan,
  asking: Asking,
  question: Question,
  action?: string,
): Promise<Answered> {
  const needs = neededOf(question);
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const mine = leadsOf(asking.member, today);
  const [actions, positions] = await Promise.all([
    readNeeded(deps, plan, mine, needs.actions),
    readPositions(deps, plan, needs.positions, today, question.kind === 'compare'),
  ]);
  const period = periodNow(plan, periodOfDate(today));
  const scale = scaleAt(plan.scales, period);
  const data: AskedData = {
    actions,
    groups: plan.groups,
    scale,
    today,
    period,
    loadedIn: plan.asOf ?? periodOfDate(dayIn(plan.calendar.zone, new Date(plan.loadedAt))),
    mine,
    positions,
  };
  const worked = onlyThis(runQuestion(question, data), action);
  const totals = worked.kind === 'missing' ? await compareWithTotals(deps, plan, question, data) : null;
  const answer = totals ?? worked;
  const shown = actions.filter(
    (action) => capacityFor(plan, action, asking.person, asking.member, today) !== null,
  );
  const only = answer.kind === 'action' && answer.actions.length === 1 ? answer.actions[0] : undefined;
  const updates = only && needs.updates ? await deps.plans.readUpdates(plan.id, only.id) : [];
  return {
    answer,
    mine: new Set(shown.map(({ id }) => id)),
    updates,
    months: only ? standingsOf(only, updates) : [],
    see: only ? followed(only, actions) : { actions: [], missing: [] },
    checks: only ? contradictionsOf(only, { action: only, scale, period, today }) : [],
    targets: new Map(actions.map((one) => [one.ref, one])),
    snapshots: laterSnapshots(answer, positions),
    totalsOnly: totals !== null,
  };
}

async function readNeeded(
  deps: AskDeps,
  plan: Plan,
  mine: readonly string[],
  needs: ReturnType<typeof neededOf>['actions'],
): Promise<readonly Action[]> {
  switch (needs.of) {
    case 'none':
      return [];
    case 'mine':
      return actionsOf(deps, plan.id, mine);
    case 'leads':
      return actionsOf(deps, plan.id, needs.leads);
    default:
      return deps.plans.readActions(plan.id);
  }
}

/** The positions asked for: of a period, as published then or else the latest published before it; `last`, the last before this month's. */
async function readPositions(
  deps: AskDeps,
  plan: Plan,
  wanted: readonly PositionAt[],
  today: IsoDate,
  isComparison: boolean,
): Promise<ReadonlyMap<PositionAt, PastPosition>> {
  if (wanted.length === 0) return new Map();
  const published = await deps.months.readPositions(plan.id);
  const entries = await Promise.all(
    wanted.map(async (at): Promise<readonly [PositionAt, PastPosition] | null> => {
      const isThisMonth =
        at === periodNow(plan, periodOfDate(today)) && !published.some(({ period }) => period === at);
      if (isThisMonth) {
        // Not published yet: the month's own position is the plan as it stands.
        const scale = scaleAt(plan.scales, at);
        const actions = await deps.plans.readActions(plan.id);
        return [at, { at, snapshots: actions.map((one) => snapshotOf(one, scale)) }];
      }
      // What moved since before anything is known moved since the plan was loaded, and the answer says so; figures are compared with what
      // was asked for or not at all.
      const period = positionFor(at, plan, published) ?? (isComparison ? null : 'loaded');
      if (!period) return null;
      return [at, { at: period, snapshots: await deps.months.readSnapshots(plan.id, period) }];
    }),
  );
  return new Map(entries.filter((entry) => entry !== null));
}

function positionFor(at: PositionAt, plan: Plan, published: readonly Position[]): Period | 'loaded' | null {
  const periods = published.map(({ period }) => period);
  if (at === 'now') return null;
  if (at === 'last')
    return periods.findLast((period) => plan.latest === null || period < plan.latest) ?? 'loaded';
  const found = periods.findLast((period) => period <= at);
  if (found) return found;
  // As it was loaded is the only word there is on the month that the file speaks of, and on what came after it.
  return plan.asOf !== null && plan.asOf <= at ? 'loaded' : null;
}

/** Of several actions with the same ref, the one that was chosen. */
function onlyThis(answer: AnswerData, action: string | undefined): AnswerData {
  if (answer.kind !== 'action' || action === undefined) return answer;
  const chosen = answer.actions.filter(({ id }) => id === action);
  return chosen.length > 0 ? { ...answer, actions: chosen } : answer;
}

/**
 * A comparison with totals that were typed in from before Steward: the figures compare, though nobody knows which actions moved. Null when it is
 * no such comparison, or a side has no totals either.
 */
async function compareWithTotals(
  deps: AskDeps,
  plan: Plan,
  question: Question,
  data: AskedData,
): Promise<CompareAnswer | null> {
  if (question.kind !== 'compare' || question.conditions.length > 0) return null;
  const typed = await deps.months.readEarlierTotals(plan.id);
  const sideOf = (at: PositionAt): { at: CompareAnswer['compared']['from']; counts: Counts } | null => {
    if (at === 'now')
      return { at, counts: countByStatus(data.actions.map(({ status }) => ({ status: status.key }))) };
    const past = data.positions.get(at);
    if (past) return { at: past.at, counts: countByStatus(past.snapshots) };
    const totals = typed.find(({ period }) => period === at);
    return totals ? { at: totals.period, counts: totals.counts } : null;
  };
  const [from, to] = [sideOf(question.from), sideOf(question.to)];
  if (!from || !to) return null;
  const compared = { from: from.at, to: to.at };
  return {
    kind: 'compare',
    question,
    compared,
    before: from.counts,
    after: to.counts,
    moves: [],
    added: [],
    gone: [],
  };
}

/** Where an action stood: as loaded, after the last update of each period, and now. Oldest first. */
export function standingsOf(action: Action, newestFirst: readonly Update[]): Standing[] {
  const updates = [...newestFirst].reverse();
  const first = updates[0];
  const now = { status: action.status.key, percent: action.percent };
  if (!first) return [{ at: 'loaded', ...now }];
  const lastOfPeriod = new Map(updates.map((update) => [update.period, update.after]));
  return [
    { at: 'loaded', status: first.before.status, percent: first.before.percent },
    ...[...lastOfPeriod].map(([at, { status, percent }]) => ({ at, status, percent })),
  ];
}

function followed(action: Action, all: readonly Action[]): Answered['see'] {
  const targets = action.see.map((ref) => ({ ref, actions: all.filter((other) => other.ref === ref) }));
  return {
    actions: targets.flatMap(({ actions }) => actions),
    missing: targets.filter(({ actions }) => actions.length === 0).map(({ ref }) => ref),
  };
}

/** What an action as it stands contradicts: what a reply that says the same would be refused or asked for. */
function contradictionsOf(action: Action, context: Parameters<typeof checkAnswer>[1]): Finding[] {
  const { refused, asked } = checkAnswer(
    {
      percent: action.percent,
      status: action.status.key,
      narrative: action.narrative,
      revised: null,
      barriers: action.barriers,
      ask: action.ask,
    },
    context,
  );
  const ofTheState = new Set(['done-under-100', 'red-without-barriers', 'red-without-ask']);
  return [...refused.filter(({ code }) => ofTheState.has(code)), ...asked];
}

function laterSnapshots(
  answer: AnswerData,
  positions: ReadonlyMap<PositionAt, PastPosition>,
): ReadonlyMap<string, Snapshot> {
  if (answer.kind !== 'compare') return new Map();
  const later = positions.get(answer.question.to) ?? positions.get(answer.question.from);
  return new Map(later?.snapshots.map((snapshot) => [snapshot.id, snapshot]) ?? []);
}
