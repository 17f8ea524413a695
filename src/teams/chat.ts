import { clearForPublication } from '../app/clearForPublication';
import { noteRead } from '../app/noteRead';
import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import { actionsOf, leadsOf } from '../app/readMonth';
import { maySendPlan } from '../app/receivePlan';
import { type Command, listOf } from '../ask/question';
import { readSettle } from '../cards/composer';
import { actionName } from '../cards/format';
import { helpCard } from '../cards/help';
import { presentSettle } from '../cards/present';
import { helpSummary } from '../cards/summaries';
import { may } from '../domain/authority';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import { answerContent, answerTyped, answerUnread, readText } from './ask';
import { COMMAND_DEEDS, FIXED_DEEDS, type FixedOrder, RIGHT_DEEDS, type Wanted } from './deeds';
import { offerPapers, readExport } from './exporting';
import { cover, hand } from './handOverCommands';
import { readLedgerAsk, showLedger } from './ledger';
import { tellMeasures } from './measures';
import {
  closeMonth,
  openMonth,
  playMonth,
  postHere,
  publishMonth,
  showPosition,
  tellSilent,
  tellSummary,
} from './monthCommands';
import { meantPeriod } from './periods';
import type { TextRead } from './readAhead';
import { askedFor } from './readLog';
import { remind, unreachable } from './reminderCommands';
import { fillForm, noChange, undo } from './replyCommands';
import { changeRight, readRight } from './rights';
import { latestOf, monthNow, notOfficer, say, todayOf } from './sentences';
import type { Asker, Reading, TurnDeps } from './turn';
import { doerOf } from './whoIsMeant';

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
      return openMonth(deps, asker, meant(command.period) ?? monthNow(deps, plan));
    case 'close':
      return closeMonth(deps, asker, meant(command.period) ?? latestOf(deps, plan));
    case 'publish':
      return publishMonth(deps, asker, meant(command.period) ?? latestOf(deps, plan), command.again);
    case 'preview':
      return asker.incoming.place.kind === 'personal'
        ? showPosition(deps, plan, meant(command.period) ?? latestOf(deps, plan), 'preview')
        : say(deps, 'chat.onlyPersonal');
    case 'summary':
      return tellSummary(deps, plan, meant(command.period));
    case 'post-here':
      return postHere(deps, asker);
    case 'silent':
      return tellSilent(deps, plan, meant(command.period) ?? latestOf(deps, plan));
    case 'settle':
      return presentSettle(await readSettle(deps, plan, 0, null), deps.words);
    case 'play':
      return playMonth(deps, asker);
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
