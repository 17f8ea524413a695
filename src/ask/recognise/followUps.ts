import { as, costing, either, type Parser, words } from '../parser';
import type { Piece } from '../piece';

/** Cheaper than the same words as part of a sentence: "and" at the beginning refines. */
const AT_THE_BEGINNING = -0.05;

const back = (how: Extract<Piece, { is: 'back' }>['how'], pattern: string): Parser<Piece> =>
  as(words(pattern), () => ({ is: 'back', how }));

const page = (step: number, pattern: string): Parser<Piece> =>
  as(words(pattern), () => ({ is: 'back', how: 'page', page: step }));

/** What refines the question before; where there is none, it says nothing. */
export const followUps: Parser<Piece> = either<Piece>(
  page(
    1,
    `next/more page/results? | next/further number/ten/five/few/lot/batch/ones
      | show/see/give me? more | show next | carry on | keep going | continue | go on | and next
      | more of those | rest | show rest | next one/page/ten/lot`,
  ),
  page(-1, 'previous page?|last page|go back|page back|back|back one|back page'),
  page(0, 'first page|back to start/first/beginning/top|start again|from start'),
  costing(
    AT_THE_BEGINNING,
    back(
      'only',
      `only | just | but only/just | only show/list me? | just show/list me? | show/list only/just
        | narrow it? down? to | filter to/by/on? | filter | limit to`,
    ),
  ),
  costing(
    AT_THE_BEGINNING,
    back(
      'and',
      `and for/in/with | what/how about | and what/how about | how about for/in | what about for/in
        | now for | same for | and same for | same again for | same but for | same question for | and
        | ok and | or | but | same again but`,
    ),
  ),
  back('also', 'also|too|as well|and also|also include/add/show|include|add|plus'),
  back(
    'those',
    `of those/these/them | which/how/what many? of those/these/them
      | among/amongst/from those/these/them | those/these/them/they | those/these ones | same ones
      | same list | same question | that list | this list | it as | that as`,
  ),
  back('it', 'it|its|that one|this one|that/this action'),
  costing(
    0.1,
    back(
      'drop-who',
      `everyone/everybody/anyone/anybody 's? | for everyone/everybody | not just/only mine
        | all leads | for all leads | for anyone | whole team | team 's`,
    ),
  ),
  costing(
    0.1,
    back('drop-scope', 'whole plan|in/across/for/over whole/entire plan|all of plan|across plan|entire plan'),
  ),
);
