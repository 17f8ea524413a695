import { type Capacity, capacityFor, coveredOn, type Member } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { type Cycle, isLate } from '../domain/cycle';
import type { IsoDate, Period } from '../domain/period';
import type { NamedLead, Plan } from '../domain/plan';
import type { Caller } from './people';
import type { Deps, Person, Stored } from './ports';
import { readReplied } from './readReplied';
import { retryOnConflict } from './retry';

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

/** What became of a reply; `Refusal` says what is to be mended or confirmed. */
export type AskOutcome<T, Refusal> =
  /** Kept, as it is now; `repeat` when the same had been kept before. */
  | {
      readonly outcome: 'saved';
      readonly found: ReadAsk<T>;
      readonly kept: T;
      readonly late: boolean;
      readonly repeat: boolean;
    }
  /** Nothing was changed. */
  | ({ readonly outcome: 'refused'; readonly found: ReadAsk<T> } & Refusal)
  /** Somebody replied meanwhile: nothing was overwritten. */
  | { readonly outcome: 'newer'; readonly found: ReadAsk<T> }
  | NotAsked;

type Ports = Pick<Deps, 'plans' | 'months' | 'people' | 'clock'>;

interface Reply {
  readonly plan: string;
  readonly period: Period;
  /** Version of what is asked that they were looking at. */
  readonly version: number;
}

/** How one kind of thing is asked: what is read, of whom, and how a reply to it is kept. */
interface Asking<T, Refusal> {
  readonly read: () => Promise<Stored<T> | null>;
  readonly leadsOf: (asked: T) => AskedLeads;
  /** Whether this person said the same before. */
  readonly isSame: (asked: T, personId: string) => boolean;
  /** Checks the reply and keeps it, whole or not at all. */
  readonly keep: (found: ReadAsk<T>) => Promise<{ readonly kept: T } | { readonly refused: Refusal }>;
}

interface AskedLeads {
  readonly leads: readonly NamedLead[];
  readonly groupLeads: readonly NamedLead[];
}

/** Takes a reply about something that is asked beside actions, from whoever may give it; begun anew when somebody else wrote first. */
export function recordAsk<T extends { readonly version: number }, Refusal>(
  deps: Ports,
  caller: Caller,
  reply: Reply,
  asking: Asking<T, Refusal>,
): Promise<AskOutcome<T, Refusal>> {
  return retryOnConflict(async () => {
    const found = await readAsk(deps, caller, reply, asking);
    if ('outcome' in found) return found;
    const { asked, by, late } = found;
    if (asking.isSame(asked.value, by.id))
      return { outcome: 'saved', found, kept: asked.value, late, repeat: true };
    if (asked.value.version > reply.version) return { outcome: 'newer', found };
    const done = await asking.keep(found);
    if ('refused' in done) return { outcome: 'refused', found, ...done.refused };
    return { outcome: 'saved', found, kept: done.kept, late, repeat: false };
  });
}

/** Reads what a reply is about and whether its sender may give it. */
async function readAsk<T>(
  deps: Ports,
  caller: Caller,
  reply: Reply,
  { read, leadsOf }: Pick<Asking<T, unknown>, 'read' | 'leadsOf'>,
): Promise<ReadAsk<T> | NotAsked> {
  const replied = await readReplied(deps, caller, reply, read);
  if ('outcome' in replied) return replied;
  const { plan, asked, cycle, person, member, by } = replied;
  if (!asked) return { outcome: 'gone', plan };
  if (!cycle) return { outcome: 'not-open', plan };
  const now = deps.clock.now();
  const today = dayIn(plan.calendar.zone, now);
  const leads = leadsOf(asked.value);
  const capacity = capacityFor(plan, leads, by.id, member, today);
  if (!capacity) return { outcome: 'not-yours', plan };
  const { latest } = plan;
  if (latest !== null && latest > reply.period) return { outcome: 'superseded', plan, latest };
  return {
    plan,
    cycle,
    person,
    asked,
    by,
    onBehalfOf: spokenFor([...leads.leads, ...leads.groupLeads], capacity, member, today),
    today,
    now,
    late: isLate(cycle, now),
  };
}

/** The lead whom somebody else's answer is given for; null when they are one of those asked. */
function spokenFor(
  leads: readonly NamedLead[],
  capacity: Capacity,
  member: Member | null,
  today: IsoDate,
): string | null {
  if (capacity !== 'officer' && leads.some(({ key }) => member?.leads.includes(key))) return null;
  const spoken = [...(member?.answersFor ?? []), ...coveredOn(member, today)];
  return (leads.find(({ key }) => spoken.includes(key)) ?? leads[0])?.name ?? null;
}
