import { memberOf } from '../app/people';
import type { Content, Person } from '../app/ports';
import { leadsOf, type Month, readMonth } from '../app/readMonth';
import { type MonthLook, presentMonth } from '../cards/present';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { Incoming } from './activity';
import { readCopies, updateCopies } from './copies';
import { cardOf, sentence } from './invokeAnswer';
import { periodOf } from './periods';
import { readPresser } from './presser';
import { todayOf } from './sentences';
import type { InvokeAnswer, TurnDeps } from './turn';

/*
 * A lead's month, as what a button is answered with. Where a later month is open, the one that the button is about has given way to it.
 */

/** The month of a person as it stands now; the later one, where it has given way. A sentence where it was never opened. */
export async function readMonthNow(
  deps: TurnDeps,
  plan: Plan,
  person: Person,
  period: Period,
): Promise<Month | InvokeAnswer> {
  const current = plan.latest !== null && plan.latest > period ? plan.latest : period;
  const leads = leadsOf(memberOf(person, plan.id), todayOf(deps, plan));
  return (await readMonth(deps, plan, current, leads)) ?? monthNotOpen(deps, plan, period);
}

/** Who presses and their month, both read anew. */
export async function readPressersMonth(
  deps: TurnDeps,
  incoming: Incoming,
  { plan: planId, period }: { readonly plan: string; readonly period: Period },
): Promise<{ readonly month: Month; readonly person: Person } | InvokeAnswer> {
  const presser = await readPresser(deps, incoming, planId);
  if ('kind' in presser) return presser;
  const { plan, person } = presser;
  const month = await readMonthNow(deps, plan, person, period);
  return 'kind' in month ? month : { month, person };
}

/** A person's month; the later one with a line that says so, where it has given way. */
export async function showMonth(
  deps: TurnDeps,
  plan: Plan,
  person: Person,
  period: Period,
  look: MonthLook,
): Promise<InvokeAnswer> {
  const month = await readMonthNow(deps, plan, person, period);
  if ('kind' in month) return month;
  const latest = month.cycle.period;
  if (latest === period) return cardOf(monthContent(deps, month, person, look));
  const note = deps.words.say('chat.superseded', {
    period: periodOf(plan, period, deps.words),
    latest: periodOf(plan, latest, deps.words),
  });
  return cardOf(monthContent(deps, month, person, { note }));
}

/** The presser's month after a reply; where it kept anything new, the stored copies of the month are brought up to date too. */
export async function showAfterReply(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly plan: string; readonly period: Period; readonly page: number },
  messageId: string | null,
  isNews: boolean,
  look: MonthLook,
): Promise<InvokeAnswer> {
  const read = await readPressersMonth(deps, incoming, verb);
  if ('kind' in read) return read;
  const { month, person } = read;
  const answer = cardOf(monthContent(deps, month, person, { ...look, page: verb.page }));
  if (isNews) {
    const list = monthContent(deps, month, person, { note: look.note ?? null });
    const copies = await readCopies(deps, month.plan, month.cycle, person);
    await updateCopies(deps, incoming, copies, list, { card: answer.card, messageId });
  }
  return answer;
}

/** A month that was read a moment ago, as a message. Somebody who is not known yet has no name to tell their answers from others'. */
export function monthContent(deps: TurnDeps, month: Month, person: Person | null, look: MonthLook): Content {
  const me = { name: person?.name ?? '', userId: person?.userId ?? null };
  return presentMonth(month, me, deps.clock.now(), deps.words, look);
}

/** That a month was never opened. */
export function monthNotOpen({ words }: Pick<TurnDeps, 'words'>, plan: Plan, period: Period): InvokeAnswer {
  return sentence(words.say('chat.monthNotOpen', { period: periodOf(plan, period, words) }));
}
