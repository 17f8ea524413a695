import { isMatch } from 'date-fns';
import { noteRead } from '../app/noteRead';
import { identify, memberOf } from '../app/people';
import type { Content, Person } from '../app/ports';
import { leadsOf, type Month, readMonth, readMonthOf } from '../app/readMonth';
import { type Found, type ReplyOutcome, recordUpdate } from '../app/recordUpdate';
import { settleLead } from '../app/settleLead';
import { currentPosition, periodNow, publishedPosition } from '../app/viewPosition';
import { parseQuestion } from '../ask/questionSchema';
import { readSettle } from '../cards/composer';
import type { Opened, Typed } from '../cards/facts';
import { figureCard, figureTitle } from '../cards/figure';
import { actionName } from '../cards/format';
import { forMany, presentForm, presentMonth, presentSettle, readerOf } from '../cards/present';
import { NOBODY, settleInput } from '../cards/settle';
import { type Verb, verbSchema } from '../cards/verbs';
import { capacityFor, may, type Standing } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import type { Answer, Finding } from '../domain/checks';
import { type IsoDate, type Period, periodOfDate } from '../domain/period';
import type { Action, Plan } from '../domain/plan';
import { unansweredIn } from '../domain/prompt';
import { STATUS_KEYS, scaleAt } from '../domain/status';
import type { Incoming } from './activity';
import { answerContent } from './ask';
import { notYours, type Reading, todayOf, typed } from './chat';
import { readCopies, updateCopies } from './copies';
import { VERB_DEEDS } from './deeds';
import { pressedDraft } from './intake';
import { showLedger } from './ledger';
import { keepUnsaved, openReport, reportNone, saveReadings, saveReport } from './measureButtons';
import { notLookedAt } from './notKept';
import { periodOf } from './periods';
import { askedFor } from './readLog';
import { auditPage } from './rights';
import { savedNote } from './savedNote';
import { type InvokeAnswer, standingIn, type TurnDeps } from './turn';

type Of<Name extends Verb['verb']> = Extract<Verb, { verb: Name }>;

/**
 * Does what a pressed button asks for, and gives the card that takes its place. The data is parsed first and names things only: who presses is
 * the activity's caller, what stands in the plan is read.
 */
export async function pressed(
  deps: TurnDeps,
  incoming: Incoming,
  data: unknown,
  messageId: string | null,
): Promise<InvokeAnswer> {
  const parsed = verbSchema.safeParse(data);
  if (!parsed.success) return sentence(deps.words.say('chat.badButton'));
  const verb = parsed.data;
  if (isLeaving(verb)) {
    const unsaved = await keepUnsaved(deps, incoming, verb, data);
    if (unsaved) return unsaved;
  }
  switch (verb.verb) {
    case 'save':
      return save(deps, incoming, verb, messageId);
    case 'noChange':
      return confirmNoChange(deps, incoming, verb, messageId);
    case 'readings':
      return saveReadings(deps, incoming, verb, data, messageId);
    case 'reportSave':
      return saveReport(deps, incoming, verb, data, messageId);
    case 'reportNone':
      return reportNone(deps, incoming, verb, messageId);
    case 'draft':
    case 'draftKeep':
    case 'draftChoose':
    case 'draftLoad':
    case 'draftLeave':
      return pressedDraft(deps, incoming, verb, data);
    default: {
      const presser = await readPresser(deps, incoming, verb.plan);
      return 'kind' in presser ? presser : pressedByReader(deps, presser, verb, data);
    }
  }
}

/** Whether a button may stand beside fields of measures, and has another card take the place of theirs. */
function isLeaving(verb: Verb): verb is Of<'month' | 'form' | 'noChange' | 'reportForm' | 'reportNone'> {
  return ['month', 'form', 'noChange', 'reportForm', 'reportNone'].includes(verb.verb);
}

/** Somebody who may read the plan that a button is about. */
interface Presser {
  readonly incoming: Incoming;
  readonly plan: Plan;
  readonly person: Person;
  readonly standing: Standing;
  readonly officer: boolean;
}

