import type { Compared } from '../../ask/answer';
import { type Action, askedLeads, isCrossReference } from '../../domain/plan';
import type { Move } from '../../domain/position';
import type { Words } from '../../words/words';
import { type ActionRow, renderRows, standingOf } from '../actionRow';
import type { AnswerFacts } from '../answerFacts';
import { cut, plain } from '../escape';
import { dueRuns, monthName, nameOf, nameRuns, REF_LIMIT, standing } from '../format';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE, type TextRun } from '../runs';
import { weightOf } from '../size';
import { type From, moreButton, updateButton } from './ask';

export { type ActionRow, renderRows };

const NAMES_LIMIT = 120;

/** What the template of a row adds to its view, and to each paragraph in it, in bytes. */
const ROW_BYTES = 260;
const PARAGRAPH_BYTES = 46;

/** What a row says beside the action itself. */
export interface RowLook {
  readonly from: From | null;
  readonly move?: Move | undefined;
  readonly compared?: Compared | null;
}

/** An action as answers list it: standing, name, when it is due, who leads it, what it did, and what can be done with it. */
export function actionRow(action: Action, facts: AnswerFacts, look: RowLook, words: Words): ActionRow {
  const about = dotted([dueRuns(action, facts.scale, facts, words), [run(ledBy(action, words), SUBTLE)]]);
  const step = look.move ? [paragraph(stepText(look.move, look.compared ?? null, facts, words), BOLD)] : [];
  return {
    ...standingOf(facts.scale, { status: action.status.key, percent: action.percent }, words),
    heading: nameRuns(action),
    lines: [{ runs: about }, ...step, ...pointerLines(action, facts, words)],
    buttons: [...updateButton(action, facts, words), ...moreButton(action, facts, look.from, words)],
  };
}

/** Bytes that a row weighs on a card at most; near enough that ten rows find room where ten do fit. */
export function rowBytes(row: ActionRow): number {
  const known = weighed.get(row);
  if (known !== undefined) return known;
  const bytes = weightOf(row) + ROW_BYTES + (row.lines.length + row.standing.length) * PARAGRAPH_BYTES;
  weighed.set(row, bytes);
  return bytes;
}

/** A row is weighed to see whether ten fit, and again to find its page. */
const weighed = new WeakMap<ActionRow, number>();

/** `A Amber → R Red`. */
export function stepOf(move: Pick<Move, 'from' | 'to'>, facts: AnswerFacts, words: Words): string {
  return words.say('answer.step', {
    from: nameOf(facts.scale, move.from, words),
    to: nameOf(facts.scale, move.to, words),
  });
}

/** `7.3.1: A Amber 50%` and so on for a row that only points elsewhere; nothing for any other. */
function pointerLines(action: Action, facts: AnswerFacts, words: Words): Paragraph[] {
  if (!isCrossReference(action)) return [];
  return action.see.slice(0, 3).map((written) => {
    const ref = cut(plain(written), REF_LIMIT);
    const target = facts.targets.get(written);
    if (!target) return paragraph(words.say('answer.pointsAt', { ref }));
    const at = { status: target.status.key, percent: target.percent };
    return paragraph(
      words.say('answer.pointsAtStanding', { ref, standing: standing(facts.scale, at, words) }),
    );
  });
}

/** A heading of ref and title alone. */
export function titleLine(action: { readonly ref: string; readonly title: string }): { runs: TextRun[] } {
  return { runs: nameRuns(action) };
}

function ledBy(action: Action, words: Words): string {
  const names = askedLeads(action)
    .map(({ name }) => plain(name))
    .join(', ');
  return names === '' ? '' : words.say('action.ledBy', { names: cut(names, NAMES_LIMIT) });
}

function stepText(move: Move, compared: Compared | null, facts: AnswerFacts, words: Words): string {
  const step = stepOf(move, facts, words);
  if (compared === null || compared.from === 'now' || compared.to !== 'now') return step;
  if (compared.from === 'loaded') return words.say('answer.stepSinceLoaded', { step });
  return words.say('answer.stepSince', { step, month: monthName(compared.from, facts.today, words) });
}
