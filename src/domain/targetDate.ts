import { type DateMention, findDateMentions, isRange } from './dateMentions';
import type { TargetDate } from './plan';

/** A date cell as it was read, with what a person should look at. */
export interface DateReading {
  /** null for a blank cell. */
  readonly date: TargetDate | null;
  /** Plain sentences about what is ambiguous or could not be read; empty when the text has one meaning. */
  readonly doubts: readonly string[];
}

/**
 * Reads a target date as plans write it; null for a blank cell. `due` is the last day that the text can mean
 * (a month means its last day) and is never earlier than a month or day it was read from; see `dateMentions.ts`
 * for the forms and what seasons, terms and quarters are taken to mean. A text that names no day keeps its
 * words and has `due: null`. Never throws. {@link readDate} says what is doubtful about it.
 */
export function readTargetDate(text: string): TargetDate | null {
  return readDate(text).date;
}

/** What a person should know about how a date was read, in plain words; empty when nothing is doubtful. */
export function doubtsAboutDate(text: string): readonly string[] {
  return readDate(text).doubts;
}

/** {@link readTargetDate} and {@link doubtsAboutDate} in one. */
export function readDate(text: string): DateReading {
  const plain = plainText(text);
  if (plain === '') return { date: null, doubts: [] };
  const pointer = readPointer(text, plain);
  if (pointer) return pointer;
  const end = labelledEnd(plain);
  if (end !== null) {
    const { date, doubts } = readDate(end);
    return { date: date && { ...date, text }, doubts };
  }
  const mentions = findDateMentions(plain);
  const word = statusWord(plain, mentions);
  const recurrence = findRecurrence(
    plain,
    mentions.filter(({ due }) => due !== null),
  );
  const [inside, own] = splitByPlace(mentions, recurrence);
  const doubts = [
    ...own.flatMap(({ doubt }) => doubt ?? []),
    ...recurrenceDoubts(plain, recurrence, inside),
    ...(word && NOT_YET.includes(word) && own.length === 0 ? [`“${plain}” names no day yet.`] : []),
  ];
  const base = { text, recurrence: recurrence?.text ?? null, word };
  const dated = own.filter(({ due }) => due !== null);
  const latest = latestOf(dated);
  if (!latest?.due) {
    const silent = doubts.length === 0 && word === null && recurrence === null;
    return {
      date: { ...base, due: null, precision: null },
      doubts: silent ? [unreadMessage(plain)] : doubts,
    };
  }
  const start = readStart(plain, dated);
  if (start) {
    // "Monthly from September" repeats: nobody waits for its end.
    const own = recurrence === null ? start.doubts : [];
    return { date: { ...base, due: null, precision: null }, doubts: [...doubts, ...own] };
  }
  return {
    date: { ...base, due: latest.due, precision: latest.precision },
    doubts: [...doubts, ...severalDatesDoubts(plain, dated, latest), ...goesOnDoubts(word, latest)],
  };
}

