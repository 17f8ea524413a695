import figuresPart from '../../../cards/answers/figures.json';
import type { CompareAnswer } from '../../ask/answer';
import { type Condition, listOf } from '../../ask/question';
import type { Counts, FigureKey } from '../../domain/figures';
import type { Move } from '../../domain/position';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import type { Button } from '../buttons';
import { nameOf, nameRuns, signed, tintOf } from '../format';
import { BOLD, gap, type Paragraph, paragraph, run, SUBTLE } from '../runs';
import { weightOf } from '../size';
import { partTemplate } from '../template';
import { askButton, refTitle } from './ask';
import { positionName } from './dates';
import { type Found, fromHere, pageOfAnswer } from './frame';
import { stepOf } from './rows';
import { renderSections, sectionOf } from './section';
import { keysInOrder } from './split';

interface FiguresView {
  readonly columns: readonly { readonly width: number }[];
  readonly rows: readonly { readonly cells: readonly Cell[] }[];
}

interface Cell extends Paragraph {
  readonly tint: string;
  readonly align: 'Left' | 'Right';
}

/** One action that moved, came or went, under the title of its part. */
interface Line {
  readonly part: string;
  readonly line: Paragraph;
}

const expandFigures = partTemplate<FiguresView>(figuresPart);

const MOST_LINES = 20;
const LINE_WEIGHT = 70;

/** Bytes of the titles between the lines: there are at most five parts. */
const PARTS_BYTES = 1_600;

/** Two positions side by side, then every action that moved from one to the other, by direction. */
export function compareFound(answer: CompareAnswer, facts: AnswerFacts, words: Words): Found {
  const lines = linesOf(answer, facts, words);
  const figures = expandFigures(figuresOf(answer, facts, words), words);
  const buttons = moveButtons(answer, facts, words);
  const fixed = weightOf(figures) + PARTS_BYTES;
  const paging = { items: lines, weigh: lineWeight, most: MOST_LINES, fixed, buttons };
  const { page, pages, about } = pageOfAnswer(facts, paging, words);
  const none = sectionOf({ lines: [paragraph(words.say('answer.nothingMoved'))], separator: false });
  // Where figures differ and no action is known to have moved, they are all that is known: nothing may be said of the actions.
  const known = isSame(answer.before, answer.after) ? renderSections([none], words) : [];
  const parts = lines.length === 0 ? known : partItems(page.items, words);
  return { about, items: [...(page.number === 0 ? [figures] : []), ...parts], pages, buttons };
}

function isSame(before: Counts, after: Counts): boolean {
  return Object.entries(before).every(([key, n]) => after[key as FigureKey] === n);
}

function figuresOf(answer: CompareAnswer, facts: AnswerFacts, words: Words): FiguresView {
  const { before, after, compared } = answer;
  const keys = keysInOrder(facts.scale).filter(
    (key) => isOnScale(key, facts) || before[key] + after[key] > 0,
  );
  const head = [
    words.say('answer.compareStatus'),
    positionName(compared.from, words),
    positionName(compared.to, words),
    words.say('answer.compareChange'),
  ];
  const rows = keys.map((key) =>
    figureRow(nameOf(facts.scale, key, words), before[key], after[key], tintOf(key)),
  );
  const total = figureRow(words.say('answer.compareTotal'), totalOf(before), totalOf(after), 'default');
  return {
    columns: head.map((_, at) => ({ width: at === 0 ? 2 : 1 })),
    rows: [head.map((text, at) => cell(text, at, 'default')), ...rows, total].map((cells) => ({ cells })),
  };
}

function figureRow(name: string, before: number, after: number, tint: string): Cell[] {
  const figures = [String(before), String(after), signed(after - before)];
  return [cell(name, 0, tint), ...figures.map((text, at) => cell(text, at + 1, 'default'))];
}

function cell(text: string, column: number, tint: string): Cell {
  const style = column === 0 || column === 2 ? BOLD : {};
  return { tint, align: column === 0 ? 'Left' : 'Right', ...paragraph(text, style) };
}

function linesOf(answer: CompareAnswer, facts: AnswerFacts, words: Words): Line[] {
  const { moves, added, gone } = answer;
  const moved = (['worse', 'better', 'neither'] as const).flatMap((direction) => {
    const own = moves.filter((move) => move.direction === direction);
    const key = direction === 'neither' ? 'answer.moved-neither' : (`answer.${direction}` as const);
    return under(
      words.say(key, { n: own.length }),
      own.map((move) => moveLine(move, facts, words)),
    );
  });
  const titles = titlesByRef(facts);
  const refLine = (ref: string): Paragraph => ({ runs: nameRuns({ ref, title: titles.get(ref) ?? '' }) });
  return [
    ...moved,
    ...under(words.say('answer.added', { n: added.length }), added.map(refLine)),
    ...under(
      words.say('answer.gone', { n: gone.length }),
      gone.map((ref) => paragraph(refTitle(ref, words), BOLD)),
    ),
  ];
}

function under(part: string, lines: readonly Paragraph[]): Line[] {
  return lines.map((line) => ({ part, line }));
}

function moveLine(move: Move, facts: AnswerFacts, words: Words): Paragraph {
  return { runs: [...nameRuns(move), gap(' · ', SUBTLE), run(stepOf(move, facts, words))] };
}

/** The lines of a page, each part under its title. */
function partItems(lines: readonly Line[], words: Words): object[] {
  const parts = [...new Set(lines.map(({ part }) => part))];
  return renderSections(
    parts.map((part) =>
      sectionOf({
        heading: [run(part, BOLD)],
        lines: lines.filter((line) => line.part === part).map(({ line }) => line),
      }),
    ),
    words,
  );
}

function moveButtons(answer: CompareAnswer, facts: AnswerFacts, words: Words): Button[] {
  const { from, to, conditions } = answer.question;
  return (['worse', 'better'] as const).flatMap((direction) => {
    const n = answer.moves.filter((move) => move.direction === direction).length;
    const moved: Condition = { kind: 'moved', direction, left: null, became: null, from, to };
    const tooltip = words.say(`answer.${direction}Tip`, { n });
    const show = askButton(words.say(`answer.${direction}`, { n }), listOf([...conditions, moved]), facts, {
      from: fromHere(facts),
      tooltip,
    });
    return n > 0 ? show : [];
  });
}

function titlesByRef(facts: AnswerFacts): ReadonlyMap<string, string> {
  return new Map([...facts.snapshots.values()].map(({ ref, title }) => [ref, title]));
}

function isOnScale(key: FigureKey, facts: AnswerFacts): boolean {
  return facts.scale.statuses.some((status) => status.key === key);
}

function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function lineWeight({ line }: Line): number {
  return weightOf(line) + LINE_WEIGHT;
}
