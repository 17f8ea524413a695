import { monthNumber } from '../../domain/period';
import { as, either, maybe, type Parser, seq, token, words } from '../parser';
import { number } from './numbers';
import type { When } from './times';

/*
 * Months, days, seasons and feasts without a year: "December", "25th of March", "Q4", "autumn term".
 */

const MONTH_NAMES =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec';
/** The names of months and their short forms, as they are typed. */
export const MONTH_WORDS: ReadonlySet<string> = new Set(MONTH_NAMES.split(' '));

/** A month by its name, counted from 1. */
export const month: Parser<number> = as(words(MONTH_NAMES.replace(/ /g, '/')), (word) => monthNumber(word));

/** `25th`, `25`. */
const dayOfMonth: Parser<number> = either(
  as(token('word'), ({ word }) => (/^\d/.test(word) ? Number.parseInt(word, 10) : null)),
  as(token('number'), ({ word }) => (Number(word) >= 1 && Number(word) <= 31 ? Number(word) : null)),
);

/** A time of any year. */
export const yearless: Parser<When> = either<When>(
  as(seq(dayOfMonth, maybe(words('of')), month), ([day, , of]) => dayIn(of, day)),
  as(seq(month, dayOfMonth), ([of, day]) => dayIn(of, day)),
  as(month, (of) => ({ kind: 'yearless', month: of, months: 1, day: null })),
  as(words('christmas/xmas day?|xmas/christmas break/holiday'), () => dayIn(12, 25)),
  as(words("new year 's day?|new year day"), () => dayIn(1, 1)),
  as(words('easter'), () => ({ kind: 'easter' })),
  as(token('code'), ({ word }) => quarterOf(word)),
  as(seq(words('quarter'), number), ([, n]) => quarterOf(`q${n}`)),
  as(words('new year'), () => ({ kind: 'yearless', month: 1, months: 3, day: null })),
  as(words('spring'), () => ({ kind: 'yearless', month: 3, months: 3, day: null })),
  as(words('summer'), () => ({ kind: 'yearless', month: 6, months: 3, day: null })),
  as(words('autumn'), () => ({ kind: 'yearless', month: 9, months: 3, day: null })),
  as(words('winter'), () => ({ kind: 'yearless', month: 12, months: 3, day: null })),
  as(words('spring term'), () => ({ kind: 'yearless', month: 1, months: 4, day: null })),
  as(words('summer term'), () => ({ kind: 'yearless', month: 4, months: 4, day: null })),
  as(words('autumn term'), () => ({ kind: 'yearless', month: 9, months: 4, day: null })),
);

/** `Q4` is a council's: of the financial year, January to March. */
function quarterOf(word: string): When | null {
  const [, n] = /^q([1-4])$/.exec(word) ?? [];
  return n ? { kind: 'yearless', month: ((Number(n) * 3) % 12) + 1, months: 3, day: null } : null;
}

function dayIn(of: number, day: number): When | null {
  return day >= 1 && day <= 31 ? { kind: 'yearless', month: of, months: 1, day } : null;
}
