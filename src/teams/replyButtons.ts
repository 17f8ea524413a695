import { memberOf } from '../app/people';
import { leadsOf, type Month, readMonth, readMonthOf } from '../app/readMonth';
import { type Found, type ReplyOutcome, recordUpdate } from '../app/recordUpdate';
import { actionName } from '../cards/format';
import type { VerbOf } from '../cards/verbs';
import { capacityFor } from '../domain/authority';
import type { Period } from '../domain/period';
import { actionForm, nextAfter, readAnswer, typedIn } from './actionForm';
import type { Incoming } from './activity';
import { readCopies, updateCopies } from './copies';
import { cardOf, sentence } from './invokeAnswer';
import { monthContent, monthNotOpen, showMonth } from './leadsMonth';
import { notTaken } from './notTaken';
import type { Presser } from './presser';
import { savedNote } from './savedNote';
import { notYours, todayOf } from './sentences';
import type { InvokeAnswer, TurnDeps } from './turn';

/*
 * The buttons that answer for an action: its form opened and saved, or "No change".
 */

/** Opens the form of an action, for whoever may answer for it. */
export async function openForm(
  deps: TurnDeps,
  presser: Presser,
  verb: VerbOf<'form'>,
): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  if (plan.latest !== null && plan.latest > verb.period)
    return showMonth(deps, plan, person, verb.period, {});
  const member = memberOf(person, plan.id);
  const [action, month] = await Promise.all([
    deps.plans.readAction(plan.id, verb.action),
    readMonth(deps, plan, verb.period, leadsOf(member, todayOf(deps, plan))),
  ]);
  if (!action) return sentence(deps.words.say('chat.unknownAction', { ref: verb.ref }));
  if (!month) return monthNotOpen(deps, plan, verb.period);
  if (!capacityFor(plan, action.value, person.id, member, todayOf(deps, plan)))
    return sentence(notYours(deps, action.value).text);
  return cardOf(actionForm(deps, month, action.value, verb.page));
}

/** Keeps what was typed in the form; refused, the same form comes back with all of it. */
export async function save(
  deps: TurnDeps,
  incoming: Incoming,
  verb: VerbOf<'save'>,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const { answer, unread } = readAnswer(verb);
  const outcome = await recordUpdate(deps, incoming.caller, {
    plan: verb.plan,
    period: verb.period,
    action: verb.action,
    version: verb.version,
    said: answer,
    unread,
    anyway: verb.anyway,
    chat: incoming.place.conversation,
  });
  if (outcome.outcome === 'saved') return saved(deps, incoming, verb, outcome, messageId);
  if (outcome.outcome !== 'refused' && outcome.outcome !== 'newer')
    return notKept(deps, incoming, verb, outcome);
  const month = await monthAround(deps, outcome.found);
  const typed = typedIn(verb);
  const came =
    outcome.outcome === 'newer'
      ? { typed, newer: { by: outcome.by, at: outcome.at }, after: verb.after }
      : { typed, refused: outcome.refused, asked: outcome.asked, after: verb.after };
  return cardOf(actionForm(deps, month, outcome.found.action, verb.page, came));
}

/** Keeps that nothing has changed; where that takes a sentence, the form asks for it. */
export async function confirmNoChange(
  deps: TurnDeps,
  incoming: Incoming,
  verb: VerbOf<'noChange'>,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const outcome = await recordUpdate(deps, incoming.caller, {
    plan: verb.plan,
    period: verb.period,
    action: verb.action,
    version: verb.version,
    said: 'no-change',
    unread: [],
    anyway: false,
    chat: incoming.place.conversation,
  });
  if (outcome.outcome === 'saved')
    return saved(deps, incoming, { ...verb, after: 'list' }, outcome, messageId);
  if (outcome.outcome !== 'refused' && outcome.outcome !== 'newer')
    return notKept(deps, incoming, verb, outcome);
  const { action, person } = outcome.found;
  const month = await monthAround(deps, outcome.found);
  if (outcome.outcome === 'newer') {
    const name = actionName(action, deps.words);
    const note = deps.words.say('chat.notSavedNewer', { name: outcome.by, action: name });
    return cardOf(monthContent(deps, month, person, { note, page: verb.page }));
  }
  const { refused, wantsSentence } = outcome;
  return cardOf(actionForm(deps, month, action, verb.page, { refused, wantsSentence }));
}

/** What a kept reply is answered with: the next form, or the list with a line that says what was saved. */
async function saved(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly action: string; readonly page: number; readonly after: 'list' | 'next' },
  outcome: Extract<ReplyOutcome, { outcome: 'saved' }>,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const { plan, cycle, person } = outcome.found;
  const isNews = person !== null && !outcome.repeat;
  const [month, copies] = await Promise.all([
    monthAround(deps, outcome.found),
    isNews ? readCopies(deps, plan, cycle, person) : [],
  ]);
  const note = savedNote(deps, plan, outcome);
  const list = monthContent(deps, month, person, { note, page: verb.page, onward: true });
  const next = verb.after === 'next' ? nextAfter(month, verb.action) : null;
  const answer = cardOf(next ? actionForm(deps, month, next, verb.page) : list);
  await updateCopies(deps, incoming, copies, list, { card: answer.card, messageId });
  return answer;
}

/** The month of whoever replied, around the action of the reply. */
function monthAround(deps: TurnDeps, { plan, cycle, person }: Found): Promise<Month> {
  return readMonthOf(deps, plan, cycle, leadsOf(memberOf(person, plan.id), todayOf(deps, plan)));
}

/** Replies that were not kept and have no form to come back to. */
function notKept(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly ref: string; readonly period: Period },
  outcome: Exclude<ReplyOutcome, { outcome: 'saved' | 'refused' | 'newer' }>,
): InvokeAnswer | Promise<InvokeAnswer> {
  switch (outcome.outcome) {
    case 'no-action':
      return sentence(deps.words.say('chat.unknownAction', { ref: verb.ref }));
    case 'not-yours':
      return sentence(notYours(deps, outcome.found.action).text);
    default:
      return notTaken(deps, incoming, verb.period, outcome);
  }
}
