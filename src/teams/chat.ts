import { clearForPublication } from '../app/clearForPublication';
import { closeCycle } from '../app/closeCycle';
import { noteRead } from '../app/noteRead';
import { openCycle } from '../app/openCycle';
import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import { postAgain, requestPublication } from '../app/publishPosition';
import { actionsOf, leadsOf } from '../app/readMonth';
import { maySendPlan } from '../app/receivePlan';
import { setBoardChannel } from '../app/setBoardChannel';
import { currentPosition, periodNow, publishedPosition } from '../app/viewPosition';
import { readLedger } from '../app/whoIsSilent';
import { type Command, listOf } from '../ask/question';
import { readSettle } from '../cards/composer';
import { actionName, instantName } from '../cards/format';
import { helpCard } from '../cards/help';
import { presentOpened, presentPosition, presentSettle, presentSilent, readerOf } from '../cards/present';
import { helpSummary } from '../cards/summaries';
import { may, type Standing } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import type { Cycle } from '../domain/cycle';
import { type IsoDate, type Period, periodOfDate, shiftPeriod } from '../domain/period';
import { type Action, askedLeads, monthsOf, type Plan } from '../domain/plan';
import type { WordKey, WordValues } from '../words/words';
import { answerContent, answerTyped, answerUnread, readText } from './ask';
import { COMMAND_DEEDS, FIXED_DEEDS, type FixedOrder, RIGHT_DEEDS, type Wanted } from './deeds';
import { offerPapers, readExport } from './exporting';
import { cover, hand } from './handOverCommands';
import { readLedgerAsk, showLedger } from './ledger';
import { tellMeasures } from './measures';
import { meantPeriod, periodOf } from './periods';
import type { TextRead } from './readAhead';
import { askedFor } from './readLog';
import { remind, unreachable } from './reminderCommands';
import { fillForm, noChange, undo } from './replyCommands';
import { changeRight, readRight } from './rights';
import type { Asker, TurnDeps } from './turn';
import { doerOf } from './whoIsMeant';

/** An asker who may read the plan that they ask about. */
export type Reading = Asker & { readonly plan: Plan; readonly standing: Standing };

/** How long a publication may take before the answer says that it is under way. Teams gives a turn 15 seconds. */
const PUBLISH_WAIT_MS = 8_000;

/** "Which actions have left the plan?" They are in no other list. */
const LEFT_PLAN = /^(?:what|which(?: actions?)?) (?:has|have) left(?: the plan)?\s*[?.]?$/i;
/** Most of them that a sentence names. */
const MOST_LEFT = 30;
/** "Clear 1.3.2 for publication": what was said of it, or of everything, may stand in the public version. */
const CLEAR = /^clear (\S{1,40}) for publication[.!]?$/i;

/** Answers what somebody typed; `ahead` is what it was taken for while it was looked up who they are. */
export async function typed(
  deps: TurnDeps,
  asker: Asker,
  text: string,
  ahead: TextRead | null = null,
): Promise<Content[]> {
  const { plan, standing } = asker;
  if (!plan || !standing) return [await noPlan(deps, asker)];
  if (!asker.reader) return [say(deps, 'chat.stranger')];
  const reading: Reading = { ...asker, plan, standing };
  const right = readRight(text);
  if (right)
    return [
      (await refused(deps, reading, RIGHT_DEEDS[right.do])) ?? (await changeRight(deps, reading, right)),
    ];
  const fixed = readFixed(deps, plan, text);
  if (fixed) {
    if (fixed.do === 'ledger' || fixed.do === 'export') noteRead(deps, plan, askedFor(reading, fixed.do));
    const refusal = await refused(deps, reading, FIXED_DEEDS[fixed.do]);
    return refusal ? [refusal] : doFixed(deps, reading, fixed);
  }
  const read = await readText(deps, reading, text, ahead);
  if (read.kind !== 'question')
    return [
      read.kind === 'not-understood' ? answerUnread(deps, reading, text, read) : await help(deps, reading),
    ];
  const { question } = read;
  noteRead(deps, plan, askedFor(reading, question));
  return [
    question.kind === 'command'
      ? await act(deps, reading, question.command)
      : await answerTyped(deps, reading, read),
  ];
}

function readFixed(deps: TurnDeps, plan: Plan, text: string): FixedOrder | null {
  const ledger = readLedgerAsk(text, plan.latest);
  if (ledger) return { do: 'ledger', ...ledger };
  if (LEFT_PLAN.test(text)) return { do: 'left' };
  const what = CLEAR.exec(text)?.[1];
  if (what !== undefined) return { do: 'clear', what };
  const papers = readExport(text, monthNow(deps, plan));
  return papers && { do: 'export', papers };
}

