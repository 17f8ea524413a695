import { readWrittenDates, type WrittenDate, yearsBefore } from './disclosureDates';
import { findNames } from './disclosureNames';

/** Something in a text that may identify a child. */
export interface PersonalData {
  readonly kind: 'nhs-number' | 'upn' | 'date-of-birth' | 'postcode-with-name' | 'email' | 'phone';
  /** The piece of the text that was recognised, as it was typed. */
  readonly match: string;
}

/** A piece of the text, in UTF-16 code units, with what it was taken for. */
interface Span {
  readonly kind: PersonalData['kind'];
  readonly start: number;
  readonly end: number;
}

/** No more than this is looked at: ten times what a field takes, and what is longer is refused for its length. */
const SCANNED_LENGTH = 20_000;

/** A date of this and recent years is a meeting's, a deadline's, a visit's: it needs a cue to be taken for a birth. */
const YOUNGEST_WITHOUT_CUE_IN_YEARS = 3;

/** Plans of this kind are about people from birth to their 26th birthday. */
const AGED_OUT_AT_YEARS = 26;

/** How far a date may stand behind or before a cue such as "dob", in characters. */
const DATE_BEHIND_CUE = 40;
const DATE_BEFORE_CUE = 16;

/** How far before a date the words are read that make it an event's, in characters: "between the Wednesday, ". */
const LONGEST_EVENT = 24;

/** How far a name may stand before or behind a postcode, in characters. */
const NAME_BEFORE_POSTCODE = 100;
const NAME_BEHIND_POSTCODE = 60;

/** How far before a pupil number its name may stand ("UPN", "pupil"), in characters. */
const CUE_BEFORE_UPN = 40;

/** All that is looked for has a digit, or is an address: most texts are not looked through. */
const IN_ALL_OF_IT = /[\d@\uff10-\uff19]/;

/**
 * Finds what looks like a child's data in a text: an NHS number (ten digits, checksum right), a unique pupil
 * number, a date of birth, a postcode beside a person's name, an e-mail address, a phone number. `today`
 * (ISO day) tells a date of birth from a meeting's date. In the order of the text; empty when there is nothing. Looks
 * at the first 20,000 characters. Never throws.
 */
export function findPersonalData(text: string, today: string): PersonalData[] {
  if (!IN_ALL_OF_IT.test(text)) return [];
  const readable = unifyCharacters(text.slice(0, SCANNED_LENGTH));
  const spans = [
    ...withoutOverlaps([...findNhsNumbers(readable), ...findUpns(readable), ...findPhones(readable)]),
    ...findDatesOfBirth(readable, today),
    ...findPostcodesWithNames(readable),
    ...findEmails(readable),
  ];
  return spans
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map(({ kind, start, end }) => ({ kind, match: text.slice(start, end) }));
}

/** One character for one, so that places in the text stay the same: wide digits, odd spaces and dashes, curly quotes. */
function unifyCharacters(text: string): string {
  return text
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30))
    .replace(/[\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'");
}

/** Of numbers that share characters only the longest counts; of equally long ones the first of the list. */
function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (kept.every(({ start, end }) => span.end <= start || span.start >= end)) kept.push(span);
  }
  return kept;
}

// ---- NHS numbers

function findNhsNumbers(text: string): Span[] {
  // The lookahead consumes nothing, so a number that follows ten digits of something else is seen too.
  const candidates = text.matchAll(/(?<!\d)(?=(\d{3}[ .-]{0,2}\d{3}[ .-]{0,2}\d{4})(?!\d))/g);
  return [...candidates].flatMap((found) => {
    const number = found[1] ?? '';
    if (!hasNhsChecksum(number.replace(/\D/g, ''))) return [];
    return [{ kind: 'nhs-number' as const, start: found.index, end: found.index + number.length }];
  });
}

/** Modulus 11: nine digits weighted 10 to 2; the tenth is 11 less the remainder, 0 for 11, and no number has a 10. */
function hasNhsChecksum(digits: string): boolean {
  const sum = weightedSum(digits.slice(0, 9), (place) => 10 - place);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]);
}

// ---- Unique pupil numbers

/** Check letters by remainder; I, O and S are left out since they look like digits. */
const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';

