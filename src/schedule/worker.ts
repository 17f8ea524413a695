import { advancePlan, LEASE_SECONDS } from '../app/advancePlan';
import type { Deps, DueEntry, ReceivedWake, Wake } from '../app/ports';
import { Lanes } from './lanes';
import { makeLoop } from './loop';
import { makeTeamSettler, type TellTeam } from './teams';

/** How a worker paces itself: milliseconds but where it says otherwise. */
export interface Pace {
  /** Longest time between two looks at what is due; a time that is known to come earlier is met. Each look is one query. */
  readonly look: number;
  /** The queue is asked again at once while it gives something, then ever more seldom between these two. */
  readonly poll: readonly [number, number];
  /** How long before a plan that another instance has, or whose work failed, is tried again; three times longer after each failure. */
  readonly again: number;
  /** How often every plan is looked at, due or not: what nothing else would find is found then, by one instance for all. */
  readonly sweep: number;
  /** How often the instance says that it lives. */
  readonly beat: number;
  /** How long stopping waits for what is in flight. */
  readonly stop: number;
}

/** What the count of transactions in docs/performance.md goes by. */
export const PACE: Pace = {
  look: 5_000,
  poll: [500, 10_000],
  again: 3_000,
  sweep: 6 * 3_600_000,
  beat: 60_000,
  stop: 20_000,
};

/** How often a nudge may fail before it is set aside. */
const TRIES = 5;
/** Nudges taken from the queue at a time. */
const NUDGES = 16;
/** Plans in hand at a time: of one tenant, and in all. Eight plans of eight messages each keep a tenant's whole rate busy. */
const LANE = 8;
const LANES = 32;
/** Rows of what is due that one look reads. */
const LOOK_ROWS = 64;
/** So many plans are looked at with every start of a process; more only when no other instance did so lately. */
const FEW_PLANS = 100;
/** How long (ms) a plan that is due is left to the queue, to the tries after a failure, and to whoever looks into it when those failed too. */
const QUEUED = 120_000;
const FAILED = 600_000;
const STUCK = 1_800_000;
/** A step that is so late (ms) is told of as an error, once an hour. */
const OVERDUE = 30 * 60_000;

/** Does what is due, by itself and when nudged. Safe on every instance, twice. */
export interface Worker {
  /** Begins to look for what is due. */
  start(): void;
  /** Takes no more, finishes what is in flight (bounded) and hands over what it could not finish. */
  stop(): Promise<void>;
  /** Does what is due for one plan, now; resolves when it is done (or another instance does it). */
  advance(plan: string): Promise<void>;
  /** Settles the teams that Steward was added to, now. */
  settleTeams(): Promise<void>;
}

/**
 * Makes the worker of this instance. It finds work in two places: the order of what is due (one small query, however many plans), and the queue of
 * nudges, by which instances share what is too much for one, and try again what failed. Each plan is worked on under its lease, from its own rows:
 * so a nudge that is lost, or comes twice, changes nothing but the time.
 */
