import { closeCycle } from '../app/closeCycle';
import { openCycle } from '../app/openCycle';
import type { Content } from '../app/ports';
import { postAgain, requestPublication } from '../app/publishPosition';
import { setBoardChannel } from '../app/setBoardChannel';
import { currentPosition, periodNow, publishedPosition } from '../app/viewPosition';
import { readLedger } from '../app/whoIsSilent';
import { instantName } from '../cards/format';
import { presentOpened, presentPosition, presentSilent, readerOf } from '../cards/present';
import type { Cycle } from '../domain/cycle';
import { type Period, shiftPeriod } from '../domain/period';
import { monthsOf, type Plan } from '../domain/plan';
import { periodOf } from './periods';
import { monthNow, notOfficer, say } from './sentences';
import type { Reading, TurnDeps } from './turn';
import { wakeWorker } from './wakeWorker';

/*
 * What the programme officer says of a month: that it is to be opened, closed, published, and where; and what is asked of it as a whole.
 */

/** How long a publication may take before the answer says that it is under way. Teams gives a turn 15 seconds. */
const PUBLISH_WAIT_MS = 8_000;

/** "Open the September 2023 update". */
export async function openMonth(deps: TurnDeps, asker: Reading, period: Period): Promise<Content> {
  const { plan } = asker;
  if (!plan.binding) return say(deps, 'chat.notBound');
  if (period > shiftPeriod(monthNow(deps, plan), monthsOf(plan)))
    return say(deps, 'chat.tooFar', { period: periodOf(plan, period, deps.words) });
  const opened = await openCycle(deps, plan.id, period, asker.incoming.caller.name || null);
  if (opened.outcome === 'too-old')
    return say(deps, 'chat.tooOld', { latest: periodOf(plan, opened.latest, deps.words) });
  // Asking thirty people takes its time: the answer does not wait for it, and a stop in between is made up for by the rows.
  wakeWorker(deps, plan);
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

/** "Close the September 2023 update". */
export async function closeMonth(deps: TurnDeps, asker: Reading, wanted: Period): Promise<Content> {
  const { plan } = asker;
  const closed = await closeCycle(deps, plan, wanted, asker.person?.value.id ?? null);
  const period = periodOf(plan, wanted, deps.words);
  if (!closed) return say(deps, 'chat.neverOpened', { period });
  if (closed.outcome === 'already') return alreadyOver(deps, plan, closed.cycle);
  wakeWorker(deps, plan);
  const ledger = await readLedger(deps, plan, wanted);
  return say(deps, 'chat.closed', { period, left: ledger.asked.filter(({ left }) => left > 0).length });
}

/** "Publish September 2023"; `again` after its post was lost. */
export async function publishMonth(
  deps: TurnDeps,
  asker: Reading,
  wanted: Period,
  again: boolean,
): Promise<Content> {
  const { plan } = asker;
  const period = periodOf(plan, wanted, deps.words);
  const channel = channelName(deps, plan);
  if (again && (await postAgain(deps, plan, wanted)) === 'planned') {
    wakeWorker(deps, plan);
    return say(deps, 'chat.postedAgain', { period, channel });
  }
  const request = await requestPublication(deps, plan, wanted, asker.incoming.caller.name || null);
  if (request.outcome === 'never-opened') return say(deps, 'chat.neverOpened', { period });
  if (request.outcome === 'already') {
    wakeWorker(deps, plan);
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

/** The position of a period: for the officer before it is published, or for whoever asks how things stand now. */
export async function showPosition(
  deps: TurnDeps,
  plan: Plan,
  period: Period,
  kind: 'preview' | 'now',
): Promise<Content> {
  const view = await currentPosition(deps, plan, period);
  return presentPosition(plan, kind, view, deps.clock.now(), deps.words);
}

/** "Post here": in the channel that the board is to read. */
export async function postHere(deps: TurnDeps, asker: Reading): Promise<Content> {
  const { place } = asker.incoming;
  if (place.kind !== 'channel') return say(deps, 'chat.channelPersonal');
  const outcome = await setBoardChannel(deps, asker.plan, asker.person?.value.id ?? '', place);
  if (outcome === 'not-officer') return notOfficer(deps, asker.plan);
  return say(deps, outcome === 'set' ? 'chat.channelSet' : 'chat.channelOther');
}

/** "Who has not replied?" */
export async function tellSilent(deps: TurnDeps, plan: Plan, period: Period): Promise<Content> {
  const cycle = await deps.months.readCycle(plan.id, period);
  if (!cycle) return say(deps, 'chat.neverOpened', { period: periodOf(plan, period, deps.words) });
  if (cycle.value.thinnedAt) return say(deps, 'chat.thinned', { period: periodOf(plan, period, deps.words) });
  return presentSilent(plan, period, await readLedger(deps, plan, period), deps.clock.now(), deps.words);
}

/** "Play the month": in the demo alone. */
export async function playMonth(deps: TurnDeps, asker: Reading): Promise<Content> {
  const { plan } = asker;
  if (!deps.play) return say(deps, 'chat.notUnderstood', { text: 'play the month' });
  if (!plan.latest)
    return say(deps, 'chat.neverOpened', { period: periodOf(plan, monthNow(deps, plan), deps.words) });
  const played = await deps.play(plan, plan.latest);
  return say(deps, 'chat.played', { ...played, period: periodOf(plan, plan.latest, deps.words) });
}

/** Where the plan stands: as it was published for a period that was, else as it stands now. */
export async function tellSummary(deps: TurnDeps, plan: Plan, wanted: Period | null): Promise<Content> {
  const now = periodNow(plan, monthNow(deps, plan));
  const published = wanted ? await publishedPosition(deps, plan, wanted) : null;
  if (published) return presentPosition(plan, 'post', published, deps.clock.now(), deps.words);
  if (wanted && wanted !== now)
    return say(deps, 'chat.neverPublished', { period: periodOf(plan, wanted, deps.words) });
  return showPosition(deps, plan, now, 'now');
}

function channelName(deps: TurnDeps, plan: Plan): string {
  return plan.binding?.channelName || deps.words.say('chat.theChannel');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
