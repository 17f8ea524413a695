import { addDays, format, getDaysInMonth } from 'date-fns';
import { type IsoDate, monthNumber } from './period';
import type { Precision } from './plan';

/** One date that a text names, with the last day that it can mean. */
export interface DateMention {
  /** The words, as they stand in the plain text. */
  readonly text: string;
  /** Where they begin and end in it, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** null where the text names a time without its year. */
  readonly due: IsoDate | null;
  readonly precision: Precision | null;
  /** A plain sentence about what is ambiguous; null when nothing is. */
  readonly doubt: string | null;
}

/** What a pattern makes of its match; null when it is no date after all. */
type Reading = Pick<DateMention, 'due' | 'precision' | 'doubt'>;

interface Form {
  /** Sticky, so that it matches only where the scanner stands. */
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Reading | null;
}

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)';
const SEASON = '(?:spring|summer|autumn|fall|winter|easter|christmas|xmas)';
const JOIN = '\\s*(?:/|-|,|&|\\+|\\band\\b|\\bor\\b|\\bto\\b|\\bthrough\\b)\\s*';
const YEAR = '(?:(?:19|20)\\d\\d)';
/** A year in two or four digits, which no ordinal, clock time or further figure follows. */
const ANY_YEAR = `(?:${YEAR}|\\d\\d)(?!\\d|(?:st|nd|rd|th)\\b|:\\d|%)`;
/** `2017/18`, `2017-18`, `17/18`, `2017/2018`: the year's two halves are consecutive, which the reader checks. */
const SPLIT_YEAR = `(${YEAR}|\\d\\d)\\s?[/-]\\s?(${YEAR}|\\d\\d)(?![\\d/.-])`;
const DAY = '(\\d{1,2})(?:\\s?(?:st|nd|rd|th))?';
const FINANCIAL = '(?:f\\.?y\\.?|financial\\s+year|fiscal\\s+year)';

const form = (source: string, read: Form['read']): Form => ({ pattern: new RegExp(source, 'iuy'), read });

/**
 * The forms, the most telling first. Choices that plans leave open:
 * - days are written British, day before month;
 * - quarters are those of the financial year, April to March: Q4 of 2017/18 ends on 31 March 2018;
 * - spring ends on 31 May, summer on 31 August, autumn on 30 November, winter at the end of February;
 * - the spring term ends on 30 April (Easter can be late), the summer term on 31 July, the autumn term on 31 December;
 * - `2017/18` alone can be a school year, which ends later than the financial year does: 31 August 2018;
 * - a year of two digits is in this century.
 */
