import { type Member, mayRead } from '../domain/authority';
import type { Cycle } from '../domain/cycle';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import { type Caller, identify, memberOf, personId } from './people';
import type { Deps, Person } from './ports';

/** What a reply is about, as read once, and who sends it: somebody who may read the plan. */
export interface Replied<T> {
  readonly plan: Plan;
  /** What is asked; whether it is still there is for whoever reads it to say. */
  readonly asked: T;
  /** Null where the period was never opened. */
  readonly cycle: Cycle | null;
  readonly person: Person | null;
  readonly member: Member | null;
  readonly by: { readonly id: string; readonly name: string };
}

/**
 * Reads what a reply is about: four point reads, side by side, with `read` as one of them. Who sends it comes from the Teams activity, never
 * from the card.
 */
export async function readReplied<T>(
  deps: Pick<Deps, 'plans' | 'months' | 'people'>,
  caller: Caller,
  reply: { readonly plan: string; readonly period: Period },
  read: () => Promise<T>,
): Promise<Replied<T> | { readonly outcome: 'no-plan' | 'stranger' }> {
  const [plan, asked, cycle, person] = await Promise.all([
    deps.plans.readPlan(reply.plan),
    read(),
    deps.months.readCycle(reply.plan, reply.period),
    identify(deps, caller),
  ]);
  if (!plan || plan.value.binding?.tenant !== caller.tenant) return { outcome: 'no-plan' };
  const id = person?.value.id ?? personId(caller);
  const member = memberOf(person?.value, plan.value.id);
  if (!mayRead(plan.value, id, member)) return { outcome: 'stranger' };
  return {
    plan: plan.value,
    asked,
    cycle: cycle?.value ?? null,
    person: person?.value ?? null,
    member,
    by: { id, name: person?.value.name ?? caller.name },
  };
}
