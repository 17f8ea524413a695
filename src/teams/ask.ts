import { answerQuestion } from '../app/answerQuestion';
import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import { leadsOf, readMonth } from '../app/readMonth';
import { periodNow } from '../app/viewPosition';
import { namedFor } from '../ask/named';
import { conditionsOf, type PositionAt, type Question } from '../ask/question';
import { type Reading as Read, readQuestion } from '../ask/readQuestion';
import { type Say, sayAnswer, sayQuestion } from '../ask/sayBack';
import { answerCard } from '../cards/answer';
import type { AnswerFacts, Offer } from '../cards/answerFacts';
import { answerSummary } from '../cards/answers/frame';
import { periodName } from '../cards/format';
import { nearCard } from '../cards/near';
import { forMany, presentMonth, readerOf } from '../cards/present';
import { dayIn } from '../domain/calendar';
import { type Period, periodOfDate, shiftPeriod } from '../domain/period';
import type { Plan } from '../domain/plan';
import { scaleAt } from '../domain/status';
import { readNow, type TextRead } from './readAhead';
import { say, todayOf } from './sentences';
import type { Reading, TurnDeps } from './turn';

/** How an answer is to be shown. */
export interface AnswerLook {
  readonly page?: number;
  readonly note?: string | null;
  readonly offers?: readonly Offer[];
  readonly back?: AnswerFacts['back'];
  /** Picks one of several actions with the same ref. */
  readonly action?: string | undefined;
  /** Name of who shares it to the channel. */
  readonly sharedBy?: string;
}

/** Reads a question; the plan's names and titles are looked up only when some words may be of one. `ahead` is what it was taken for already. */
export async function readText(
  deps: TurnDeps,
  asker: Reading,
  text: string,
  ahead: TextRead | null,
): Promise<Read> {
  const { plan } = asker;
  const { context, previous, read } = readNow(deps, asker, text, ahead);
  if (read.kind !== 'needs-people') return read;
  const leads = await deps.plans.readLeads(plan.id);
  const people = leads.map(({ value }) => ({
    key: value.lead.key,
    name: value.lead.name,
    role: value.lead.role,
  }));
  const again = readQuestion(text, { ...context, people }, previous);
  if (again.kind !== 'needs-titles') return again;
  const [actions, measures] = await Promise.all([
    deps.plans.readActions(plan.id),
    plan.measures ? deps.measures.readMeasures(plan.id) : [],
  ]);
  const measureNames = measures.map(({ name }) => name);
  const titles = [...actions.map(({ title }) => title), ...measureNames];
  return readQuestion(text, { ...context, people, titles, measureNames }, previous);
}

/** Answers a question that was typed: what it was taken for, what was left out of it, and the other readings as buttons. */
export async function answerTyped(
  deps: TurnDeps,
  asker: Reading,
  read: Extract<Read, { kind: 'question' }>,
): Promise<Content> {
  const { incoming } = asker;
  if (await isBareMiss(deps, asker, read.question)) return nothingMentions(deps, asker, read.question);
  deps.memory.remember(incoming.place.conversation, incoming.caller.userId, read.question);
  const month = await ownMonth(deps, asker, read.question);
  if (month) return month;
  const scale = scaleAt(asker.plan.scales, asker.plan.latest ?? periodOfDate(todayOf(deps, asker.plan)));
  const offers = read.other
    .filter(({ kind }) => kind !== 'command')
    .map((question) => ({ title: sayQuestion(question, scale, sayIn(deps)), question }));
  const notes = [
    ...(read.hangs ? [deps.words.say('chat.onItsOwn')] : []),
    ...(read.ignored.length > 0 ? [deps.words.say('chat.ignored', { words: read.ignored.join(', ') })] : []),
  ];
  const note = notes.length > 0 ? notes.join(' ') : null;
  const page = read.question.kind === 'list' ? read.question.page : 0;
  return answerContent(deps, asker, read.question, { note, offers, page });
}

/** Answers a question as a card, with its sources. */
export async function answerContent(
  deps: TurnDeps,
  asker: Reading,
  question: Question,
  look: AnswerLook = {},
): Promise<Content> {
  const { plan, person, incoming } = asker;
  const asking = { person: person?.value.id ?? '', member: memberOf(person?.value, plan.id) };
  const mine = leadsOf(asking.member, todayOf(deps, plan));
  // What others read names whoever shares it: "you" would be whoever reads.
  const asked =
    look.sharedBy === undefined ? question : namedFor(question, { leads: mine, name: look.sharedBy });
  const answered = await answerQuestion(deps, plan, asking, asked, look.action);
  const { answer } = answered;
  if (answer.kind === 'command') return say(deps, 'chat.badButton');
  if (answer.kind === 'missing') return missing(deps, plan, answer.positions);
  const today = todayOf(deps, plan);
  const month = periodNow(plan, periodOfDate(today));
  const scale = scaleAt(plan.scales, month);
  const isPersonal = incoming.place.kind === 'personal' && look.sharedBy === undefined;
  const facts: AnswerFacts = {
    ...readerOf(plan, deps.clock.now()),
    plan: plan.id,
    scale,
    groups: plan.groups,
    said: sayAnswer(answer, scale, sayIn(deps)),
    note: look.note ?? whatIsKnown(deps, plan, asked, month, answered.totalsOnly),
    answer,
    page: look.page ?? 0,
    mine: isPersonal ? answered.mine : new Set(),
    month,
    period: isPersonal ? plan.latest : null,
    back: look.back ?? null,
    offers: look.offers ?? [],
    shareable: isPersonal,
    sharedBy: look.sharedBy ?? null,
    updates: answered.updates,
    months: answered.months,
    see: answered.see,
    checks: answered.checks,
    targets: answered.targets,
    snapshots: answered.snapshots,
  };
  // A private answer shows what stands in the plan; in front of others nothing goes that may identify a child.
  const shown = isPersonal ? facts : await forMany(facts, facts, deps.words);
  return { summary: answerSummary(shown), card: answerCard(shown, deps.words) };
}

