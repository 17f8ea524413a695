import type { Activity } from 'botbuilder';
import { answerDraft } from '../app/answerDraft';
import { chooseDraft } from '../app/chooseDraft';
import { confirmDraft, leaveDraft } from '../app/confirmDraft';
import { personFrom, personId } from '../app/people';
import type { Content } from '../app/ports';
import type { Doer } from '../app/readAudit';
import { readDraft } from '../app/readDraft';
import { hasErrors, keepDraft, type MaySend, maySendPlan } from '../app/receivePlan';
import { presentDone, presentDraft, presentTwo } from '../cards/draft/present';
import { periodName } from '../cards/format';
import type { VerbOf } from '../cards/verbs';
import { dayIn } from '../domain/calendar';
import type { DraftOutcome } from '../domain/draft';
import { periodOfDate } from '../domain/period';
import { DEFAULT_CALENDAR } from '../domain/plan';
import type { FullPlan } from '../domain/understood';
import type { Incoming } from './activity';
import { type Download, type DownloadLimits, download, type SentFile } from './download';
import { cardOf, sentence } from './invokeAnswer';
import { filesOf, pastedTable } from './sent';
import { notOfficer, say } from './sentences';
import type { Asker, InvokeAnswer, TurnDeps } from './turn';

/*
 * A plan that somebody sends in their own chat: fetched and read, shown as it was understood, settled by tapping, and stored only when they say so.
 */

/** The largest file that is read has 20 MB; what comes through slower than this is sent again. */
const LIMITS: DownloadLimits = { bytes: 20 * 1024 * 1024, ms: 60_000 };
/** How long the message's own answer waits for the reading; after that a second message brings it. Teams gives a turn 15 seconds. */
const ANSWER_WITHIN_MS = 9_000;
/** How long a confirmation's answer waits for the plan to be changed. */
const LOAD_WAIT_MS = 7_000;
/** Faults that a sentence names. */
const MOST_FAULTS = 3;

/** What is answered to a message with a file or a pasted table in it; null when it has none, or none that is for Steward to read. */
export async function received(deps: TurnDeps, asker: Asker, activity: Activity): Promise<Content[] | null> {
  const { incoming } = asker;
  const files = filesOf(activity);
  const [file] = files;
  if (file) {
    // In a channel people send each other files: only what is sent to Steward is for it.
    if (incoming.place.kind !== 'personal') return [say(deps, 'chat.fileOnlyPersonal')];
    const sent = await maySendPlan(deps, incoming.caller, asker.plan);
    if (!sent.may) return [await refused(deps, asker, sent.why, file.name)];
    const first = files.length > 1 ? [say(deps, 'chat.oneFile', { n: files.length })] : [];
    return [...first, await inTime(deps, incoming, file.name, () => fromFile(deps, incoming, sent, file))];
  }
  if (incoming.place.kind !== 'personal') return null;
  const table = pastedTable(activity);
  if (!table) return null;
  const sent = await maySendPlan(deps, incoming.caller, asker.plan);
  if (!sent.may) return null;
  const name = deps.words.say('chat.pasted');
  return [
    await inTime(deps, incoming, name, async () =>
      fromUnderstood(deps, incoming, sent, name, await deps.reader.readText(table)),
    ),
  ];
}

/** That somebody's file was not even fetched. */
async function refused(
  deps: TurnDeps,
  { plan }: Asker,
  why: Extract<MaySend, { may: false }>['why'],
  file: string,
): Promise<Content> {
  return why === 'not-officer' && plan ? notOfficer(deps, plan) : say(deps, 'chat.fileNoTeam', { file });
}

