import { findDateMentions, isRange } from '../domain/dateMentions';
import { readTargetDate } from '../domain/targetDate';
import type { UnderstoodStep } from '../domain/understood';
import { itemsOf } from './labels';
import type { RawAction } from './rawPlan';
import { listStatuses, readStatusText, type StatusQuestion } from './readStatusText';

interface DatedText {
  readonly date: string;
  /** What stood with the date; empty for a date alone. */
  readonly text: string;
}

/**
 * The parts of an action that have a date or a status of their own: rows that its ref reaches down to, or several dates or statuses in
 * its cells, one below the other. Where the file only lists the parts in a column of their own, they have neither. Empty where the action is one
 * thing with one date and one status.
 */
export function readSteps(raw: RawAction, question: StatusQuestion): UnderstoodStep[] {
  if (raw.steps.length > 0) return raw.steps.map(({ fields }) => stepOfRow(fields, question));
  const statuses = listStatuses(raw.fields.get('status')?.text ?? '');
  const revised = datesOf(raw.fields.get('revised')?.text ?? '');
  const dates = revised.length > 1 ? revised : datesOf(raw.fields.get('planned')?.text ?? '');
  const count = Math.max(statuses.length, dates.length);
  if (count < 2) {
    const own = raw.fields.get('step')?.text ?? '';
    if (own === '') return datedParts(raw.fields.get('title')?.text ?? '');
    const listed = itemsOf(own);
    return listed.map((text) => ({ text, date: null, status: null }));
  }
  const texts = titleParts(raw.fields.get('title')?.text ?? '', count);
  return Array.from({ length: count }, (_, index) => {
    const date = dates.length > 1 ? dates[index] : undefined;
    return {
      text: texts[index] || date?.text || '',
      date: date ? readTargetDate(date.date) : null,
      status: statuses.length > 1 ? (statuses[index] ?? null) : null,
    };
  });
}

/** "a) Write it by May b) Agree it by June" inside an action's own words: parts that are marked, of which at least one has a date. */
function datedParts(title: string): UnderstoodStep[] {
  const lines = title.split(/\n|\s(?=\(?[a-h]\)\s)/).map((line) => line.trim());
  const parts = lines.filter((line) => PART_MARK.test(line));
  if (parts.length < 2) return [];
  const steps = parts.map((line) => {
    const text = line.replace(PART_MARK, '');
    const [mention, ...more] = findDateMentions(plain(text)).filter(({ due }) => due !== null);
    const date = mention && more.length === 0 ? readTargetDate(mention.text) : null;
    return { text, date, status: null };
  });
  return steps.some(({ date }) => date !== null) ? steps : [];
}

const PART_MARK = /^\(?(?:[a-h]|i{1,3}|iv|v)[).]\s+/;

function stepOfRow(fields: RawAction['fields'], question: StatusQuestion): UnderstoodStep {
  const text = fields.get('status')?.text ?? '';
  const date = fields.get('revised')?.text || fields.get('planned')?.text || '';
  return {
    text: fields.get('step')?.text || (fields.get('title')?.text ?? ''),
    date: readTargetDate(date),
    status: text === '' ? null : { text, key: readStatusText(text, question).key },
  };
}

/** A start and an end with their labels are the two ends of one thing. */
const START_AND_END = /\b(?:start|begin)\s*:[\s\S]*\b(?:end|finish|completion|complete|due|deadline)\s*:/i;

/** The dates of a cell where it lists several; a stretch of time or a repeat is one date. */
function datesOf(text: string): DatedText[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const whole = plain(text);
  const mentions = findDateMentions(whole).filter(
    ({ due, start }) => due !== null && !WAS.test(whole.slice(0, start)),
  );
  if (mentions.length < 2 || readTargetDate(text)?.recurrence || START_AND_END.test(whole)) return [];
  if (mentions.length === 2 && isRange(whole, mentions)) return [];
  const perLine = lines.map((line) => findDateMentions(plain(line)).filter(({ due }) => due !== null).length);
  const isList =
    lines.length > 1 &&
    perLine.filter((count) => count === 1).length >= 2 &&
    perLine.every((count) => count <= 1);
  if (!isList) return mentions.map((mention) => ({ date: mention.text, text: '' }));
  // A line without a date is the beginning of the next one that has it.
  let before = '';
  const found: DatedText[] = [];
  for (const [index, line] of lines.entries()) {
    const words = [before, line].filter((part) => part !== '').join(' ');
    if (perLine[index] === 0) before = words;
    else {
      found.push({ date: words, text: wordsBeside(words) });
      before = '';
    }
  }
  return found;
}

/** "Dec-25 (was Oct-25)": the earlier date of one and the same thing. */
const WAS = /\b(?:was|previously|originally|formerly|moved from|revised from|initially)\s*:?\s*$/i;

function wordsBeside(line: string): string {
  const text = plain(line);
  const bare = findDateMentions(text).reduce((rest, { text: date }) => rest.replace(date, ' '), text);
  return /\p{L}{4}/u.test(bare.replace(/\b(?:by|from|until|due|end)\b/gi, '')) ? text : '';
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The title's own parts, where it has as many as there are dates or statuses. */
function titleParts(title: string, count: number): string[] {
  const items = itemsOf(title);
  return items.length === count ? items : [];
}
