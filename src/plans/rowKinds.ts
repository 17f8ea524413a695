import { foldHeader, type Meaning, meaningOfHeader } from './headerWords';
import { kindOfLabel } from './labels';
import { readStatusText } from './readStatusText';
import { filledColumns, type Row, textAt } from './tables';

/** The line that begins a group: `Priority 1 | Its title`. */
export interface GroupHeading {
  /** As printed, without the word before it: `1`, `A1`; empty when it has none. */
  readonly ref: string;
  readonly title: string;
  /** What the plan calls this kind of group, in small letters: `area for improvement`. Absent where its line has no such word. */
  readonly label?: string;
}

const GROUP_LABEL =
  '(?:strategic |key |main )?(?:priority(?: (?:action )?area| action)?|work ?stream|theme|strand|objective|aim|success statement|pillar|domain|goal|section|programme|project|outcome area|key area|key issue|area(?: (?:for|of|requiring) (?:priority )?(?:development|improvement|focus|action|weakness|concern|significant (?:concern|weakness)))?|(?:significant )?weakness|(?:significant )?concern|finding|recommendation|regulation|key question|quality statement|(?:consumer )?standard|cause of concern|ambition|promise|group|part|chapter|improvement (?:area|priority)|blaenoriaeth|thema)';
const NUMBER_WORDS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const GROUP_REF = `(?:\\d{1,2}[a-z]?|[A-Z]\\d{0,2}|${NUMBER_WORDS.join('|')})`;
const LABELLED = new RegExp(
  `^(${GROUP_LABEL})\\s*(?:no\\.?\\s*|number\\s*)?(${GROUP_REF})(?![\\p{L}\\d]|\\.[\\p{L}\\d])\\s*[:.|)–—-]*\\s*([\\s\\S]*)$`,
  'iu',
);
const LABEL_ALONE = new RegExp(`^${GROUP_LABEL}\\s*:?$`, 'iu');
/** A paragraph that begins like a heading and goes on for a page is none. */
const LONGEST_HEADING = 400;

/** A rule drawn in characters: `-----`, `====`. */
export function isSeparator(row: Row): boolean {
  const texts = row.cells.map(({ text }) => text).filter((text) => text !== '');
  return texts.length > 0 && texts.every((text) => /^[-–—_=*.·•~\s]{3,}$/.test(text));
}

/** A group's ref as a plain figure or letter: `one` is `1`. */
export function tidyGroupRef(ref: string): string {
  const word = NUMBER_WORDS.indexOf(ref.toLowerCase());
  return word < 0 ? ref.toUpperCase() : String(word + 1);
}

/** Reads a text as a labelled group, `Priority 3: Its title`; null when it has no such label. */
export function readGroupText(text: string): GroupHeading | null {
  const match = LABELLED.exec(text.trim());
  const [, label, ref, title = ''] = match ?? [];
  // A letter counts only as a capital: "Part a of the plan" is prose.
  if (label === undefined || ref === undefined || /^[a-z]$/.test(ref)) return null;
  return { ref: tidyGroupRef(ref), title: title.trim(), label: label.toLowerCase() };
}

/** What is numbered in a plan and is no group. */
const NO_GROUP =
  /^(?:table|figure|appendix|annex|page|year|phase|version|actions?|tasks?|steps?|measures?|kpis?|milestones?|risks?|quarter|term|month|week|stage)\b/i;

/** As {@link readGroupText}, of a text that is known to head a group, whatever the plan calls its groups: `Promise 1 – Its title`. */
export function readAnyGroupText(text: string): GroupHeading | null {
  const known = readGroupText(text);
  if (known || NO_GROUP.test(text)) return known;
  const match =
    /^\p{Lu}[\p{L}’'-]+(?:\s\p{L}[\p{L}’'-]+){0,2}\s(\d{1,2}[a-z]?|[A-Z])\s*[:–—-]\s+(\S[\s\S]*)$/u.exec(
      text.trim(),
    );
  return match?.[1] && match[2] ? { ref: match[1], title: match[2] } : null;
}

