import type { AnswerData } from '../../ask/answer';
import { type Condition, conditionsOf, type Question, type Who } from '../../ask/question';
import type { Action } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { type ButtonData, type ButtonStyle, type ExecuteButton, executeButton, refData } from '../buttons';
import { cut, plain } from '../escape';
import { actionName, REF_LIMIT } from '../format';
import { weightOf } from '../size';
import { QUESTION_LIMIT } from '../verbs';

/*
 * Buttons that ask. Each carries the question that it stands for, typed, so that pressing it does not hang on how words are read.
 */

/** Heaviest question that a button carries, in bytes: it stands on a card several times, and twice in each button. */
const QUESTION_BYTES = 3_000;

/** Heaviest question that the buttons of rows carry as the way back: they stand on a card twenty times. */
const FROM_BYTES = 250;

/** The answer that a button is pressed on, as the way back to it. */
export interface From {
  readonly question: Question;
  readonly page: number;
}

/** What a button asks for beside its question. */
export interface Asking {
  readonly page?: number;
  /** Id of the action that is meant, where several may have the same ref. */
  readonly action?: string;
  readonly from?: From | null;
  readonly tooltip?: string;
}

/** A question as buttons carry it: JSON, read back by `ask/questionSchema.ts`. Null when it is too long to be carried. */
export function questionData(question: Question): string | null {
  const known = carried.get(question);
  if (known !== undefined) return known;
  const json = JSON.stringify(question);
  const data = json.length <= QUESTION_LIMIT && weightOf(json) <= QUESTION_BYTES ? json : null;
  carried.set(question, data);
  return data;
}

/** Every row of an answer has the same question on its buttons. */
const carried = new WeakMap<Question, string | null>();

/** A button that asks a question; none when the question is too long to be carried. */
export function askButton(
  title: string,
  question: Question,
  facts: Pick<AnswerFacts, 'plan'>,
  asking: Asking = {},
): ExecuteButton[] {
  const q = questionData(question);
  if (q === null) return [];
  const { page = 0, action, from = null, tooltip } = asking;
  const data: ButtonData = {
    verb: 'ask',
    plan: facts.plan,
    q,
    ...(page > 0 ? { page } : {}),
    ...(action === undefined ? {} : { action }),
    ...fromData(from),
  };
  return [slimButton(title, data, tooltip === undefined ? {} : { tooltip })];
}

/** A button that shows an action in full. It names the action beside its ref, since refs repeat. */
export function moreButton(
  action: Pick<Action, 'id' | 'ref' | 'title'>,
  facts: AnswerFacts,
  from: From | null,
  words: Words,
): ExecuteButton[] {
  return askButton(words.say('answer.more'), { kind: 'action', ref: action.ref }, facts, {
    action: action.id,
    from,
    tooltip: words.say('answer.moreTip', { action: actionName(action, words) }),
  });
}

/** A button that opens an action's form; none where it is not the asker's, no month can be answered, or the card is shared. */
export function updateButton(action: Action, facts: AnswerFacts, words: Words): ExecuteButton[] {
  if (facts.period === null || facts.sharedBy !== null || !facts.mine.has(action.id)) return [];
  const data: ButtonData = {
    verb: 'form',
    plan: facts.plan,
    period: facts.period,
    action: action.id,
    ref: refData(action.ref),
    page: 0,
  };
  const tooltip = words.say('answer.updateTip', { action: actionName(action, words) });
  return [slimButton(words.say('answer.update'), data, { tooltip })];
}

/** A button that posts the answer in the board's channel; none where that can't be done, or there is nothing to post. */
export function shareButton(facts: AnswerFacts, words: Words): ExecuteButton[] {
  if (!facts.shareable || facts.sharedBy !== null || saysNothing(facts.answer)) return [];
  const q = questionData(questionOf(facts.answer));
  if (q === null) return [];
  const action = onlyActionOf(facts.answer);
  const data: ButtonData = { verb: 'share', plan: facts.plan, q, ...(action ? { action: action.id } : {}) };
  return [slimButton(words.say('answer.share'), data, { tooltip: words.say('answer.shareTip') })];
}

/** The question that an answer answers: asking it again gives the same answer. */
export function questionOf(answer: Exclude<AnswerData, { kind: 'missing' }>): Question {
  if (answer.kind !== 'action') return answer.question;
  return { kind: answer.history ? 'history' : 'action', ref: answer.ref };
}

/** The one action that an answer is about; null for every other answer. */
export function onlyActionOf(answer: AnswerFacts['answer']): Action | null {
  return answer.kind === 'action' && answer.actions.length === 1 ? (answer.actions[0] ?? null) : null;
}

/** Whether there is nothing in an answer, or only a choice of what was meant. */
function saysNothing(answer: AnswerFacts['answer']): boolean {
  if (answer.kind === 'action') return answer.actions.length !== 1;
  if (answer.kind === 'list') return answer.actions.length === 0;
  return answer.kind === 'rank' && answer.rows.length === 0;
}

/** Whether a question means something else when somebody else asks it. */
export function isAboutAsker(question: Question): boolean {
  if (question.kind === 'person') return isMe(question.who);
  return conditionsOf(question).some(namesAsker);
}

function namesAsker(condition: Condition): boolean {
  switch (condition.kind) {
    case 'who':
      return condition.who.some(isMe);
    case 'not':
      return namesAsker(condition.of);
    case 'any':
      return condition.of.some(namesAsker);
    default:
      return false;
  }
}

function isMe(who: Who): boolean {
  return who.kind === 'me';
}

/** A ref on a button or in a list of refs; some are blank. */
export function refTitle(ref: string, words: Words): string {
  return cut(plain(ref), REF_LIMIT) || words.say('answer.noRef');
}

function fromData(from: From | null): { readonly from?: string; readonly fromPage?: number } {
  const q = from === null ? null : questionData(from.question);
  return from === null || q === null || weightOf(q) > FROM_BYTES
    ? {}
    : { from: q, ...(from.page > 0 ? { fromPage: from.page } : {}) };
}

/** The tooltip stands once: cards have many of these buttons and little room. */
function slimButton(title: string, data: ButtonData, style: ButtonStyle): ExecuteButton {
  const button = executeButton(title, data, style);
  return { ...button, fallback: { type: 'Action.Submit', title: button.title, data } };
}