async function doFixed(deps: TurnDeps, asker: Reading, order: FixedOrder): Promise<Content[]> {
  switch (order.do) {
    case 'ledger':
      return [await showLedger(deps, asker, order)];
    case 'left':
      return [await leftPlan(deps, asker.plan)];
    case 'clear':
      return [await clearWords(deps, asker, order.what)];
    case 'export':
      return offerPapers(deps, asker, order.papers);
  }
}

/** To somebody who belongs to no plan: whoever added Steward to a team without one is told how it gets one. */
async function noPlan(deps: TurnDeps, { incoming }: Asker): Promise<Content> {
  if (incoming.place.kind !== 'personal') return say(deps, 'chat.noPlanHere');
  const sent = await maySendPlan(deps, incoming.caller, null);
  return say(deps, sent.may ? 'chat.sendFirst' : 'chat.noPlanHere');
}

async function leftPlan(deps: TurnDeps, plan: Plan): Promise<Content> {
  const left = (await deps.plans.readEveryAction(plan.id)).filter((action) => action.left);
  const named = left.slice(0, MOST_LEFT).map((action) => actionName(action, deps.words));
  const more = left.length - named.length;
  const actions = named.join('; ');
  return say(deps, 'chat.leftPlan', {
    n: left.length,
    actions: more > 0 ? deps.words.say('chat.moreActions', { actions, n: more }) : actions,
  });
}

async function clearWords(deps: TurnDeps, asker: Reading, what: string): Promise<Content> {
  const ref = /^(?:all|everything)$/i.test(what) ? null : what;
  const { found, cleared } = await clearForPublication(deps, asker.plan, ref, doerOf(asker));
  if (found === 0) return say(deps, 'chat.clearNothing', { ref: what });
  return say(deps, 'chat.cleared', { n: cleared.length, refs: cleared.join(', ') });
}

/** That somebody may not do what is about the plan as a whole; null when they may, or when it is about an action or a lead. */
async function refused(deps: TurnDeps, asker: Reading, wanted: Wanted): Promise<Content | null> {
  if (wanted.of !== 'plan' || may(wanted.deed, asker.standing)) return null;
  return wanted.deed === 'export' ? say(deps, 'chat.exportNotYours') : notOfficer(deps, asker.plan);
}

/** Does what a command says, if the asker may. */
async function act(deps: TurnDeps, asker: Reading, command: Command): Promise<Content> {
  const { plan } = asker;
  const refusal = await refused(deps, asker, COMMAND_DEEDS[command.do]);
  if (refusal) return refusal;
  const meant = (month: Period | null) => month && meantPeriod(plan, month);
  switch (command.do) {
    case 'help':
      return help(deps, asker);
    case 'open':
      return open(deps, asker, meant(command.period) ?? monthNow(deps, plan));
    case 'close':
      return close(deps, asker, meant(command.period) ?? latest(deps, plan));
    case 'publish':
      return publish(deps, asker, meant(command.period) ?? latest(deps, plan), command.again);
    case 'preview':
      return asker.incoming.place.kind === 'personal'
        ? position(deps, plan, meant(command.period) ?? latest(deps, plan), 'preview')
        : say(deps, 'chat.onlyPersonal');
    case 'summary':
      return summary(deps, plan, meant(command.period));
    case 'post-here':
      return postHere(deps, asker);
    case 'silent':
      return silent(deps, plan, meant(command.period) ?? latest(deps, plan));
    case 'settle':
      return presentSettle(await readSettle(deps, plan, 0, null), deps.words);
    case 'play':
      return play(deps, asker);
    case 'update':
      return fillForm(deps, asker, command.ref, command.says);
    case 'no-change':
      return noChange(deps, asker, command.ref, command.narrative);
    case 'hand-over':
      return hand(deps, asker, command.what, command.to);
    case 'cover':
      return cover(deps, asker, command.of, command.by, command.until);
    case 'answer-for':
      return answerFor(deps, asker, command);
    case 'undo':
      return undo(deps, asker, command.ref);
    case 'remind':
      return remind(deps, asker, command.who);
    case 'unreachable':
      return unreachable(deps, asker);
    case 'measures':
    case 'decisions':
      return tellMeasures(deps, plan, command);
  }
}

/** "Answer for [name]: …": the form of the action named, or the lead's actions to choose from. The programme officer's alone. */
async function answerFor(
  deps: TurnDeps,
  asker: Reading,
  { who, ref, says }: Extract<Command, { do: 'answer-for' }>,
): Promise<Content> {
  if (ref !== null) return fillForm(deps, asker, ref, says);
  if (who.kind === 'unknown') return say(deps, 'chat.noSuchName', { name: who.name });
  return answerContent(
    deps,
    asker,
    listOf([
      { kind: 'who', who: [who] },
      { kind: 'phase', phase: 'live' },
    ]),
  );
}