async function readPresser(
  deps: TurnDeps,
  incoming: Incoming,
  planId: string,
): Promise<Presser | InvokeAnswer> {
  const [person, found] = await Promise.all([identify(deps, incoming.caller), deps.plans.readPlan(planId)]);
  const plan = found?.value;
  if (!plan || plan.binding?.tenant !== incoming.caller.tenant)
    return sentence(deps.words.say('chat.noPlanHere'));
  if (!person) return sentence(deps.words.say('chat.stranger'));
  const { standing, officer, reader } = standingIn(deps, plan, person.value.id, person.value);
  if (!standing || !reader) return sentence(deps.words.say('chat.stranger'));
  return { incoming, plan, person: person.value, standing, officer };
}

async function pressedByReader(
  deps: TurnDeps,
  presser: Presser,
  verb: Exclude<
    Verb,
    | Of<'save' | 'noChange' | 'readings' | 'reportSave' | 'reportNone'>
    | Of<'draft' | 'draftKeep' | 'draftChoose' | 'draftLoad' | 'draftLeave'>
  >,
  data: unknown,
): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  const { deed, of } = VERB_DEEDS[verb.verb];
  if (of === 'plan' && !may(deed, presser.standing))
    return sentence(deps.words.say(deed === 'share' ? 'roles.shareReader' : 'chat.onlyOfficer'));
  switch (verb.verb) {
    case 'month':
      return showMonth(deps, plan, person, verb.period, {
        page: verb.page,
        onward: verb.onward,
        showDelivered: verb.delivered,
      });
    case 'form':
      return openForm(deps, presser, verb);
    case 'reportForm':
      return openReport(deps, presser.incoming, verb);
    case 'settlePage':
      return settlePage(deps, presser, verb.page, null);
    case 'settle':
      return settle(deps, presser, verb, data);
    case 'ask':
      noteRead(deps, plan, askedFor(presser, (verb.q ? parseQuestion(verb.q) : null) ?? 'ask'));
      return askAgain(deps, presser, verb);
    case 'share':
      noteRead(deps, plan, askedFor(presser, 'share'));
      return share(deps, presser, verb);
    case 'figure':
      noteRead(deps, plan, askedFor(presser, 'figure'));
      return openFigure(deps, plan, verb);
    case 'ledger': {
      noteRead(deps, plan, askedFor(presser, 'ledger'));
      const { card, text = '' } = await showLedger(deps, presser, {
        period: verb.period,
        page: verb.page + 1,
      });
      return card ? { kind: 'card', card } : sentence(text);
    }
    case 'audit':
      noteRead(deps, plan, askedFor(presser, 'audit'));
      return { kind: 'card', card: (await auditPage(deps, plan, verb.page)).card };
  }
}

/** A lead's month; when it has given way to a later one, the later one's card. */
async function showMonth(
  deps: TurnDeps,
  plan: Plan,
  person: Person,
  period: Period,
  look: Parameters<typeof presentMonth>[4],
): Promise<InvokeAnswer> {
  const current = plan.latest !== null && plan.latest > period ? plan.latest : period;
  const month = await readMonth(deps, plan, current, leadsOf(memberOf(person, plan.id), todayOf(deps, plan)));
  if (!month)
    return sentence(deps.words.say('chat.monthNotOpen', { period: periodOf(plan, period, deps.words) }));
  const content = presentMonth(
    month,
    person,
    deps.clock.now(),
    deps.words,
    current === period ? look : gaveWay(deps, plan, period, current),
  );
  return { kind: 'card', card: content.card };
}

function gaveWay(deps: TurnDeps, plan: Plan, period: Period, latest: Period) {
  const note = deps.words.say('chat.superseded', {
    period: periodOf(plan, period, deps.words),
    latest: periodOf(plan, latest, deps.words),
  });
  return { note };
}

