import { foldText } from './fold';

/** One word, number or mark of what somebody typed. */
export interface Token {
  /**
   * Small letters without accents and apostrophes; `'s` for a possessive ending, the text inside for a quotation, a mark as itself.
   */
  readonly word: string;
  readonly kind: 'word' | 'number' | 'ref' | 'code' | 'quote' | 'mark';
  /** Where it begins and ends in {@link Tokens.text}, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A text and its tokens. */
export interface Tokens {
  /** As typed, compatible characters made one (`１` is `1`). */
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** Longest text that is looked at, in characters: an update's narrative may be 2,000. */
const LONGEST_TEXT = 2_600;

/** No question is longer; a narrative after a colon is taken as it stands, whatever its length. */
const MOST_TOKENS = 70;

const PARTS: readonly { readonly kind: Token['kind'] | 'gap'; readonly pattern: RegExp }[] = [
  { kind: 'gap', pattern: /\s+/uy },
  // "All the 5.1s", "any 6s".
  { kind: 'gap', pattern: /(?<=\d)s(?![\p{L}\d])/iuy },
  { kind: 'quote', pattern: /["“”„«][^"“”„«»]{1,200}["“”»]/uy },
  { kind: 'quote', pattern: /(?<=^|\s)['‘](?!s\b)[^'‘’]{2,200}['’](?=$|[\s?.,!;:])/uy },
  { kind: 'word', pattern: /\d{1,2}(?:st|nd|rd|th)(?![\p{L}\d])/iuy },
  {
    kind: 'ref',
    pattern: /[a-z]{0,5}\d{1,3}(?:\.(?:\d{1,3}|[a-z]{1,2}(?![a-z])))+(?!(?!s(?![\p{L}\d]))[\p{L}\d])/iuy,
  },
  { kind: 'code', pattern: /[a-z]{1,5}-?\d{1,3}(?![\p{L}\d])/iuy },
  { kind: 'number', pattern: /\d+/uy },
  { kind: 'word', pattern: /(?<=\d)['’]s(?![\p{L}\d])/iuy },
  { kind: 'word', pattern: /[\p{L}\p{M}]+(?:['’`][\p{L}\p{M}]+)*['’]?/uy },
  { kind: 'mark', pattern: /->|<=|>=|[,;:/&+%#()=<>≤≥→–—-]/uy },
];

/** What short forms stand for, without their apostrophes. */
const CONTRACTIONS: Readonly<Record<string, string>> = {
  whats: 'what is',
  whos: 'who is',
  hows: 'how is',
  wheres: 'where is',
  whens: 'when is',
  thats: 'that is',
  theres: 'there is',
  its: 'its',
  lets: 'let us',
  whatre: 'what are',
  whore: 'who are',
  whod: 'who would',
  wholl: 'who will',
  whove: 'who have',
  im: 'i am',
  ive: 'i have',
  id: 'i would',
  ill: 'i will',
  weve: 'we have',
  were: 'were',
  youre: 'you are',
  theyre: 'they are',
  theyve: 'they have',
  isnt: 'is not',
  arent: 'are not',
  wasnt: 'was not',
  werent: 'were not',
  hasnt: 'has not',
  hasent: 'has not',
  havent: 'have not',
  havnt: 'have not',
  hadnt: 'had not',
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  cant: 'can not',
  cannot: 'can not',
  couldnt: 'can not',
  wont: 'will not',
  nobodys: 'nobody',
  everyones: "everyone 's",
  everybodys: "everybody 's",
  wot: 'what',
  wat: 'what',
  wht: 'what',
  hw: 'how',
  mny: 'many',
  shw: 'show',
  shwo: 'show',
  teh: 'the',
  adn: 'and',
  gimme: 'give me',
  pct: '%',
  percent: '%',
};

/** Takes a text apart. Never throws; what can be no part of a question is left out. */
export function tokenise(typed: string): Tokens {
  const text = typed.slice(0, LONGEST_TEXT).normalize('NFKC');
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && tokens.length < MOST_TOKENS) {
    const part = partAt(text, at);
    if (part && part.kind !== 'gap') tokens.push(...tokensOf(text, part.kind, at, part.end));
    at = part ? part.end : at + 1;
  }
  return { text, tokens };
}

function partAt(text: string, at: number): { kind: Token['kind'] | 'gap'; end: number } | null {
  for (const { kind, pattern } of PARTS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, end: at + match[0].length };
  }
  return null;
}

function tokensOf(text: string, kind: Token['kind'], start: number, end: number): Token[] {
  const raw = text.slice(start, end);
  if (kind === 'word') return wordTokens(raw, start, end);
  if (kind === 'mark') return isHyphen(text, start) ? [] : [{ word: markOf(raw), kind, start, end }];
  return [{ word: kind === 'quote' ? raw.slice(1, -1).trim() : raw.toLowerCase(), kind, start, end }];
}

function wordTokens(raw: string, start: number, end: number): Token[] {
  if (/^['’]s$/iu.test(raw)) return split("'s", start, end);
  const folded = foldText(raw).replace(/ /g, '');
  if (folded === '') return [];
  const written = CONTRACTIONS[folded];
  if (written) return split(written, start, end);
  const owner = /^(.{2,}?)['’ʼ`]s$|^(.{2,}s)['’]$/iu.exec(raw);
  const owned = owner?.[1] ?? owner?.[2];
  return split(owned ? `${foldText(owned).replace(/ /g, '')} 's` : folded, start, end);
}

function split(words: string, start: number, end: number): Token[] {
  return words
    .split(' ')
    .map((word) => ({ word, kind: word === '%' ? ('mark' as const) : ('word' as const), start, end }));
}

/** A dash inside a word ("non-blue") is no mark. */
function isHyphen(text: string, at: number): boolean {
  return text[at] === '-' && /\p{L}/u.test(text[at - 1] ?? '') && /\p{L}/u.test(text[at + 1] ?? '');
}

function markOf(raw: string): string {
  if (raw === '–' || raw === '—') return '-';
  if (raw === '≤') return '<=';
  if (raw === '≥') return '>=';
  return raw === '→' ? '->' : raw;
}
