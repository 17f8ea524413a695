import { dayIn } from '../domain/calendar';
import type { IsoDate } from '../domain/period';
import type { Words } from '../words/words';
import { plain } from './escape';
import type { PostFacts } from './facts';
import { chartColourOf, monthShort, nameOf, periodName, signed, tintOf } from './format';
import { BOLD, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';

/** The figures of a position, as its post shows them. */
export interface FiguresView {
  readonly chart: readonly { readonly legend: string; readonly value: number; readonly color: string }[];
  /** The same as a bar, for clients without charts. */
  readonly bar: readonly (Paragraph & { readonly width: number; readonly tint: string })[];
  readonly inWords: readonly TextRun[];
  readonly table: {
    readonly columns: readonly { readonly width: number }[];
    readonly rows: readonly { readonly cells: readonly CellView[] }[];
  };
  readonly footnote: readonly TextRun[];
}

interface CellView extends Paragraph {
  readonly tint: string;
  readonly align: 'Left' | 'Right';
}

/** How many actions have each status, of how many: as a chart, in words, and in a table beside the months before. */
export function figuresView(facts: PostFacts, words: Words): FiguresView {
  return {
    chart: chartOf(facts, words),
    bar: barOf(facts, words),
    inWords: [run(figuresInWords(facts, words))],
    table: tableOf(facts, words),
    footnote: footnoteOf(facts, words),
  };
}

function chartOf({ position }: PostFacts, words: Words): FiguresView['chart'] {
  return position.figures
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => ({
      legend: plain(nameOf(position.scale, key, words)),
      value: count,
      color: chartColourOf(key),
    }));
}

function barOf({ position }: PostFacts, words: Words): FiguresView['bar'] {
  return position.figures
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => {
      const status = nameOf(position.scale, key, words);
      return {
        width: count,
        tint: tintOf(key),
        ...paragraph(words.say('post.concern', { status, n: count })),
      };
    });
}

/** How many actions there are, and how many of each status. */
export function figuresInWords({ position }: PostFacts, words: Words): string {
  const figures = position.figures.map(({ key, count, share }) =>
    words.say('status.share', { status: nameOf(position.scale, key, words), n: count, share }),
  );
  return words.say('post.inWords', { total: position.total, figures: figures.join(', ') });
}

function tableOf(facts: PostFacts, words: Words): FiguresView['table'] {
  const { position } = facts;
  const { comparisons } = position;
  const head = [
    words.say('post.status'),
    words.say('post.now'),
    ...comparisons.map((comparison) => {
      const month = monthShort(comparison.with, readDay(facts), words);
      return words.say(comparison.likeForLike ? 'post.since' : 'post.sinceUnlike', { month });
    }),
  ];
  const rows = position.figures.map(({ key, count, share }) => [
    cell(nameOf(position.scale, key, words), 0, { tint: tintOf(key), bold: true }),
    cell(withShare(count, share, words), 1),
    ...comparisons.map(({ delta }, at) => cell(signed(delta[key]), 2 + at)),
  ]);
  const sharesTotal = position.figures.reduce((sum, { share }) => sum + share, 0);
  const total = [
    cell(words.say('post.total'), 0, { bold: true }),
    cell(withShare(position.total, sharesTotal, words), 1, { bold: true }),
    ...comparisons.map(({ delta }, at) => cell(signed(delta.total), 2 + at, { bold: true })),
  ];
  return {
    columns: head.map((_, at) => ({ width: at < 2 ? 3 : 2 })),
    rows: [
      { cells: head.map((text, at) => cell(text, at, { bold: true, small: true })) },
      ...[...rows, total].map((cells) => ({ cells })),
    ],
  };
}

/** A count and its share in one cell: six columns are too many for a phone. */
function withShare(count: number, share: number, words: Words): string {
  return `${count} ${words.say('post.share', { n: share })}`;
}

function cell(
  text: string,
  column: number,
  look: { readonly tint?: string; readonly bold?: boolean; readonly small?: boolean } = {},
): CellView {
  const style = { ...(look.bold ? BOLD : {}), ...(look.small ? { size: 'Small' as const } : {}) };
  return { tint: look.tint ?? 'default', align: column === 0 ? 'Left' : 'Right', ...paragraph(text, style) };
}

/** That the months beside it were counted on another scale, where any was. */
function footnoteOf({ position }: PostFacts, words: Words): TextRun[] {
  if (position.comparisons.every(({ likeForLike }) => likeForLike)) return [];
  const { from } = position.scale;
  const text =
    from === null
      ? words.say('post.unlike')
      : words.say('post.unlikeFrom', { month: periodName(from, words) });
  return [run(text, SUBTLE)];
}

/** The day that the position was taken: a post reads the same when it is opened a year later. */
export function readDay({ position, zone }: PostFacts): IsoDate {
  return dayIn(zone, new Date(position.at));
}
