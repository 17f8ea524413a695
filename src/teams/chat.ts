import { closeCycle } from '../app/closeCycle';
import { openCycle } from '../app/openCycle';
import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import { postAgain, requestPublication } from '../app/publishPosition';
import { actionsOf, leadsOf, readMonth } from '../app/readMonth';
import { setBoardChannel } from '../app/setBoardChannel';
import { currentPosition, periodNow } from '../app/viewPosition';
import { readLedger } from '../app/whoIsSilent';
import { type Command, readCommand } from '../ask/command';
import { readSettle } from '../cards/composer';
import { instantName, labelOf, periodName } from '../cards/format';
import { helpCard } from '../cards/help';
import {
  presentForm,
  presentList,
  presentMonth,
  presentOpened,
  presentPosition,
  presentSettle,
  presentSilent,
  readerOf,
} from '../cards/present';
import { helpSummary } from '../cards/summaries';
import { capacityFor } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { type Cycle, isLate } from '../domain/cycle';
import { type Period, periodOfDate, shiftPeriod } from '../domain/period';
import { type Action, askedLeads, type Plan } from '../domain/plan';
import { unansweredIn } from '../domain/prompt';
import { type StatusKey, scaleAt } from '../domain/status';
import type { WordKey, WordValues } from '../words/words';
import type { Asker, TurnDeps } from './turn';

/** An asker who may read the plan that they ask about. */
type Reading = Asker & { readonly plan: Plan };

/** How long a publication may take before the answer says that it is under way. Teams gives a turn 15 seconds. */
const PUBLISH_WAIT_MS = 8_000;

/** Answers what somebody typed. */
export async function typed(deps: TurnDeps, asker: Asker, text: string): Promise<Content[]> {
  const { plan } = asker;
  if (!plan) return [say(deps, 'chat.noPlanHere')];
  if (!asker.reader) return [say(deps, 'chat.stranger')];
  const reading: Reading = { ...asker, plan };
  const thisMonth = monthNow(deps, plan);
  const command = readCommand(text, {
    scale: scaleAt(plan.scales, thisMonth),
    latest: shiftPeriod(thisMonth, 1),
  });
  if (!command)
    return [say(deps, 'chat.notUnderstood', { text: text.slice(0, 80) }), await help(deps, reading)];
  return [await answer(deps, reading, command)];
}

/** Answers a command. What only a programme officer may is refused to others here and in the use case. */
export async function answer(deps: TurnDeps, asker: Reading, command: Command): Promise<Content> {
  const { plan } = asker;
  switch (command.kind) {
    case 'help':
      return help(deps, asker);
    case 'open':
      return asker.officer
        ? open(deps, asker, command.period ?? monthNow(deps, plan))
        : notOfficer(deps, plan);
    case 'close':
      return asker.officer
        ? close(deps, asker, command.period ?? latest(deps, plan))
        : notOfficer(deps, plan);
    case 'publish':
      return asker.officer
        ? publish(deps, asker, command.period ?? latest(deps, plan), command.again)
        : notOfficer(deps, plan);
    case 'preview':
      if (!asker.officer) return notOfficer(deps, plan);
      return asker.incoming.place.kind === 'personal'
        ? position(deps, plan, command.period ?? latest(deps, plan), 'preview')
        : say(deps, 'chat.onlyPersonal');
    case 'summary':
      return position(deps, plan, periodNow(plan, monthNow(deps, plan)), 'now');
    case 'post-here':
      return postHere(deps, asker);
    case 'silent':
      return silent(deps, plan, command.period ?? latest(deps, plan));
    case 'settle':
      return asker.officer
        ? presentSettle(await readSettle(deps, plan, 0, null), deps.words)
        : notOfficer(deps, plan);
    case 'show':
      return show(deps, asker, command.whose, command.statuses, 0);
    case 'update':
      return update(deps, asker, command.ref);
    case 'play':
      return play(deps, asker);
  }
}

