import { as, costing, either, type Parser, seq, words } from '../parser';
import type { Intent, Piece } from '../piece';
import type { Named } from '../question';
import { number } from './numbers';
import { orders } from './orders';
import { knownPerson, somebody } from './people';

const intent = (wanted: Intent, pattern: string): Parser<Piece> =>
  as(words(pattern), () => ({ is: 'intent', intent: wanted }));

/** How many are wanted. "100%" is a percentage, whatever stands before it. */
const howMany: Parser<number> = (input, at) =>
  number(input, at).filter(({ end }) => input.tokens[end]?.word !== '%');

const limits: Parser<Piece> = either(
  as(seq(words('top/first/only/just/any|up to|at most|max/maximum of?|limit to?'), howMany), ([, n]) => ({
    is: 'limit' as const,
    n,
  })),
  costing(
    0.6,
    as(howMany, (n) => (n > 0 ? { is: 'limit' as const, n } : null)),
  ),
);

const GROUPS = 'priority/priorities/group/groups/workstream/theme/area/section/strand/objective/pillar';
const LEADS =
  'lead/leads/leader/leaders/person/people/owner/owners/officer/colleague/manager/member/individual';
const MOST = `most | highest/biggest/largest/greatest number/share/proportion/amount/count of?
    | more than any other | highest/biggest/largest | top`;
const FEWEST = 'fewest|least|lowest/smallest number/share/proportion/amount/count of?|smallest';

const ranks: Parser<Piece> = either<Piece>(
  as(seq(words('which/what'), words(GROUPS)), () => ({ is: 'rank', by: 'group', order: null })),
  as(seq(words('which/what'), words(LEADS)), () => ({ is: 'rank', by: 'lead', order: null })),
  as(words('who has/have/had/got|who have got|who is/are|who'), () => ({
    is: 'rank',
    by: 'lead',
    order: null,
  })),
  as(seq(words('who leads/owns/runs'), words(MOST)), () => ({
    is: 'rank',
    by: 'lead',
    order: 'most',
  })),
  as(seq(words('who leads/owns/runs'), words(FEWEST)), () => ({
    is: 'rank',
    by: 'lead',
    order: 'fewest',
  })),
  as(
    seq(
      words(
        `by/per | in/for/of/from each/every | broken/split/grouped up/down? by | break down by
          | breakdown by | split by | grouped by | across`,
      ),
      words(GROUPS),
    ),
    () => ({ is: 'rank', by: 'group', order: 'plain' }),
  ),
  as(
    seq(
      words('by/per|in/for/of/from each/every|broken/split/grouped down? by|break down by|breakdown by'),
      words(LEADS),
    ),
    () => ({
      is: 'rank',
      by: 'lead',
      order: 'plain',
    }),
  ),
  as(seq(words('each/every'), words(GROUPS)), () => ({ is: 'rank', by: 'group', order: 'plain' })),
  as(seq(words(GROUPS), words('by')), () => ({ is: 'rank', by: 'group', order: 'most' })),
  as(seq(words(LEADS), words('by')), () => ({ is: 'rank', by: 'lead', order: 'most' })),
  as(seq(words('rank/ranking of?|league table of'), words(GROUPS)), () => ({
    is: 'rank',
    by: 'group',
    order: 'most',
  })),
  as(seq(words('rank/ranking of?|league table of'), words(LEADS)), () => ({
    is: 'rank',
    by: 'lead',
    order: 'most',
  })),
  as(seq(words(GROUPS), words('with|has/have|that has/have')), () => ({
    is: 'rank',
    by: 'group',
    order: null,
  })),
  as(seq(words(LEADS), words('with|has/have|that/who has/have')), () => ({
    is: 'rank',
    by: 'lead',
    order: null,
  })),
);

