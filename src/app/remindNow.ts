import { dayIn } from '../domain/calendar';
import type { Message } from '../domain/message';
import type { IsoDate, Period } from '../domain/period';
import type { LeadKey, Plan } from '../domain/plan';
import { asksSomething, promptPrefix, reminderMessage, unanswered, unansweredOthers } from '../domain/prompt';
import { scaleAt } from '../domain/status';
import { mayDo } from './mayDo';
import { planPrompts } from './openCycle';
import type { Deps, Person } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { readOtherAsks } from './readOthers';
import { forTheWorker } from './wake';

/** Whom to remind: everybody who has not answered, or one. */
export type Whom = 'everyone' | { readonly person: string } | { readonly lead: LeadKey };

/** Why somebody was not reminded. */
export type NotReminded =
  | 'answered'
  /** Teams would not deliver to them, or nobody was found for the name: see {@link Reminded.why}. */
  | 'unreachable'
  /** By hand, at most once a day for each person. */
  | 'reminded-today'
  /** Their first message of the month is still on its way: it says the same. */
  | 'about-to-be-asked'
  /** Nothing is asked of them in the month. */
  | 'never-asked';

/** Somebody who was considered, by the names that they are asked as. */
export interface Reminded {
  /** Null for a lead whom nobody was found for. */
  readonly person: string | null;
  readonly name: string;
  /** Actions without an answer. */
  readonly left: number;
  /** For the unreachable: Teams' reason; null else. */
  readonly why: Message['why'];
}

export type RemindOutcome =
  | {
      readonly outcome: 'done';
      readonly period: Period;
      readonly reminded: readonly Reminded[];
      /** By reason, then by name. For everyone, those who have answered are counted here too. */
      readonly others: readonly (Reminded & { readonly because: NotReminded })[];
    }
  | { readonly outcome: 'not-officer' }
  /** No month was opened, or its position is published: there is nothing left to remind of. */
  | { readonly outcome: 'no-month' };

/**
 * Plans a reminder by hand to who was asked in the latest month and has not answered: by a programme officer, at most one a day (plan's
 * zone) for each person, whatever the calendar sends. The worker sends it. Saying it again the same day plans none anew. A stop
 * after the reminders leaves their line in the audit unwritten, no more.
 */
export async function remindNow(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'makeId' | 'log'>,
  plan: Plan,
  by: Doer,
  whom: Whom,
): Promise<RemindOutcome> {
  if (!(await mayDo(deps, plan, by, 'remind'))) return { outcome: 'not-officer' };
  const period = plan.latest;
  const cycle = period ? await deps.months.readCycle(plan.id, period) : null;
  if (!period || (cycle?.value.state !== 'open' && cycle?.value.state !== 'closed'))
    return { outcome: 'no-month' };
  if (cycle.value.state === 'open') {
    // Whoever was not asked yet (a cover has run out) is asked now: that is the worker's to send, whatever becomes of this process.
    await forTheWorker(deps, plan.id, () => planPrompts(deps, plan, period));
  }

  const day = dayIn(plan.calendar.zone, deps.clock.now());
  const asked = await readAsked(deps, plan, period, day);
  const meant = asked.filter(({ prompt }) => isMeant(prompt, whom));
  if (meant.length === 0 && whom !== 'everyone') {
    const nobody = await neverAsked(deps, plan, whom);
    return { outcome: 'done', period, reminded: [], others: [{ ...nobody, because: 'never-asked' }] };
  }
  const toRemind = meant.filter(({ because }) => because === null);
  if (toRemind.length > 0) {
    const reminders = toRemind.map(({ prompt }) => reminderMessage(period, day, prompt));
    await forTheWorker(deps, plan.id, () => deps.months.addMessages(plan.id, reminders));
    const people = toRemind.map(({ who }) => ({ id: who.person ?? '', name: who.name }));
    await deps.plans.addAudit(plan.id, auditEntry(deps, by, { kind: 'reminded', period, people }));
  }
  deps.log.info({ plan: plan.id, period, reminders: toRemind.length }, 'reminders planned by hand');
  return {
    outcome: 'done',
    period,
    reminded: toRemind.map(({ who }) => who),
    others: meant
      .flatMap(({ who, because }) => (because ? [{ ...who, because }] : []))
      .sort((a, b) => a.because.localeCompare(b.because) || a.name.localeCompare(b.name, 'en')),
  };
}

/** Somebody who was asked, and why they need not (or can't) be reminded; null where they are to be. */
interface Considered {
  readonly prompt: Message;
  readonly who: Reminded;
  readonly because: NotReminded | null;
}

async function readAsked(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people'>,
  plan: Plan,
  period: Period,
  day: IsoDate,
): Promise<Considered[]> {
  const [prompts, today, list, leads, people, others] = await Promise.all([
    deps.months.readMessages(plan.id, promptPrefix(period)),
    deps.months.readMessages(plan.id, `reminder|${period}|${day}|`),
    deps.plans.readActions(plan.id),
    deps.plans.readLeads(plan.id),
    deps.people.readMembers(plan.binding?.tenant ?? '', plan.id),
    readOtherAsks(deps, plan),
  ]);
  const scale = scaleAt(plan.scales, period);
  const actions = new Map(list.map((action) => [action.id, action]));
  const byId = new Map(people.map((person) => [person.id, person]));
  const names = new Map(leads.map(({ value }) => [value.lead.key, value.lead.name]));
  const remindedToday = new Set(today.map(({ value }) => value.to));
  return prompts
    .map(({ value }) => value)
    .filter(asksSomething)
    .map((prompt): Considered => {
      const person = prompt.to === null ? null : (byId.get(prompt.to) ?? null);
      const left = unanswered(prompt, actions, scale).length + unansweredOthers(prompt, others).length;
      const leadNames = prompt.leads.flatMap((key) => names.get(key) ?? []).join(', ');
      const why = prompt.to === null ? 'not-matched' : unreachableNow(prompt, person);
      const who = { person: prompt.to, name: person?.name || leadNames, left, why };
      return { prompt, who, because: reasonNot(prompt, who, remindedToday) };
    });
}

/** What is known of a person now comes before what became of their prompt: they may have come back since. */
function unreachableNow(prompt: Message, person: Person | null): Message['why'] {
  if (!person) return prompt.state === 'unreachable' ? prompt.why : null;
  return person.unreachable;
}

function reasonNot(
  prompt: Message,
  who: Reminded,
  remindedToday: ReadonlySet<string | null>,
): NotReminded | null {
  if (who.left === 0) return 'answered';
  if (who.why !== null) return 'unreachable';
  if (prompt.state === 'planned' || prompt.state === 'throttled' || prompt.state === 'sending')
    return 'about-to-be-asked';
  return remindedToday.has(prompt.to) ? 'reminded-today' : null;
}

function isMeant(prompt: Message, whom: Whom): boolean {
  if (whom === 'everyone') return true;
  return 'person' in whom ? prompt.to === whom.person : prompt.leads.includes(whom.lead);
}

async function neverAsked(
  deps: Pick<Deps, 'plans' | 'people'>,
  plan: Plan,
  whom: Exclude<Whom, 'everyone'>,
): Promise<Reminded> {
  if ('person' in whom) {
    const person = await deps.people.readPerson(plan.binding?.tenant ?? '', whom.person);
    return { person: whom.person, name: person?.value.name ?? '', left: 0, why: null };
  }
  const record = (await deps.plans.readLeads(plan.id)).find(({ value }) => value.lead.key === whom.lead);
  return { person: record?.value.person ?? null, name: record?.value.lead.name ?? '', left: 0, why: null };
}