async function help(deps: TurnDeps, { plan, officer, incoming, person }: Reading): Promise<Content> {
  const leads = leadsOf(memberOf(person?.value, plan.id));
  const mine = leads.length > 0 ? await actionsOf(deps, plan.id, leads) : [];
  const facts = {
    place: incoming.place.kind === 'personal' ? ('personal' as const) : ('channel' as const),
    officer,
    lead: mine.length > 0,
    demo: deps.play !== null,
    period: plan.latest ?? monthNow(deps, plan),
    ref: mine[0]?.ref ?? null,
  };
  return { summary: helpSummary(facts, deps.words), card: helpCard(facts, deps.words) };
}

async function open(deps: TurnDeps, asker: Reading, period: Period): Promise<Content> {
  const { plan } = asker;
  if (!plan.binding) return say(deps, 'chat.notBound');
  if (period > shiftPeriod(monthNow(deps, plan), 1))
    return say(deps, 'chat.tooFar', { period: periodName(period, deps.words) });
  const opened = await openCycle(deps, plan.id, period, asker.incoming.caller.name || null);
  if (opened.outcome === 'too-old')
    return say(deps, 'chat.tooOld', { latest: periodName(opened.latest, deps.words) });
  // Asking thirty people takes its time: the answer does not wait for it, and a stop in between is made up for by the rows.
  inBackground(deps, deps.advance(plan.id));
  if (opened.outcome === 'already') return alreadyOpen(deps, plan, opened.cycle);
  const ledger = await readLedger(deps, plan, period);
  return presentOpened(plan, opened.cycle, ledger, deps.clock.now(), deps.words);
}

async function alreadyOpen(deps: TurnDeps, plan: Plan, cycle: Cycle): Promise<Content> {
  const when = (iso: string | null) =>
    instantName(new Date(iso ?? 0), readerOf(plan, deps.clock.now()), deps.words);
  const period = periodName(cycle.period, deps.words);
  if (cycle.state === 'open')
    return say(deps, 'chat.openedAlready', {
      period,
      opened: when(cycle.openedAt),
      closes: when(cycle.closes),
    });
  if (cycle.state === 'closed')
    return say(deps, 'chat.closedAlready', { period, closed: when(cycle.closedAt) });
  return publishedAlready(deps, plan, cycle);
}

async function close(deps: TurnDeps, asker: Reading, wanted: Period): Promise<Content> {
  const { plan } = asker;
  const closed = await closeCycle(deps, plan, wanted, asker.person?.value.id ?? null);
  const period = periodName(wanted, deps.words);
  if (!closed) return say(deps, 'chat.neverOpened', { period });
  if (closed.outcome === 'already') return alreadyOpen(deps, plan, closed.cycle);
  inBackground(deps, deps.advance(plan.id));
  const ledger = await readLedger(deps, plan, wanted);
  return say(deps, 'chat.closed', { period, left: ledger.asked.filter(({ left }) => left > 0).length });
}

async function publish(deps: TurnDeps, asker: Reading, wanted: Period, again: boolean): Promise<Content> {
  const { plan } = asker;
  const period = periodName(wanted, deps.words);
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
    period: periodName(cycle.period, deps.words),
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
  if (!(await deps.months.readCycle(plan.id, period)))
    return say(deps, 'chat.neverOpened', { period: periodName(period, deps.words) });
  return presentSilent(plan, period, await readLedger(deps, plan, period), deps.clock.now(), deps.words);
}

/**
 * "Show my amber actions". One's own actions in the month's own card where all are asked for and there is a month; everything else as a list.
 * One query, however large the plan.
 */
export async function show(
  deps: TurnDeps,
  asker: Reading,
  whose: 'mine' | 'all',
  statuses: readonly StatusKey[],
  page: number,
): Promise<Content> {
  const { plan, person, incoming } = asker;
  const member = memberOf(person?.value, plan.id);
  const leads = leadsOf(member);
  const now = deps.clock.now();
  if (whose === 'mine' && statuses.length === 0 && plan.latest && incoming.place.kind === 'personal') {
    const month = await readMonth(deps, plan, plan.latest, leads);
    if (month && person) return presentMonth(month, person.value, now, deps.words);
  }
  const all =
    whose === 'mine' ? await actionsOf(deps, plan.id, leads) : await deps.plans.readActions(plan.id);
  const shown =
    statuses.length === 0
      ? all
      : all.filter(({ status }) => status.key !== null && statuses.includes(status.key));
  const id = person?.value.id ?? '';
  const mine = shown.filter((action) => capacityFor(plan, action, id, member) !== null);
  return presentList(
    {
      ...readerOf(plan, now),
      plan: plan.id,
      scale: scaleAt(plan.scales, plan.latest ?? monthNow(deps, plan)),
      heading: heading(deps, plan, whose, statuses, shown.length, all.length),
      actions: shown,
      mine: new Set(mine.map((action) => action.id)),
      page,
      question: question(whose, statuses),
      period: incoming.place.kind === 'personal' ? plan.latest : null,
      more: [
        whose === 'mine'
          ? { title: deps.words.say('chat.wholePlan'), question: question('all', statuses) }
          : { title: deps.words.say('chat.onlyMine'), question: question('mine', statuses) },
      ],
    },
    deps.words,
  );
}

