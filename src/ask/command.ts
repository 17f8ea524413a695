import { distance } from 'fastest-levenshtein';
import { type Period, readPeriod } from '../domain/period';
import type { StatusKey, StatusScale } from '../domain/status';

/** What somebody wants of Steward, read from what they typed. */
export type Command =
  | { readonly kind: 'help' | 'summary' | 'post-here' | 'settle' | 'play' }
  | { readonly kind: 'open' | 'close' | 'preview' | 'silent'; readonly period: Period | null }
  | { readonly kind: 'publish'; readonly period: Period | null; readonly again: boolean }
  | { readonly kind: 'show'; readonly whose: 'mine' | 'all'; readonly statuses: readonly StatusKey[] }
  | { readonly kind: 'update'; readonly ref: string };

/** What the reading depends on. */
export interface Reading {
  readonly scale: StatusScale;
  /** A month without a year is the latest such month up to this one. */
  readonly latest: Period;
}

/** The words that commands are made of; a slip or two in a longer one is forgiven. */
const KNOWN = [
  'actions',
  'action',
  'amber',
  'answered',
  'answer',
  'channel',
  'close',
  'green',
  'grey',
  'help',
  'matched',
  'month',
  'open',
  'plan',
  'play',
  'position',
  'post',
  'preview',
  'publish',
  'replied',
  'reply',
  'settle',
  'show',
  'summary',
  'update',
];

/**
 * Reads a command from English; null when it is none. The same text always gives the same command. Periods may be written in any usual way
 * ("open the September 2023 update", "close sept", "publish 2023-09").
 */
export function readCommand(text: string, reading: Reading): Command | null {
  const words = wordsOf(text);
  const has = (...any: string[]) => any.some((word) => words.includes(word));
  const line = words.join(' ');
  if (
    words.length === 0 ||
    /^((help|hi|hello|hey|start|menu)\b|\?)/.test(line) ||
    /\bwhat can (you|i)\b/i.test(text)
  )
    return { kind: 'help' };
  if (/^play( the)?( month)?$/.test(line)) return { kind: 'play' };
  if (has('post') && has('here')) return { kind: 'post-here' };
  const period = periodIn(words, reading.latest);
  const ref = refIn(text);
  if (words[0] === 'open') return { kind: 'open', period };
  if (words[0] === 'close') return { kind: 'close', period };
  if (words[0] === 'publish') return { kind: 'publish', period, again: has('again') };
  // After the months: "close the sept 23 update" is about no action called "sept 23".
  if (has('update') && ref && !has('show', 'list')) return { kind: 'update', ref };
  if (has('preview')) return { kind: 'preview', period };
  if (isAboutSilence(line)) return { kind: 'silent', period };
  if (has('settle') || /\b(unmatched|not (be )?matched|names)\b/.test(line)) return { kind: 'settle' };
  const show = readShow(words, reading.scale);
  if (show) return show;
  if (has('summary', 'position') || /how (is|are) (the plan|we)/.test(line)) return { kind: 'summary' };
  return null;
}

function isAboutSilence(line: string): boolean {
  return (
    /\bwho\b.*\b(not|nt|hasnt|havent|yet to)\b.*\b(replied|reply|answered|answer|responded|updated)\b/.test(
      line,
    ) ||
    /\bwho (hasnt|havent|has not|have not)\b/.test(line) ||
    /\b(non replies|missing replies|who is missing|outstanding replies)\b/.test(line)
  );
}

function readShow(words: readonly string[], scale: StatusScale): Command | null {
  const statuses = scale.statuses
    .filter(({ key, label, letter }) => words.some((word) => isStatus(word, key, label, letter)))
    .map(({ key }) => key);
  const mine = words.some((word) => ['my', 'mine', 'me', 'i'].includes(word));
  const asks = words.some((word) => ['show', 'list', 'see', 'what', 'which', 'give'].includes(word));
  const things = words.some((word) => word === 'actions' || word === 'action');
  if (!(mine || asks || things) || !(things || statuses.length > 0)) return null;
  return { kind: 'show', whose: mine ? 'mine' : 'all', statuses };
}

/** A status by its key, label, letter (but never the letter A, which is a word) or their plural. */
function isStatus(word: string, key: string, label: string, letter: string): boolean {
  const singular = word.replace(/s$/, '');
  const named = [key, label.toLowerCase(), key === 'grey' ? 'gray' : key];
  return (
    named.includes(word) || named.includes(singular) || (letter.length > 1 && word === letter.toLowerCase())
  );
}

/** Lower-case words with slips mended, polite ones left out. */
function wordsOf(text: string): string[] {
  return text
    .slice(0, 500)
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^\p{L}\p{N}.?/-]+/u)
    .map((word) => (word === '?' ? word : word.replace(/^[.?/-]+|[.?/-]+$/g, '')))
    .filter(
      (word) =>
        word !== '' && !['please', 'pls', 'plz', 'can', 'could', 'you', 'steward', 'thanks'].includes(word),
    )
    .map(mended);
}

/** The known word that is one slip away (two in a long word); the word itself where it is known, short or like none. */
function mended(word: string): string {
  if (word.length < 4 || KNOWN.includes(word) || /\d/.test(word)) return word;
  const [best] = KNOWN.map((known) => ({ known, slips: slipsBetween(word, known) })).sort(
    (a, b) => a.slips - b.slips,
  );
  return best && best.slips <= (word.length >= 7 ? 2 : 1) && best.known[0] === word[0] ? best.known : word;
}

/** How many slips make one word of another; two letters in each other's place are one. */
function slipsBetween(word: string, known: string): number {
  const slips = distance(word, known);
  const sameLetters = slips === 2 && [...word].sort().join('') === [...known].sort().join('');
  return sameLetters ? 1 : slips;
}

function periodIn(words: readonly string[], latest: Period): Period | null {
  for (const [at, word] of words.entries()) {
    const period = readPeriod(`${word} ${words[at + 1] ?? ''}`, latest) ?? readPeriod(word, latest);
    if (period) return period;
  }
  return null;
}

/** The first thing in a text that looks like an action's ref: `1.3.2`, `AIP4`, `2.3.a`. */
function refIn(text: string): string | null {
  return (
    /(?:^|\s)(\d{1,3}(?:\.[\da-z]{1,3}){1,4}|[a-z]{1,5}[ -]?\d{1,3})(?=$|[\s,:;?!]|\.(?:\s|$))/i.exec(
      text,
    )?.[1] ?? null
  );
}
