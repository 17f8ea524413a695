import { assemble } from './assemble';
import { type Chart, readPieces } from './chart';
import type { AskContext } from './context';
import { nearQuestions } from './examples';
import { type Gathered, gather } from './gather';
import { type Input, inputOf, isFiller } from './parser';
import type { Piece, Span } from './piece';
import type { Command, Condition, Question } from './question';
import { refine } from './refine';
import { tokenise } from './tokens';

export type { AskContext, KnownPerson } from './context';

/** What was read from a text. */
export type Reading =
  | {
      readonly kind: 'question';
      readonly question: Question;
      /** Other questions that the text may mean, the likelier first; to be offered as buttons. */
      readonly other: readonly Question[];
      /** Words that had no part in it, as they were typed: the answer says so. */
      readonly ignored: readonly string[];
      /** It goes on from a question before ("only the overdue ones") that is not known: the answer says that it was taken for itself. */
      readonly hangs?: boolean;
    }
  | {
      readonly kind: 'not-understood';
      /** The parts that were understood, as they were typed. */
      readonly understood: readonly string[];
      /** A name that nobody of the plan has; null where there was none. */
      readonly nobody: string | null;
      /** Three questions that are near, in words that are understood. */
      readonly near: readonly string[];
      /** It goes on from a question before ("next") that is not known. */
      readonly hangs?: boolean;
    }
  /** Some words may be a name: read again with `people`. */
  | { readonly kind: 'needs-people' }
  /** Some words may be of an action's title: read again with `titles`. */
  | { readonly kind: 'needs-titles' };

/** So many other readings are offered. */
const MOST_OTHER = 3;

/** Words that are part of any sentence: that they were not read makes nothing doubtful. */
const HARMLESS: ReadonlySet<string> = new Set(
  `i me my we us our you your it its they them their he she this that these those who what which when where how why do does did done have has had
  can could would should will shall may might must to of in on at for from by with and or but as than if not no yes there here about into out up
  down over be am get got let go new other more most much many each every both few own same such 's lead leads plan now also too`.split(
    /\s+/,
  ),
);

/**
 * Reads a question from English. `previous` is what the asker asked before, which a text such as "only the overdue ones" refines.
 * Never throws; the same text in the same context always gives the same reading, whatever its case and spacing.
 */
export function readQuestion(text: string, context: AskContext, previous?: Question): Reading {
  const input = inputOf(tokenise(text), context);
  const chart = readPieces(input);
  if (input.tokens.every((token) => token.kind === 'mark' || isFiller(token)) && chart.spans.length === 0)
    return asked({ kind: 'command', command: { do: 'help' } }, [], []);
  const opening = input.tokens[0]?.word ?? '';
  const reading = readSpans(chart.spans, context, previous, opening);
  const ignored = ignoredWords(input, chart);
  const question = reading.questions[0];
  const isUnclear = !question || ignored.length > 0;
  if (!context.people && (isUnclear || needsPeople(reading, chart.spans))) return { kind: 'needs-people' };
  if (context.people && !context.titles && (isUnclear || isMended(input) || needsTitles(chart.spans)))
    return { kind: 'needs-titles' };
  // "Everything" of which something was said that was not understood is not what was asked for.
  const isOfAll = question?.kind === 'list' && question.conditions.length === 0 && question.order === null;
  const isDoubtful = ignored.length > (isOfAll ? 0 : understoodWords(input, chart).length);
  const hanging = !previous && goesOn(reading.parts) ? { hangs: true } : {};
  if (!question || reading.parts.unknown.length > 0 || isDoubtful) {
    return {
      kind: 'not-understood',
      understood: understoodWords(input, chart),
      nobody: reading.parts.unknown[0] ?? null,
      near: nearQuestions(input, context),
      ...hanging,
    };
  }
  const read = asked(
    question,
    [...reading.questions.slice(1), ...rivalsOf(chart.spans, context, previous, opening)],
    ignored,
  );
  return { ...read, ...hanging };
}

/** Whether the words go on from something. "And" alone may just begin a sentence. */
function goesOn({ backs }: Gathered): boolean {
  return backs.some(({ how }) => how !== 'drop-who' && how !== 'drop-scope');
}

function asked(
  question: Question,
  others: readonly Question[],
  ignored: readonly string[],
): Extract<Reading, { kind: 'question' }> {
  const distinct = new Map(others.map((other) => [JSON.stringify(other), other]));
  distinct.delete(JSON.stringify(question));
  return { kind: 'question', question, other: [...distinct.values()].slice(0, MOST_OTHER), ignored };
}