async function openForm(deps: TurnDeps, presser: Presser, verb: Of<'form'>): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  if (plan.latest !== null && plan.latest > verb.period)
    return showMonth(deps, plan, person, verb.period, {});
  const member = memberOf(person, plan.id);
  const [action, month] = await Promise.all([
    deps.plans.readAction(plan.id, verb.action),
    readMonth(deps, plan, verb.period, leadsOf(member, todayOf(deps, plan))),
  ]);
  if (!action) return sentence(deps.words.say('chat.unknownAction', { ref: verb.ref }));
  if (!month)
    return sentence(deps.words.say('chat.monthNotOpen', { period: periodOf(plan, verb.period, deps.words) }));
  if (!capacityFor(plan, action.value, person.id, member, todayOf(deps, plan)))
    return sentence(notYours(deps, action.value).text);
  return formFor(deps, month, person, action.value, verb.page);
}

async function save(
  deps: TurnDeps,
  incoming: Incoming,
  verb: Of<'save'>,
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
  const { action, person } = outcome.found;
  const month = await monthAround(deps, outcome.found);
  const typed: Typed = {
    percent: verb.percent,
    // What "Save as Blue" chose stays chosen when something else still has to be mended.
    status: verb.as ?? verb.status,
    narrative: verb.narrative,
    revised: verb.revised,
    barriers: verb.barriers,
    ask: verb.ask,
  };
  const came =
    outcome.outcome === 'newer'
      ? { typed, newer: { by: outcome.by, at: outcome.at }, after: verb.after }
      : { typed, refused: outcome.refused, asked: outcome.asked, after: verb.after };
  return formFor(deps, month, person, action, verb.page, came);
}

async function confirmNoChange(
  deps: TurnDeps,
  incoming: Incoming,
  verb: Of<'noChange'>,
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
    const note = deps.words.say('chat.notSavedNewer', {
      name: outcome.by,
      action: actionName(action, deps.words),
    });
    return {
      kind: 'card',
      card: presentMonth(month, nameOnly(person), deps.clock.now(), deps.words, { note, page: verb.page })
        .card,
    };
  }
  return formFor(deps, month, person, action, verb.page, {
    refused: outcome.refused,
    wantsSentence: outcome.wantsSentence,
  });
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
  const look = { note, page: verb.page, onward: true };
  const list = presentMonth(month, nameOnly(person), deps.clock.now(), deps.words, look);
  const next = verb.after === 'next' ? nextAfter(month, verb.action) : null;
  const answer = next
    ? formFor(deps, month, person, next, verb.page)
    : { kind: 'card' as const, card: list.card };
  await updateCopies(deps, incoming, copies, list, { card: answer.card, messageId });
  return answer;
}

/** The month of whoever replied, around the action of the reply. */
function monthAround(deps: TurnDeps, { plan, cycle, person }: Found): Promise<Month> {
  return readMonthOf(deps, plan, cycle, leadsOf(memberOf(person, plan.id), todayOf(deps, plan)));
}

/** Replies that were not kept and have no form to come back to. */
async function notKept(
  deps: TurnDeps,
  incoming: Incoming,
  verb: { readonly ref: string; readonly period: Period },
  outcome: Exclude<ReplyOutcome, { outcome: 'saved' | 'refused' | 'newer' }>,
): Promise<InvokeAnswer> {
  const { words } = deps;
  switch (outcome.outcome) {
    case 'no-plan':
    case 'stranger':
    case 'not-open':
      return notLookedAt(deps, verb.period, outcome);
    case 'no-action':
      return sentence(words.say('chat.unknownAction', { ref: verb.ref }));
    case 'not-yours':
      return sentence(notYours(deps, outcome.found.action).text);
    case 'superseded': {
      const person = await identify(deps, incoming.caller);
      if (!person) return sentence(words.say('chat.stranger'));
      return showMonth(deps, outcome.plan, person.value, verb.period, {});
    }
  }
}

