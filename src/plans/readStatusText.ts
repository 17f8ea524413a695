import { DEFAULT_SCALE, type StatusKey } from '../domain/status';

/** A status cell as it was read. */
export interface StatusReading {
  /** null when the cell is blank or says nothing that is known. */
  readonly key: StatusKey | null;
  /** `several`: more than one status in the cell, the worst was taken. `word`: no colour, but words that stand for one. `none`: NA, TBC, `-`. */
  readonly how: 'blank' | 'plain' | 'word' | 'several' | 'none' | 'unknown';
}

const COLOURS: Readonly<Record<string, StatusKey>> = {
  r: 'red',
  red: 'red',
  a: 'amber',
  amber: 'amber',
  yellow: 'amber',
  y: 'amber',
  orange: 'amber',
  g: 'green',
  green: 'green',
  b: 'blue',
  blue: 'blue',
  gr: 'grey',
  grey: 'grey',
  gray: 'grey',
  coch: 'red',
  oren: 'amber',
  melyn: 'amber',
  gwyrdd: 'green',
  glas: 'blue',
  llwyd: 'grey',
  '🔴': 'red',
  '🟥': 'red',
  '🟠': 'amber',
  '🟡': 'amber',
  '🟧': 'amber',
  '🟨': 'amber',
  '🟢': 'green',
  '🟩': 'green',
  '🔵': 'blue',
  '🟦': 'blue',
  '⚪': 'grey',
  '⚫': 'grey',
  '⬜': 'grey',
};

/** Words without a colour, the more telling first. */
const WORDS: readonly (readonly [RegExp, StatusKey])[] = [
  [
    /\b(?:not|off) (?:on )?(?:track|target)\b|\bwill not meet\b|\boverdue\b|\bcritical\b|\bfailed\b|\bnot (?:yet )?started\b|\bnot begun\b|\b(?:stalled|stuck|blocked)\b|\b(?:significant(?:ly)?|seriously?|severely?|substantial(?:ly)?|major) (?:behind|delay(?:ed|s)?|late|risks?|issues?|concerns?|slippage)\b/,
    'red',
  ],
  [
    /\b(?:at risk|delay(?:ed|s)?|behind|slip(?:ped|ping|page)?|late|minor issues?|some concerns?|partial(?:ly)?|partly)\b/,
    'amber',
  ],
  [/\bclosed\b.*\bcompleted?\b|\bcompleted?\b.*\bclosed\b/, 'blue'],
  [
    /\b(?:merged|closed|superseded|withdrawn|cancelled|duplicate|no longer (?:required|needed|relevant)|on hold|paused)\b/,
    'grey',
  ],
  [/\bnot (?:yet )?(?:complete|completed|done|delivered|achieved|met)\b|\bincomplete\b/, 'amber'],
  [
    /^c$|\b(?:completed?|done|delivered|achieved|finished|implemented|embedded|evidenced|fully met)\b/,
    'blue',
  ],
  [
    /\b(?:on (?:track|target|schedule|time)|in progress|progressing|under ?way|ongoing|on ?going|started|commenced|good progress)\b/,
    'green',
  ],
];
const NOTHING =
  /^(?:-+|n\/?a|not applicable|tbc|tbd|to be confirmed|none|blank|no (?:status|rating|rag))\.?$/;

/** Signs that stand for yes and no, whatever they look like. */
const YES = /[✓✔☑✅🗸🗹☒🗷]/gu;
const NO = /[✗✘✖✕❌❎🗶🗵🗴]/gu;
/** A box that is not ticked. */
const OPEN_BOX = /[☐□▢◻⬜]/u;

/** "☐ Not started ☒ On track ☐ Complete": of several boxes what stands behind the ticked ones; any other text as it is. */
export function tickedIn(text: string): string {
  if (!OPEN_BOX.test(text)) return text;
  return text
    .split(/(?=[☐□▢◻⬜✓✔☑✅🗸🗹☒🗷✗✘])/u)
    .filter((option) => !OPEN_BOX.test(option) && /^[^\p{L}]/u.test(option))
    .map((option) => option.replace(/^[^\p{L}\s]+/u, '').trim() || '✓')
    .join(' ');
}

