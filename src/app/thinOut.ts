import { dayIn } from '../domain/calendar';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import {
  isOlderThan,
  loadedIsOld,
  messageGoes,
  periodsToThin,
  READING_LOG_MONTHS,
  thinPosition,
  thinReading,
  thinReturn,
  thinSnapshot,
  thinUpdate,
} from '../domain/retention';
import type { Deps } from './ports';

type ThinDeps = Pick<Deps, 'plans' | 'months' | 'retention' | 'clock' | 'log'>;

/**
 * Takes out what a plan keeps no longer, once a day: the words and names of old months, their messages, old lines of the audit and of who read
 * what. Under the plan's lease. Stopped anywhere, it is done from the beginning the next time, and what was done needs nothing more: each
 * month is marked last. `goOn` is asked before each month. Nothing is read for a plan that sets nothing.
 */
export async function thinOut(deps: ThinDeps, plan: Plan, goOn: () => boolean = () => true): Promise<void> {
  if (!plan.retention && plan.logReading === undefined) return;
  const now = deps.clock.now();
  const today = dayIn(plan.calendar.zone, now);
  const thinned = await deps.retention.readThinned(plan.id);
  if (thinned && thinned.day >= today) return;

  const isOld = (months: number) => (at: string) => isOlderThan(at, months, plan.calendar.zone, now);
  await deps.retention.dropBefore(plan.id, 'read', isOld(plan.retention?.months ?? READING_LOG_MONTHS));
  if (!plan.retention) return deps.retention.saveThinned(plan.id, { ...NOTHING, ...thinned, day: today });
  await deps.retention.dropBefore(plan.id, 'audit', isOld(plan.retention.months));

  const cycles = await deps.months.readCycles(plan.id);
  const due = periodsToThin(plan, cycles, now).map(({ period }) => period);
  const before = cycles.filter(({ thinnedAt }) => thinnedAt !== undefined).map(({ period }) => period);
  const periods = new Set<Period>([...before, ...due]);
  const loaded = thinned?.loaded || loadedIsOld(plan, now);
  if (loaded && !thinned?.loaded) await deps.retention.thinSnapshots(plan.id, 'loaded', thinSnapshot);
  await deps.retention.dropMessages(plan.id, (message) => messageGoes(message, periods, plan, now));
  if (due.length > 0) {
    await deps.retention.thinUpdates(plan.id, (update, newer) =>
      thinUpdate(update, { periods, latest: plan.latest, isLast: newer?.action !== update.action }),
    );
    await deps.retention.thinReadings(plan.id, (reading) =>
      reading.period !== null && periods.has(reading.period) ? thinReading(reading) : reading,
    );
    await deps.retention.thinReturns(plan.id, (said) => (periods.has(said.period) ? thinReturn(said) : said));
  }
  for (const period of due) {
    if (!goOn()) return;
    await deps.retention.thinSnapshots(plan.id, period, thinSnapshot);
    await deps.retention.thinPosition(plan.id, period, thinPosition);
    await deps.retention.markThinned(plan.id, period, now.toISOString());
    deps.log.info({ plan: plan.id, period }, 'what was said in a month is no longer kept');
  }
  const until = [...periods].sort().at(-1) ?? null;
  await deps.retention.saveThinned(plan.id, { day: today, until, loaded });
}

const NOTHING = { until: null, loaded: false };