function findUpns(text: string): Span[] {
  const candidates = text.matchAll(/(?<![\p{L}\p{N}])[a-z]\d{11}[\da-z](?![\p{L}\p{N}])/giu);
  return [...candidates].flatMap((found) => {
    const start = found.index;
    // A mistyped number with its name beside it still points at a child.
    const isNamed = /\b(?:upn|pupil|child|student|learner)/i.test(
      text.slice(Math.max(0, start - CUE_BEFORE_UPN), start),
    );
    if (!isNamed && !hasUpnCheckLetter(found[0].toUpperCase())) return [];
    return [{ kind: 'upn' as const, start, end: start + found[0].length }];
  });
}

/** Modulus 23: digits weighted 2 to 13; a temporary number's last letter counts as its place in the letters. */
function hasUpnCheckLetter(upn: string): boolean {
  const last = upn.charAt(12);
  const lastValue = /\d/.test(last) ? Number(last) : UPN_LETTERS.indexOf(last);
  if (lastValue < 0) return false;
  const sum = weightedSum(upn.slice(1, 12), (place) => place + 2) + lastValue * 13;
  return UPN_LETTERS.charAt(sum % 23) === upn.charAt(0);
}

function weightedSum(digits: string, weightOf: (place: number) => number): number {
  return [...digits].reduce((sum, digit, place) => sum + Number(digit) * weightOf(place), 0);
}

// ---- Phone numbers

