import { importPlan } from '../../src/app/importPlan';
import type { Deps } from '../../src/app/ports';
import { type PaperFacts, type PaperOrder, readPaper } from '../../src/app/readPaper';
import { currentPosition } from '../../src/app/viewPosition';
import type { Answer } from '../../src/domain/checks';
import { newMessage } from '../../src/domain/message';
import type { Period } from '../../src/domain/period';
import type { Plan } from '../../src/domain/plan';
import { askedLeads } from '../../src/domain/plan';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { applyAnswer } from '../../src/domain/update';
import { TableMeasureStore } from '../../src/storage/measureStore';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableMonthStore } from '../../src/storage/monthStore';
import { TablePlanStore } from '../../src/storage/planStore';
import { SettableClock } from '../fakes/settableClock';

/** A plan in tables in memory, with months of answers and publications behind it. */
export interface PaperWorld {
  readonly deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock' | 'makeId'>;
  readonly clock: SettableClock;
  plan(): Promise<Plan>;
  /** Saves an answer for an action of this ref, as somebody's own in their own chat. */
  answer(ref: string, answer: Partial<Answer>, by?: string): Promise<void>;
  /** Asks every lead of live actions, and freezes the figures of the period. */
  publish(period: Period): Promise<void>;
  /** What a paper of it says. */
  facts(order?: Partial<PaperOrder>): Promise<PaperFacts>;
}

export const EVERYTHING: PaperOrder = { period: 'now', isPublic: false, narratives: 'all', withAudit: true };
export const SEPTEMBER: Period = '2023-09';

/** Loads a plan, on Monday 25 September 2023. */
export async function paperWorld(understood: UnderstoodPlan): Promise<PaperWorld> {
  const clock = new SettableClock('2023-09-25T08:30:00Z');
  const table = new MemoryTable();
  let ids = 0;
  const deps = {
    plans: new TablePlanStore(table),
    months: new TableMonthStore(table),
    measures: new TableMeasureStore(table),
    clock,
    makeId: () => {
      ids += 1;
      return `id${String(ids).padStart(6, '0')}`;
    },
  };
  const loaded = await importPlan(deps, understood, null);
  if (loaded.outcome !== 'loaded') throw new Error('the plan was refused');
  const { id } = loaded.plan;
  const plan = async (): Promise<Plan> => {
    const stored = await deps.plans.readPlan(id);
    if (!stored) throw new Error('the plan is gone');
    return stored.value;
  };
  return {
    deps,
    clock,
    plan,
    answer: async (ref, answer, by = 'Ann Archer') => {
      const found = (await deps.plans.readActions(id)).find((action) => action.ref === ref);
      const stored = found && (await deps.plans.readAction(id, found.id));
      if (!stored) throw new Error(`no action ${ref}`);
      const { value } = stored;
      const whole: Answer = {
        status: value.status.key,
        percent: value.percent,
        narrative: '',
        revised: null,
        barriers: value.barriers,
        ask: value.ask,
        ...answer,
      };
      const { action, update } = applyAnswer(value, whole, {
        period: SEPTEMBER,
        at: clock.now(),
        by: { id: by.toLowerCase(), name: by },
        onBehalfOf: null,
        chat: `a:chat-of-${by}`,
        late: false,
        savedAnyway: [],
      });
      await deps.plans.saveUpdate(id, stored, action, update);
    },
    publish: async (period) => {
      const leads = await deps.plans.readLeads(id);
      const actions = (await deps.plans.readActions(id)).filter(({ status }) => status.key !== 'blue');
      await deps.months.addMessages(
        id,
        leads.map(({ value }) =>
          newMessage({
            key: `prompt|${period}|lead|${value.lead.key}`,
            kind: 'prompt',
            period,
            to: null,
            leads: [value.lead.key],
            actions: actions
              .filter((action) => askedLeads(action).some(({ key }) => key === value.lead.key))
              .map((action) => action.id),
          }),
        ),
      );
      const { position, actions: snapshots } = await currentPosition(deps, await plan(), period);
      await deps.months.freezePosition(id, position, [...snapshots.values()]);
    },
    facts: async (order = {}) => {
      const facts = await readPaper(deps, await plan(), { ...EVERYTHING, ...order }, SEPTEMBER);
      if (!facts) throw new Error('the period was never published');
      return facts;
    },
  };
}
