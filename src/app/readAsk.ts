import { type Capacity, capacityFor, coveredOn, mayRead } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { type Cycle, isLate } from '../domain/cycle';
import type { IsoDate, Period } from '../domain/period';
import type { NamedLead, Plan } from '../domain/plan';
import { type Caller, memberOf, personId } from './people';
import type { Deps, Person, Stored } from './ports';

/** What is asked beside actions, as read once, with who answers and in what capacity. */
export interface ReadAsk<T> {
  readonly plan: Plan;
  readonly cycle: Cycle;
  readonly person: Person | null;
  readonly asked: Stored<T>;
  readonly by: { readonly id: string; readonly name: string };
  /** The lead it is said for, when somebody else says it. */
  readonly onBehalfOf: string | null;
  readonly today: IsoDate;
  readonly now: Date;
  readonly late: boolean;
}

/** Why nothing can be said. */
export type NotAsked =
  | { readonly outcome: 'stranger' | 'no-plan' }
  | { readonly outcome: 'gone'; readonly plan: Plan }
  | { readonly outcome: 'not-yours'; readonly plan: Plan }
  | { readonly outcome: 'not-open'; readonly plan: Plan }
  /** A later period is open: its card is the one to answer. */
  | { readonly outcome: 'superseded'; readonly plan: Plan; readonly latest: Period };

/**
 * Reads what a reply is about (four point reads, side by side) and whether its sender may give it. Who they are comes from the Teams
 * activity, never from the card.
 */
export async function readAsk<T>(
  deps: Pick<Deps, 'plans' | 'months' | 'people' | 'clock'>,
  caller: Caller,
  reply: { readonly plan: string; readonly period: Period },
  read: () => Promise<Stored<T> | null>,
  leadsOf: (asked: T) => { readonly leads: readonly NamedLead[]; readonly groupLeads: readonly NamedLead[] },
): Promise<ReadAsk<T> | NotAsked> {
  const [plan, asked, cycle, person] = await Promise.all([
    deps.plans.readPlan(reply.plan),
    read(),
    deps.months.readCycle(reply.plan, reply.period),
    caller.objectId
      ? deps.people.readPerson(caller.tenant, caller.objectId)
      : deps.people.findByUserId(caller.tenant, caller.userId),
  ]);
  if (!plan || plan.value.binding?.tenant !== caller.tenant) return { outcome: 'no-plan' };
  const id = person?.value.id ?? personId(caller);
  const member = memberOf(person?.value, plan.value.id);
  if (!mayRead(plan.value, id, member)) return { outcome: 'stranger' };
  if (!asked) return { outcome: 'gone', plan: plan.value };
  if (!cycle) return { outcome: 'not-open', plan: plan.value };
  const now = deps.clock.now();
  const today = dayIn(plan.value.calendar.zone, now);
  const leads = leadsOf(asked.value);
  const capacity = capacityFor(plan.value, leads, id, member, today);
  if (!capacity) return { outcome: 'not-yours', plan: plan.value };
  const { latest } = plan.value;
  if (latest !== null && latest > reply.period) return { outcome: 'superseded', plan: plan.value, latest };
  return {
    plan: plan.value,
    cycle: cycle.value,
    person: person?.value ?? null,
    asked,
    by: { id, name: person?.value.name ?? caller.name },
    onBehalfOf: spokenFor([...leads.leads, ...leads.groupLeads], capacity, member, today),
    today,
    now,
    late: isLate(cycle.value, now),
  };
}

/** The lead whom somebody else's answer is given for; null when they are one of those asked. */
function spokenFor(
  leads: readonly NamedLead[],
  capacity: Capacity,
  member: ReturnType<typeof memberOf>,
  today: IsoDate,
): string | null {
  if (capacity !== 'officer' && leads.some(({ key }) => member?.leads.includes(key))) return null;
  const spoken = [...(member?.answersFor ?? []), ...coveredOn(member, today)];
  return (leads.find(({ key }) => spoken.includes(key)) ?? leads[0])?.name ?? null;
}