interface SpansRead {
  /** The likeliest first; none where the pieces make no question. */
  readonly questions: readonly Question[];
  readonly parts: Gathered;
}

function readSpans(
  spans: readonly Span[],
  context: AskContext,
  previous: Question | undefined,
  opening: string,
): SpansRead {
  const parts = gather(spans, context, opening);
  const whole = spans.find(({ piece }) => piece.is === 'whole')?.piece;
  if (whole?.is === 'whole') return { questions: [whole.question, ...(whole.other ?? [])], parts };
  const make = (conditions: readonly Condition[]) =>
    (previous && refine(previous, parts, conditions, context)) ?? assembled(parts, conditions, context);
  const questions = [parts.conditions, ...parts.otherConditions].flatMap(
    (conditions) => make(conditions) ?? [],
  );
  const refined =
    previous && mayGoOn(questions[0], parts) && (parts.conditions.length > 0 || parts.order !== null)
      ? refine(previous, parts, parts.conditions, context, true)
      : null;
  // What goes on from the question before may be one of its own.
  const alone = previous && parts.conditions.length > 0 ? assembled(parts, parts.conditions, context) : null;
  const others = [refined, alone].flatMap((one) => one ?? []);
  return { questions: questions.length > 0 ? [...questions, ...others] : others, parts };
}

/** Only little that was said may go on from what was asked before: a ref, a count or two conditions say enough by themselves. */
function mayGoOn(question: Question | undefined, { conditions, rank }: Gathered): boolean {
  return conditions.length < 2 && rank === null && (question === undefined || question.kind === 'list');
}

/** A "how is it going?" that names nothing is about the plan. */
function assembled(parts: Gathered, conditions: readonly Condition[], context: AskContext): Question | null {
  const question = assemble(parts, conditions, context);
  if (question) return question;
  return parts.intents.has('report') && parts.unknown.length === 0 && conditions.length === 0
    ? { kind: 'command', command: { do: 'summary', period: null } }
    : null;
}

/** The questions that there would be with one span read the other way. */
function rivalsOf(
  spans: readonly Span[],
  context: AskContext,
  previous: Question | undefined,
  opening: string,
): Question[] {
  return spans.flatMap((span, at) =>
    span.rivals.flatMap((rival) => {
      const swapped = spans.map((other, n) => (n === at ? { ...span, piece: rival } : other));
      return readSpans(swapped, context, previous, opening).questions.slice(0, 1);
    }),
  );
}

/** Whether a name was read that can't be looked up yet, or free words that may be one. */
function needsPeople({ parts, questions }: SpansRead, spans: readonly Span[]): boolean {
  if (parts.unknown.length > 0 || parts.maybeName) return true;
  if (spans.some(({ piece }) => mentionsUnknown(piece))) return true;
  return questions[0]?.kind === 'command' && namesUnknown(questions[0].command);
}

/** Whether a word was taken for a slip of another. */
function isMended({ forms }: Input): boolean {
  return forms.some((one) => [...one.values()].some((cost) => cost > 0));
}

/** Whether free words were read, or a number that may be part of a title: "60 new places". */
function needsTitles(spans: readonly Span[]): boolean {
  return spans.some(
    ({ piece }) =>
      piece.is === 'limit' ||
      (piece.is === 'condition' && (piece.maybeName === true || piece.condition.kind === 'text')),
  );
}

function mentionsUnknown(piece: Piece): boolean {
  return piece.is === 'unknown' || (piece.is === 'who' && piece.who.some(({ kind }) => kind === 'unknown'));
}

function namesUnknown(command: Command): boolean {
  switch (command.do) {
    case 'hand-over':
      return (
        command.to.kind === 'unknown' ||
        (command.what.kind === 'all-of' && command.what.who.kind === 'unknown')
      );
    case 'cover':
      return command.of.kind === 'unknown' || command.by.kind === 'unknown';
    case 'answer-for':
      return command.who.kind === 'unknown';
    case 'remind':
      return command.who?.kind === 'unknown';
    default:
      return false;
  }
}

function ignoredWords(input: Input, chart: Chart): string[] {
  return chart.unread
    .flatMap((at) => input.tokens[at] ?? [])
    .filter((token) => token.kind !== 'mark' && !isFiller(token) && !HARMLESS.has(token.word))
    .map(({ start, end }) => input.text.slice(start, end));
}

function understoodWords(input: Input, chart: Chart): string[] {
  return chart.spans
    .filter(({ piece }) => piece.is !== 'noise' && piece.is !== 'join')
    .map(({ from, to }) =>
      input.text.slice(input.tokens[from]?.start ?? 0, input.tokens[to - 1]?.end ?? 0).replace(/\s+/g, ' '),
    );
}
