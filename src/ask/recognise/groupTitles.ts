import { distance } from 'fastest-levenshtein';
import { foldText } from '../fold';
import { isKnown, isOrdinary } from '../lexicon';
import { as, type Input, once, type Parser, token } from '../parser';

/*
 * A group by words of its title: "the inclusion priority", "reds in early help".
 */

/** Small words that titles are full of. */
const SMALL: ReadonlySet<string> = new Set(
  'a an and are as at be by do for from get good has have how in into is it its know need no not of off on or our out so that the their them they this to up us was we well what when where which who will with you your every each all full part'.split(
    ' ',
  ),
);

const SHORTEST_TITLE_WORD = 3;

/** Words in quotation marks that follow one another in one group's title, two at least. */
export const quotedTitle: Parser<string> = as(token('quote'), ({ word }, { context }) => {
  const wanted = foldText(word);
  if (!wanted.includes(' ')) return null;
  const [group, ...others] = context.groups.filter(({ title }) =>
    ` ${foldText(title)} `.includes(` ${wanted} `),
  );
  return group && others.length === 0 ? group.ref : null;
});

/** So many words of one group's title, in any order, with small words between. */
export function titled(fewest: number): Parser<string> {
  return (input, at) =>
    titleAt(input, at).flatMap(({ end, value: { ref, hits }, cost }) => {
      if (hits.length < fewest || (fewest === 1 && hits.length > 1)) return [];
      if (hits.length === 1 && !isOnlyIn(ref, hits[0]?.word ?? '', input)) return [];
      return [{ end, value: ref, cost }];
    });
}

/** The groups of whose titles there are words here. Words of the grammar alone ("plans on time") name no group. */
const titleAt: Parser<{ readonly ref: string; readonly hits: readonly Hit[] }> = once((input, at) => {
  const first = input.tokens[at];
  if (first?.kind !== 'word' || SMALL.has(first.word)) return [];
  return input.context.groups.flatMap(({ ref, title }) => {
    const hits = hitsFrom(input, at, titleWords(title));
    if (!hits.some(({ isTelling }) => isTelling)) return [];
    const slips = hits.reduce((sum, hit) => sum + hit.cost, 0);
    const cost = 0.4 + slips - 0.1 * Math.min(3, hits.length - 1);
    return [{ end: hits.at(-1)?.end ?? at + 1, value: { ref, hits }, cost }];
  });
});

interface Hit {
  readonly word: string;
  readonly end: number;
  readonly cost: number;
  readonly isTelling: boolean;
}

/** The words from a token on that stand in a title, each once, as long as nothing else comes between. */
function hitsFrom(input: Input, at: number, title: readonly string[]): Hit[] {
  const hits: Hit[] = [];
  let left = [...title];
  for (let here = at; here < input.tokens.length; here += 1) {
    const token = input.tokens[here];
    if (token?.kind === 'mark' && [',', '&'].includes(token.word)) continue;
    if (token?.kind !== 'word') break;
    if (SMALL.has(token.word) || token.word === "'s") continue;
    const hit = left
      .map((word) => ({ word, cost: unlike(token.word, word) }))
      .filter((one): one is { word: string; cost: number } => one.cost !== null)
      .sort((a, b) => a.cost - b.cost)[0];
    if (!hit) break;
    left = left.filter((word) => word !== hit.word);
    hits.push({ ...hit, end: here + 1, isTelling: isTelling(hit.word) });
  }
  return hits;
}

/** Whether a word speaks of what the plan is about: the grammar has it not, or plans do. */
function isTelling(word: string): boolean {
  return (!isKnown(word) && !isKnown(stem(word))) || isOrdinary(word);
}

/** Every title is looked at from every word of a question: each is taken apart once. */
function titleWords(title: string): readonly string[] {
  const known = TITLE_WORDS.get(title);
  if (known) return known;
  const made = foldText(title)
    .split(' ')
    .filter((word) => word.length >= SHORTEST_TITLE_WORD && !SMALL.has(word));
  if (TITLE_WORDS.size > MOST_TITLES) TITLE_WORDS.clear();
  TITLE_WORDS.set(title, made);
  return made;
}

const TITLE_WORDS = new Map<string, readonly string[]>();
const MOST_TITLES = 1_000;

/** 0 for the same word but for its ending, something for a slip, null for another word. */
function unlike(typed: string, word: string): number | null {
  if (stem(typed) === stem(word)) return 0;
  if (isSameRoot(typed, word)) return 0.3;
  const isLong = Math.min(typed.length, word.length) >= 6;
  return isLong && typed[0] === word[0] && distance(typed, word) <= 1 ? 0.5 : null;
}

/** "Preparation" and "prepared", "assessed" and "assessment": words that begin alike and go on differently. */
function isSameRoot(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let alike = 0;
  while (alike < shorter && a[alike] === b[alike]) alike += 1;
  return alike >= SHORTEST_ROOT && Math.max(a.length, b.length) - alike <= LONGEST_ENDING;
}

const SHORTEST_ROOT = 6;
const LONGEST_ENDING = 5;

function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|y)$/, 'i').replace(/(?:es|s)$/, '') : word;
}

/** Whether no other group has the word in its title. */
function isOnlyIn(ref: string, word: string, input: Input): boolean {
  return !input.context.groups.some(
    (group) => group.ref !== ref && titleWords(group.title).some((other) => stem(other) === stem(word)),
  );
}
