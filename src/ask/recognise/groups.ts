import { distance } from 'fastest-levenshtein';
import { compareRefs } from '../../domain/refs';
import { sameRef } from '../conditions';
import { foldText } from '../fold';
import { isKnown, isOrdinary } from '../lexicon';
import {
  as,
  costing,
  either,
  type Input,
  maybe,
  once,
  type Parser,
  seq,
  series,
  token,
  words,
} from '../parser';
import type { Piece } from '../piece';
import { number } from './numbers';

/** What plans call their groups. */
const NOUN = `priority/group/workstream/theme/area/section/strand/objective/goal/pillar/outcome/chapter/prio/pri
    | work stream | success statement | area for development | priority area/number/no
    | priority group`;

/** Codes that stand for a group by its number: `P5`. */
const CODE = /^(?:p|pr|pri|prio|priority|ws|g|ss|afd|t)-?(\d{1,3})$/;

/** Small words that titles are full of. */
const SMALL: ReadonlySet<string> = new Set(
  'a an and are as at be by do for from get good has have how in into is it its know need no not of off on or our out so that the their them they this to up us was we well what when where which who will with you your every each all full part'.split(
    ' ',
  ),
);

const SHORTEST_TITLE_WORD = 3;

/** The ref of the group that a label stands for: its ref, or the number in it. Null where the plan has none such. */
function groupOf(label: string, input: Input): string | null {
  const { groups } = input.context;
  const exact = groups.find(({ ref }) => sameRef(ref, label));
  if (exact) return exact.ref;
  const byNumber = groups.filter(({ ref }) => ref.match(/\d+/g)?.join('.') === label);
  return byNumber.length === 1 ? (byNumber[0]?.ref ?? null) : null;
}

/** After "priority" any number is a group, the plan's or not: the answer says so where it is not. */
const label: Parser<string> = either(
  as(number, (n, input) => groupOf(String(n), input) ?? String(n)),
  as(either(token('code'), token('word'), token('ref')), ({ word }, input) => groupOf(word, input)),
);

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

const ordinal: Parser<string> = either(
  as(words(ORDINALS.join('/')), (word, input) => groupOf(String(ORDINALS.indexOf(word) + 1), input)),
  as(token('word'), ({ word }, input) =>
    /^\d/.test(word) ? groupOf(String(Number.parseInt(word, 10)), input) : null,
  ),
);

const code: Parser<string> = as(token('code'), ({ word }, input) => {
  const [, digits] = CODE.exec(word) ?? [];
  return digits ? groupOf(digits, input) : null;
});

const range: Parser<readonly string[]> = as(
  seq(maybe(words('from/between')), label, words('to/-/through/until/till'), maybe(words(NOUN)), label),
  ([, from, , , to], { context }) =>
    context.groups
      .map(({ ref }) => ref)
      .filter((ref) => compareRefs(ref, from) >= 0 && compareRefs(ref, to) <= 0)
      .sort(compareRefs),
);

/** A bare number that a group of the plan has. */
const numbered: Parser<string> = as(number, (n, input) => groupOf(String(n), input));

const noun = words(NOUN);

/** Words in quotation marks that follow one another in one group's title, two at least. */
const quotedTitle: Parser<string> = as(token('quote'), ({ word }, { context }) => {
  const wanted = foldText(word);
  if (!wanted.includes(' ')) return null;
  const [group, ...others] = context.groups.filter(({ title }) =>
    ` ${foldText(title)} `.includes(` ${wanted} `),
  );
  return group && others.length === 0 ? group.ref : null;
});

const labelled: Parser<string> = as(seq(maybe(noun), label), ([, ref]) => ref);

/** Groups by number or by words of their titles: `priority 5`, `priorities 1 to 3`, `p5`, `the inclusion priority`. */
export const groupNamed: Parser<readonly string[]> = once(
  either<readonly string[]>(
    as(seq(noun, range), ([, refs]) => refs),
    as(seq(noun, label, words('and/or/,/&/+|/|and/or also?'), series(labelled)), ([, first, , rest]) => [
      first,
      ...rest,
    ]),
    as(seq(noun, maybe(words('number/no/#')), label), ([, , ref]) => [ref]),
    series(code),
    as(seq(ordinal, noun), ([ref]) => [ref]),
    as(seq(quotedTitle, noun), ([ref]) => [ref]),
    as(seq(noun, maybe(words('called/titled/named/:')), quotedTitle), ([, , ref]) => [ref]),
    as(seq(titled(1), noun), ([ref]) => [ref]),
    as(seq(noun, maybe(words('about/on/for/called/of/:')), titled(1)), ([, , ref]) => [ref]),
    as(titled(2), (ref) => [ref]),
    costing(
      2,
      as(titled(1), (ref) => [ref]),
    ),
  ),
);

/** A group as the whole of a piece; a word before it that says no more than "in". */
export const groups: Parser<Piece> = either(
  as(
    seq(
      maybe(words('in|under|within|from|for|of|on|across|against|about|inside|belonging to|part of')),
      groupNamed,
    ),
    ([, refs]): Piece => ({ is: 'group', groups: refs }),
  ),
  as(
    seq(noun, words('except/but/excluding/without/not|other than|apart from|bar'), series(labelled)),
    ([, , refs]): Piece => ({
      is: 'condition',
      condition: { kind: 'not', of: { kind: 'group', groups: refs } },
    }),
  ),
  costing(
    -0.1,
    as(
      seq(words('in|under|within|from|part of|belonging to'), quotedTitle),
      ([, ref]): Piece => ({
        is: 'group',
        groups: [ref],
      }),
    ),
  ),
  // "Any reds in 6?": a number that a group has is that group.
  costing(
    0.4,
    as(seq(words('in|under|within'), series(numbered)), ([, refs]): Piece => ({ is: 'group', groups: refs })),
  ),
);

/** So many words of one group's title, in any order, with small words between. */
function titled(fewest: number): Parser<string> {
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

function isOnlyIn(ref: string, word: string, input: Input): boolean {
  return !input.context.groups.some(
    (group) => group.ref !== ref && titleWords(group.title).some((other) => stem(other) === stem(word)),
  );
}