/** The question in words that {@link readCommand} reads back to the same. */
function question(whose: 'mine' | 'all', statuses: readonly StatusKey[]): string {
  return `show ${whose === 'mine' ? 'my' : 'all'} ${statuses.join(' or ')} actions`;
}

function heading(
  deps: TurnDeps,
  plan: Plan,
  whose: 'mine' | 'all',
  statuses: readonly StatusKey[],
  n: number,
  of: number,
): string {
  if (statuses.length === 0)
    return deps.words.say(whose === 'mine' ? 'chat.showMine' : 'chat.showAll', { n });
  const scale = scaleAt(plan.scales, plan.latest ?? monthNow(deps, plan));
  const names = statuses.map((key) => labelOf(scale, key, deps.words));
  const last = names.at(-1) ?? '';
  const named =
    names.length === 1 ? last : deps.words.say('chat.or', { some: names.slice(0, -1).join(', '), last });
  return deps.words.say(whose === 'mine' ? 'chat.showMineOf' : 'chat.showAllOf', { statuses: named, n, of });
}

async function update(deps: TurnDeps, asker: Reading, ref: string): Promise<Content> {
  const { plan, person, incoming } = asker;
  if (incoming.place.kind !== 'personal') return say(deps, 'chat.onlyPersonal');
  const period = plan.latest;
  const cycle = period ? await deps.months.readCycle(plan.id, period) : null;
  if (!period || !cycle) return say(deps, 'chat.noMonth');
  const member = memberOf(person?.value, plan.id);
  const wanted = ref.toLowerCase();
  const all = (await deps.plans.readActions(plan.id)).filter((action) => action.ref.toLowerCase() === wanted);
  const mine = all.filter((action) => capacityFor(plan, action, person?.value.id ?? '', member) !== null);
  const action = mine[0];
  if (!all[0]) return say(deps, 'chat.unknownAction', { ref });
  if (!action) return notYours(deps, all[0]);
  if (mine.length > 1) return say(deps, 'chat.manyActions', { ref, n: mine.length });
  const own = await actionsOf(deps, plan.id, leadsOf(member));
  const late = isLate(cycle.value, deps.clock.now());
  const left = unansweredIn(own, period, scaleAt(plan.scales, period)).length;
  const about = { plan, period, action, late, left, page: 0, userId: person?.value.userId ?? null };
  return presentForm(about, deps.clock.now(), deps.words);
}

async function play(deps: TurnDeps, asker: Reading): Promise<Content> {
  const { plan } = asker;
  if (!deps.play) return say(deps, 'chat.notUnderstood', { text: 'play the month' });
  if (!plan.latest)
    return say(deps, 'chat.neverOpened', { period: periodName(monthNow(deps, plan), deps.words) });
  const played = await deps.play(plan, plan.latest);
  return say(deps, 'chat.played', { ...played, period: periodName(plan.latest, deps.words) });
}

/** That an action is somebody else's to answer for. */
export function notYours(deps: Pick<TurnDeps, 'words'>, action: Action): Content & { text: string } {
  const leads = askedLeads(action).map(({ name }) => name);
  if (leads.length === 0) return say(deps, 'chat.notYoursNobody', { ref: action.ref });
  return say(deps, 'chat.notYours', { ref: action.ref, leads: leads.join(', ') });
}

/** That only a programme officer may, with the names of those there are. */
async function notOfficer(deps: TurnDeps, plan: Plan): Promise<Content> {
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
  return periodOfDate(dayIn(plan.calendar.zone, deps.clock.now()));
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