/** One line, with one kind of dash, quote and space: what the patterns below expect. Keeps nothing for display. */
function plainText(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[’‘`´]/g, "'")
    .replace(/\n\s*\n/g, ' ; ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A date cell longer than this holds prose; what comes later is not looked at. */
const LONGEST_TEXT = 2000;

/** `see 7.3.1` in a date's place: the whole text is the word, and its dots are no date. */
function readPointer(text: string, plain: string): DateReading | null {
  if (!/^\(?(?:see|refer to|as per|as for|same as)\b/i.test(plain)) return null;
  const word = plain.toLowerCase().replace(/^\(|\)$/g, '');
  return { date: { text, due: null, precision: null, recurrence: null, word }, doubts: [] };
}

/** The end in a cell that names it beside the start: "Start: Nov 2017 Review: Jan 2018 End: Mar 2018"; null in any other. */
function labelledEnd(plain: string): string | null {
  if (!/\b(?:start|begin|from|rev(?:iew|ised)?)\s*:/i.test(plain)) return null;
  return (
    /\b(?:end|finish|completion|complete|due|deadline)\s*:\s*([^:]*?)(?:\s+\w+\s*:|$)/i.exec(plain)?.[1] ||
    null
  );
}

/** Words that stand for a day that is still to be named. */
const NOT_YET: readonly string[] = ['tbc', 'tbd', 'asap', 'immediate'];

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bon-?\s?going\b/i, 'ongoing'],
  [/\brolling\b/i, 'rolling'],
  [/\bcontinu(?:ing|ous|ous?ly|al|es)\b/i, 'continuous'],
  [/\bcomplete[d]?\b(?! by\b)(?<!\b(?:be|to|not) complete[d]?)/i, 'complete'],
  [/^(?:done|delivered|achieved|finished)\b/i, 'complete'],
  [/^(?:closed|merged|superseded|withdrawn|cancelled|paused|on hold)\b/i, ''],
  [/\b(?:tbc|to be confirmed)\b/i, 'tbc'],
  [/\b(?:tbd|tba|to be (?:decided|determined|agreed|advised|announced))\b/i, 'tbd'],
  [/\b(?:asap|as soon as possible)\b/i, 'asap'],
  [/^immediate(?:ly)?\b/i, 'immediate'],
  [/^(?:already |now )?in place\b/i, 'in place'],
  [/^(?:n\/?\.?a\.?|not applicable)$/i, 'n/a'],
  [/^none$/i, 'none'],
  [/^-+$/, '-'],
];

/** A status word in a date's place, or beside one. */
function statusWord(plain: string, mentions: readonly DateMention[]): string | null {
  for (const [pattern, word] of WORDS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    if (word === 'rolling' && /\brolling (?:programme|basis)\b/i.test(plain) && mentions.length > 0) continue;
    // "May 2023 and ongoing" has a day and then goes on: that is what repeats, not what stands in the day's place.
    if (word === 'ongoing' && GOES_ON.test(plain) && mentions.length > 0) continue;
    return word || match[0].toLowerCase();
  }
  return null;
}

const GOES_ON = /\b(?:and|then|&)\s+(?:is\s+|then\s+)?on-?\s?going\b/i;

interface Recurrence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Says by itself that something repeats. */
const REPEATS =
  /\b(?:(?:and|&)\s+(?=recurr|repeat|(?:then\s+)?(?:on-?\s?going|annual|monthly|quarterly|termly|every)))?(?:then\s+)?(?:repeat(?:ed|ing|s)?|recur(?:ring|s|rent)?|(?:every|each)\s+(?:\w+\s+)?(?:(?:day|week|month|term|half[- ]term|quarter|year)s?|\d+)|(?:every|each)\s+(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter)|(?:\w+|\d+)\s+times\s+(?:a|per)\s+\w+|once\s+(?:a|per)\s+\w+|twice\s+(?:a|per)\s+\w+|(?:semi|bi|tri)?-?\s?(?:annual(?:ly)?|monthly|weekly|yearly|quarterly|termly)|biennial(?:ly)?|(?:\w+[- ])?(?:monthly|annually|annual|quarterly|termly|half[- ]termly|weekly|fortnightly|yearly|daily)|per annum)\b/i;
/** Means a repeat only after a date: "May 2022; reviewed summer 2023". */
const FOLLOWS =
  /\b(?:then\b|(?:and\s+)?(?:then\s+)?(?:to be\s+)?(?:review(?:ed|s)?|refresh(?:ed)?|re-?visit(?:ed)?|updated|update)\b|(?:and|&|then)\s+on-?\s?going\b)/i;

/** The dates inside what repeats, and those outside it: only these can be the due date. */
function splitByPlace(
  mentions: readonly DateMention[],
  recurrence: Recurrence | null,
): [inside: DateMention[], outside: DateMention[]] {
  const isInside = ({ start }: DateMention): boolean =>
    recurrence !== null && start >= recurrence.start && start < recurrence.end;
  return [mentions.filter(isInside), mentions.filter((mention) => !isInside(mention))];
}

/** What repeats, from the word that says so to the end of the text or to the date that it leads up to. */
function findRecurrence(plain: string, mentions: readonly DateMention[]): Recurrence | null {
  const first = mentions[0];
  const repeats = REPEATS.exec(plain);
  if (repeats && (!first || repeats.index < first.start)) {
    const clauseStart = startOfClause(plain, repeats.index);
    const next = mentions.find(({ start }) => start > repeats.index);
    const end = next ? next.start : plain.length;
    const text = tidy(
      plain
        .slice(clauseStart, end)
        .replace(/(?:\b(?:by|from|in|until|to|due|starting|next|beginning|commencing)\b[\s:,]*)+$/i, ''),
    );
    return { text, start: clauseStart, end };
  }
  if (!first) return null;
  const afterDate = first.end;
  const rest = plain.slice(afterDate);
  const starts = [REPEATS.exec(rest), FOLLOWS.exec(rest)].flatMap((match) => (match ? [match.index] : []));
  if (starts.length === 0) return null;
  const start = afterDate + Math.min(...starts);
  return { text: tidy(plain.slice(start)), start, end: plain.length };
}

function startOfClause(plain: string, at: number): number {
  const before = plain.slice(0, at);
  return (
    Math.max(
      before.lastIndexOf(','),
      before.lastIndexOf(';'),
      before.lastIndexOf('. '),
      before.lastIndexOf(' - '),
      -1,
    ) + 1
  );
}

function tidy(text: string): string {
  return text.replace(/^[\s,;:.(-]*(?:(?:and|&)\s+)?/i, '').replace(/[\s,;:.-]+$/, '');
}

function recurrenceDoubts(
  plain: string,
  recurrence: Recurrence | null,
  inside: readonly DateMention[],
): string[] {
  const doubts: string[] = [];
  const unsure = /\bbi-?\s?(annual(?:ly)?|monthly|weekly|yearly|termly)\b/i.exec(plain);
  if (unsure) {
    const unit = (unsure[1] ?? '')
      .toLowerCase()
      .replace(/^annual(ly)?$/, 'year')
      .replace(/ly$/, '');
    doubts.push(`“${unsure[0]}” can mean twice a ${unit} or every second ${unit}: say which.`);
  }
  if (recurrence && inside.some(({ due }) => due !== null)) {
    doubts.push(`“${recurrence.text}” was taken as what follows, not as the due date.`);
  }
  return doubts;
}

/**
 * A text that says when something begins and names no end: "Sept 2017 - ongoing", "from April 2022". It has no
 * due day.
 */
function readStart(plain: string, dated: readonly DateMention[]): { doubts: string[] } | null {
  const last = dated.at(-1);
  if (!last) return null;
  const after = plain.slice(last.end);
  if (
    /^\s*(?:-|to|until|onwards?)\s*(?:(?:on-?\s?going|present|continu\w+|date|tbc)\s*(?:$|[.,;()])|$)/i.test(
      after,
    ) &&
    after.trim() !== ''
  ) {
    return { doubts: [] };
  }
  if (/^\s*[,;(]?\s*on-?\s?going\b/i.test(after)) {
    return {
      doubts: [`Read as a start (${last.text}) with no end, since it says “ongoing”: it has no due date.`],
    };
  }
  if (dated.length > 1) return null;
  const before = plain.slice(0, last.start);
  if (
    /\b(?:from|since|starting(?: from| in)?|commenc(?:ing|es|e)(?: from| in)?|started(?: in)?|on-?\s?going (?:from|since))\s*(?:the\s+)?(?:start of |beginning of |early )?$/i.test(
      before,
    ) ||
    /^\s*onwards?\b/i.test(after)
  ) {
    return { doubts: [`Read as a start (${last.text}) with no end: it has no due date.`] };
  }
  return null;
}

function latestOf(mentions: readonly DateMention[]): DateMention | undefined {
  return mentions.reduce<DateMention | undefined>(
    (latest, mention) => ((mention.due ?? '') > (latest?.due ?? '') ? mention : latest),
    undefined,
  );
}

function severalDatesDoubts(plain: string, dated: readonly DateMention[], latest: DateMention): string[] {
  const days = new Set(dated.map(({ due }) => due));
  if (days.size < 2) return [];
  if (dated.length === 2 && isRange(plain, dated) && dated[1] === latest) return [];
  const list = dated.map(({ text }) => `“${text}”`).join(', ');
  return [`Several dates in one cell (${list}): the latest, “${latest.text}”, was taken as the due date.`];
}

function goesOnDoubts(word: string | null, latest: DateMention): string[] {
  if (word !== 'ongoing' && word !== 'rolling') return [];
  return [`It says “${word}” and names a date: ${latest.text} was taken as the due date.`];
}

function unreadMessage(plain: string): string {
  const serial = /^\d{5}$/.test(plain) ? Number(plain) : 0;
  if (serial >= 36_526 && serial <= 55_153) {
    return `“${plain}” looks like the number by which a spreadsheet keeps a day: give the cell a date format.`;
  }
  const shown = plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
  return `No date can be read in “${shown}”: give a month and year, such as “Sep 2023”.`;
}
