import type { AnswerData, AskedData, PastPosition } from '../ask/answer';
import { neededOf } from '../ask/neededOf';
import type { PositionAt, Question } from '../ask/question';
import { runQuestion } from '../ask/runQuestion';
import { capacityFor, type Member } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { checkAnswer, type Finding } from '../domain/checks';
import { type Period, periodOfDate } from '../domain/period';
import type { Action, Plan } from '../domain/plan';
import type { Position, Snapshot } from '../domain/position';
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
  readonly snapshots: ReadonlyMap<string, Snapshot>;
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
): Promise<Answered> {
  const needs = neededOf(question);
  const mine = leadsOf(asking.member);
  const [actions, positions] = await Promise.all([
    readNeeded(deps, plan, mine, needs.actions),
    readPositions(deps, plan, needs.positions),
  ]);
  const today = dayIn(plan.calendar.zone, deps.clock.now());
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
  const answer = runQuestion(question, data);
  const shown = actions.filter((action) => capacityFor(plan, action, asking.person, asking.member) !== null);
  const only = answer.kind === 'action' && answer.actions.length === 1 ? answer.actions[0] : undefined;
  const updates = only && needs.updates ? await deps.plans.readUpdates(plan.id, only.id) : [];
  return {
    answer,
    mine: new Set(shown.map(({ id }) => id)),
    updates,
    months: only ? standingsOf(only, updates) : [],
    see: only ? followed(only, actions) : { actions: [], missing: [] },
    checks: only ? contradictionsOf(only, { action: only, scale, period, today }) : [],
    snapshots: laterSnapshots(answer, positions),
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
): Promise<ReadonlyMap<PositionAt, PastPosition>> {
  if (wanted.length === 0) return new Map();
  const published = await deps.months.readPositions(plan.id);
  const entries = await Promise.all(
    wanted.map(async (at): Promise<readonly [PositionAt, PastPosition] | null> => {
      const period = positionFor(at, plan, published);
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
