import type { FigureKey } from '../../domain/figures';
import { STATUS_KEYS } from '../../domain/status';
import { foldText } from '../fold';
import {
  as,
  costing,
  either,
  type Input,
  type Match,
  maybe,
  once,
  type Parser,
  seq,
  series,
  words,
} from '../parser';

/** What statuses are called beside the plan's own letters and labels. */
const OTHER_WORDS: Readonly<Record<string, FigureKey>> = {
  red: 'red',
  redd: 'red',
  amber: 'amber',
  yellow: 'amber',
  orange: 'amber',
  green: 'green',
  blue: 'blue',
  grey: 'grey',
  gray: 'grey',
};

const byWord: Parser<FigureKey> = as(
  words(`${Object.keys(OTHER_WORDS).join('/')}`),
  (word) => OTHER_WORDS[word] ?? null,
);

/** The labels and letters of the plan's own scale; a lone A is a word, not a letter. */
const byLabel: Parser<FigureKey> = (input, at) =>
  input.context.scale.statuses.flatMap(({ key, label, letter }) => {
    const wanted = foldText(label).split(' ').filter(Boolean);
    const found: Match<FigureKey>[] = [];
    if (wanted.length > 0 && wanted.every((word, n) => isWord(input, at + n, word)))
      found.push({ end: at + wanted.length, value: key, cost: 0 });
    if (letter !== 'A' && isWord(input, at, letter.toLowerCase()))
      found.push({ end: at + 1, value: key, cost: 0 });
    return found;
  });

/** A lone A that stands where only a status can: before "actions" or beside another status. */
const letterA: Parser<FigureKey> = (input, at) => {
  const status = input.context.scale.statuses.find(({ letter }) => letter.toLowerCase() === 'a');
  return status && isWord(input, at, 'a') ? [{ end: at + 1, value: status.key, cost: 0 }] : [];
};

const none: Parser<FigureKey> = as(
  words(
    `no/without/missing/blank/empty status/rag/rating/colour/color
      | status blank/missing/empty/unknown | statusless | not rated | unrated | without rag rating | no rag rating`,
  ),
  () => 'none',
);

const rated = maybe(words('rag|rated|rag rated|rag rating|status'));

const one: Parser<FigureKey> = once(
  as(
    seq(rated, either(byWord, byLabel, none), maybe(words("rated|rag|rag rated|status|'s"))),
    ([, key]) => key,
  ),
);

const lettersWithA: Parser<readonly FigureKey[]> = either(
  as(seq(words('rag|rated|status|rag status|letter|rated as'), letterA), ([, key]) => [key]),
  as(seq(letterA, words("rated|rag|'s")), ([key]) => [key]),
  as(seq(letterA, words('/|or|and|,|&'), one), ([a, , b]) => [a, b]),
  as(seq(one, words('/|or|and|,|&|nor'), letterA), ([a, , b]) => [a, b]),
  as(seq(one, words('/|,'), one, words('/|or|and|,|&'), letterA), ([a, , b, , c]) => [a, b, c]),
  // "A", and nothing else.
  (input, at) =>
    input.tokens.filter(({ kind }) => kind !== 'mark').length === 1
      ? letterA(input, at).map((match) => ({ ...match, value: [match.value] }))
      : [],
  (input, at) => {
    const plural = ['actions', 'ones', 'items'].includes(input.tokens[at + 1]?.word ?? '');
    return plural ? letterA(input, at).map((match) => ({ ...match, value: [match.value] })) : [];
  },
);

/** One or more statuses: `red or amber`, `R/A`, `no status`. Without doubles, in the order of concern. */
export const statuses: Parser<readonly FigureKey[]> = once(
  as(
    seq(
      maybe(words('either/both')),
      either(
        series(one),
        as(seq(one, one), ([a, b]) => [a, b]),
        lettersWithA,
      ),
    ),
    ([, keys]) => inOrder(keys),
  ),
);

/** One status. */
export const status: Parser<FigureKey> = once(either(one, costing(0.5, letterA)));

function inOrder(keys: readonly FigureKey[]): readonly FigureKey[] {
  const order: readonly FigureKey[] = [...STATUS_KEYS, 'none'];
  return order.filter((key) => keys.includes(key));
}

function isWord(input: Input, at: number, word: string): boolean {
  const token = input.tokens[at];
  return token !== undefined && (token.word === word || (word.length > 1 && token.word === `${word}s`));
}