const FORMS: readonly Form[] = [
  form(`(${YEAR})-(\\d{1,2})-(\\d{1,2})(?!\\d)(?:T[\\d:.]+Z?)?`, ([, year, month, day]) =>
    dayOf(year, month, day),
  ),
  form(`(${YEAR})/(\\d{1,2})/(\\d{1,2})(?!\\d)`, ([, year, month, day]) => dayOf(year, month, day)),
  form(`(\\d{1,2})([/.-])\\s?(\\d{1,2})\\2\\s?(${ANY_YEAR})`, ([, day, , month, year]) =>
    numericDay(day, month, year),
  ),
  form(
    `${DAY}(?:\\s*(?:of\\s+)?|[-/.,]\\s?)(${MONTH})\\.?(?:\\s*,?\\s*'?|[-/.])(${ANY_YEAR})`,
    ([, day, month, year]) => dayOf(year, monthNumber(month ?? ''), day),
  ),
  form(`(${MONTH})\\.?\\s+${DAY}(?:,\\s*|\\s+)(${YEAR})(?!\\d)`, ([, month, day, year]) =>
    Number(day) > 31 ? null : dayOf(year, monthNumber(month ?? ''), day),
  ),
  form(
    `(${MONTH}\\.?(?:${JOIN}${MONTH}\\.?)*)(?:[\\s,'/.-]|\\bof\\b|\\bhalf[\\s-]?term\\b)*(${ANY_YEAR})`,
    ([, months, year]) => monthsOf(months ?? '', fullYear(year)),
  ),
  form(`(${YEAR})[-/.](0[1-9]|1[0-2])(?![\\d/.-])`, ([, year, month]) =>
    yearAndMonth(Number(year), Number(month)),
  ),
  form(`(\\d{1,2})[/.-](${YEAR})(?![\\d/.-])`, ([, month, year]) => monthOf(Number(month), Number(year))),
  form(
    `(?:q|qtr\\.?|quarter)\\s?([1-4])(?:${JOIN}(?:q|qtr\\.?|quarter)?\\s?([1-4]))?(?:[\\s,(-]|\\bof\\b|\\bin\\b|\\bthe\\b|${FINANCIAL})*(?:${SPLIT_YEAR}|(${ANY_YEAR}))`,
    ([, first, second, from, to, single]) =>
      quarterOf(Math.max(Number(first), Number(second ?? 0)), from, to, single),
  ),
  form(
    `(?:${FINANCIAL}\\s*)?${SPLIT_YEAR}[\\s,-]*(?:q|qtr\\.?|quarter)\\s?([1-4])\\b`,
    ([, from, to, quarter]) => quarterOf(Number(quarter), from, to, undefined),
  ),
  form(`(?:q|qtr\\.?|quarter)\\s?[1-4]\\b`, ([text]) => withoutYear(text)),
  form(
    `(${SEASON}(?:${JOIN}${SEASON})*)(\\s+terms?\\b|\\s+[12](?=[\\s,]+(?:20)?\\d\\d))?(?:[\\s,'/.-]|\\bof\\b)*(?:${SPLIT_YEAR}|(${ANY_YEAR}))(\\s+terms?\\b)?`,
    ([, seasons, termBefore, from, to, single, termAfter]) =>
      seasonsOf(seasons ?? '', Boolean(termBefore ?? termAfter), from, to, single),
  ),
  form(`${SEASON}(?:${JOIN}${SEASON})*(?:\\s+terms?)?\\b`, ([text]) => withoutYear(text)),
  form(
    `(${FINANCIAL}|year\\s+end(?:ing)?|(?:academic|school)\\s+year|a\\.?y\\.?)?\\s*${SPLIT_YEAR}`,
    ([, kind, from, to]) => splitYear(kind, from, to),
  ),
  form(`${FINANCIAL}\\s*'?(${ANY_YEAR})`, ([text, year]) => ({
    due: isoDay(fullYear(year) + 1, 3, 31),
    precision: 'year',
    doubt: `“${text}” can be the financial year that begins or that ends in it: the later end was taken.`,
  })),
  form(`(\\d{1,2})/(\\d\\d)(?![\\d/.-])`, ([text, month, year]) =>
    monthAndShortYear(text, Number(month), year),
  ),
  form(`${DAY}(?:\\s+(?:of\\s+)?|[-/.])${MONTH}\\b\\.?`, ([text]) => withoutYear(text)),
  form(`${MONTH}\\.?(?:${JOIN}${MONTH}\\.?)*(?:\\s+\\d{1,2}(?:st|nd|rd|th)?)?(?!\\p{L})`, ([text]) =>
    withoutYear(text),
  ),
  form(`(${YEAR})\\s*(?:-|to)\\s*(${YEAR})(?![\\d/.-])`, ([text, , to]) => ({
    due: isoDay(Number(to), 12, 31),
    precision: 'year',
    doubt: `“${text}” names years only: the last day of ${to} was taken.`,
  })),
  form(`(${YEAR})(?![\\d/]|\\.\\d)`, ([, year]) => ({
    due: isoDay(Number(year), 12, 31),
    precision: 'year',
    doubt: null,
  })),
];

/** Figures that count something else: "Phase 2 February 2023" is no second of February. */
const COUNTED =
  /\b(?:phase|stage|step|part|priority|action|cohort|year|wk|week|key stage|ks|tier|level|wave|round|group|option|no\.?|version|v)\s$/i;

/** "w/c 4 March 2024" means any day of that week. */
const WEEK_OF = /\b(?:w\/?\s?[cb]|week (?:commencing|beginning|starting|of))[\s:]*(?:mon(?:day)?\s*)?$/i;

/**
 * Every date that a text names, in its order. The text has been made plain before (one kind of dash, single
 * spaces). A month or season without its year is there with `due: null` and a doubt.
 */
export function findDateMentions(plain: string): DateMention[] {
  const mentions: DateMention[] = [];
  let at = 0;
  while (at < plain.length) {
    const mention = startsWord(plain, at) ? readAt(plain, at) : null;
    if (mention) mentions.push(mention);
    at = mention ? mention.end : at + 1;
  }
  return mentions.filter((mention) => !isAimInside(plain, mention, mentions));
}

/** Whether two neighbouring dates are a stretch of time: "June 2022 to June 2023". */
export function isRange(plain: string, pair: readonly DateMention[]): boolean {
  const [first, second] = pair;
  if (!first || !second) return false;
  return /^\s*(?:-|to|until|till|through(?: to)?|up to|into)\s*(?:the\s+)?(?:end of\s+)?$/i.test(
    plain.slice(first.end, second.start),
  );
}