/** Reads a row as the heading of a group: `Priority 1 | title`, `Priority 1: title`, `Area for development | A1. title`. */
export function readGroupHeading(row: Row): GroupHeading | null {
  const [first, second, ...more] = filledColumns(row).map((column) => textAt(row, column));
  if (first === undefined || more.length > 1 || first.length > LONGEST_HEADING) return null;
  if (second === undefined) {
    const heading = readGroupText(first);
    return heading && isHeadingProse(first, heading) ? heading : null;
  }
  if (second.length > LONGEST_HEADING || more.some((text) => !LEAD_LINE.test(text) && !isRatingOf(text)))
    return null;
  // "standard | clear" is the tail of a row: a label begins with a capital.
  if (LABEL_ALONE.test(first) && /^\p{Lu}/u.test(first))
    return splitLeadingRef(second) ?? { ref: '', title: second };
  const heading = readGroupText(first);
  if (!heading) return null;
  return heading.title === '' ? { ...heading, title: second } : heading;
}

/** What may stand beside a group's title: "Overall: Amber", "Green". */
function isRatingOf(text: string): boolean {
  const rating =
    /^(?:(?:overall|current|group|b?rag|status|rating)\s*)*[:–-]?\s*(\S.*)$/i.exec(text)?.[1] ?? '';
  const { how } = readStatusText(rating);
  return text.length <= 40 && (how === 'plain' || how === 'word');
}

/** A line alone is a heading when it is short, or parts its label from its title; a sentence of an introduction is not. */
function isHeadingProse(text: string, { title }: GroupHeading): boolean {
  return title === '' || text.length <= 160 || /^[^.]{0,40}[:–—-]/.test(text);
}

/** `A1. Improve it` or `1 - Improve it`: a ref and the words after it; null when there is none. */
export function splitLeadingRef(text: string): GroupHeading | null {
  const match =
    /^\(?([A-Z]{0,4}\d{1,3}(?:\.(?:\d{1,3}|[A-Za-z](?![\p{L}])))*[a-z]?|[A-Z]\.\d{1,3}(?:\.\d{1,3})*|[A-Z])(?:\s*[:.)–—]\s*|\s+-\s*|\s+(?=\p{Lu}))(\S[\s\S]*)$/u.exec(
      text.trim(),
    );
  return match?.[1] && match[2] ? { ref: match[1], title: match[2] } : null;
}

const LEAD_LABEL =
  '(?:(?:priority|work ?stream|group|theme|area|outcome|objective|strand|pillar|goal|section|domain|work ?package|promise|ambition|commitment|chapter|strategic|overall|programme|executive|named|joint|responsible|accountable|senior)\\s+)*(?:(?:co-?)?leads?(?:\\s+(?:officer|owner|manager|person|name)s?)?|owners?|sponsors?|(?<=\\s)chairs?|sro|senior responsible (?:officer|owner)|(?:responsible|accountable|lead) (?:officer|person|manager|director)s?|officers?)(?:\\(s\\)|\\/s)?';
const LEAD_LINE = new RegExp(`^${LEAD_LABEL}\\s*[:–-]\\s*([\\s\\S]+)$`, 'i');
const LEAD_ALONE = new RegExp(`^${LEAD_LABEL}\\s*[:–-]?$`, 'i');

/** The leads of a group from a line of their own: `Lead | Ann Cole (Head of Service)`, `Priority lead: Ann Cole`; null when it is none. */
export function readLeadLine(row: Row): string | null {
  const columns = filledColumns(row);
  const [first, second, ...more] = columns.map((column) => textAt(row, column));
  if (first === undefined || more.length > 1) return null;
  if (second === undefined) return LEAD_LINE.exec(first)?.[1] ?? null;
  if (!LEAD_ALONE.test(first)) return null;
  // "Lead | Status" is the start of a header, not a name.
  return [second, ...more].some((text) => meaningOfHeader(text) !== null && text.split(' ').length < 3)
    ? null
    : [second, ...more].join('; ');
}

/** Leads that stand in the heading's own row: `Priority 1 | title | Lead: Ann Cole`. */
export function leadsInHeading(row: Row): string | null {
  const texts = filledColumns(row)
    .slice(1)
    .map((column) => textAt(row, column));
  for (const text of texts) {
    const match = LEAD_LINE.exec(text);
    if (match?.[1]) return match[1];
  }
  return null;
}

/** A numbered outcome of a group on its own line, without the word before it: `2.3: Its title`; null for any other line. */
export function readOutcomeLine(text: string): string | null {
  const match =
    /^(?:outcome|objective|aim|output)\s+(\d{1,2}(?:\.\d{1,2})+|\d{1,2}[a-z])\s*[:.)–—-]?\s+(\S[\s\S]*)$/i.exec(
      text.trim(),
    );
  return match?.[1] && match[2] && match[2].length <= LONGEST_HEADING ? `${match[1]}: ${match[2]}` : null;
}

