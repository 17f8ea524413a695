import monthsPart from '../../../cards/answers/months.json';
import { statusOn } from '../../domain/status';
import type { Words } from '../../words/words';
import type { AnswerFacts, MonthStanding } from '../answerFacts';
import { plain } from '../escape';
import { chartColourOf, monthShort, standing, tintOf } from '../format';
import { BOLD, dotted, gap, type Paragraph, paragraph, run, SUBTLE, type TextRun } from '../runs';
import { partTemplate } from '../template';

/** Where an action stood each month: a small chart, and the same in words for those who cannot see it. */
interface MonthsView {
  readonly title: string;
  readonly chartTitle: string;
  /** Empty where there is too little to draw. */
  readonly chart: readonly { readonly x: string; readonly y: number; readonly color: string }[];
  /** The same as cells, for clients without charts. */
  readonly cells: readonly { readonly tint: string; readonly lines: readonly Paragraph[] }[];
  readonly inWords: readonly TextRun[];
}

const expand = partTemplate<MonthsView>(monthsPart);

const MOST_MONTHS = 12;
const MOST_BARS = 8;
const MOST_CELLS = 6;

/** The months of an action, newest twelve at most; nothing where it has only stood as it stands. */
export function monthsPartOf(facts: AnswerFacts, words: Words): object[] {
  const months = facts.months.slice(-MOST_MONTHS);
  if (months.length < 2) return [];
  const earlier = facts.months.length - months.length;
  const left = earlier > 0 ? [[run(words.say('answer.monthsEarlierLeft', { n: earlier }), SUBTLE)]] : [];
  const inWords = months.map((month) => [run(monthInWords(month, facts, words))]);
  const drawn = months.filter(({ percent }) => percent !== null).slice(-MOST_BARS);
  const view: MonthsView = {
    title: words.say('answer.months'),
    chartTitle: words.say('answer.monthsChart'),
    chart: drawn.length < 2 ? [] : drawn.map((month) => barOf(month, facts, words)),
    cells: months.slice(-MOST_CELLS).map((month) => cellOf(month, facts, words)),
    inWords: [...dotted(inWords), ...left.flatMap((runs) => [gap(' · ', SUBTLE), ...runs])],
  };
  return [expand(view, words)];
}

function barOf(month: MonthStanding, facts: AnswerFacts, words: Words): MonthsView['chart'][number] {
  const letter = statusOn(facts.scale, month.status)?.letter ?? '';
  const name = monthNameOf(month, 'short', facts, words);
  return {
    x: plain(letter === '' ? name : words.say('answer.monthLetter', { month: name, letter })),
    y: month.percent ?? 0,
    color: chartColourOf(month.status),
  };
}

function cellOf(month: MonthStanding, facts: AnswerFacts, words: Words): MonthsView['cells'][number] {
  return {
    tint: tintOf(month.status),
    lines: [
      paragraph(monthNameOf(month, 'short', facts, words), BOLD),
      paragraph(standing(facts.scale, month, words)),
    ],
  };
}

function monthInWords(month: MonthStanding, facts: AnswerFacts, words: Words): string {
  return words.say('answer.monthsOne', {
    month: monthNameOf(month, 'long', facts, words),
    standing: standing(facts.scale, month, words),
  });
}

function monthNameOf(
  { at }: MonthStanding,
  look: 'short' | 'long',
  facts: AnswerFacts,
  words: Words,
): string {
  if (at === 'loaded') return words.say(look === 'short' ? 'answer.atStart' : 'answer.atLoadedLong');
  if (at === 'now') return words.say('answer.atNow');
  return monthShort(at, facts.today, words);
}