function startsWord(plain: string, at: number): boolean {
  if (!/[\p{L}\d]/u.test(plain.charAt(at))) return false;
  const before = plain.charAt(at - 1);
  // "Sep23" and "1Sept" are dates, "step1" and "12.5" hold none.
  return at === 0 || !/[\p{L}\d]/u.test(before) || (/\d/.test(before) && /[a-z]/i.test(plain.charAt(at)));
}

function readAt(plain: string, at: number): DateMention | null {
  const counted = /\d/.test(plain.charAt(at)) && COUNTED.test(plain.slice(Math.max(0, at - 12), at));
  for (const { pattern, read } of FORMS) {
    pattern.lastIndex = at;
    const match = pattern.exec(plain);
    if (!match || (/\p{L}/u.test(plain.charAt(at + match[0].length)) && /\p{L}$/u.test(match[0]))) continue;
    const reading = counted && !/^(?:19|20)\d\d/.test(match[0]) ? null : read(match);
    if (!reading) continue;
    const due = WEEK_OF.test(plain.slice(0, at)) ? lastDayOfWeek(reading) : reading.due;
    return { ...reading, due, text: match[0].trim(), start: at, end: at + match[0].length };
  }
  return null;
}

function lastDayOfWeek({ due, precision }: Reading): IsoDate | null {
  if (due === null || precision !== 'day') return due;
  return format(addDays(new Date(`${due}T12:00:00`), 6), 'yyyy-MM-dd') as IsoDate;
}

/** "Autumn Term 2018, aiming for November": a wish within the time that the text names, not a second date. */
function isAimInside(plain: string, mention: DateMention, all: readonly DateMention[]): boolean {
  if (mention.due !== null || !all.some(({ due }) => due !== null)) return false;
  return /\b(?:aim(?:ing|ed)?(?: for)?|ideally|hopefully|hoping for|target(?:ing)?)\s+(?:by\s+|in\s+)?$/i.test(
    plain.slice(0, mention.start),
  );
}

function fullYear(digits: string | undefined): number {
  const year = Number(digits);
  return year < 100 ? 2000 + year : year;
}

