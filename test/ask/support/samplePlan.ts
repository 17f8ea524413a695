import { readFileSync } from 'node:fs';
import { importPlan } from '../../../src/app/importPlan';
import type { PlanStore } from '../../../src/app/ports';
import type { AskedData, PastPosition } from '../../../src/ask/answer';
import type { PositionAt } from '../../../src/ask/question';
import type { AskContext, KnownPerson } from '../../../src/ask/readQuestion';
import { SAMPLE_CLOCK, SAMPLE_PLAN_FILE } from '../../../src/demo/sample';
import type { Action, Plan } from '../../../src/domain/plan';
import { type Snapshot, snapshotOf } from '../../../src/domain/snapshot';
import { DEFAULT_SCALE, type StatusKey } from '../../../src/domain/status';
import { readPlan } from '../../../src/plans/readPlan';

/** The sample plan on 25 September 2023, with the asker's and everybody's leads; the asker is Miriam Adeyemi. */
export interface SamplePlan {
  readonly plan: Plan;
  readonly actions: readonly Action[];
  readonly people: readonly KnownPerson[];
  /** With the people known. */
  readonly context: AskContext;
  /** All that a question can need: earlier positions too. */
  readonly data: AskedData;
}

const TODAY = '2023-09-25';
const PERIOD = '2023-09';

/** How it stood earlier, where that was different: by period, then by ref. */
const EARLIER: Readonly<Record<string, Readonly<Record<string, StatusKey | null>>>> = {
  '2023-08': { '5.1.4': 'amber', '5.1.2': 'green', '3.3.1': 'amber', '8.3.2': null },
  '2023-07': { '5.1.4': 'amber', '5.1.5': 'amber', '5.1.2': 'green', '3.3.1': 'amber' },
  '2023-06': { '5.1.4': 'green', '5.1.5': 'amber', '5.1.2': 'amber', '2.2.1': 'amber', '6.1.3': 'green' },
  '2023-05': { '5.1.4': 'green', '5.1.5': 'green', '5.1.2': 'amber', '2.2.1': 'red', '6.1.3': 'green' },
  '2023-03': { '5.1.4': 'green', '5.1.5': 'green', '5.1.2': 'red', '2.2.1': 'red', '1.3.2': 'amber' },
};

/** Loads the sample plan as the product does. */
export async function samplePlan(): Promise<SamplePlan> {
  const understood = await readPlan(readFileSync(SAMPLE_PLAN_FILE), 'samplePlan.csv');
  const stored: { plan?: Plan; actions: readonly Action[]; people: KnownPerson[] } = {
    actions: [],
    people: [],
  };
  const plans: Pick<PlanStore, 'createPlan'> = {
    createPlan: async (plan, actions, leads) => {
      stored.plan = plan;
      stored.actions = actions;
      stored.people = leads.map(({ lead }) => ({ key: lead.key, name: lead.name, role: lead.role }));
    },
  };
  let made = 0;
  await importPlan(
    {
      plans: plans as PlanStore,
      clock: { now: () => new Date(SAMPLE_CLOCK), realNow: () => new Date(SAMPLE_CLOCK) },
      makeId: () => {
        made += 1;
        return `id-${made}`;
      },
    },
    understood,
    null,
  );
  if (!stored.plan) throw new Error('the sample plan was not loaded');
  const actions = stored.actions.map(withHistory);
  const context: AskContext = {
    scale: DEFAULT_SCALE,
    groups: stored.plan.groups,
    today: TODAY,
    period: PERIOD,
    refs: actions.map(({ ref }) => ref),
    people: stored.people,
    titles: actions.map(({ title }) => title),
  };
  const data: AskedData = {
    actions,
    groups: stored.plan.groups,
    scale: DEFAULT_SCALE,
    today: TODAY,
    period: PERIOD,
    loadedIn: '2023-05',
    mine: ['miriam adeyemi'],
    positions: positionsOf(actions),
  };
  return { plan: stored.plan, actions, people: stored.people, context, data };
}

/** A few have been answered: in September, in August, and some three months running with "No change". */
function withHistory(action: Action): Action {
  const answered: Readonly<Record<string, Partial<Action>>> = {
    '1.2.1': { updatedIn: '2023-09', unchangedFor: 0, updatedAt: '2023-09-21T09:00:00.000Z' },
    '2.2.3': { updatedIn: '2023-09', unchangedFor: 3, updatedAt: '2023-09-22T09:00:00.000Z' },
    '5.1.4': { updatedIn: '2023-09', unchangedFor: 0, updatedAt: '2023-09-23T09:00:00.000Z' },
    '7.3.1': { updatedIn: '2023-08', unchangedFor: 0, updatedAt: '2023-08-23T09:00:00.000Z' },
    '6.1.3': { updatedIn: '2023-07', unchangedFor: 0, updatedAt: '2023-07-23T09:00:00.000Z' },
  };
  return { ...action, ...answered[action.ref] };
}

function positionsOf(actions: readonly Action[]): ReadonlyMap<PositionAt, PastPosition> {
  const now = actions.map((action) => snapshotOf(action, DEFAULT_SCALE));
  const positions = new Map<PositionAt, PastPosition>();
  for (const period of ['2022-12', '2023-03', '2023-05', '2023-06', '2023-07', '2023-08'] as const)
    positions.set(period, { at: period, snapshots: now.map((one) => asIn(period, one)) });
  const last = positions.get('2023-08');
  if (last) positions.set('last', last);
  positions.set('loaded', { at: 'loaded', snapshots: now.map((one) => asIn('2023-05', one)) });
  return positions;
}

function asIn(period: string, snapshot: Snapshot): Snapshot {
  const status = EARLIER[period]?.[snapshot.ref];
  return status === undefined ? snapshot : { ...snapshot, status };
}
