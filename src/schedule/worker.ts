import { advancePlan } from '../app/advancePlan';
import { settleTeam, type TeamTold } from '../app/joinTeam';
import type { Content, Deps } from '../app/ports';
import type { Plan } from '../domain/plan';

/** How often the worker looks for what is due, in milliseconds. */
const EVERY_MS = 1_000;
/** How long before a plan that another instance works on, or whose work failed, is looked at again. */
const AGAIN_MS = 3_000;
/** How often every plan is looked at, due or not: what a stopped instance left undone is found at the latest then (and at every start). */
const SWEEP_MS = 600_000;

/** Does what is due, by itself and when nudged. Safe on every instance, twice. */
export interface Worker {
  /** Begins to look for what is due. */
  start(): void;
  /** Finishes what is in flight and takes no more. */
  stop(): Promise<void>;
  /** Does what is due for one plan, now; resolves when it is done (or another instance does it). */
  advance(plan: string): Promise<void>;
  /** Settles the teams that Steward was added to, now. */
  settleTeams(): Promise<void>;
}

/** What a team without a plan of its own is told. */
export type TellTeam = (told: TeamTold, plan: Plan | null) => Content;

/** Makes the worker of this instance. Every turn looks at the index alone; a plan is read only when something is due for it. */
export function makeWorker(deps: Deps, tell: TellTeam): Worker {
  const running = new Map<string, { done: Promise<void>; again: boolean }>();
  const waitUntil = new Map<string, number>();
  /** Plans that were to be advanced and were not, since another instance had them or something failed: due until they were. */
  const owed = new Set<string>();
  let settling: Promise<void> | null = null;
  let settleAgain = false;
  let timer: NodeJS.Timeout | null = null;
  let ticking: Promise<void> = Promise.resolve();
  let stopped = false;
  let sweptAt = 0;

  const advance = (plan: string): Promise<void> => {
    const present = running.get(plan);
    if (present) {
      // What is asked for now may be due only since the pass began: one more follows.
      present.again = true;
      return present.done;
    }
    const entry = { done: Promise.resolve(), again: false };
    running.set(plan, entry);
    owed.add(plan);
    entry.done = (async () => {
      try {
        do {
          entry.again = false;
          const mine = await advancePlan(deps, plan);
          if (mine) {
            waitUntil.delete(plan);
            owed.delete(plan);
          } else waitUntil.set(plan, Date.now() + AGAIN_MS);
        } while (entry.again && !stopped);
      } catch (error) {
        waitUntil.set(plan, Date.now() + AGAIN_MS);
        throw error;
      } finally {
        running.delete(plan);
      }
    })();
    return entry.done;
  };

  const settleNewTeams = async (): Promise<void> => {
    do {
      settleAgain = false;
      for (const team of await deps.people.readNewTeams()) {
        try {
          const plan = await settleTeam(deps, team.value, tell);
          if (plan) await advance(plan);
        } catch (error) {
          deps.log.warn({ error: String(error) }, 'a team could not be settled yet; it is tried again');
        }
      }
    } while (settleAgain && !stopped);
  };

  const settleTeams = (): Promise<void> => {
    if (settling) {
      settleAgain = true;
      return settling;
    }
    settling = settleNewTeams().finally(() => {
      settling = null;
    });
    return settling;
  };

  const tick = async (): Promise<void> => {
    try {
      await settleTeams();
      const now = deps.clock.now().toISOString();
      const isSweep = Date.now() - sweptAt > SWEEP_MS;
      if (isSweep) sweptAt = Date.now();
      for (const plan of await deps.plans.listPlans()) {
        if (stopped) return;
        const isTime = plan.nextDue !== null && plan.nextDue <= now;
        const due = plan.bound && (isSweep || isTime || owed.has(plan.id));
        if (!due || Date.now() < (waitUntil.get(plan.id) ?? 0)) continue;
        await advance(plan.id).catch((error: unknown) => {
          deps.log.warn(
            { plan: plan.id, error: String(error) },
            'a plan could not be advanced; it is tried again',
          );
        });
      }
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'storage is out of reach; the worker tries again');
    }
  };

  const loop = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      ticking = tick().finally(loop);
    }, EVERY_MS);
  };

  return {
    start: () => {
      stopped = false;
      ticking = tick().finally(loop);
    },
    stop: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await Promise.allSettled([ticking, ...[...running.values()].map(({ done }) => done)]);
    },
    advance,
    settleTeams,
  };
}
