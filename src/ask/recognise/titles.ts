import { distance } from 'fastest-levenshtein';
import { foldText, stemOf } from '../fold';
import { isKnown, isOrdinary } from '../lexicon';
import { type Input, type Match, once, type Parser } from '../parser';

/** Shorter words than this are no slips of each other. */
const SHORTEST_SLIP = 5;

/** What a slip in a word costs a reading. */
const SLIP_COST = 0.3;

/** What a phrase costs by its length: two words may have met by chance, three hardly. */
const TWO_WORDS = 0.6;
const MORE_WORDS = 0.2;
const ONE_TELLING = 0.5;

/** Left out of titles and of what is typed alike. */
const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);

/** A title's words, as they are compared. */
interface Title {
  readonly words: readonly string[];
  readonly stems: readonly string[];
}

interface Titles {
  readonly titles: readonly Title[];
  /** Where each stem stands: the title and the place in it. */
  readonly places: ReadonlyMap<string, readonly (readonly [title: number, at: number])[]>;
}

/**
 * Words that follow one another in an action's title, two at least: they are what is searched for, whatever else they might mean. Slips are
 * mended to the title's own words. Nothing where the titles are not known.
 */
export const titlePhrase: Parser<string> = phraseOf(({ titles }) => titles);

/** As {@link titlePhrase}, of the names of measures; a name of one word is read as well. */
export const measurePhrase: Parser<string> = phraseOf(({ measureNames }) => measureNames, true);

function phraseOf(
  titlesIn: (context: Input['context']) => readonly string[] | undefined,
  takesWhole = false,
): Parser<string> {
  return once((input, at) => phrasesAt(input, at, titlesIn(input.context), takesWhole));
}

function phrasesAt(
  input: Input,
  at: number,
  titles: readonly string[] | undefined,
  takesWhole: boolean,
): Match<string>[] {
  const first = input.tokens[at];
  if (!titles || (first?.kind !== 'word' && first?.kind !== 'number')) return [];
  if (ARTICLES.has(first.word) || SMALL.has(first.word)) return [];
  const known = indexOf(titles);
  const found = new Map<number, Match<string>>();
  for (const [start, slip] of startsLike(input, at, known)) {
    for (const [title, place] of known.places.get(start) ?? []) {
      for (const match of matchesFrom(input, at, known.titles[title], place, slip, takesWhole)) {
        const before = found.get(match.end);
        if (!before || match.cost < before.cost) found.set(match.end, match);
      }
    }
  }
  return [...found.values()];
}

/** The stems of titles that a word may stand for, with what that costs. */
function startsLike(input: Input, at: number, { places }: Titles): [stem: string, cost: number][] {
  const word = input.tokens[at]?.word ?? '';
  const stem = stemOf(word);
  if (places.has(stem)) return [[stem, 0]];
  return isMendable(word)
    ? [...places.keys()].filter((other) => isSlip(stem, other)).map((other) => [other, SLIP_COST])
    : [];
}

/** Every stretch of a title from a place on that was typed from a token on. */
function matchesFrom(
  input: Input,
  at: number,
  title: Title | undefined,
  place: number,
  slip: number,
  takesWhole: boolean,
): Match<string>[] {
  if (!title) return [];
  const found: Match<string>[] = [];
  let cost = slip;
  let next = place;
  let telling = 0;
  for (let here = at; here < input.tokens.length; here += 1) {
    const token = input.tokens[here];
    if (!token) break;
    if (here > at && isPassedOver(token)) continue;
    if (token.kind !== 'word' && token.kind !== 'number') break;
    const stem = title.stems[next];
    if (stem === undefined) break;
    if (stemOf(token.word) !== stem) {
      if (!isMendable(token.word) || !isSlip(stemOf(token.word), stem)) break;
      if (here > at) cost += SLIP_COST;
    }
    next += 1;
    if (isTelling(token)) telling += 1;
    const length = next - place;
    const isWhole = takesWhole && length === title.words.length;
    if ((length < 2 && !isWhole) || telling === 0 || !isEnd(token)) continue;
    const value = title.words.slice(place, next).join(' ');
    const more = telling > 1 ? MORE_WORDS : ONE_TELLING;
    found.push({ end: here + 1, value, cost: cost + (length > 2 ? more : TWO_WORDS) });
  }
  return found;
}

function isPassedOver(token: Input['tokens'][number]): boolean {
  return token.kind === 'mark'
    ? [',', '&', '-'].includes(token.word)
    : ARTICLES.has(token.word) || token.word === "'s";
}

/** A phrase does not end with a word that only joins it to the next. */
function isEnd({ word, kind }: Input['tokens'][number]): boolean {
  return kind === 'number' || !SMALL.has(word);
}

/** Whether a word speaks of what the plan is about, and not of the plan. */
function isTelling({ word, kind }: Input['tokens'][number]): boolean {
  return (
    kind === 'word' && !SMALL.has(word) && (!isKnown(word) || isOrdinary(word) || isOrdinary(stemOf(word)))
  );
}

const SMALL: ReadonlySet<string> = new Set(
  'and are as at be before by for from has have how in into is it of on or our per that their they to up us we what when where which who will with you your every each all'.split(
    ' ',
  ),
);

function isMendable(word: string): boolean {
  return word.length >= SHORTEST_SLIP && !isKnown(word) && !isOrdinary(word);
}

function isSlip(typed: string, meant: string): boolean {
  if (Math.min(typed.length, meant.length) < SHORTEST_SLIP - 1 || typed[0] !== meant[0]) return false;
  const isSwapped =
    typed.length === meant.length && [...typed].sort().join('') === [...meant].sort().join('');
  return distance(typed, meant) <= (isSwapped || meant.length >= 8 ? 2 : 1);
}

/** Taken apart once for each set of titles: every word of a question looks at them. */
function indexOf(titles: readonly string[]): Titles {
  const made = INDEXES.get(titles) ?? indexed(titles);
  INDEXES.set(titles, made);
  return made;
}

const INDEXES = new WeakMap<readonly string[], Titles>();

function indexed(all: readonly string[]): Titles {
  const places = new Map<string, (readonly [number, number])[]>();
  const titles = [...new Set(all)].map((title): Title => {
    const words = foldText(title)
      .split(' ')
      .filter((word) => word !== '' && !ARTICLES.has(word));
    return { words, stems: words.map(stemOf) };
  });
  for (const [title, { stems }] of titles.entries())
    for (const [at, stem] of stems.entries()) {
      const known = places.get(stem);
      if (known) known.push([title, at]);
      else places.set(stem, [[title, at]]);
    }
  return { titles, places };
}