/** What the answer cannot tell, where the plan is known for less long than was asked about. */
function whatIsKnown(
  deps: TurnDeps,
  plan: Plan,
  question: Question,
  month: Period,
  totalsOnly: boolean,
): string | null {
  if (totalsOnly) return deps.words.say('chat.totalsOnly');
  const since = plan.asOf ?? periodOfDate(dayIn(plan.calendar.zone, new Date(plan.loadedAt)));
  const isLonger = conditionsOf(question).some(
    (one) => one.kind === 'unchanged' && shiftPeriod(month, -one.months) < since,
  );
  return isLonger ? deps.words.say('chat.knownSince', { month: periodName(since, deps.words) }) : null;
}

/** Words that are nothing but words, and that no action mentions: they were no question of this plan. */
async function isBareMiss(deps: TurnDeps, { plan }: Reading, question: Question): Promise<boolean> {
  if (question.kind !== 'list') return false;
  const [only, ...others] = question.conditions;
  if (only?.kind !== 'text' || others.length > 0) return false;
  const asking = { person: '', member: null };
  const { answer } = await answerQuestion(deps, plan, asking, question);
  return answer.kind === 'list' && answer.matching === 0;
}

function nothingMentions(deps: TurnDeps, asker: Reading, question: Question): Content {
  const phrases =
    question.kind === 'list'
      ? question.conditions.flatMap((one) => (one.kind === 'text' ? one.phrases : []))
      : [];
  const said = deps.words.say('chat.nothingMentions', { text: phrases.join(', ').slice(0, 80) });
  const near = ['show my actions', 'what is overdue?', 'help'];
  return { summary: said, card: nearCard({ plan: asker.plan.id, said, understood: null, near }, deps.words) };
}

/** What was understood of a text that is no question, and three near ones as buttons. */
export function answerUnread(
  deps: TurnDeps,
  asker: Reading,
  text: string,
  read: Extract<Read, { kind: 'not-understood' }>,
): Content {
  const said = read.hangs
    ? deps.words.say('chat.nothingBefore', { text: text.slice(0, 80) })
    : read.nobody === null
      ? deps.words.say('chat.notUnderstood', { text: text.slice(0, 80) })
      : deps.words.say('chat.noSuchName', { name: read.nobody.slice(0, 80) });
  const understood =
    read.understood.length > 0
      ? deps.words.say('chat.understood', { words: read.understood.join(', ') })
      : null;
  const card = nearCard({ plan: asker.plan.id, said, understood, near: read.near }, deps.words);
  return { summary: said, card };
}

/** "Show my actions", in one's own chat: the month's own card, where all are answered for. */
async function ownMonth(deps: TurnDeps, asker: Reading, question: Question): Promise<Content | null> {
  const { plan, person, incoming } = asker;
  if (question.kind !== 'list' || incoming.place.kind !== 'personal' || !plan.latest || !person) return null;
  const [only, ...others] = question.conditions;
  const isAllMine =
    only?.kind === 'who' && only.who.length === 1 && only.who[0]?.kind === 'me' && others.length === 0;
  if (!isAllMine || question.order !== null || question.limit !== null || question.shape !== 'cards')
    return null;
  const leads = leadsOf(memberOf(person.value, plan.id), todayOf(deps, plan));
  const month = leads.length > 0 ? await readMonth(deps, plan, plan.latest, leads) : null;
  return month && presentMonth(month, person.value, deps.clock.now(), deps.words);
}

function missing(deps: TurnDeps, plan: Plan, positions: readonly PositionAt[]): Content {
  const [first] = positions;
  if (first === undefined || first === 'last' || first === 'now' || first === 'loaded')
    return say(deps, 'chat.nothingToCompare');
  const asOf = plan.asOf ? periodName(plan.asOf, deps.words) : 'none';
  return say(deps, 'chat.noPosition', { period: periodName(first, deps.words), asOf });
}

function sayIn(deps: Pick<TurnDeps, 'words'>): Say {
  return (key, values) => deps.words.say(key, values);
}