/** Where the plan stands: as it was published for a period that was, else as it stands now. */
async function summary(deps: TurnDeps, plan: Plan, wanted: Period | null): Promise<Content> {
  const now = periodNow(plan, monthNow(deps, plan));
  const published = wanted ? await publishedPosition(deps, plan, wanted) : null;
  if (published) return presentPosition(plan, 'post', published, deps.clock.now(), deps.words);
  if (wanted && wanted !== now)
    return say(deps, 'chat.neverPublished', { period: periodOf(plan, wanted, deps.words) });
  return position(deps, plan, now, 'now');
}

async function help(deps: TurnDeps, { plan, officer, incoming, person }: Reading): Promise<Content> {
  const leads = leadsOf(memberOf(person?.value, plan.id), todayOf(deps, plan));
  const mine = leads.length > 0 ? await actionsOf(deps, plan.id, leads) : [];
  const facts = {
    place: incoming.place.kind === 'personal' ? ('personal' as const) : ('channel' as const),
    officer,
    lead: mine.length > 0,
    demo: deps.play !== null,
    measures: (plan.measures ?? 0) > 0,
    period: plan.latest ?? monthNow(deps, plan),
    ref: mine[0]?.ref ?? null,
  };
  return { summary: helpSummary(facts, deps.words), card: helpCard(facts, deps.words) };
}

async function open(deps: TurnDeps, asker: Reading, period: Period): Promise<Content> {
  const { plan } = asker;
  if (!plan.binding) return say(deps, 'chat.notBound');
  if (period > shiftPeriod(monthNow(deps, plan), monthsOf(plan)))
    return say(deps, 'chat.tooFar', { period: periodOf(plan, period, deps.words) });
  const opened = await openCycle(deps, plan.id, period, asker.incoming.caller.name || null);
  if (opened.outcome === 'too-old')
    return say(deps, 'chat.tooOld', { latest: periodOf(plan, opened.latest, deps.words) });
  // Asking thirty people takes its time: the answer does not wait for it, and a stop in between is made up for by the rows.
  inBackground(deps, deps.advance(plan.id));
  const { cycle } = opened;
  const wasOpen = opened.outcome === 'already';
  if (wasOpen && cycle.state !== 'open') return alreadyOver(deps, plan, cycle);
  const ledger = await readLedger(deps, plan, period);
  return presentOpened(plan, cycle, ledger, deps.clock.now(), deps.words, wasOpen);
}

async function alreadyOver(deps: TurnDeps, plan: Plan, cycle: Cycle): Promise<Content> {
  const when = (iso: string | null) =>
    instantName(new Date(iso ?? 0), readerOf(plan, deps.clock.now()), deps.words);
  const period = periodOf(plan, cycle.period, deps.words);
  if (cycle.state === 'closed')
    return say(deps, 'chat.closedAlready', { period, closed: when(cycle.closedAt) });
  return publishedAlready(deps, plan, cycle);
}

async function close(deps: TurnDeps, asker: Reading, wanted: Period): Promise<Content> {
  const { plan } = asker;
  const closed = await closeCycle(deps, plan, wanted, asker.person?.value.id ?? null);
  const period = periodOf(plan, wanted, deps.words);
  if (!closed) return say(deps, 'chat.neverOpened', { period });
  if (closed.outcome === 'already') return alreadyOver(deps, plan, closed.cycle);
  inBackground(deps, deps.advance(plan.id));
  const ledger = await readLedger(deps, plan, wanted);
  return say(deps, 'chat.closed', { period, left: ledger.asked.filter(({ left }) => left > 0).length });
}

async function publish(deps: TurnDeps, asker: Reading, wanted: Period, again: boolean): Promise<Content> {
  const { plan } = asker;
  const period = periodOf(plan, wanted, deps.words);
  const channel = channelName(deps, plan);
  if (again && (await postAgain(deps, plan, wanted)) === 'planned') {
    inBackground(deps, deps.advance(plan.id));
    return say(deps, 'chat.postedAgain', { period, channel });
  }
  const request = await requestPublication(deps, plan, wanted, asker.incoming.caller.name || null);
  if (request.outcome === 'never-opened') return say(deps, 'chat.neverOpened', { period });
  if (request.outcome === 'already') {
    inBackground(deps, deps.advance(plan.id));
    return publishedAlready(deps, plan, request.cycle);
  }
  await Promise.race([deps.advance(plan.id), pause(PUBLISH_WAIT_MS)]);
  const post = await deps.months.readMessage(plan.id, `post|${wanted}`);
  switch (post?.value.state) {
    case 'sent':
      return say(deps, 'chat.published', { period, channel });
    case 'unconfirmed':
      return publishedAlready(deps, plan, request.cycle);
    case 'unreachable':
      return say(deps, 'chat.postFailed', { period, channel, reason: post.value.reason ?? '' });
    default:
      return say(deps, 'chat.publishing', { period, channel });
  }
}