function formFor(
  deps: TurnDeps,
  month: Month,
  person: Person | null,
  action: Action,
  page: number,
  came: Parameters<typeof presentForm>[3] = {},
): { readonly kind: 'card'; readonly card: unknown } {
  const { plan, cycle } = month;
  const left = unansweredIn(month.asked, cycle.period, scaleAt(plan.scales, cycle.period)).length;
  const about = {
    plan,
    period: cycle.period,
    action,
    late: month.late,
    left,
    page,
    userId: person?.userId ?? null,
  };
  return { kind: 'card', card: presentForm(about, deps.clock.now(), deps.words, came).card };
}

/** The next action without an answer, after the one just answered and then from the beginning; null when all are answered. */
function nextAfter(month: Month, id: string): Action | null {
  const left = unansweredIn(month.asked, month.cycle.period, scaleAt(month.plan.scales, month.cycle.period));
  const at = month.asked.findIndex((action) => action.id === id);
  return left.find((action) => month.asked.indexOf(action) > at) ?? left[0] ?? null;
}

async function settlePage(
  deps: TurnDeps,
  { plan }: Presser,
  page: number,
  note: string | null,
): Promise<InvokeAnswer> {
  return { kind: 'card', card: presentSettle(await readSettle(deps, plan, page, note), deps.words).card };
}

async function settle(
  deps: TurnDeps,
  presser: Presser,
  verb: Of<'settle'>,
  data: unknown,
): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  const chosen = (data as Record<string, unknown>)[settleInput(verb.lead)];
  const leads = await deps.plans.readLeads(plan.id);
  const lead = leads.find(({ value }) => value.lead.key === verb.lead)?.value.lead.name ?? '';
  if (typeof chosen !== 'string' || chosen === '')
    return settlePage(deps, presser, verb.page, deps.words.say('chat.settleChoose', { lead }));
  const choice =
    chosen === NOBODY ? ({ kind: 'nobody' } as const) : ({ kind: 'person', person: chosen } as const);
  const outcome = await settleLead(
    deps,
    plan,
    person.id,
    verb.lead,
    choice,
    presser.incoming.place.conversation,
  );
  if (outcome === 'not-officer') return sentence(deps.words.say('chat.onlyOfficer'));
  if (outcome !== 'settled') return settlePage(deps, presser, verb.page, deps.words.say('chat.settleGone'));
  deps
    .advance(plan.id)
    .catch((error: unknown) =>
      deps.log.warn({ error: String(error) }, 'asking a settled lead waits for the worker'),
    );
  const known =
    choice.kind === 'person'
      ? await deps.people.readPerson(presser.incoming.caller.tenant, choice.person)
      : null;
  const note =
    choice.kind === 'person'
      ? deps.words.say('chat.settled', { lead, person: known?.value.name ?? '' })
      : deps.words.say('chat.settledNobody', { lead });
  return settlePage(deps, presser, verb.page, note);
}

/**
 * Pages an answer, follows a suggestion, opens one of its actions: a typed question as the card sends it back. One in words is answered as if
 * the presser had typed it, with no more rights than that.
 */
async function askAgain(deps: TurnDeps, presser: Presser, verb: Of<'ask'>): Promise<InvokeAnswer> {
  const asker = readingOf(presser);
  if (verb.q === undefined) return answerOf((await typed(deps, asker, verb.question))[0], deps);
  const question = parseQuestion(verb.q);
  if (!question) return sentence(deps.words.say('chat.badButton'));
  // What is typed next goes on from what is seen now.
  const { incoming } = asker;
  const seen = question.kind === 'list' ? { ...question, page: verb.page } : question;
  deps.memory.remember(incoming.place.conversation, incoming.caller.userId, seen);
  const from = verb.from === undefined ? null : parseQuestion(verb.from);
  const content = await answerContent(deps, asker, question, {
    page: verb.page,
    action: verb.action,
    back: from && { question: from, page: verb.fromPage },
  });
  return answerOf(content, deps);
}

function answerOf(content: Content | undefined, deps: TurnDeps): InvokeAnswer {
  if (content?.card) return { kind: 'card', card: content.card };
  return sentence(content?.text ?? deps.words.say('chat.badButton'));
}

