import { monthNumber } from './period';

/** A date as prose writes it, with its place in the text (UTF-16 code units, end exclusive). */
export interface WrittenDate {
  readonly start: number;
  readonly end: number;
  /** ISO day; the first of the month where only a month is written; null where no year is written. */
  readonly day: string | null;
  readonly surety: Surety;
}

/**
 * How sure it is that the text means a date. `certain`: it is one wherever it stands. `near-cue`: numbers or words that
 * are a date beside "born" or "dob". `near-birth-cue`: only beside "date of birth" itself, since a number may be
 * anything, and a whole year group is "born in March 2015".
 */
export type Surety = 'certain' | 'near-cue' | 'near-birth-cue';

/** One way of writing dates; the named groups are `day`, `month` (a number) or `name`, and `year`. */
interface DateForm {
  readonly pattern: RegExp;
  readonly surety: Surety;
  /** What every text has that a date of this form stands in: quicker to look for than the form. */
  readonly hint: RegExp;
}

const MONTH =
  '(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])';
const DAY_OF_MONTH = '(?<![\\d./-])(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const NO_MORE_NUMBERS = '(?!\\d|[./-]\\d|%)';

const MONTH_HINT = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;
const NUMBERS_HINT = /\d ?[./-] ?\d|\d\d ?\d\d ?\d\d/;

/** In the order in which they are tried; several may read one place, and the longest counts. */
const DATE_FORMS: readonly DateForm[] = [
  // 12/03/2015, 12.3.2015, 12 - 03 - 2015
  form(
    'certain',
    `(?<!\\d|\\d[./-])(?<day>\\d{1,2}) ?([./-]) ?(?<month>\\d{1,2}) ?\\2 ?(?<year>\\d{4})(?!\\d)`,
  ),
  // 2015-03-12
  form('certain', `(?<!\\d|\\d[./-])(?<year>\\d{4})([./-])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})(?!\\d)`),
  // 12/3/15
  form('certain', `(?<!\\d|\\d[./-])(?<day>\\d{1,2})/(?<month>\\d{1,2})/(?<year>\\d\\d)${NO_MORE_NUMBERS}`),
  // 12-03-15, not 3-4-15
  form('certain', `(?<!\\d|\\d[./-])(?<day>\\d\\d)-(?<month>\\d\\d)-(?<year>\\d\\d)${NO_MORE_NUMBERS}`),
  // 12 March 2015, 12th of March, 2015
  form('certain', `${DAY_OF_MONTH}[ -]{0,2}(?:of )?${MONTH}[.,]?[ /-]{0,2}(?<year>\\d{4})(?!\\d)`),
  // 12-Mar-15, 12 Mar '15; not "12 March 15 families"
  form(
    'certain',
    `${DAY_OF_MONTH}[ -]{0,2}(?:of )?${MONTH}[.,]?(?:[/-]| ?')(?<year>\\d\\d)${NO_MORE_NUMBERS}`,
  ),
  // March 12th, 2015
  form('certain', `\\b${MONTH}\\.? {0,2}(?<day>\\d{1,2})(?:st|nd|rd|th)?,? {1,2}(?<year>\\d{4})(?!\\d)`),
  // 12.3.15, 3-4-15, which may be refs or marks
  form(
    'near-cue',
    `(?<!\\d|\\d[./-])(?<day>\\d{1,2}) ?([./-]) ?(?<month>\\d{1,2}) ?\\2 ?(?<year>\\d\\d)(?!\\d)`,
  ),
  // 12 Mar 15
  form('near-cue', `${DAY_OF_MONTH}[ -]{0,2}(?:of )?${MONTH}[.,]? {0,2}(?<year>\\d\\d)(?!\\d)`),
  // 12 March, March 12th, 12/3
  form('near-cue', `${DAY_OF_MONTH}[ -]{0,2}(?:of )?${MONTH}(?![.,]?[ /-]{0,2}'?\\d)`),
  form('near-cue', `\\b${MONTH}\\.? {0,2}(?<day>\\d{1,2})(?:st|nd|rd|th)?(?!\\d|,? {1,2}\\d)`),
  form('near-cue', `(?<!\\d|\\d[./-])(?<day>\\d{1,2})/(?<month>\\d{1,2})${NO_MORE_NUMBERS}`),
  // 12032015, 120315, 12 03 2015
  form('near-birth-cue', `(?<!\\d|\\d[ ./-])(?<day>\\d\\d) ?(?<month>\\d\\d) ?(?<year>\\d{4}|\\d\\d)(?!\\d)`),
  // March 2015
  form('near-birth-cue', `\\b${MONTH}[.,]? {0,2}(?<year>\\d{4})(?!\\d)`),
];

/** Numbers after these words are year groups, ages or places in the plan, never a date: `Years 9/10/11`. */
const NUMBERED_THINGS =
  /\b(?:years?|yrs?|year groups?|ages?|aged|grades?|class|classes|stages?|ks|actions?|refs?|y) ?$/i;

/**
 * All dates that a text may mean, each form by itself, so that one place may come twice. A year of two digits is
 * taken as the latest such year that is not after `today` (ISO day).
 */
export function readWrittenDates(text: string, today: string): WrittenDate[] {
  const isNamed = MONTH_HINT.test(text);
  const isNumbered = NUMBERS_HINT.test(text);
  return DATE_FORMS.filter(({ hint }) => (hint === MONTH_HINT ? isNamed : isNumbered)).flatMap(
    ({ pattern, surety }) =>
      [...text.matchAll(pattern)].flatMap((found) => {
        const written = dateOf(found.groups ?? {}, today);
        if (!written || followsNumberedThing(text, found.index)) return [];
        return [{ start: found.index, end: found.index + found[0].length, surety, day: written.day }];
      }),
  );
}

/** The ISO day that is whole years before another, as text; 29 February may stay one that the year lacks. */
export function yearsBefore(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;
}

function dateOf(groups: Record<string, string | undefined>, today: string): { day: string | null } | null {
  const year = groups.year === undefined ? null : fullYear(groups.year, Number(today.slice(0, 4)));
  const day = Number(groups.day ?? '1');
  const month = groups.name === undefined ? Number(groups.month) : (monthNumber(groups.name) ?? 0);
  if (isCalendarDay(year, month, day)) return { day: year === null ? null : isoDay(year, month, day) };
  // Written the American way, which only a day after the twelfth shows.
  const isSwapped =
    groups.year?.length === 4 && groups.month !== undefined && isCalendarDay(year, day, month);
  return isSwapped && year !== null ? { day: isoDay(year, day, month) } : null;
}

function isCalendarDay(year: number | null, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  // Without a year 29 February is a day: 2000 had one.
  return day <= new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function fullYear(digits: string, thisYear: number): number {
  if (digits.length === 4) return Number(digits);
  const inThisCentury = 2000 + Number(digits);
  return inThisCentury <= thisYear ? inThisCentury : inThisCentury - 100;
}

function followsNumberedThing(text: string, at: number): boolean {
  return NUMBERED_THINGS.test(text.slice(Math.max(0, at - 14), at));
}

function form(surety: Surety, source: string): DateForm {
  const hint = source.includes(MONTH) ? MONTH_HINT : NUMBERS_HINT;
  return { pattern: new RegExp(source, 'gi'), surety, hint };
}