export function makeWorker(deps: Deps, tell: TellTeam, pace: Pace = PACE): Worker {
  const running = new Map<string, { done: Promise<boolean>; again: boolean }>();
  const leaseMs = (deps.leaseSeconds ?? LEASE_SECONDS) * 1000;
  const lanes = new Lanes(LANE, LANES);
  const inHand = new Set<Promise<void>>();
  /** Plans whose last pass was cut short, since the process is to stop. */
  const cut = new Set<string>();
  const told = new Map<string, number>();
  const startedAt = deps.clock.realNow().toISOString();
  let stopped = false;
  let cutAt = Number.POSITIVE_INFINITY;
  let idle = pace.poll[0];
  let sweptAt = Number.NEGATIVE_INFINITY;

  /** Whether a pass may begin its next message: yes, for a while too when the process is to stop. */
  const goOn = (): boolean => Date.now() < cutAt;

  /** One pass over a plan in this process at a time; whether it was done (another instance may have the plan). */
  const pass = (plan: string): Promise<boolean> => {
    const present = running.get(plan);
    if (present) {
      // What is asked for now may be due only since the pass began: one more follows.
      present.again = true;
      return present.done;
    }
    const entry = { done: Promise.resolve(false), again: false };
    running.set(plan, entry);
    entry.done = (async () => {
      try {
        let mine: boolean;
        do {
          entry.again = false;
          mine = await advancePlan(deps, plan, goOn);
        } while (entry.again && !stopped);
        if (!goOn() || entry.again) cut.add(plan);
        return mine;
      } finally {
        running.delete(plan);
        look.nudge(250);
      }
    })();
    return entry.done;
  };

  /** A nudge costs nothing when it is lost: what is due stays so. */
  const wake = async (plan: string, tenant: string, ms: number): Promise<void> => {
    try {
      await deps.queue.wake({ plan, tenant }, ms / 1000);
      poll.nudge(ms + 100);
    } catch (error) {
      deps.log.warn({ plan, error: String(error) }, 'the queue did not take a nudge; the plan stays due');
    }
  };

  const advance = async (plan: string): Promise<void> => {
    try {
      if (await pass(plan)) return;
    } catch (error) {
      await failed(plan, '');
      throw error;
    }
    // Whoever has the plan may have read it before what is asked for now.
    await wake(plan, '', pace.again);
  };

  /** Has a plan whose pass failed tried again by way of the queue, which counts; one that was set aside already waits for its time. */
  const failed = async (plan: string, tenant: string): Promise<boolean> => {
    const entry = await deps.plans.readEntry(plan).catch(() => null);
    if (entry?.stuck) return false;
    await wake(plan, tenant || (entry?.tenant ?? ''), pace.again);
    return true;
  };

  /** Works on a plan in the background, in its tenant's lane. The place in the lane is taken already. */
  const inBackground = ({ plan, tenant }: Wake, work: () => Promise<void>): void => {
    const task = work()
      .catch((error: unknown) => {
        deps.log.warn({ plan, error: String(error) }, 'a plan could not be advanced; it is tried again');
      })
      .finally(() => {
        lanes.leave(tenant);
        inHand.delete(task);
        poll.nudge(50);
      });
    inHand.add(task);
  };

  // ---- What is due

  const takeDue = async (entry: DueEntry): Promise<void> => {
    const { plan, tenant } = entry;
    const hasRoom = lanes.take(tenant);
    let claimed = false;
    try {
      const until = later(hasRoom ? leaseMs : QUEUED);
      claimed = await deps.plans.claimDue(entry, until);
      if (!claimed) return;
      // More than this instance can do goes to whoever has room.
      if (!hasRoom) return await wake(plan, tenant, 0);
      inBackground(entry, async () => {
        try {
          // Where another instance has it, that one says when it is due next; and if it died, the claim runs out.
          await pass(plan);
        } catch (error) {
          const isTriedAgain = await failed(plan, tenant);
          await deps.plans.claimDue({ ...entry, look: until }, later(isTriedAgain ? FAILED : STUCK));
          throw error;
        }
      });
    } finally {
      if (hasRoom && !claimed) lanes.leave(tenant);
    }
  };

  const later = (ms: number): string => new Date(deps.clock.now().getTime() + ms).toISOString();

  /** An alarm that somebody sees: the log's errors are watched. The programme officer is told when it is done after all. */
  const tellOverdue = (entries: readonly DueEntry[], now: Date): void => {
    for (const { plan, nextDue } of entries) {
      if (now.getTime() - Date.parse(nextDue) < OVERDUE) continue;
      if (Date.now() - (told.get(plan) ?? Number.NEGATIVE_INFINITY) < 3_600_000) continue;
      told.set(plan, Date.now());
      deps.log.error({ plan, due: nextDue }, 'what was due for a plan is not done yet');
    }
  };

  const lookForDue = async (): Promise<number> => {
    try {
      await teams.settle();
      await sweepAtTimes();
      const entries = await deps.plans.readDue(LOOK_ROWS);
      const now = deps.clock.now();
      const isDue = ({ look: at }: DueEntry): boolean => Date.parse(at) <= now.getTime();
      const due = entries.filter(isDue);
      tellOverdue(due, now);
      // In an order of each instance's own, so that several take hold of different ends.
      const order = due.map((entry) => ({ entry, at: Math.random() })).sort((a, b) => a.at - b.at);
      for (let at = 0; at < order.length && !stopped; at += LANE)
        await Promise.all(order.slice(at, at + LANE).map(({ entry }) => takeDue(entry)));
      if (due.length === LOOK_ROWS) return 0;
      const next = entries.find((entry) => !isDue(entry));
      const ms = next ? Date.parse(next.look) - now.getTime() + 1 : pace.look;
      return Math.min(pace.look, Math.max(ms, 20));
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'storage is out of reach; the worker tries again');
      return pace.look;
    }
  };
  const look = makeLoop(lookForDue);
  const teams = makeTeamSettler(deps, tell, advance, () => stopped);

  /** Has every plan looked at, whatever is said to be due: by one instance for all, in turns that the queue shares out. */
  const sweepAtTimes = async (): Promise<void> => {
    if (Date.now() - sweptAt < pace.sweep) return;
    const isStart = sweptAt === Number.NEGATIVE_INFINITY;
    const plans = await deps.plans.listPlans();
    const isFew = isStart && plans.length <= FEW_PLANS;
    const seconds = pace.sweep / 1000;
    const mine =
      isFew || (await deps.leases.takeLease('sweep', deps.instance, isStart ? 600 : seconds * 0.9));
    sweptAt = Date.now();
    if (!mine) return;
    await deps.drafts.dropExpired(deps.clock.realNow().toISOString());
    for (const { id, tenant } of plans) {
      if (stopped) return;
      if (!lanes.take(tenant ?? '')) await wake(id, tenant ?? '', 0);
      else
        inBackground({ plan: id, tenant: tenant ?? '' }, async () => {
          try {
            await pass(id);
          } catch (error) {
            await failed(id, tenant ?? '');
            throw error;
          }
        });
    }
  };

  // ---- The queue

  const handle = async (received: ReceivedWake): Promise<void> => {
    const { plan, tenant, times } = received;
    const seconds = leaseMs / 1000;
    const renewing = setInterval(() => {
      deps.queue.extend(received, seconds).catch(() => {
        // Out of reach for a moment; at worst somebody else gets the nudge too, and finds the plan taken.
      });
    }, seconds * 400);
    try {
      const mine = await pass(plan);
      clearInterval(renewing);
      // That another instance has the plan is no failure, so it is not counted as one.
      if (!mine) await wake(plan, tenant, pace.again);
      await deps.queue.done(received);
    } catch (error) {
      clearInterval(renewing);
      if (times < TRIES) {
        await deps.queue.extend(received, (pace.again * 3 ** (times - 1)) / 1000);
        throw error;
      }
      await setAside(received, String(error));
    } finally {
      clearInterval(renewing);
    }
  };

  /** Shows what failed again and again to those who can mend it. The plan is still tried, more seldom; when that works all is well. */
  const setAside = async (received: ReceivedWake, reason: string): Promise<void> => {
    const { plan, times } = received;
    const stuck = { at: deps.clock.realNow().toISOString(), reason };
    // Another instance may have gone through it meanwhile, and it be due in weeks: it is looked at before, and then all is well.
    if (!(await deps.plans.setStuck(plan, stuck, later(STUCK)))) return deps.queue.done(received);
    deps.log.error(
      { plan, times, error: reason },
      'the work on a plan failed again and again; it was set aside',
    );
    await deps.queue.poison(received, reason);
  };

  const takeNudges = async (): Promise<number> => {
    try {
      if (lanes.isFull) return pace.poll[1];
      const received = await deps.queue.receive(NUDGES, leaseMs / 1000);
      const room = received.filter((one) => lanes.take(one.tenant));
      for (const one of room) inBackground(one, () => handle(one));
      const full = received.filter((one) => !room.includes(one));
      await Promise.all(
        full.map(async (one) => {
          // Its tenant's lane is full here: another instance may have room, or this one a little later.
          await wake(one.plan, one.tenant, pace.again * (2 + 3 * Math.random()));
          await deps.queue.done(one);
        }),
      );
      idle = received.length > 0 ? pace.poll[0] : Math.min(idle * 2, pace.poll[1]);
      return received.length > 0 && full.length === 0 ? 0 : idle;
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'the queue is out of reach; the worker tries again');
      return pace.poll[1];
    }
  };
  const poll = makeLoop(takeNudges);

  // ---- Being there

  const beat = makeLoop(async () => {
    const at = deps.clock.realNow().toISOString();
    try {
      await deps.instances.beat({ id: deps.instance, startedAt, at, working: running.size });
    } catch (error) {
      deps.log.warn({ error: String(error) }, 'this instance could not say that it lives');
    }
    return pace.beat;
  });

  return {
    start: () => {
      stopped = false;
      cutAt = Number.POSITIVE_INFINITY;
      for (const loop of [look, poll, beat]) loop.start();
    },
    stop: async () => {
      stopped = true;
      // Most passes end within moments; the others are cut short between two messages, and gone on with elsewhere.
      cutAt = Date.now() + pace.stop / 2;
      const passes = () => [...inHand, ...[...running.values()].map(({ done }) => done)];
      const ended = Promise.allSettled([look.stop(), poll.stop(), beat.stop()]).then(() =>
        Promise.allSettled(passes()),
      );
      let timer: NodeJS.Timeout | null = null;
      const tooLong = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), pace.stop);
      });
      const isCut = (await Promise.race([ended, tooLong])) === 'late';
      if (timer) clearTimeout(timer);
      // What was cut short is others' to go on with, at once.
      const left = isCut ? [...running.keys(), ...cut] : [...cut];
      await Promise.all(left.map((plan) => wake(plan, '', 0)));
      await deps.instances.leave(deps.instance).catch(() => {
        // The row says when it was last written.
      });
    },
    advance,
    settleTeams: teams.settle,
  };
}