/** Posts an answer in the board's channel, in the name of who shares it. The same tap twice within a minute posts it once. */
async function share(deps: TurnDeps, presser: Presser, verb: Of<'share'>): Promise<InvokeAnswer> {
  const { plan, person } = presser;
  const question = parseQuestion(verb.q);
  const { binding } = plan;
  if (!question || !binding) return sentence(deps.words.say('chat.badButton'));
  const channel = binding.channelName || deps.words.say('chat.theChannel');
  if (!deps.shared.isFirst(`${plan.id}|${person.id}|${verb.action ?? ''}|${verb.q}`))
    return sentence(deps.words.say('chat.sharedBefore', { channel }));
  const look = { sharedBy: person.name, action: verb.action };
  const content = await answerContent(deps, readingOf(presser), question, look);
  if (!content.card) return sentence(content.text ?? '');
  const sent = await deps.messenger.sendToChannel(
    binding.serviceUrl,
    binding.tenant,
    binding.channel,
    content,
  );
  return sent.outcome === 'sent'
    ? sentence(deps.words.say('chat.shared', { channel }))
    : sentence(deps.words.say('chat.shareFailed', { channel, reason: sent.reason }));
}

function readingOf({ incoming, plan, person, standing, officer }: Presser): Reading {
  return {
    incoming,
    person: { value: person, etag: '' },
    plan,
    standing,
    officer,
    reader: true,
  };
}

async function openFigure(deps: TurnDeps, plan: Plan, verb: Of<'figure'>): Promise<InvokeAnswer> {
  const thisMonth = periodOfDate(dayIn(plan.calendar.zone, deps.clock.now()));
  const view =
    (verb.period === 'now' ? null : await publishedPosition(deps, plan, verb.period)) ??
    (await currentPosition(deps, plan, verb.period === 'now' ? periodNow(plan, thisMonth) : verb.period));
  const opened = openedOf(verb);
  if (!opened) return sentence(deps.words.say('chat.badButton'));
  const reader = readerOf(plan, deps.clock.now());
  const facts = {
    ...reader,
    plan: plan.id,
    period: verb.period,
    opened,
    ...forMany(view, reader, deps.words),
    page: verb.page,
  };
  return { kind: 'dialog', title: figureTitle(facts, deps.words), card: figureCard(facts, deps.words) };
}

function openedOf(verb: Of<'figure'>): Opened | null {
  switch (verb.what) {
    case 'status':
      if (!verb.key) return null;
      return { what: 'status', key: verb.key, ...(verb.group === undefined ? {} : { group: verb.group }) };
    case 'group':
      return verb.group === undefined ? null : { what: 'group', group: verb.group };
    default:
      return { what: verb.what };
  }
}

/** What stands in the form's fields, as an answer, and the faults that only the typing has. */
function readAnswer(verb: Of<'save'>): { readonly answer: Answer; readonly unread: readonly Finding[] } {
  const percentText = verb.percent.trim().replace(/\s*%$/, '').replace(',', '.');
  const percent = percentText === '' ? Number.NaN : Number(percentText);
  const chosen = (verb.as ?? verb.status).trim();
  const revisedText = verb.revised.trim();
  const revised = isDay(revisedText) ? revisedText : null;
  return {
    answer: {
      percent: Number.isFinite(percent) ? percent : null,
      status: STATUS_KEYS.find((key) => key === chosen) ?? null,
      narrative: verb.narrative,
      revised,
      barriers: verb.barriers,
      ask: verb.ask,
    },
    unread: revisedText !== '' && revised === null ? [{ code: 'revised-unreadable', field: 'revised' }] : [],
  };
}

function isDay(text: string): text is IsoDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMatch(text, 'yyyy-MM-dd');
}

function nameOnly(person: Person | null): { readonly name: string; readonly userId: string | null } {
  return { name: person?.name ?? '', userId: person?.userId ?? null };
}

function sentence(text: string): InvokeAnswer {
  return { kind: 'sentence', text };
}