function isoDay(year: number, month: number, day: number): IsoDate {
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}` as IsoDate;
}

function lastDayOfMonth(year: number, month: number): IsoDate {
  return isoDay(year, month, getDaysInMonth(new Date(year, month - 1, 1)));
}

function monthOf(month: number, year: number): Reading | null {
  if (month < 1 || month > 12) return null;
  return { due: lastDayOfMonth(year, month), precision: 'month', doubt: null };
}

function dayOf(
  yearText: string | undefined,
  monthText: string | number | null | undefined,
  dayText: string | undefined,
): Reading | null {
  const [year, month, day] = [fullYear(yearText), Number(monthText), Number(dayText)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const last = lastDayOfMonth(year, month);
  const due = isoDay(year, month, day);
  if (due <= last) return { due, precision: 'day', doubt: null };
  return { due: last, precision: 'day', doubt: `That month has no day ${day}: its last day was taken.` };
}

/** British order; where that can't be, the other order, and it says so. */
function numericDay(
  first: string | undefined,
  second: string | undefined,
  year: string | undefined,
): Reading | null {
  const british = dayOf(year, second, first);
  if (british) return british;
  const american = dayOf(year, first, second);
  if (!american) return null;
  return { ...american, doubt: `There is no month ${second}: it was read with the month first.` };
}

/** Months that share the year written after the last of them: "September - November 2018", "June/ July 2017". */
function monthsOf(list: string, year: number): Reading | null {
  const numbers = [...list.matchAll(new RegExp(`${MONTH}`, 'giu'))].flatMap(
    ([name]) => monthNumber(name) ?? [],
  );
  return latestOfList(list, numbers, (month) => lastDayOfMonth(year, month), 'month');
}

/**
 * Of several in a list with one year the last is meant by a stretch ("Nov - Jan 2019" ends in January); in a mere
 * list ("October/ July 2018") the latest is taken, and that is said.
 */
function latestOfList(
  list: string,
  items: readonly number[],
  endOf: (item: number) => IsoDate,
  precision: Precision,
): Reading | null {
  const last = items.at(-1);
  if (last === undefined) return null;
  const isStretch = /-|\bto\b|\bthrough\b/i.test(list);
  const ends = items.map(endOf).sort();
  const latest = ends.at(-1) ?? endOf(last);
  if (isStretch || latest === endOf(last)) return { due: endOf(last), precision, doubt: null };
  return { due: latest, precision, doubt: `“${list.trim()}” shares one year: the later of them was taken.` };
}

function yearAndMonth(year: number, month: number): Reading | null {
  if (month !== (year + 1) % 100) return monthOf(month, year);
  return {
    due: isoDay(year + 1, 8, 31),
    precision: 'year',
    doubt: `It can be a month of ${year} or the year ${year}/${month}: the later end was taken.`,
  };
}

function monthAndShortYear(text: string, month: number, year: string | undefined): Reading | null {
  const reading = monthOf(month, fullYear(year));
  return reading && { ...reading, doubt: `“${text}” was read as month ${month} of ${fullYear(year)}.` };
}

function withoutYear(text: string): Reading {
  return { due: null, precision: null, doubt: `“${text.trim()}” has no year: say which.` };
}

/** The year that `2017/18` begins in; null when its halves do not follow each other. */
function firstOfSplit(from: string | undefined, to: string | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  const year = fullYear(from);
  return (year + 1) % 100 === Number(to) % 100 && (to.length === 2 || Number(to) === year + 1) ? year : null;
}

function quarterOf(
  quarter: number,
  from: string | undefined,
  to: string | undefined,
  single: string | undefined,
): Reading | null {
  const split = firstOfSplit(from, to);
  if (split === null && single === undefined) return null;
  const begins = split ?? fullYear(single);
  const month = quarter === 4 ? 3 : (quarter + 1) * 3;
  const due = lastDayOfMonth(quarter === 4 ? begins + 1 : begins, month);
  const doubt = `A quarter of ${single} can be that of the calendar or of the financial year: the financial year that begins in ${single} was taken, which is later.`;
  return { due, precision: 'quarter', doubt: split === null ? doubt : null };
}

function splitYear(
  kind: string | undefined,
  from: string | undefined,
  to: string | undefined,
): Reading | null {
  const begins = firstOfSplit(from, to);
  if (begins === null || (kind === undefined && isShortAmbiguous(from))) return null;
  if (kind && /^(?:f|year)/i.test(kind))
    return { due: isoDay(begins + 1, 3, 31), precision: 'year', doubt: null };
  const school: Reading = { due: isoDay(begins + 1, 8, 31), precision: 'year', doubt: null };
  if (kind) return school;
  return {
    ...school,
    doubt: `A year such as ${from}/${to} can be a financial year, which ends on 31 March, or a school year: the later end was taken.`,
  };
}

/** `11/12` is a month of 2012 sooner than the year 2011/12; what is left to the month form says so. */
function isShortAmbiguous(from: string | undefined): boolean {
  return from !== undefined && from.length <= 2 && Number(from) <= 12;
}

type Season = 'spring' | 'summer' | 'autumn' | 'winter' | 'easter' | 'christmas';

function seasonNamed(name: string): Season {
  const lower = name.toLowerCase();
  if (lower === 'fall') return 'autumn';
  if (lower === 'xmas') return 'christmas';
  return lower as Season;
}

/** The last day of a season or term that is named with one calendar year. Winter runs into the next year. */
function endOfSeason(season: Season, isTerm: boolean, year: number): IsoDate {
  switch (season) {
    case 'easter':
      return isoDay(year, 4, 30);
    case 'spring':
      return isTerm ? isoDay(year, 4, 30) : isoDay(year, 5, 31);
    case 'summer':
      return isTerm ? isoDay(year, 7, 31) : isoDay(year, 8, 31);
    case 'autumn':
      return isTerm ? isoDay(year, 12, 31) : isoDay(year, 11, 30);
    case 'christmas':
      return isoDay(year, 12, 31);
    case 'winter':
      return lastDayOfMonth(year + 1, 2);
  }
}

function seasonsOf(
  list: string,
  isTerm: boolean,
  from: string | undefined,
  to: string | undefined,
  single: string | undefined,
): Reading | null {
  const split = firstOfSplit(from, to);
  if (split === null && single === undefined) return null;
  const seasons = [...list.matchAll(new RegExp(SEASON, 'giu'))].map(([name]) => seasonNamed(name));
  const endOf = (season: Season): IsoDate => {
    if (split === null) return endOfSeason(season, isTerm, fullYear(single));
    const isInFirstYear = season === 'autumn' || season === 'christmas' || season === 'winter';
    return endOfSeason(season, isTerm, isInFirstYear ? split : split + 1);
  };
  const order = seasons.map((_, index) => index);
  return latestOfList(list, order, (index) => endOf(seasons[index] ?? 'winter'), isTerm ? 'term' : 'season');
}
