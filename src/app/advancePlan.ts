import { dueStep, nextDue, periodToOpen } from '../domain/cycle';
import type { Plan } from '../domain/plan';
import { closeCycle } from './closeCycle';
import { listAbandoned, openCycle, planPrompts } from './openCycle';
import type { Deps } from './ports';
import { publishPosition } from './publishPosition';
import { remindLeads } from './remindLeads';
import { sendWaiting } from './sendMessages';

/** How long a plan is one instance's own, in seconds of real time; renewed while it works. */
const LEASE_SECONDS = 20;
const RENEW_EVERY_MS = 6_000;

/**
 * Does what is due for a plan now: steps of its month, then the messages that wait. One instance at a time works on a plan, by a
 * lease; what an instance that stopped left half-done is taken up by the next from what the rows say. Safe to call at any time, on every
 * instance, twice. Answers false when another instance has the plan.
 */
export async function advancePlan(deps: Deps, planId: string): Promise<boolean> {
  if (!(await deps.leases.takeLease(planId, deps.instance, LEASE_SECONDS))) return false;
  let held = true;
  const renewing = setInterval(() => {
    deps.leases.takeLease(planId, deps.instance, LEASE_SECONDS).then(
      (lease) => {
        held = lease !== null;
      },
      () => {
        // Storage is out of reach for a moment; the lease still runs, and the next turn tries again.
      },
    );
  }, RENEW_EVERY_MS);
  try {
    // With the lease in hand nobody else is sending for this plan, so whatever still says so was left behind.
    await listAbandoned(deps, planId);
    await doDueSteps(deps, planId, () => held);
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
    if (!plan?.binding) return;
    if (await doOneStep(deps, plan)) continue;
    const later = await sendWaiting(deps, plan, held);
    await noteNextDue(deps, plan, later);
    return;
  }
}

/** Does the one step that is due first; false when there is none. */
async function doOneStep(deps: Deps, plan: Plan): Promise<boolean> {
  const now = deps.clock.now();
  const cycle = plan.latest ? ((await deps.months.readCycle(plan.id, plan.latest))?.value ?? null) : null;
  if (cycle && !cycle.prompted) {
    await planPrompts(deps, plan, cycle.period);
    return true;
  }
  const step = cycle ? dueStep(cycle, plan, now) : null;
  if (cycle && step) {
    if (step.step === 'remind') await remindLeads(deps, plan, cycle.period, step.upTo);
    if (step.step === 'close') await closeCycle(deps, plan, cycle.period, null);
    if (step.step === 'publish') await publishPosition(deps, plan, cycle.period);
    return true;
  }
  const period = periodToOpen(plan, plan.latest, now, deps.isBankHoliday);
  if (!period) return false;
  await openCycle(deps, plan.id, period, null);
  return true;
}

/** Tells the scheduler when to come back: the next step of the month, or a message that Teams asked patience for. */
async function noteNextDue(deps: Deps, plan: Plan, later: Date | null): Promise<void> {
  const cycle = plan.latest ? ((await deps.months.readCycle(plan.id, plan.latest))?.value ?? null) : null;
  const step = nextDue(plan, cycle, deps.clock.now(), deps.isBankHoliday);
  const inPlanTime = later
    ? new Date(deps.clock.now().getTime() + (later.getTime() - deps.clock.realNow().getTime()))
    : null;
  const instants = [step, inPlanTime].flatMap((instant) => (instant ? [instant.getTime()] : []));
  await deps.plans.setNextDue(
    plan.id,
    instants.length > 0 ? new Date(Math.min(...instants)).toISOString() : null,
  );
}
