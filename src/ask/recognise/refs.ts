import { sameRef } from '../conditions';
import { as, costing, either, maybe, once, type Parser, seq, series, token, words } from '../parser';
import type { Piece } from '../piece';
import type { RefRange } from '../question';

/** Codes that mean something else in most plans: quarters, halves, key stages, years. */
const NO_REF = /^(?:q[1-4]|h[12]|ks\d|fy\d+|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)-?\d+)$/;

const dotted: Parser<string> = as(token('ref'), ({ word }) => word);

/** `AIP4`: a ref where the plan has such a one, or where its refs are not known. */
const coded: Parser<string> = as(token('code'), ({ word }, { context }) => {
  if (context.refs) return context.refs.find((ref) => sameRef(ref, word)) ?? null;
  return NO_REF.test(word) ? null : word.toUpperCase();
});

const spaced: Parser<string> = as(seq(token('word'), token('number')), ([letters, digits], { context }) => {
  const written = `${letters.word}${digits.word}`;
  return context.refs?.find((ref) => sameRef(ref, written)) ?? null;
});

const numbered: Parser<string> = as(token('number'), ({ word }, { context }) => {
  if (!context.refs) return word;
  return context.refs.find((ref) => sameRef(ref, word)) ?? null;
});

const NOUN = words(
  `action/item/line/row/ref/reference/number/no/# number/no/ref/reference/#
    | action/item/line/row/ref/reference/#`,
);

/** One ref: `1.3.2`, `action AIP4`, `ref 12`. */
export const ref: Parser<string> = once(
  either(
    as(seq(maybe(NOUN), either(dotted, coded)), ([, one]) => one),
    as(seq(maybe(NOUN), spaced), ([, one]) => one),
    costing(
      0.3,
      as(seq(NOUN, numbered), ([, one]) => one),
    ),
  ),
);

const range: Parser<RefRange> = either(
  as(
    seq(
      maybe(words('from/between')),
      ref,
      words('to/-/through/thru/until/till|and up to|through to|up to|->'),
      ref,
    ),
    ([, from, , to]) => ({
      from,
      to,
    }),
  ),
  as(seq(words('between'), ref, words('and'), ref), ([, from, , to]) => ({ from, to })),
  as(ref, (one) => ({ from: one, to: one })),
);

/** One or more refs and ranges of them. */
export const refs: Parser<Piece> = as(
  seq(maybe(words('about|on|in|for|of|with|under|at|regarding|re')), series(range)),
  ([, ranges]) => ({ is: 'refs', ranges }),
);
