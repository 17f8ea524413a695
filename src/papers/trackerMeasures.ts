import type { PaperFacts, PaperMeasure } from '../app/readPaper';
import { periodName } from '../cards/format';
import { readingsThatCount } from '../domain/measure';
import { readPeriod } from '../domain/period';
import type { Words } from '../words/words';
import { footOf } from './names';
import { headingOf, namesOf } from './trackerGroups';
import type { CellView, RowView, SheetView } from './workbook';

/** A column of readings or of targets on the way: a time as it is kept, and as it is printed. */
interface Time {
  readonly key: string;
  readonly name: string;
}

/** The plan's measures: a table for each group, with a column for each month that has a reading. Null where the plan has none. */
export function measuresSheet(facts: PaperFacts, name: string, words: Words): SheetView | null {
  const { measures, position } = facts;
  if (measures.length === 0) return null;
  const known = position.groups.map(({ ref }) => ref);
  const isOfPlan = ({ measure }: PaperMeasure): boolean =>
    measure.group === null || !known.includes(measure.group);
  const readings = timesOf(
    measures.flatMap((one) => valuesOf(one).map(([time]) => time)),
    words,
  );
  const interim = timesOf(
    measures.flatMap(({ measure }) => measure.interim.map(({ when }) => when)),
    words,
  );
  const tables = [
    tableOf(facts, measures.filter(isOfPlan), [], interim, readings, words),
    ...position.groups.map((group) =>
      tableOf(
        facts,
        measures.filter(({ measure }) => measure.group === group.ref),
        [headingOf(group, words)],
        interim,
        readings,
        words,
      ),
    ),
  ];
  return {
    name,
    widths: [10, 40, 22, 12, 12, ...interim.map(() => 14), ...readings.map(() => 11), 40],
    header: null,
    paper: 'A3',
    foot: footOf(facts, words),
    rows: [{ cells: [text(facts.planTitle, 'title')] }, { cells: [] }, ...tables.flat()],
  };
}

function tableOf(
  { order }: PaperFacts,
  measures: readonly PaperMeasure[],
  heading: readonly RowView[],
  interim: readonly Time[],
  readings: readonly Time[],
  words: Words,
): RowView[] {
  if (measures.length === 0) return [];
  const head = [
    words.say('paper.measureRef'),
    words.say('paper.measure'),
    words.say('paper.owner'),
    words.say('paper.target'),
    words.say('paper.baseline'),
    ...interim.map((time) => words.say('paper.interim', { when: time.name })),
    ...readings.map((time) => time.name),
    ...(order.isPublic ? [] : [words.say('paper.comment')]),
  ];
  return [
    ...heading,
    { cells: head.map((one) => text(one, 'head')) },
    ...measures.map(({ measure, readings: said }): RowView => {
      const values = new Map(valuesOf({ measure, readings: said }));
      const onTheWay = (when: string): string =>
        measure.interim
          .filter((target) => target.when === when)
          .map((target) => target.text)
          .join('\n');
      return {
        cells: [
          text(measure.ref ?? '', 'strong'),
          text(measure.name),
          text(namesOf(measure.owners)),
          text(measure.target?.text ?? ''),
          text(measure.baseline),
          ...interim.map(({ key }) => text(onTheWay(key))),
          ...readings.map(({ key }) => text(values.get(key) ?? '')),
          ...(order.isPublic ? [] : [text(measure.narrative)]),
        ],
      };
    }),
    { cells: [] },
  ];
}

/** A measure's readings by the time they are of: the one that counts of each month, and those whose time no month is. */
function valuesOf({ readings }: PaperMeasure): [string, string][] {
  const dated = readingsThatCount(readings).map(({ period, text: said }): [string, string] => [period, said]);
  const others = readings.filter(({ period }) => period === null);
  return [...dated, ...others.map(({ when, text: said }): [string, string] => [when, said])].filter(
    ([, said]) => said !== '',
  );
}

/** Each time once: months in their order, then the others as they come. */
function timesOf(keys: readonly string[], words: Words): Time[] {
  const all = [...new Set(keys)].map((key) => {
    const period = readPeriod(key);
    return { key, period, name: period ? periodName(period, words) : key };
  });
  const months = all
    .filter(({ period }) => period !== null)
    .sort((a, b) => ((a.period ?? '') < (b.period ?? '') ? -1 : 1));
  return [...months, ...all.filter(({ period }) => period === null)];
}

function text(words: string, look: CellView['look'] = 'plain'): CellView {
  return { value: { kind: 'text', text: words }, look };
}
