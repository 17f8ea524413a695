import entryPart from '../../cards/parts/measureEntry.json';
import type { MeasureStanding } from '../domain/measureStanding';
import type { IsoDate, Period } from '../domain/period';
import type { ReportStanding } from '../domain/position';
import type { Words } from '../words/words';
import { cut, plain } from './escape';
import { GROUP_LIMIT, monthName, monthShort } from './format';
import { measureName } from './otherRows';
import { ALARM, BOLD, dotted, labelled, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { weightOf } from './size';
import { partTemplate } from './template';

/** How measures stand and what groups ask of the board, as the post and its dialogs show it. */

/** An entry of the dialog: a measure with its trajectory, or a group with what it says. */
export interface StandingEntry {
  readonly heading: readonly TextRun[];
  readonly lines: readonly Paragraph[];
  readonly chartTitle: string;
  /** Empty where there is no trajectory yet: fewer than two figures. */
  readonly chart: readonly {
    readonly legend: string;
    readonly color: string;
    readonly values: readonly { readonly x: string; readonly y: number }[];
  }[];
  /** The same in characters, for clients without charts. */
  readonly spark: readonly TextRun[];
}

const expandEntry = partTemplate<StandingEntry>(entryPart);
const ENTRY_WEIGHT = weightOf(entryPart);

const TEXT_LIMIT = 60;
const NAME_LIMIT = 120;
const NAMES_LIMIT = 200;
const SAID_LIMIT = 1_000;

export function renderStanding(entry: StandingEntry, words: Words): object {
  return expandEntry(entry, words);
}

/** Bytes that an entry weighs at most: the trajectory stands in it twice, as a chart and in characters. */
export function standingWeight(entry: StandingEntry): number {
  return weightOf(entry) + ENTRY_WEIGHT + entry.lines.length * 70;
}

/** Off track first, then what was not read, then the rest; within each as the plan has them. */
export function inOrderOfConcern(measures: readonly MeasureStanding[]): MeasureStanding[] {
  const concern = ({ verdict, reading }: MeasureStanding) => {
    if (verdict === 'off') return 0;
    if (reading === null) return 1;
    return verdict === null ? 2 : 3;
  };
  return [...measures].sort((a, b) => concern(a) - concern(b));
}

/** `2 on track, 1 off track, 1 not read`. */
export function countsInWords(measures: readonly MeasureStanding[], words: Words): string {
  const count = (is: (one: MeasureStanding) => boolean) => measures.filter(is).length;
  const counts = [
    ['post.measuresOff', count(({ verdict }) => verdict === 'off')],
    ['post.measuresOn', count(({ verdict }) => verdict === 'on')],
    ['post.measuresRead', count(({ verdict, reading }) => verdict === null && reading !== null)],
    ['post.measuresUnread', count(({ reading }) => reading === null)],
  ] as const;
  return counts
    .filter(([, n]) => n > 0)
    .map(([key, n]) => words.say(key, { n }))
    .join(', ');
}

/** One measure in a line: `Advice in time · 62% of 75% · up 3 since Aug · off track · ▂▃▅`. */
export function standingLine(measure: MeasureStanding, today: IsoDate, words: Words): Paragraph {
  const name = measureName({ ref: measure.ref, name: cut(plain(measure.name), NAME_LIMIT) });
  return { runs: dotted([name, ...standingPieces(measure, today, words), [run(sparkOf(measure), SUBTLE)]]) };
}

/** How it stands, piece by piece, in words. */
function standingPieces(measure: MeasureStanding, today: IsoDate, words: Words): TextRun[][] {
  const { reading, before, verdict } = measure;
  const target = short(measure.target);
  if (reading === null) {
    const last = before
      ? words.say('standing.lastRead', {
          month: monthName(before.period, today, words),
          text: short(before.text),
        })
      : '';
    const aimed = target === '' ? '' : words.say('measure.target', { text: target });
    return [[run(words.say('standing.unread'), ALARM)], [run(last, SUBTLE)], [run(aimed, SUBTLE)]];
  }
  const text = short(reading.text);
  const isPlain = /^[£\s]*[\d.,]+\s*%?$/.test(target) && reading.value !== null;
  const of =
    target === '' ? text : words.say(isPlain ? 'standing.ofTarget' : 'standing.target', { text, target });
  return [
    [run(of, BOLD)],
    [run(changeText(measure, today, words))],
    [run(aimText(measure, words), SUBTLE)],
    verdict === null ? [] : [run(words.say(`standing.${verdict}`), verdict === 'off' ? ALARM : BOLD)],
  ];
}

function changeText({ change }: MeasureStanding, today: IsoDate, words: Words): string {
  if (!change) return '';
  const month = monthShort(change.since, today, words);
  if (change.by === 0) return words.say('standing.same', { month });
  const by = figure(Math.abs(change.by));
  return words.say(change.by > 0 ? 'standing.up' : 'standing.down', { by, month });
}

function aimText({ aim, reading, target }: MeasureStanding, words: Words): string {
  if (!aim || aim.by === 'target') return '';
  const unit = [reading?.text, target].some((text) => text?.includes('%')) ? '%' : '';
  const text = `${figure(aim.value)}${unit}`;
  if (aim.by === 'direction')
    return words.say(aim.wants === 'more' ? 'standing.higher' : 'standing.lower', { text });
  return words.say('standing.onTheWay', { aim: text });
}

/** A figure with at most one decimal place more than people write. */
function figure(value: number): string {
  return String(Number(value.toFixed(1)));
}

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The trajectory in characters; empty with fewer than two figures. */
export function sparkOf({ series }: Pick<MeasureStanding, 'series'>): string {
  if (series.length < 2) return '';
  const values = series.map(({ value }) => value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return values
    .map((value) => BLOCKS[span === 0 ? 3 : Math.round(((value - low) / span) * (BLOCKS.length - 1))])
    .join('');
}

/** One measure in the dialog: in words, with its trajectory drawn. */
export function standingEntry(measure: MeasureStanding, today: IsoDate, words: Words): StandingEntry {
  const { series, aim } = measure;
  const names = cut(measure.owners.map(plain).join(', '), NAMES_LIMIT);
  const [first] = series;
  const last = series.at(-1);
  const drawn = first && last && series.length > 1;
  const name = cut(plain(measure.name), NAME_LIMIT);
  return {
    heading: measureName(measure),
    lines: [
      { runs: dotted(standingPieces(measure, today, words)) },
      ...(names === '' ? [] : [paragraph(words.say('standing.owners', { names }), SUBTLE)]),
    ],
    chartTitle: drawn ? words.say('standing.chart', { name }) : '',
    chart: drawn
      ? [
          {
            legend: words.say('standing.reading'),
            color: 'categoricalBlue',
            values: series.map(({ period, value }) => ({ x: dayOf(period), y: value })),
          },
          ...(aim
            ? [
                {
                  legend: words.say('standing.aim'),
                  color: 'neutral',
                  values: [first, last].map(({ period }) => ({ x: dayOf(period), y: aim.value })),
                },
              ]
            : []),
        ]
      : [],
    spark: drawn
      ? [
          run(sparkOf(measure)),
          run(' '),
          run(
            words.say('standing.series', {
              first: figure(first.value),
              from: monthShort(first.period, today, words),
              last: figure(last.value),
              to: monthShort(last.period, today, words),
            }),
            SUBTLE,
          ),
        ]
      : [],
  };
}

/** What a group says to the board, in the dialog: the decision whole, and business as usual line by line. */
export function reportEntry(report: ReportStanding, words: Words): StandingEntry {
  const decision = cut(plain(report.recommendation), SAID_LIMIT);
  const said = report.said
    ? decision === ''
      ? paragraph(words.say('figure.nothingToDecide'))
      : labelled(
          words.say('post.decidedBy', { group: plain(report.group), name: reporter(report, words) }),
          decision,
        )
    : paragraph(words.say('figure.noWord'), SUBTLE);
  const lines = report.assurance.slice(0, 12).map((line) => {
    const complete = plain(line.complete);
    return {
      runs: dotted([
        [run(cut(plain(line.activity), NAME_LIMIT))],
        [run(complete === '' ? '' : words.say('figure.complete', { text: cut(complete, TEXT_LIMIT) }), BOLD)],
        [run(cut(plain(line.impact), NAMES_LIMIT), SUBTLE)],
      ]),
    };
  });
  return { heading: groupRuns(report), lines: [said, ...lines], chartTitle: '', chart: [], spark: [] };
}

/** A group's name as a heading. */
export function groupRuns({ group, title }: ReportStanding): TextRun[] {
  return [run(cut(plain(`${group} ${plain(title)}`), GROUP_LIMIT), BOLD)];
}

function reporter({ by }: ReportStanding, words: Words): string {
  return plain(by ?? '') || words.say('post.nameNotKept');
}

/** A decision in a line of the post. */
export function decisionLine(report: ReportStanding, limit: number, words: Words): Paragraph {
  const group = cut(plain(`${report.group} ${plain(report.title)}`), GROUP_LIMIT);
  const label = words.say('post.decidedBy', { group, name: cut(reporter(report, words), TEXT_LIMIT) });
  return labelled(label, cut(plain(report.recommendation), limit));
}

/** The first day of a month: what a chart's axis of time takes. */
function dayOf(period: Period): string {
  return `${period}-01`;
}

function short(text: string): string {
  return cut(plain(text), TEXT_LIMIT);
}
