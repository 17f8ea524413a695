import { addMonths, parseISO, startOfMonth } from 'date-fns';
import { findDateMentions } from '../../domain/dateMentions';
import type { IsoDate } from '../../domain/period';
import type { Precision } from '../../domain/plan';
import { type Days, iso, oneDay } from '../days';
import { as, either, type Input, maybe, once, type Parser, seq, words } from '../parser';
import { fromToday, monthFromToday } from './fromToday';
import { daysNamed, type When } from './times';
import { MONTH_WORDS, yearless } from './yearless';

// ---- Dates that are written out

/** How many months a date of each precision spans, up to its last. */
const MONTHS_OF: Readonly<Partial<Record<Precision, number>>> = {
  month: 1,
  quarter: 3,
  season: 3,
  term: 4,
  year: 12,
};

/** `25 Dec 2023`, `25/12/2023`, `March 2024`, `Sept-23`, `Q4 2023/24`, `summer 2024`, `2024`. */
const written: Parser<When> = once((input, at) => {
  const { text, places } = mendedText(input);
  const start = places[at]?.start;
  if (start === undefined) return [];
  return findDateMentions(text.slice(start)).flatMap((mention) => {
    if (mention.start !== 0 || mention.due === null || JOINED.test(mention.text)) return [];
    const last = places.findLastIndex(({ end }) => end === start + mention.end);
    if (last < at) return [];
    const isNumber = /^\d{2,4}$/.test(mention.text.trim());
    const days = daysOfMention(mention.due, mention.precision);
    return [{ end: last + 1, value: daysNamed(days), cost: isNumber ? 0.3 : 0 }];
  });
});

/** Two months in one mention ("March and June 2023") are two times here. */
const JOINED = /[a-z]\.?\s*(?:\b(?:to|and|or|through)\b|[-–—&,+])\s*[a-z]/i;

function daysOfMention(due: IsoDate, precision: Precision | null): Days {
  const months = precision ? MONTHS_OF[precision] : undefined;
  if (months === undefined) return oneDay(due);
  return { from: iso(startOfMonth(addMonths(parseISO(due), 1 - months))), to: due };
}

/** The text with slips in the names of months and seasons mended, and where its tokens stand in it. */
function mendedText(input: Input): { text: string; places: readonly { start: number; end: number }[] } {
  const known = MENDED.get(input);
  if (known) return known;
  let text = '';
  let done = 0;
  const places = input.tokens.map((one, at) => {
    text += input.text.slice(done, Math.max(done, one.start));
    const start = text.length;
    const named = [...(input.forms[at]?.keys() ?? [])].find((word) => MONTH_WORDS.has(word));
    text += one.start < done ? '' : (named ?? input.text.slice(one.start, one.end));
    done = Math.max(done, one.end);
    return { start, end: text.length };
  });
  const made = { text, places };
  MENDED.set(input, made);
  return made;
}

const MENDED = new WeakMap<Input, ReturnType<typeof mendedText>>();

// ---- All of them

const plain: Parser<When> = either(written, yearless, fromToday);

const PARTS: Readonly<Record<string, 'start' | 'middle' | 'end'>> = {
  end: 'end',
  close: 'end',
  start: 'start',
  beginning: 'start',
  mid: 'middle',
  middle: 'middle',
};

/** A time: a date, a month, a feast, or told from today. `end of March` is its last day. */
export const when: Parser<When> = once(
  either<When>(
    plain,
    as(seq(words(Object.keys(PARTS).join('/')), maybe(words('of')), plain), ([part, , of]) => ({
      kind: 'part',
      part: PARTS[part] ?? 'end',
      of,
    })),
  ),
);

/** A month and year, or a month alone: what an update or a published position is of. */
export const monthNamed: Parser<When> = either(
  as(written, (days) => (days.kind === 'days' && isOneMonth(days) ? days : null)),
  as(yearless, (one) => (one.kind === 'yearless' && one.day === null && one.months === 1 ? one : null)),
  monthFromToday,
);

function isOneMonth({ from, to }: Days): boolean {
  return from.slice(0, 7) === to.slice(0, 7) && from !== to;
}