async function publishedAlready(deps: TurnDeps, plan: Plan, cycle: Cycle): Promise<Content> {
  const post = await deps.months.readMessage(plan.id, `post|${cycle.period}`);
  const reader = readerOf(plan, deps.clock.now());
  const key = post?.value.state === 'unconfirmed' ? 'chat.publishedUnconfirmed' : 'chat.publishedAlready';
  return say(deps, key, {
    period: periodOf(plan, cycle.period, deps.words),
    published: instantName(new Date(cycle.publishedAt ?? deps.clock.now()), reader, deps.words),
    channel: channelName(deps, plan),
  });
}

async function position(
  deps: TurnDeps,
  plan: Plan,
  period: Period,
  kind: 'preview' | 'now',
): Promise<Content> {
  const view = await currentPosition(deps, plan, period);
  return presentPosition(plan, kind, view, deps.clock.now(), deps.words);
}

async function postHere(deps: TurnDeps, asker: Reading): Promise<Content> {
  const { place } = asker.incoming;
  if (place.kind !== 'channel') return say(deps, 'chat.channelPersonal');
  const outcome = await setBoardChannel(deps, asker.plan, asker.person?.value.id ?? '', place);
  if (outcome === 'not-officer') return notOfficer(deps, asker.plan);
  return say(deps, outcome === 'set' ? 'chat.channelSet' : 'chat.channelOther');
}

async function silent(deps: TurnDeps, plan: Plan, period: Period): Promise<Content> {
  const cycle = await deps.months.readCycle(plan.id, period);
  if (!cycle) return say(deps, 'chat.neverOpened', { period: periodOf(plan, period, deps.words) });
  if (cycle.value.thinnedAt) return say(deps, 'chat.thinned', { period: periodOf(plan, period, deps.words) });
  return presentSilent(plan, period, await readLedger(deps, plan, period), deps.clock.now(), deps.words);
}

async function play(deps: TurnDeps, asker: Reading): Promise<Content> {
  const { plan } = asker;
  if (!deps.play) return say(deps, 'chat.notUnderstood', { text: 'play the month' });
  if (!plan.latest)
    return say(deps, 'chat.neverOpened', { period: periodOf(plan, monthNow(deps, plan), deps.words) });
  const played = await deps.play(plan, plan.latest);
  return say(deps, 'chat.played', { ...played, period: periodOf(plan, plan.latest, deps.words) });
}

/** That an action is somebody else's to answer for. */
export function notYours(deps: Pick<TurnDeps, 'words'>, action: Action): Content & { text: string } {
  const leads = askedLeads(action).map(({ name }) => name);
  if (leads.length === 0) return say(deps, 'chat.notYoursNobody', { ref: action.ref });
  return say(deps, 'chat.notYours', { ref: action.ref, leads: leads.join(', ') });
}

/** That only a programme officer may, with the names of those there are. */
export async function notOfficer(deps: TurnDeps, plan: Plan): Promise<Content> {
  const tenant = plan.binding?.tenant ?? '';
  const people = await Promise.all(plan.officers.map((id) => deps.people.readPerson(tenant, id)));
  const names = people.flatMap((person) => (person?.value.name ? [person.value.name] : []));
  return say(deps, 'chat.notOfficer', { officers: names.length > 0 ? names.join(', ') : 'none' });
}

/** A sentence as a message. */
export function say(
  deps: Pick<TurnDeps, 'words'>,
  key: WordKey,
  values: WordValues = {},
): Content & { text: string } {
  const text = deps.words.say(key, values);
  return { summary: text, text };
}

function channelName(deps: TurnDeps, plan: Plan): string {
  return plan.binding?.channelName || deps.words.say('chat.theChannel');
}

function monthNow(deps: TurnDeps, plan: Plan): Period {
  return meantPeriod(plan, periodOfDate(todayOf(deps, plan)));
}

/** Today where the plan is. */
export function todayOf(deps: Pick<TurnDeps, 'clock'>, plan: Plan): IsoDate {
  return dayIn(plan.calendar.zone, deps.clock.now());
}

function latest(deps: TurnDeps, plan: Plan): Period {
  return plan.latest ?? monthNow(deps, plan);
}

/** Work that the answer does not wait for; its failure is the worker's to make up for. */
function inBackground(deps: TurnDeps, work: Promise<void>): void {
  work.catch((error: unknown) => {
    deps.log.warn({ error: String(error) }, 'work in the background failed; the worker goes on with it');
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
