import { type Period, periodOf, periodOfDate, shiftPeriod } from '../../../domain/period';
import type { AskContext } from '../../context';
import { as, either, maybe, once, type Parser, seq, token, words } from '../../parser';
import { settle } from '../times';
import { monthNamed } from '../when';

/*
 * The month that a command is of, as people and cards write it. Unlike other times it is never a day, and seldom ahead.
 */

/** A month, by its name: the latest such month that is not more than a month ahead. */
const month: Parser<Period> = as(monthNamed, (named, { context }) => {
  if (named.kind === 'days') return periodOfDate(named.from);
  const { days, other } = settle(named, 'past', context.today);
  const next = other && other.from > days.from && periodOfDate(other.from) <= latest(context) ? other : days;
  return periodOfDate(next.from);
});

/** A quarter of the calendar by its last month, as cards write it: `Q3 2023`; without a year the latest that is not more than a month ahead. */
const quarter: Parser<Period> = as(
  seq(token('code'), maybe(token('number'))),
  ([code, year], { context }) => {
    const number = /^q([1-4])$/.exec(code.word)?.[1];
    if (number === undefined || (year && !/^20\d\d$/.test(year.word))) return null;
    const last = Number(number) * 3;
    if (year) return periodOf(Number(year.word), last);
    const thisYear = Number(context.today.slice(0, 4));
    const coming = periodOf(thisYear, last);
    return coming <= latest(context) ? coming : periodOf(thisYear - 1, last);
  },
);

const through = either<unknown>(
  words('to|and|until'),
  as(token('mark'), ({ word }) => (/^[-–—/]$/.test(word) ? word : null)),
);

const colon = as(token('mark'), ({ word }) => (word === ':' ? word : null));

/** A month, a quarter, or the months from one to another, which are called by their last: `August–September 2023`. */
export const period: Parser<Period> = once(
  either<Period>(
    quarter,
    as(seq(maybe(seq(quarter, maybe(colon))), month, through, month), ([, , , last]) => last),
    month,
  ),
);

/** "… for September", after one of these words or none; null where no month is named. */
export function monthAfter(pattern: string): Parser<Period | null> {
  return maybe(as(seq(maybe(words(pattern)), period), ([, month]) => month));
}

/** Next month: what is named without its year is no later than that. */
function latest({ today }: AskContext): Period {
  return shiftPeriod(periodOfDate(today), 1);
}