const rankOrders: Parser<Piece> = either<Piece>(
  as(words('have/has nothing/zero|with zero'), () => ({ is: 'superlative', order: 'fewest' })),
  as(words(MOST), () => ({ is: 'superlative', order: 'most' })),
  as(words(FEWEST), () => ({ is: 'superlative', order: 'fewest' })),
);

const shapes: Parser<Piece> = either<Piece>(
  as(
    words(
      `as list of titles | as titles | titles only | just/only titles | titles | title only
        | list of titles | as list | as plain list | just/only names | refs and titles | ref and title
        | short list | in short | headings only | in brief | as bullets | as bullet points`,
    ),
    () => ({ is: 'shape', shape: 'titles' }),
  ),
  as(words('in full|with detail/details|as cards|as card|full detail/details'), () => ({
    is: 'shape',
    shape: 'cards',
  })),
);

const nouns: Parser<Piece> = as(
  words(
    `action/item/task/thing/line/row/stuff/everything/anything/something/entry/commitment/milestone/deliverable
      | one | all of it | lot`,
  ),
  () => ({ is: 'noun' }),
);

const persons: Parser<Piece> = either(
  as(
    seq(
      words('what|which action/actions/one/ones|what action/actions|what all|what else'),
      words('do/does/is/are/has/have/did/will'),
      somebody,
      words(
        `lead/leads/leading | own/owns | run/runs | manage/manages | leading
          | responsible/accountable for | have | got | doing | do | working on | in charge of
          | look after | down for | signed up to | on the hook for | on their plate | on plate
          | leading on | lead on | need to do | got on`,
      ),
    ),
    ([, , who]) => personPiece(who),
  ),
  as(seq(words('what'), somebody, words('lead/leads/own/owns/run/runs/manages')), ([, who]) =>
    personPiece(who),
  ),
  as(seq(words('who is|who is this'), somebody), ([, who]) => personPiece(who)),
  as(
    seq(
      words('how is|how are'),
      knownPerson,
      words('doing/getting/going/progressing/looking on?|doing/getting on?|coping/faring'),
    ),
    ([, who]) => personPiece(who),
  ),
  as(seq(words('what is on|what has'), somebody, words("got|'s plate/list/desk")), ([, who]) =>
    personPiece(who),
  ),
);

function personPiece(who: Named): Piece {
  return { is: 'person', who };
}