/** What a number in the United Kingdom begins with: `0`, `(0`, `+44`, `0044`, `+44 (0)`. */
const PHONE_PREFIX = /(?<!\d|\d[.,]|[£$€])(?:\(?(?:\+|00)44\)?[ -]?(?:\(0\) ?|0)?|\(?0)(?=[1-9(])/g;

function findPhones(text: string): Span[] {
  return [...text.matchAll(PHONE_PREFIX)].flatMap((prefix) => {
    const end = endOfNationalNumber(text, prefix.index + prefix[0].length);
    return end === null ? [] : [{ kind: 'phone' as const, start: prefix.index, end }];
  });
}

/**
 * Reads the digits after the prefix, in groups of at least two with at most two signs between them, and answers where
 * the number ends; null when it is none. Ten digits; some area codes and 0800 have nine. Dates and refs fail by
 * their short groups (`01-02-2023`) or by slashes.
 */
function endOfNationalNumber(text: string, from: number): number | null {
  const groups = [...text.slice(from, from + 24).matchAll(/\d+|\D+/g)].map(([group]) => group);
  const area = groups[0]?.startsWith('(') ? groups[1] : groups[0];
  if (!area || !/^(?:[1-35789]\d)/.test(area)) return null;
  let digits = '';
  let end = from;
  let endOfNine: number | null = null;
  for (const group of groups) {
    const isDigits = /^\d/.test(group);
    if (isDigits ? group.length < 2 : !/^[ ().-]{1,2}$/.test(group)) break;
    end += group.length;
    if (!isDigits) continue;
    digits += group;
    if (digits.length === 10) return end;
    if (digits.length > 10) break;
    if (digits.length === 9 && /^(?:1|800)/.test(digits)) endOfNine = end;
  }
  return endOfNine;
}

// ---- E-mail addresses

function findEmails(text: string): Span[] {
  const found = text.matchAll(
    /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}.-]{0,190}[\p{L}\p{N}]/gu,
  );
  return [...found].map((match) => ({
    kind: 'email' as const,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

// ---- Postcodes with a name

/** Letters that postcodes of the United Kingdom begin with: what looks like one elsewhere (`Q4 2nd`) is none. */
const POSTCODE_AREAS = new Set(
  `AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL
  GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX
  PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN
  WR WS WV YO ZE`.split(/\s+/),
);

function findPostcodesWithNames(text: string): Span[] {
  return findPostcodes(text).flatMap(({ start, end }) => {
    const from = Math.max(0, start - NAME_BEFORE_POSTCODE);
    // The postcode's own letters are blanked out, and the rest keeps its places.
    const around =
      text.slice(from, start) + '#'.repeat(end - start) + text.slice(end, end + NAME_BEHIND_POSTCODE);
    return findNames(around)
      .slice(0, 1)
      .map((name) => ({
        kind: 'postcode-with-name' as const,
        start: Math.min(start, from + name.start),
        end: Math.max(end, from + name.end),
      }));
  });
}

function findPostcodes(text: string): { start: number; end: number }[] {
  const candidates = text.matchAll(
    /(?<![\p{L}\p{N}])([a-z]{1,2})\d[a-z\d]? {0,2}\d([abd-hjlnp-uw-z]{2})(?![\p{L}\p{N}])/giu,
  );
  return [...candidates].flatMap((found) => {
    const isOrdinal = /^(?:st|nd|rd|th)$/.test(found[2] ?? '');
    if (isOrdinal || !POSTCODE_AREAS.has((found[1] ?? '').toUpperCase())) return [];
    return [{ start: found.index, end: found.index + found[0].length }];
  });
}

// ---- Dates of birth

/** "Born" itself, not "born out of", "newborn" or "new-born"; and "turned 7". */
const BIRTH_CUE =
  /(?<![\p{L}\p{N}-])(?:d\. ?o\. ?b(?!\p{L})\.?|d ?o ?b(?!\p{L})|dates?[ -]of[ -]birth|birth[ -]?date|birthday|born\b(?! out of)|turn(?:s|ed) \d{1,2}\b)/giu;

/** Words that make the date after them an event's: "on Tuesday 12 May 2020", "since the 12th". Births have their cue. */
const EVENT_BEFORE =
  /\b(?:on|by|since|until|till|from|to|of|between|before|after|dated|due|w\/c)(?: the)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)? ?$/i;

/** Of the cues, those that stand for a date of birth and nothing else. */
const NAMES_A_DATE = /^(?:d|birth[ -]?date)/i;

function findDatesOfBirth(text: string, today: string): Span[] {
  const dates = readWrittenDates(text, today);
  const cued = [...text.matchAll(BIRTH_CUE)].flatMap((cue) => {
    const near = nearestDate(cue, dates, text, today);
    if (!near) return [];
    const endOfCue = cue.index + cue[0].length;
    return [{ start: Math.min(cue.index, near.start), end: Math.max(endOfCue, near.end) }];
  });
  const uncued = dates
    .filter((date) => date.surety === 'certain' && isChildsBirth(date.day, today))
    .filter((date) => !EVENT_BEFORE.test(text.slice(Math.max(0, date.start - LONGEST_EVENT), date.start)))
    .filter((date) => cued.every(({ start, end }) => date.end <= start || date.start >= end));
  return [...cued, ...uncued].map(({ start, end }) => ({ kind: 'date-of-birth', start, end }));
}

/** The date nearest to a cue, before or behind it in the same sentence; the longest reading of it. Nobody is born tomorrow. */
function nearestDate(
  cue: RegExpExecArray,
  dates: readonly WrittenDate[],
  text: string,
  today: string,
): WrittenDate | null {
  const endOfCue = cue.index + cue[0].length;
  const namesADate = NAMES_A_DATE.test(cue[0]);
  const near = dates
    .filter(
      (date) => (date.day === null || date.day <= today) && (namesADate || date.surety !== 'near-birth-cue'),
    )
    .map((date) => {
      const isBehind = date.start >= endOfCue;
      const between = isBehind ? text.slice(endOfCue, date.start) : text.slice(date.end, cue.index);
      const isApart = isBehind || date.end <= cue.index;
      return {
        date,
        between,
        isNear: isApart && between.length <= (isBehind ? DATE_BEHIND_CUE : DATE_BEFORE_CUE),
      };
    })
    .filter(({ between, isNear }) => isNear && !/[.!?;]\s/.test(between))
    .sort((a, b) => a.between.length - b.between.length || lengthOf(b.date) - lengthOf(a.date));
  return near[0]?.date ?? null;
}

/** A day that makes somebody a child or a young person today, and is too long ago to be a meeting's. */
function isChildsBirth(day: string | null, today: string): boolean {
  if (day === null) return false;
  return (
    day < yearsBefore(today, YOUNGEST_WITHOUT_CUE_IN_YEARS) && day > yearsBefore(today, AGED_OUT_AT_YEARS)
  );
}

function lengthOf(span: { readonly start: number; readonly end: number }): number {
  return span.end - span.start;
}