/** What a column asks: a status, or whether an action is on track or complete, which is answered by yes or no. */
export type StatusQuestion = 'status' | 'on track' | 'complete';

/** What the answers mean. Not on track is what a board must hear of; not complete says nothing of how it stands. */
const ANSWERS: Readonly<Record<StatusQuestion, Readonly<Record<string, StatusKey | null>>>> = {
  status: { '✓': 'blue', '✗': 'red' },
  'on track': { y: 'green', yes: 'green', n: 'red', no: 'red', '✓': 'green', '✗': 'red' },
  complete: { y: 'blue', yes: 'blue', n: null, no: null, '✓': 'blue', '✗': null },
};

/**
 * Reads a status cell: letters (R A G B GR), colours in words, the words that plans use in their place, coloured
 * signs; upper or lower case. Several statuses in a cell give the worst. What is unknown has no key and is never guessed.
 */
export function readStatusText(text: string, question: StatusQuestion = 'status'): StatusReading {
  const plain = tickedIn(text)
    .normalize('NFKC')
    .replace(/\p{Cf}|\ufe0f/gu, '')
    .replace(YES, '✓')
    .replace(NO, '✗')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    // "Green (was Amber)", "Amber, previously Red": what it was is no status of today.
    .replace(
      /(\p{L})[\s,;(–-]+(?:was|were|previously|formerly|last (?:month|time)|changed from)\s*:?\s+\p{L}+\)?$/u,
      '$1',
    );
  if (plain === '') return { key: null, how: 'blank' };
  const first = /^(y|yes|n|no|✓|✗)(?:\s*[-–—:,(.]|$)/.exec(plain)?.[1] ?? '';
  const answer = ANSWERS[question][first];
  if (answer !== undefined) return { key: answer, how: answer === null ? 'none' : 'word' };
  if (NOTHING.test(plain)) return { key: null, how: 'none' };
  const colours = coloursIn(plain);
  if (colours.length > 1) return { key: worstOf(colours), how: 'several' };
  if (colours[0]) return { key: colours[0], how: 'plain' };
  const word = WORDS.find(([pattern]) => pattern.test(plain));
  return word ? { key: word[1], how: 'word' } : { key: null, how: 'unknown' };
}

/** Whether a text names a colour or its letter, and no word in its place. */
export function isColourWord(text: string): boolean {
  const { how } = readStatusText(text);
  return how === 'plain' || how === 'several';
}

/** Each of the statuses that a cell lists one below or beside the other, in their order; a pair such as `R/A` is one rating. */
export function listStatuses(text: string): { readonly text: string; readonly key: StatusKey }[] {
  const parts = text.split(/\n|(?<=\p{L}),?\s+(?=(?:red|amber|green|blue|gr[ea]y|[ragb]|gr)\b)/iu);
  const read = parts.flatMap((part) => {
    const { key, how } = readStatusText(part);
    return key !== null && (how === 'plain' || how === 'word') ? [{ text: part.trim(), key }] : [];
  });
  // "GREEN" over "On track" says one thing twice.
  const colours = read.filter((one) => readStatusText(one.text).how === 'plain').length;
  if (colours === 1 && read.length === 2) return [];
  return read.length === parts.filter((part) => part.trim() !== '').length ? read : [];
}

/** The status of most concern on the default scale. */
export function worstOf(keys: readonly StatusKey[]): StatusKey | null {
  const byConcern = [...DEFAULT_SCALE.statuses].sort((a, b) => a.concern - b.concern);
  return byConcern.find(({ key }) => keys.includes(key))?.key ?? null;
}

function coloursIn(plain: string): StatusKey[] {
  const tokens = plain.match(/\p{Extended_Pictographic}|\p{L}+/gu) ?? [];
  // A lone "a" in a sentence is no amber: single letters count only where the cell holds nothing else.
  const isLetters = tokens.every((token) => token.length <= 2 && COLOURS[token] !== undefined);
  const startsWithLetter = /^(?:r|a|g|b|gr)\s*(?:[-:(–]|=)/.test(plain);
  const counted = tokens.filter(
    (token, index) =>
      token.length > 2 || isLetters || !/\p{L}/u.test(token) || (startsWithLetter && index === 0),
  );
  const keys = counted.flatMap((token) => COLOURS[token] ?? []);
  return [...new Set(keys)];
}
