import { isKnown, isOrdinary } from '../lexicon';
import {
  as,
  costing,
  either,
  type Input,
  isFiller,
  type Match,
  maybe,
  type Parser,
  seq,
  token,
  words,
} from '../parser';
import type { Piece } from '../piece';
import { status } from './statuses';
import { titlePhrase } from './titles';

/** Longest phrase that is searched for, in words. */
const LONGEST_PHRASE = 8;

/** Words that a phrase neither begins nor ends with. */
const EDGE: ReadonlySet<string> = new Set(
  `about mention mentions mentioning of on in for to from by with and or not but at as into that which who what when where is are was were be has have had do does did
  the a an my me i we you us our their this these those it its any all some there here also then if how many please pls 's
  only just action actions`.split(/\s+/),
);

/** What follows is what is searched for, whatever else it might mean. */
const MENTIONING = `mention/mentions/mentioning/mentioned | contain/contains/containing word/words/phrase?
    | include/includes/including word/words/phrase | with/has/have/having word/words/phrase
    | that/which mention/mentions/contain/contains | search for | word/words/phrase`;

const ABOUT = `about | include/includes/including
    | that/which say/says | say/says/saying | regarding | concerning | concern/concerns
    | relating/related/relate/relates to | to do with | involving | involve/involves | that cover
    | covering | re | around | called | titled | entitled | talk/talks/talking about
    | refer/refers/referring to | searching for | search | look for | find | matching
    | on subject/topic/theme of`;

/** What stands in quotation marks is what is searched for. */
const quoted: Parser<Piece> = as(
  seq(
    maybe(words(`${MENTIONING}|${ABOUT}|in|on|with|for`)),
    token('quote'),
    maybe(words('in them/it/there')),
  ),
  ([, { word }]) =>
    word === ''
      ? null
      : { is: 'condition', condition: { kind: 'text', phrases: [phraseOf(word)], exact: true } },
);

/** After "mentioning" the first word is searched for, a month or a colour too. */
const mentioned: Parser<string> = (input, at) =>
  phrase(input, at).map((match) => ({ ...match, cost: match.cost - costOf(input, at) }));

/** Free words that follow one another. Words that mean something to the grammar are dearer, statuses the dearest. */
const phrase: Parser<string> = (input, at) => {
  const found: Match<string>[] = [];
  let cost = 0;
  for (let end = at + 1; end <= at + LONGEST_PHRASE; end += 1) {
    const here = input.tokens[end - 1];
    if (!here || here.word === 'or' || (here.kind !== 'word' && here.kind !== 'number')) break;
    // "100%" is a percentage, whatever stands before it.
    if (here.kind === 'number' && input.tokens[end]?.word === '%') break;
    cost += costOf(input, end - 1);
    const isEdge = EDGE.has(here.word) || isFiller(here);
    if (isEdge && end === at + 1) break;
    if (!isEdge || here.word === "'s") found.push({ end, value: textBetween(input, at, end), cost });
  }
  return found;
};

function costOf(input: Input, at: number): number {
  const word = input.tokens[at]?.word ?? '';
  if (EDGE.has(word)) return 0.1;
  if (status(input, at).length > 0) return 2.5;
  if (isOrdinary(word)) return 0.3;
  return isKnown(word) || (word.endsWith('s') && isKnown(word.slice(0, -1))) ? 1 : 0.3;
}

function textBetween(input: Input, from: number, to: number): string {
  const start = input.tokens[from]?.start ?? 0;
  const end = input.tokens[to - 1]?.end ?? start;
  return phraseOf(input.text.slice(start, end));
}

function phraseOf(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

const textOf = (words: string): Piece => ({
  is: 'condition',
  condition: { kind: 'text', phrases: [words] },
  maybeName: true,
});

/** "About therapy or autism" is about either. */
const phrases: Parser<Piece> = either(
  as(phrase, textOf),
  as(seq(phrase, words('or'), phrase), ([one, , other]) => ({
    is: 'condition',
    condition: {
      kind: 'any',
      of: [
        { kind: 'text', phrases: [one] },
        { kind: 'text', phrases: [other] },
      ],
    },
    maybeName: true,
  })),
);

const inTitle: Parser<Piece> = as(titlePhrase, (words) => ({
  is: 'condition',
  condition: { kind: 'text', phrases: [words] },
}));

const titled: Parser<Piece> = as(
  seq(maybe(words(`${MENTIONING} | ${ABOUT} | on | with | for | of | to | in`)), inTitle),
  ([, piece]) => piece,
);

const mentioning: Parser<Piece> = as(seq(words(MENTIONING), as(mentioned, textOf)), ([, piece]) => piece);
const introduced: Parser<Piece> = as(seq(words(ABOUT), phrases), ([, piece]) => piece);
const loosely: Parser<Piece> = as(seq(words('on|with|for|of|to|in'), phrases), ([, piece]) => piece);

/** Words that mean nothing to the grammar at all. */
const bare: Parser<Piece> = (input, at) =>
  isMeaningless(input, at)
    ? phrase(input, at)
        .filter(({ end }) => isMeaningless(input, end - 1))
        .map(({ end, value, cost }) => ({ end, value: textOf(value), cost }))
    : [];

function isMeaningless(input: Input, at: number): boolean {
  const here = input.tokens[at];
  if (here?.kind !== 'word' || EDGE.has(here.word) || isFiller(here)) return false;
  return !isKnown(here.word) && !(here.word.endsWith('s') && isKnown(here.word.slice(0, -1)));
}

/** What is searched for in titles and narratives. */
export const text: Parser<Piece> = either(
  quoted,
  titled,
  mentioning,
  costing(0.8, introduced),
  costing(1.6, loosely),
  costing(2.6, bare),
);
