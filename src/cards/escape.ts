/**
 * Makes text that people typed, or that came with a file, safe to show. A card's data is never expanded twice and a
 * TextRun reads no markdown, but clients still read date functions, control characters and writing directions.
 */

/** Control characters: they cost six bytes each as JSON and show nothing. */
const CONTROLS = /\p{Cc}/gu;

/** Characters that turn the writing direction, with which a text can be made to read as another one. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Characters that show nothing and join nothing: two names that differ by one look the same. Those that scripts and emoji need stay. */
const NOTHINGS = /[\u00AD\u180E\u200B\u200E\u200F\u2060-\u2064\uFEFF]/g;

/** Half of a pair: what stays when text was cut in the middle of an emoji. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Shows nothing; between two characters it keeps a client from reading them as one sign. */
const BREAK = '\u200B';

/** Most paragraphs that a text is shown in; what follows runs on in the last one. */
const MOST_PARAGRAPHS = 12;

/** What {@link plain} changes. Most texts have none of it, and a card asks a hundred times. */
const NOT_PLAIN =
  /[\p{Cc}\p{Surrogate}\u00AD\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\{\{|[^\S ]|\s\s|^\s|\s$/u;

/** The text in one line for a TextRun, a button's title or any other place that reads no markdown. */
export function plain(text: string): string {
  return NOT_PLAIN.test(text) ? shown(text).replace(/\s+/g, ' ').trim() : text;
}

/** As {@link plain}, but line breaks are kept: one string a paragraph, at most twelve, none empty. */
export function paragraphs(text: string): string[] {
  const lines = text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map(plain)
    .filter((line) => line !== '');
  if (lines.length <= MOST_PARAGRAPHS) return lines;
  return [...lines.slice(0, MOST_PARAGRAPHS - 1), lines.slice(MOST_PARAGRAPHS - 1).join(' ')];
}

/**
 * The text in one line for a place that reads markdown (a TextBlock, a FactSet, the choices of an expanded choice
 * set, `fallbackText`): it shows as it was written, with no links, mentions, emphasis, headings or lists.
 */
export function escapeMarkdown(text: string): string {
  return plain(text)
    .replace(/[\\`*_[\]()#!~<>|{}&^]/g, (sign) => `\\${sign}`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/\\<(?=[\p{L}/!?])/gu, `\\<${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\b(www|mailto|tel|javascript|data)(?=[.:])/gi, `$1${BREAK}`);
}

/** A message's text, which reads no markdown: as it was written, line for line, without what shows nothing or turns the direction. */
export function message(text: string): string {
  return text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map(shown)
    .join('\n');
}

/** The text for `speak`, which some clients read as markup: the signs of markup become spaces. */
export function spoken(text: string): string {
  return plain(text.replace(/[<>&]/g, ' '));
}

/**
 * The text cut to a number of UTF-16 units, at a word's end where there is one near, with an ellipsis. Never cuts
 * a character in two. Text that fits comes back as it is.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const hard = text.slice(0, Math.max(0, most - 1)).replace(/[\uD800-\uDBFF]$/, '');
  const lastSpace = hard.lastIndexOf(' ');
  const soft = lastSpace > most * 0.7 ? hard.slice(0, lastSpace) : hard;
  return `${soft.replace(/[\s.,;:–-]+$/, '')}…`;
}

function shown(text: string): string {
  return text
    .replace(CONTROLS, ' ')
    .replace(DIRECTIONS, '')
    .replace(NOTHINGS, '')
    .replace(LONE_SURROGATES, '\uFFFD')
    .replace(/\{\{(?=\s*(?:DATE|TIME)\s*\()/gi, `{${BREAK}{`);
}