/** The answer, if it is there in time; else a sentence, and the answer as a message of its own when it is. */
async function inTime(
  deps: TurnDeps,
  incoming: Incoming,
  file: string,
  work: () => Promise<Content>,
): Promise<Content> {
  const answer = work();
  const first = await Promise.race([answer, after(ANSWER_WITHIN_MS)]);
  if (first) return first;
  const { caller, place } = incoming;
  answer.then(
    async (content) => {
      const sent = await deps.messenger.sendToChat(personFrom(caller), place.conversation, content);
      if (sent.outcome !== 'sent')
        deps.log.warn({ outcome: sent.outcome }, 'what was understood of a file could not be sent');
    },
    async (error: unknown) => {
      const reference = deps.makeId().slice(0, 8);
      deps.log.error({ reference, error: String(error) }, 'a file could not be taken');
      await deps.messenger.sendToChat(
        personFrom(caller),
        place.conversation,
        say(deps, 'chat.failed', { reference }),
      );
    },
  );
  return say(deps, 'chat.fileReading', { file });
}

type Sent = Extract<MaySend, { may: true }>;

async function fromFile(deps: TurnDeps, incoming: Incoming, sent: Sent, file: SentFile): Promise<Content> {
  const fetched = await download(file.url, deps.openMode, LIMITS);
  if (fetched.outcome !== 'fetched') return notFetched(deps, file.name, fetched);
  return fromUnderstood(
    deps,
    incoming,
    sent,
    file.name,
    await deps.reader.readFile(fetched.bytes, file.name),
  );
}

function notFetched(
  deps: TurnDeps,
  file: string,
  fetched: Exclude<Download, { outcome: 'fetched' }>,
): Content {
  switch (fetched.outcome) {
    case 'elsewhere':
      return say(deps, 'chat.fileElsewhere', { file });
    case 'too-large':
      return say(deps, 'chat.fileTooLarge', { file, mb: LIMITS.bytes / 1024 / 1024 });
    case 'too-slow':
      return say(deps, 'chat.fileTooSlow', { file, seconds: LIMITS.ms / 1000 });
    case 'failed':
      return say(deps, 'chat.fileFailed', { file, status: fetched.status ?? 'none' });
  }
}

async function fromUnderstood(
  deps: TurnDeps,
  incoming: Incoming,
  sent: Sent,
  file: string,
  understood: FullPlan,
): Promise<Content> {
  if (hasErrors(understood)) {
    const faults = understood.problems.filter(({ severity }) => severity === 'error');
    const reasons = faults
      .slice(0, MOST_FAULTS)
      .map(({ message }) => message)
      .join(' ');
    return say(deps, 'chat.fileRefused', { file, reasons });
  }
  const { caller } = incoming;
  const draft = await keepDraft(deps, caller, sent, file, understood);
  if (!draft) return say(deps, 'chat.fileTooMuch', { file });
  if ('later' in draft) return presentTwo(draft, deps.words);
  const found = await readDraft(deps, caller.tenant, personId(caller), draft.id);
  if (found.found !== 'draft') return say(deps, 'draft.none');
  return presentDraft(found.view, { show: 'preview', page: 0 }, deps.clock.realNow(), deps.words);
}

/** What the buttons of a draft's card send back. */
export type DraftVerb = VerbOf<'draft' | 'draftKeep' | 'draftChoose' | 'draftLoad' | 'draftLeave'>;

/** Does what a button of a draft's card asks for. Whose draft it is comes from the activity: another's is not found. */
export async function pressedDraft(
  deps: TurnDeps,
  incoming: Incoming,
  verb: DraftVerb,
  data: unknown,
): Promise<InvokeAnswer> {
  const { caller } = incoming;
  const person = personId(caller);
  switch (verb.verb) {
    case 'draft': {
      const found = await readDraft(deps, caller.tenant, person, verb.draft);
      return shown(deps, found, { show: verb.show, page: verb.page });
    }
    case 'draftKeep': {
      const typed = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
      const found = await answerDraft(deps, caller.tenant, person, verb.draft, typed);
      if (verb.of === 'missing')
        return shown(
          deps,
          found,
          verb.page > 0 ? { show: 'missing', page: verb.page } : { show: 'preview', page: 0 },
        );
      return shown(deps, found, { show: 'questions', page: verb.page, kept: Object.keys(typed) });
    }
    case 'draftChoose': {
      const kept = await chooseDraft(deps, caller.tenant, person, verb.draft);
      if (!kept) return sentence(deps.words.say('draft.none'));
      const found = await readDraft(deps, caller.tenant, person, kept.id);
      return shown(deps, found, { show: 'preview', page: 0 });
    }
    case 'draftLeave': {
      const left = await leaveDraft(deps, caller.tenant, person, verb.draft);
      if (!left)
        return shown(deps, await readDraft(deps, caller.tenant, person, verb.draft), {
          show: 'preview',
          page: 0,
        });
      return cardOf(
        presentDone(
          deps.words.say('draft.leftTitle'),
          deps.words.say('draft.left', { file: left.fileName }),
          deps.words,
        ),
      );
    }
    case 'draftLoad':
      return load(deps, incoming, verb);
  }
}

