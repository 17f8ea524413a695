import type { PaperFacts, PaperMeasure } from '../app/readPaper';
import { periodName } from '../cards/format';
import { readingsThatCount } from '../domain/measure';
import type { MeasureStanding } from '../domain/measureStanding';
import { readPeriod } from '../domain/period';
import type { Words } from '../words/words';
import { namesOf } from './trackerGroups';
import type { ListView } from './trackerLists';
import type { CellView } from './workbook';

/** A column of readings or of targets on the way: a time as it is kept, and as it is printed. */
interface Time {
  readonly key: string;
  readonly name: string;
}

/** The plan's measures, one a row, with a column for each month that has a reading. Null where the plan has none. */
export function measuresList(facts: PaperFacts, words: Words): ListView | null {
  const { measures, position, order } = facts;
  if (measures.length === 0) return null;
  const readings = timesOf(
    measures.flatMap((one) => valuesOf(one).map(([time]) => time)),
    words,
  );
  const interim = timesOf(
    measures.flatMap(({ measure }) => measure.interim.map(({ when }) => when)),
    words,
  );
  const verdicts = new Map(
    (position.measures ?? []).map((standing) => [standing.id, verdictOf(standing, words)]),
  );
  const places = new Map(position.groups.map(({ ref }, at) => [ref, at]));
  const placeOf = ({ measure }: PaperMeasure): number =>
    measure.group === null ? -1 : (places.get(measure.group) ?? places.size);
  return {
    title: words.say('paper.measuresSheet'),
    note: words.say('paper.measuresNote'),
    columns: [
      [words.say('paper.groupRef'), 9],
      [words.say('paper.measureRef'), 9],
      [words.say('paper.measure'), 40],
      [words.say('paper.owner'), 20],
      [words.say('paper.target'), 12],
      [words.say('paper.baseline'), 12],
      [words.say('paper.asked'), 12],
      [words.say('paper.verdict'), 12],
      ...interim.map(({ name }): [string, number] => [words.say('paper.interim', { when: name }), 14]),
      ...readings.map(({ name }): [string, number] => [name, 10]),
      ...(order.isPublic ? [] : [[words.say('paper.comment'), 30] as const]),
    ],
    rows: [...measures]
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map((one) => {
        const { measure } = one;
        const values = new Map(valuesOf(one));
        const onTheWay = (when: string): string =>
          measure.interim
            .filter((target) => target.when === when)
            .map((target) => target.text)
            .join('\n');
        return [
          text(measure.group ?? ''),
          text(measure.ref ?? ''),
          text(measure.name, 'strong'),
          text(namesOf(measure.owners)),
          text(measure.target?.text ?? ''),
          text(measure.baseline),
          text(measure.tracked ? words.say('paper.yes') : ''),
          text(verdicts.get(measure.id) ?? ''),
          ...interim.map(({ key }) => text(onTheWay(key))),
          ...readings.map(({ key }) => text(values.get(key) ?? '')),
          ...(order.isPublic ? [] : [text(measure.narrative)]),
        ];
      }),
  };
}

/** Whether a measure keeps up in the position's period, in words; empty where nothing can be judged. */
export function verdictOf({ verdict, reading }: MeasureStanding, words: Words): string {
  if (reading === null) return words.say('standing.unread');
  return verdict === null ? '' : words.say(verdict === 'on' ? 'standing.on' : 'standing.off');
}

/** A measure's readings by the time they are of: the one that counts of each month, and those whose time no month is. */
function valuesOf({ readings }: PaperMeasure): [string, string][] {
  const dated = readingsThatCount(readings).map(({ period, text: said }): [string, string] => [period, said]);
  const others = readings.filter(({ period }) => period === null);
  return [...dated, ...others.map(({ when, text: said }): [string, string] => [when, said])];
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
