import { as, costing, either, type Input, maybe, type Parser, seq, token, words } from '../parser';
import type { Comparator, Measure, TimeUnit } from '../question';

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  eighteen: 18,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  dozen: 12,
};

/** More than anybody counts by hand; a year is no number of actions. */
const LARGEST = 9_999;

const numberWord = as(words(Object.keys(NUMBER_WORDS).join('/')), (word) => NUMBER_WORDS[word] ?? null);

const inWords: Parser<number> = Object.assign(
  (input: Input, at: number) =>
    // "The ones" are not one.
    input.tokens[at]?.word === 'ones' ? [] : numberWord(input, at),
  { starts: numberWord.starts },
);

/** A whole number in digits or words: `6`, `six`, `a couple of`, `half a dozen`. */
export const number: Parser<number> = either(
  as(token('number'), ({ word }) => (Number(word) <= LARGEST ? Number(word) : null)),
  inWords,
  as(words('couple of?'), () => 2),
  as(words('few'), () => 3),
  as(words('half dozen'), () => 6),
);

/** A length of time: `6 weeks`, `a fortnight`, `half a year`. */
export interface Span {
  readonly n: number;
  readonly unit: TimeUnit;
}

const UNITS: Readonly<Record<string, Span>> = {
  day: { n: 1, unit: 'day' },
  week: { n: 1, unit: 'week' },
  wk: { n: 1, unit: 'week' },
  fortnight: { n: 2, unit: 'week' },
  month: { n: 1, unit: 'month' },
  mth: { n: 1, unit: 'month' },
  quarter: { n: 3, unit: 'month' },
  year: { n: 1, unit: 'year' },
  yr: { n: 1, unit: 'year' },
};

const unit: Parser<Span> = as(words(Object.keys(UNITS).join('/')), (word) => UNITS[word] ?? null);

/** A length of time that says how many: never a bare "month". */
export const countedSpan: Parser<Span> = either(
  as(seq(number, maybe(words("'s")), unit), ([n, , { n: times, unit: one }]) => ({
    n: n * times,
    unit: one,
  })),
  as(words('half year'), () => ({ n: 6, unit: 'month' as const })),
  as(words('year and half'), () => ({ n: 18, unit: 'month' as const })),
);

/** A length of time, one of the unit where no number stands: `a month`. */
export const span: Parser<Span> = either(countedSpan, unit);

const BEFORE: readonly (readonly [pattern: string, is: Comparator])[] = [
  ['more/greater/longer/higher/bigger/further than|over|above|exceeding|>|in excess of|upwards of', '>'],
  ['at least|minimum of?|>=|no/not less/fewer than|not under/below', '>='],
  ['less/fewer/lower/shorter/smaller than|under|below|<|not even|nowhere near|short of', '<'],
  ['at most|up to|maximum of?|<=|no/not more than|not over/above', '<='],
  ['exactly|equal to?|=|precisely|of exactly', '='],
];

const AFTER: readonly (readonly [pattern: string, is: Comparator])[] = [
  ['or more/over/above/longer/higher/greater|plus|+|and over/above/up/more|upwards', '>='],
  ['or less/under/below/fewer/lower|and under/below/less', '<='],
];

/** Stands before what it compares with: `more than`, `under`, `at least`. */
const before: Parser<Comparator> = either(...BEFORE.map(([pattern, is]) => as(words(pattern), () => is)));
/** Stands after it: `or more`, `or less`. */
const after: Parser<Comparator> = either(...AFTER.map(([pattern, is]) => as(words(pattern), () => is)));

/** A length of time to compare with: `more than 3 months`, `by 6 months or more`, `3+ months`. Without a word, at least so much. */
export const measure: Parser<Measure> = either(
  as(seq(maybe(words('by/for')), before, span), ([, is, { n, unit: one }]) => ({ is, n, unit: one })),
  as(seq(maybe(words('by/for')), span, after), ([, { n, unit: one }, is]) => ({ is, n, unit: one })),
  as(seq(maybe(words('by/for')), number, after, unit), ([, n, is, { n: times, unit: one }]) => ({
    is,
    n: n * times,
    unit: one,
  })),
  costing(
    0.01,
    as(seq(maybe(words('by/for')), countedSpan), ([, { n, unit: one }]) => ({
      is: '>=' as const,
      n,
      unit: one,
    })),
  ),
  costing(
    0.02,
    as(seq(words('by/for'), unit), ([, { n, unit: one }]) => ({ is: '>=' as const, n, unit: one })),
  ),
);

const PERCENT_SIGN = words('%|per cent|percentage');

/** A percentage with its sign or word: `60%`, `sixty` does not count. `half`, `a quarter`, `three quarters` before "done". */
export const percentage: Parser<number> = either(
  as(seq(number, PERCENT_SIGN), ([n]) => (n <= 100 ? n : null)),
  as(words('hundred %|hundred per cent'), () => 100),
);

const fraction: Parser<number> = either(
  as(words('half way?|halfway'), () => 50),
  as(words('three quarters'), () => 75),
  as(words('quarter'), () => 25),
  as(words('third'), () => 33),
);

const COMPLETE = words(
  `complete/completed/done/finished/delivered through | complete/completed/done/finished | there
    | of way`,
);

/** A comparison with a percentage: `under 50%`, `80% or more`, `less than half done`. Without a word, exactly so much. */
export const percentIs: Parser<{ readonly is: Comparator; readonly than: number }> = either(
  as(seq(before, percentage, maybe(COMPLETE)), ([is, than]) => ({ is, than })),
  as(seq(percentage, maybe(COMPLETE), after, maybe(COMPLETE)), ([than, , is]) => ({ is, than })),
  as(seq(before, fraction, COMPLETE), ([is, than]) => ({ is, than })),
  as(seq(fraction, COMPLETE, after), ([than, , is]) => ({ is, than })),
  as(seq(words('at/on/with/is/are/='), percentage, maybe(COMPLETE)), ([, than]) => ({
    is: '=' as const,
    than,
  })),
  as(seq(percentage, maybe(COMPLETE)), ([than]) => ({ is: '=' as const, than })),
  costing(
    0.3,
    as(seq(before, number, COMPLETE), ([is, than]) => (than <= 100 ? { is, than } : null)),
  ),
);

/** A percentage between two: `between 20 and 50%`. */
export const percentBetween: Parser<{ readonly low: number; readonly high: number }> = either(
  as(
    seq(words('between|from'), number, maybe(PERCENT_SIGN), words('and/to/-'), percentage, maybe(COMPLETE)),
    ([, low, , , high]) => lowToHigh(low, high),
  ),
  as(seq(number, maybe(PERCENT_SIGN), words('to/-'), percentage, maybe(COMPLETE)), ([low, , , high]) =>
    lowToHigh(low, high),
  ),
);

function lowToHigh(low: number, high: number): { low: number; high: number } | null {
  return low <= high ? { low, high } : null;
}
