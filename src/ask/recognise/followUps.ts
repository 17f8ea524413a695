import { as, costing, either, type Parser, words } from '../parser';
import type { Piece } from '../piece';

/** What refines the question before; where there is none, it says nothing. */
export const followUps: Parser<Piece> = either<Piece>(
  as(
    words(
      'next/more page/results/please?|next/further number/ten/five/few/lot/batch/ones|show/see/give me? more|show next|carry on|keep going|continue|go on|and next|more of those|rest|show rest',
    ),
    () => ({
      is: 'back',
      how: 'page',
      page: 1,
    }),
  ),
  as(words('previous|previous/last page|go back|page back|back|back one|back page'), () => ({
    is: 'back',
    how: 'page',
    page: -1,
  })),
  as(words('first page|back to start/first/beginning/top|start again|from start'), () => ({
    is: 'back',
    how: 'page',
    page: 0,
  })),
  as(
    words(
      'only|just|but only/just|only show/list me?|just show/list me?|show/list only/just|narrow it? down? to|filter to/by/on?|filter',
    ),
    () => ({
      is: 'back',
      how: 'only',
    }),
  ),
  as(
    words(
      'and for/in/with|what/how about|and what about|how about for/in|what about for/in|now for|same for|and same for|same again for|same but for|same question for|and|ok and|now',
    ),
    () => ({
      is: 'back',
      how: 'and',
    }),
  ),
  as(
    words('also|too|as well|include/including/add|plus|and also|also include/add/show|as well as those'),
    () => ({
      is: 'back',
      how: 'also',
    }),
  ),
  as(
    words(
      'of those/these/them/that|which/how/what many? of those/these/them|among/amongst/from those/these/them|those/these/them/they|ones|those/these ones|same|same ones|same list|same question|that list|that|list|this list|it as',
    ),
    () => ({ is: 'back', how: 'those' }),
  ),
  as(words('it|its|that one|this one|that/this action|this'), () => ({ is: 'back', how: 'it' })),
  costing(
    0.1,
    as(
      words(
        "everyone/everybody/anyone/anybody 's?|whole plan|in/across/for/over whole plan|for everyone/everybody|not just/only mine|all leads|for all leads|all of plan|for anyone|across plan|entire plan|whole team|team 's|all",
      ),
      () => ({ is: 'back', how: 'drop-who' }),
    ),
  ),
);