async function load(deps: TurnDeps, incoming: Incoming, verb: VerbOf<'draftLoad'>): Promise<InvokeAnswer> {
  const { caller, place } = incoming;
  const by: Doer = { id: personId(caller), name: caller.name, chat: place.conversation };
  const { missing, answered } = verb;
  const outcome = await confirmDraft(deps, caller, by, verb.draft, { missing, answered });
  switch (outcome.outcome) {
    case 'none':
      return sentence(deps.words.say('draft.none'));
    case 'not-officer':
      return sentence((await notOfficer(deps, outcome.plan)).text ?? deps.words.say('chat.onlyOfficer'));
    case 'elsewhere':
      return sentence(deps.words.say('draft.elsewhere'));
    case 'busy':
      return sentence(deps.words.say('draft.busy'));
    case 'loaded':
      await Promise.race([carriedOut(deps, outcome.result), after(LOAD_WAIT_MS)]);
      return loaded(deps, outcome.draft.fileName, outcome.result, outcome.repeat);
  }
}

/** Has the rest done now: the team settled and greeted, or the plan changed. What fails here the worker makes up for. */
async function carriedOut(deps: TurnDeps, result: DraftOutcome): Promise<void> {
  try {
    if (result.kind === 'first') await deps.settleTeams();
    await deps.advance(result.plan);
  } catch (error) {
    deps.log.warn({ error: String(error) }, 'a load goes on later; the worker sees to it');
  }
}

async function loaded(
  deps: TurnDeps,
  file: string,
  result: DraftOutcome,
  repeat: boolean,
): Promise<InvokeAnswer> {
  const [plan, reload] = await Promise.all([
    deps.plans.readPlan(result.plan),
    result.kind === 'again' ? deps.reloads.readReload(result.plan) : null,
  ]);
  const title = deps.words.say('draft.loadedTitle', { plan: plan?.value.title ?? '' });
  const zone = (plan?.value.calendar ?? DEFAULT_CALENDAR).zone;
  const period = periodName(periodOfDate(dayIn(zone, deps.clock.now())), deps.words);
  const isRunning = reload?.value.state === 'running';
  const text =
    result.kind === 'first'
      ? deps.words.say('draft.loadedFirst', { actions: result.actions, leads: result.leads, period })
      : deps.words.say(isRunning ? 'draft.loading' : 'draft.loadedAgain', {
          file,
          added: result.counts.added,
          changed: result.counts.changed,
          moved: result.counts.moved,
          gone: result.counts.left,
        });
  const before = repeat ? deps.words.say('draft.loadedBefore') : '';
  return cardOf(presentDone(title, text, deps.words, before));
}

/** A page of a draft; or what became of it, where it is there no more. */
async function shown(
  deps: TurnDeps,
  found: Awaited<ReturnType<typeof readDraft>>,
  look: Parameters<typeof presentDraft>[1],
): Promise<InvokeAnswer> {
  if (found.found === 'draft')
    return cardOf(presentDraft(found.view, look, deps.clock.realNow(), deps.words));
  if (found.found === 'done' && found.draft.outcome)
    return loaded(deps, found.draft.fileName, found.draft.outcome, false);
  return sentence(deps.words.say('draft.none'));
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
}