const intents: Parser<Piece> = either(
  costing(
    0.03,
    intent(
      'show',
      `show/give/list/display/see/view/get/bring/pull/find/fetch/tell/read/want/need/send/pull me/us? up?
        | would/do you mind? telling/showing/giving/listing/sending me/us?
      | show | list | can/could/may i/we see/have/get | i/we want/need to? see/know/have?
        | i/we would like to? see/know/have? | let me/us see/have | what are/is | which are/is
        | is/are there any? | any | do/have/has we have/got any? | are/is any | what have we got
        | what else | have we got any? | remind me of/which/what | give me | tell me | let me know
        | looking for | what do/does we have? | could you/i | can you/i | would you | see | need
        | want | where are/is | are/is | does/do`,
    ),
  ),
  costing(0.05, intent('show', 'what|which')),
  intent(
    'count',
    `how many | how much | number of | count of? | count | total number of? | total of? | no of
      | what number of | tally of? | quantity of
      | what/which percentage/proportion/share/%/percent/fraction of? | what % of?
      | percentage/proportion/share of | how many of`,
  ),
  intent(
    'report',
    `average/mean percent/percentage/%/completion/progress of? | how complete/advanced/far is?
      | how is/are | how is/are things
      | summary/overview/status/state/position/progress/report/performance/rundown/picture/breakdown/summarise/recap/brief of/on/for/with?
      | summarise | where are/is we/it with/on | where have we got to with/on | tell me/us? about
      | tell about | update/latest/news/report/progress on/about/with
      | what is/are being? done about/on/for/to | what are we doing about/on/for/to? | being done about/on/for/to
      | any update/news/progress on/about | brief me on | run me through
      | what is happening/going/up/status/position/state/progress/latest on? with/in/of/on?
      | how is/are doing/going/getting/looking/coming on/along? | what about | talk me through | doing
      | going | getting on | looking | performing | progressing | coming along | faring | more about
      | info/information/detail/details on/about/of/for | look up | explain | describe`,
  ),
  intent(
    'history',
    `history of? | audit trail? of? | audit of | timeline of? | track record of?
      | past/previous/earlier/all/old/every update/updates/entries of/on/to/for? | over time
      | change log | changelog | log of | all updates | who changed/updated/edited/touched/last
      | who last updated/changed/edited | how has changed/moved/progressed | changed over time
      | story of? | story so far | what was said about? | month by month | each month | journey of?
      | trend of? | what did say | when was last updated/changed? | what has happened to/with
      | what happened to/with`,
  ),
  intent(
    'leads',
    `who lead/leads/leading/led | who own/owns | who run/runs | who manage/manages
      | who is/are lead/leads/leading/leader/owner/responsible/accountable/in/behind/charge on/for/of?
      | who is in charge of? | who is/are doing/delivering/handling/looking/dealing after/with?
      | whose is/are | whose action/actions is/are? | name of lead/owner for/of
      | lead/leads/owner/leader officer? for/of/on
      | who should/do/can/could/would i/we ask/contact/speak/talk/chase/email/ring to/with? about/on/for?
      | who do i/we talk/speak to about | who looks after | contact for | responsible for
      | who to ask about | lead officer for | person responsible for`,
  ),
  intent(
    'compare',
    `how have we done/changed/moved/fared/got? on? | how are/do we doing? against/to/with | doing against | compare/comparing/compared/compares | comparison of/between? | versus | vs
      | difference/differences/change between | compare to/with/against`,
  ),
);

const joins: Parser<Piece> = either<Piece>(
  as(
    words(
      `and/but/also/plus | as well as | that are also | with | & | + | yet | though | although
        | while | still | even though | despite being`,
    ),
    () => ({ is: 'join', how: 'and' }),
  ),
  as(words('or|or else|or are/is|and/or|and or|/'), () => ({ is: 'join', how: 'or' })),
  as(
    words(
      `not | everything/all/anything/anybody but | every one but | non | never
        | except/excluding/excl/without/minus for? | other than | apart from | aside from | but not
        | rather than | instead of | ignore/ignoring/exclude/omit/omitting/leave/leaving out? | isn't
        | neither | nor | no | do/does not | is/are not | outside of?`,
    ),
    () => ({ is: 'join', how: 'not' }),
  ),
);

const noise: Parser<Piece> = as(
  words(
    `for board meeting/report/paper/pack/papers/agenda?
      | for meeting/report/paper/agenda/presentation | before meeting | for me/us
      | in/on/of/from/across/throughout improvement/whole/entire? plan/tracker/programme/spreadsheet/list
      | whole/entire plan | right now | as it stands | as things stand | if you can/could/would
      | if possible | thank you | good morning/afternoon/evening | by way | quick question | to me/us
      | i think | i believe | could/can/would/will you | i wonder | wondering | we have | on there
      | in there | to see | in total | altogether | all together | overall | across board
      | status/rag/rated/rating/colour | their | they | there | about | with | whose | where | when
      | that/which have/has/had? | have | has | had | do | does | did | i | we | you | in | on | of
      | for | to | from | at | by | as | if | me | us | us all | it | its | who | would | like | know
      | lead/leads | yet | sort | order | by | their | each | else | out`,
  ),
  () => ({ is: 'noise' }),
);

/** What is to be done with the actions, in what order, how many, in what shape; and words that say nothing. */
export const wanted: Parser<Piece> = either(
  intents,
  persons,
  orders,
  limits,
  ranks,
  rankOrders,
  shapes,
  nouns,
  joins,
  costing(0.15, noise),
);
