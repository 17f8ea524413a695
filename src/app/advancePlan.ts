import { cycleDates } from '../domain/calendar';
import { dueStep, nextDue, periodToOpen, stepWasDue } from '../domain/cycle';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import { closeCycle } from './closeCycle';
import { goOnWithReload } from './goOnWithReload';
import { listAbandoned, openCycle, planPrompts } from './openCycle';
import type { Deps } from './ports';
import { publishPosition } from './publishPosition';
import { remindLeads } from './remindLeads';
import { sendWaiting } from './sendMessages';
import { checkRoster } from './syncRoster';
import { type HeldUp, tellHeldUp } from './tellHeldUp';
import { thinOut } from './thinOut';

/** How long a plan is one instance's own, in seconds of real time, unless told otherwise; renewed while it works. */
export const LEASE_SECONDS = 20;

/**
 * Does what is due for a plan now: steps of its month, then the messages that wait. One instance at a time works on a plan, by a
 * lease; what an instance that stopped left half-done is taken up by the next from what the rows say. Safe to call at any time, on every
 * instance, twice. Answers false when another instance has the plan. `goOn` is asked before each message and each step: a process that is to stop
 * leaves the rest as it stands, due as before.
 */
export async function advancePlan(
  deps: Deps,
  planId: string,
  goOn: () => boolean = () => true,
): Promise<boolean> {
  const seconds = deps.leaseSeconds ?? LEASE_SECONDS;
  if (!(await deps.leases.takeLease(planId, deps.instance, seconds))) return false;
  let held = true;
  const renewing = setInterval(() => {
    deps.leases.takeLease(planId, deps.instance, seconds).then(
      (lease) => {
        held = lease !== null;
      },
      () => {
        // Storage is out of reach for a moment; the lease still runs, and the next turn tries again.
      },
    );
  }, seconds * 300);
  try {
    // With the lease in hand nobody else is sending for this plan, so whatever still says so was left behind.
    await listAbandoned(deps, planId);
    await doDueSteps(deps, planId, () => held && goOn());
    return true;
  } finally {
    clearInterval(renewing);
    await deps.leases.dropLease(planId, deps.instance);
  }
}

/** Steps until none is due. Bounded, since each step moves the month on and a month has few. */
async function doDueSteps(deps: Deps, planId: string, held: () => boolean): Promise<void> {
  for (let steps = 0; steps < 20 && held(); steps += 1) {
    const plan = (await deps.plans.readPlan(planId))?.value;
    if (!plan) return;
    // Nobody is asked for a plan that no team has; what it keeps runs out all the same.
    if (!plan.binding) return thinOutOrSay(deps, plan, held);
    if (await doOneStep(deps, plan)) continue;
    const later = await sendWaiting(deps, plan, held);
    if (held()) await thinOutOrSay(deps, plan, held);
    if (held()) await checkRosterOrSay(deps, plan);
    // What was cut short stays due as it was: the rest is not this instance's to judge.
    if (held()) await noteNextDue(deps, plan, later);
    return;
  }
}

/** What is to be taken out is tried again at the next look: a month does not wait for it. */
async function thinOutOrSay(deps: Deps, plan: Plan, held: () => boolean): Promise<void> {
  try {
    await thinOut(deps, plan, held);
  } catch (error) {
    deps.log.error(
      { plan: plan.id, error: String(error) },
      'what is no longer to be kept could not be taken out',
    );
  }
}

/** A roster that is out of reach is asked for again at the next look. */
async function checkRosterOrSay(deps: Deps, plan: Plan): Promise<void> {
  try {
    await checkRoster(deps, plan);
  } catch (error) {
    deps.log.warn(
      { plan: plan.id, error: String(error) },
      'whether people came or left could not be looked at',
    );
  }
}

/** Does the one step that is due first, of the oldest month that has one; false when there is none. */
async function doOneStep(deps: Deps, plan: Plan): Promise<boolean> {
  // A file that is being loaded comes first: nobody is asked, reminded or counted from a plan that is half-way.
  if (await goOnWithReload(deps, plan.id)) return true;
  const now = deps.clock.now();
  for (const cycle of await deps.months.readCycles(plan.id)) {
    if (cycle.period === plan.latest && !cycle.prompted) {
      await planPrompts(deps, plan, cycle.period);
      return true;
    }
    const step = dueStep(cycle, plan, now);
    if (!step) continue;
    await tellIfLate(deps, plan, step.step, cycle.period, stepWasDue(cycle, step));
    if (step.step === 'remind') await remindLeads(deps, plan, cycle.period, step.upTo);
    if (step.step === 'close') await closeCycle(deps, plan, cycle.period, null);
    if (step.step === 'publish') await publishPosition(deps, plan, cycle.period);
    return true;
  }
  const period = periodToOpen(plan, plan.latest, now, deps.isBankHoliday);
  if (!period) return false;
  await tellIfLate(deps, plan, 'open', period, cycleDates(period, plan.calendar, deps.isBankHoliday).opens);
  await openCycle(deps, plan.id, period, null);
  return true;
}

/** Before the step, so that a stop between the two loses neither. */
async function tellIfLate(
  deps: Deps,
  plan: Plan,
  step: HeldUp['step'],
  period: Period,
  due: Date | null,
): Promise<void> {
  if (due) await tellHeldUp(deps, plan, { step, period, due });
}

/** Tells the scheduler when to come back: the next step of the month, or a message that Teams asked patience for. */
async function noteNextDue(deps: Deps, plan: Plan, later: Date | null): Promise<void> {
  const cycles = await deps.months.readCycles(plan.id);
  const step = nextDue(plan, cycles, deps.clock.now(), deps.isBankHoliday);
  const inPlanTime = later
    ? new Date(deps.clock.now().getTime() + (later.getTime() - deps.clock.realNow().getTime()))
    : null;
  const instants = [step, inPlanTime].flatMap((instant) => (instant ? [instant.getTime()] : []));
  await deps.plans.finishPass(
    plan.id,
    instants.length > 0 ? new Date(Math.min(...instants)).toISOString() : null,
  );
}