/** Parts the leads from a group's cell or heading: "1. Its title (Lead: Ann Cole)", or a line of their own below the title. */
export function partLeads(text: string): { rest: string; leads: string } {
  const match =
    /^([\s\S]*\S)\s*(?:\n|\()\s*(?:(?:work ?stream|priority|group|strategic|senior) )?(?:leads?|owners?|sponsors?|sro)\s*[:–-]\s*([\s\S]+?)\)?$/i.exec(
      text,
    );
  if (!match?.[1] || !match[2]) return { rest: text, leads: '' };
  const isOpen = match[2].split('(').length > match[2].split(')').length;
  return { rest: match[1], leads: isOpen ? `${match[2]})` : match[2] };
}

/** The first row of a table that says what the colours mean. */
export function isKeyHeader(row: Row): boolean {
  const texts = filledColumns(row).map((column) => textAt(row, column));
  const first = texts[0] ?? '';
  return (
    texts.length <= 4 &&
    first.length < 60 &&
    kindOfLabel(first) !== 'glossary' &&
    /^(?:key:?$|key to\b|legend|(?:b?rag|status|colour) (?:key|ratings?|definitions?|descriptors?|descriptions?|guide|meanings?))\b/i.test(
      first,
    )
  );
}

/** One line of such a table outside it: `R = not started`, `Green | on track`. */
export function isLegendLine(row: Row): boolean {
  const texts = filledColumns(row).map((column) => textAt(row, column));
  const [first = '', second = ''] = texts;
  if (texts.length === 1)
    return (
      /^(?:r|a|g|b|gr|red|amber|green|blue|gr[ea]y)\s*(?:=|:|-|–|—)\s*\p{L}/iu.test(first) &&
      first.length < 160
    );
  const isCode =
    /^(?:[A-Z]{1,3}|[^\p{L}\p{N}\s]{1,2})$/u.test(first) && readStatusText(second).how === 'word';
  return (
    texts.length === 2 &&
    (isStatusName(first) || isCode) &&
    /\p{L}{3}/u.test(second) &&
    readStatusText(second).how !== 'plain'
  );
}

/** Whether a text is one status and nothing else: `Red`, `GR`. */
export function isStatusName(text: string): boolean {
  return text.length <= 8 && readStatusText(text).how === 'plain';
}

/** The line of those that have none: `No status`. */
export function isNoStatus(text: string): boolean {
  return /^(?:no (?:status|rag|rating|update)|not (?:rated|reported)|blank|none)$/i.test(text);
}

/** A row of totals: a status (or "Total") and a figure beside it. */
export function isTotalsRow(row: Row): boolean {
  const [first = '', second = '', ...more] = filledColumns(row).map((column) => textAt(row, column));
  if (!isStatusName(first) && !isNoStatus(first) && !/^(?:grand |overall )?totals?\b/i.test(first))
    return false;
  return /^\d{1,5}$/.test(second) && more.every((text) => /^[+−–-]?\d+(?:\.\d+)?%?$/.test(text));
}

/** The line above a list of red actions. */
export function isRedListHeading(row: Row): boolean {
  const texts = filledColumns(row).map((column) => textAt(row, column));
  const [first = ''] = texts;
  if (texts.length !== 1 || first.length > 120) return false;
  return (
    /\bred\b.{0,30}\b(?:actions?|items?|risks?|ratings?|points?|areas?)\b|\b(?:actions?|items?)\b.{0,40}\bred\b/i.test(
      first,
    ) && !/\bgreen\b/i.test(first)
  );
}

/** The ref at the start of a line of a red list: `- 1.3.2 New plan`; null when it has none. */
export function refOfListLine(row: Row): string | null {
  const [first = ''] = filledColumns(row).map((column) => textAt(row, column));
  return /^[\s•·*\-–—o]*(?:action\s+)?([A-Z]{0,5}\d{1,3}(?:\.\d{1,3})*[a-z]?)\b/.exec(first)?.[1] ?? null;
}

/** Whether a row says again what its table's header says: what a page break leaves behind. */
export function repeatsHeader(row: Row, headers: ReadonlyMap<number, string>): boolean {
  const same = filledColumns(row).filter(
    (column) => foldHeader(headers.get(column) ?? '') === foldHeader(textAt(row, column)),
  );
  return same.length >= 2 && same.length >= filledColumns(row).length - 1;
}

/** Meanings whose cells tell that a row is about an action, not a heading. */
export const ROW_EVIDENCE: readonly Meaning[] = [
  'planned',
  'revised',
  'status',
  'percent',
  'lead',
  'narrativeAndStatus',
];
