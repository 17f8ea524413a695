import { as, costing, either, isFiller, maybe, type Parser, seq, words } from '../parser';
import type { Piece } from '../piece';
import type { Condition } from '../question';
import { measure, percentBetween, percentIs } from './numbers';
import { statuses } from './statuses';
import { markedWindow } from './windows';

const holding = (condition: Condition): Piece => ({ is: 'condition', condition });

/** Words that mean one condition and no more. */
const said = (pattern: string, condition: Condition): Parser<Piece> =>
  as(words(pattern), () => holding(condition));

const not = (of: Condition): Condition => ({ kind: 'not', of });

const OVERDUE = words(
  `overdue | over due | late | past due date? | past deadline/date
    | past their/its due? date/deadline | behind schedule/time | behind
    | missed deadline/date/their/its due? date/deadline? | has/have missed due? date/deadline
    | due? date/deadline has/have? passed/gone | due? date passed/gone
    | gone past due? date/deadline/their?
    | should have been? done/finished/completed/delivered by now
    | should have been? done/finished/completed/delivered already? | should have finished/been done
    | lapsed | beyond due? date/deadline | out of time | passed their/its? due? date/deadline/dates | due date is past
    | running late | date/dates in past | past date/dates | late running | not delivered on time`,
);

const SLIPPED = words(
  `slipped | slipping | slip | slips | slippage | delayed | delay | pushed/put/moved/set/pulled back
    | pushed/moved out | postponed | rescheduled | deferred | extended
    | date/dates/deadline has/have? moved/slipped/changed | later than originally? planned
    | behind their/its? original/planned/first date/dates/plan/deadline | missed original/first/planned date | revised later
    | revised date later than planned | moved date/dates/deadline | revised date | re dated
    | been revised | moved/changed/slipped/pushed its/their date/dates/deadline back/out?
    | its/their date/dates/deadline moved/slipped/changed`,
);

const overdue: Parser<Piece> = either(
  as(seq(OVERDUE, maybe(words('by/for')), measure), ([, , by]) => holding({ kind: 'overdue', by })),
  as(seq(measure, OVERDUE), ([by]) => holding({ kind: 'overdue', by })),
  as(OVERDUE, () => holding({ kind: 'overdue', by: null })),
);

const slipped: Parser<Piece> = either(
  as(seq(SLIPPED, maybe(words('by/of')), measure), ([, , by]) => holding({ kind: 'slipped', by })),
  as(seq(measure, maybe(words('of')), SLIPPED), ([by]) => holding({ kind: 'slipped', by })),
  as(seq(measure, words('later than planned/originally planned')), ([by]) =>
    holding({ kind: 'slipped', by }),
  ),
  as(SLIPPED, () => holding({ kind: 'slipped', by: null })),
);

const NO_DATE = `no/without/missing/lacking due/end/target/completion/finish/revised/fixed/set? date/deadline/dates
    | no/without deadline | undated | dateless | date missing/blank/tbc/unknown | not dated
    | not got date | do/does not have due/end/target/completion/finish/revised/fixed? date/deadline/dates | no end`;

const dates: Parser<Piece> = either(
  as(seq(words('ongoing/rolling/continuous'), maybe(words('with/but/and')), words(NO_DATE)), () =>
    holding({ kind: 'undated', ongoing: true }),
  ),
  said('ongoing/rolling/continuous', { kind: 'undated', ongoing: true }),
  said('with due date/deadline', { kind: 'due', from: null, to: null }),
  said('open ended', { kind: 'undated', ongoing: true }),
  said(NO_DATE, { kind: 'undated', ongoing: false }),
);

const phases: Parser<Piece> = either(
  said(
    `live | outstanding | active | unfinished | incomplete | uncompleted | undelivered | in progress
      | underway | under way | on going work | still open/live/going/outstanding/active | still to do
      | still/left/remaining to be? done/delivered/finished/completed/closed
      | remaining | left to do | left | to do | yet to be? done/delivered/finished/completed
      | not yet? finished/complete/completed/done/delivered/closed yet? | open still | need doing
      | that need to be done | still has/have to deliver/do/finish/complete`,
    { kind: 'phase', phase: 'live' },
  ),
  costing(0.2, said('open', { kind: 'phase', phase: 'live' })),
  costing(
    0.1,
    said(
      `delivered | complete | completed | done | finished | achieved | done and dusted | signed off
        | fully delivered/complete/completed/done`,
      { kind: 'phase', phase: 'done' },
    ),
  ),
  costing(
    0.1,
    said('closed|merged|withdrawn|superseded|reported elsewhere|merged or closed|closed or merged', {
      kind: 'phase',
      phase: 'closed',
    }),
  ),
);

const percents: Parser<Piece> = either(
  as(percentBetween, ({ low, high }) => ({
    is: 'condition',
    condition: { kind: 'percent', is: '>=', than: low },
    also: { kind: 'percent', is: '<=', than: high },
  })),
  as(seq(words('not'), percentIs), ([, { is, than }]) =>
    is === '=' && than === 100 ? holding({ kind: 'percent', is: '<', than }) : null,
  ),
  as(seq(words('is/are/only/at/just/still'), percentIs), ([, { is, than }]) =>
    holding({ kind: 'percent', is, than }),
  ),
  as(
    seq(
      maybe(words('with|where|whose|percentage|percent|%|complete|completion|progress')),
      maybe(words('percentage/percent/completion/progress/%')),
      percentIs,
    ),
    ([, , { is, than }]) => holding({ kind: 'percent', is, than }),
  ),
  said(
    `part/partly/partially done/complete/completed/finished/delivered/way
      | part way through? | not fully done/complete/completed/delivered`,
    { kind: 'percent', is: '<', than: 100 },
  ),
  said(
    `not started | not begun | not yet started/begun | yet to start/begin
      | have/has not started/begun | unstarted | nothing done`,
    {
      kind: 'percent',
      is: '=',
      than: 0,
    },
  ),
  said(
    `nearly/almost done/there/finished/complete/completed/delivered
      | close to done/finished/complete/completion/being`,
    {
      kind: 'percent',
      is: '>=',
      than: 80,
    },
  ),
  said(
    `no/without/missing/blank percentage/percent/%/completion/figure complete? | no % complete
      | percentage/percent/% missing/blank/na/unknown | percentage/percent/% not given
      | na percent/percentage/% | % complete missing/blank`,
    { kind: 'no-percent' },
  ),
);

const contradictions: Parser<Piece> = said(
  `contradict/contradictory/contradiction/contradicting themselves/itself?
    | contradict/contradicting each other | inconsistent/inconsistency | do/does not add up
    | do/does not make sense | mismatch/mismatched
    | status and percentage/percent/% do not agree/match | look/looks wrong`,
  { kind: 'contradiction', which: 'any' },
);

const fields: Parser<Piece> = either(
  said(
    `with/have/has/having? barrier/blocker/obstacle | blocked | held up | something in way
      | what is in way | what stands in way | in way`,
    {
      kind: 'has',
      field: 'barriers',
    },
  ),
  said(
    `ask/asks/asking of board | asked/ask/asks/asking/want/wants/need/needs something? of/from board
      | need/needs/wants board/help/decision/escalation 's? help/decision/attention/support/steer?
      | board decision/help needed/needed? | with ask/request | requests to/of board
      | what do/does we/they? ask of? board | asks to board | need/needs/needing decision | need/needs to be escalated | escalated
      | for escalation | asking/ask/asks board`,
    { kind: 'has', field: 'ask' },
  ),
  said(
    `no/without/missing/blank/empty narrative/commentary/comment/comments/explanation/note/notes/words/text/story/reason
      | narrative/commentary/comment missing/blank/empty | nothing written/said
      | no progress note/update`,
    not({ kind: 'has', field: 'narrative' }),
  ),
  said('no/without barrier/barriers/blocker/blockers', not({ kind: 'has', field: 'barriers' })),
  said('with/have/has narrative/commentary/comment/explanation/note', { kind: 'has', field: 'narrative' }),
);

const byStatus: Parser<Piece> = either(
  as(
    seq(
      maybe(
        words('marked/rated/flagged/shown/showing/coloured/at/on as?|status/rag of?|in|with status/rag?'),
      ),
      statuses,
    ),
    ([, keys]) => holding({ kind: 'status', statuses: keys }),
  ),
  said(
    `need/needs attention | worry/worrying about?
      | concern/concerns/concerning/concerned us/me/about? | problem/problems | problem actions
      | risk/risks | in trouble | struggling | not going well | going wrong
      | biggest/main/top risk/risks/concern/concerns/problem/problems | trouble`,
    {
      kind: 'any',
      of: [
        { kind: 'status', statuses: ['red'] },
        { kind: 'overdue', by: null },
      ],
    },
  ),
  said('at risk', { kind: 'status', statuses: ['red', 'amber'] }),
  said('off track|off course|off target|not on track/course/target', {
    kind: 'status',
    statuses: ['red', 'amber'],
  }),
  said('on track|on time|on target|on course|on schedule', { kind: 'status', statuses: ['green'] }),
);

const WITH_DATE = words('with/has/have/having/whose due/target/end? date/dates/deadline/deadlines is/are?');

/** "With a date in 2024": a date that a time follows is when it is due. */
const dated: Parser<Piece> = (input, at) =>
  WITH_DATE(input, at).flatMap(({ end, cost }) => {
    let next = end;
    while (isFiller(input.tokens[next])) next += 1;
    return markedWindow(input, next).length > 0 ? [{ end, cost, value: { is: 'due' as const } }] : [];
  });

const due: Parser<Piece> = as(
  words(
    `due date? | due for completion/delivery/to finish? | fall/falls/falling/fell due
      | coming/come/comes due | finish/finishing/finishes/ending/ends/end | with deadline
      | deadline/deadlines | target date | to be? done/finished/completed/delivered
      | need/needs to be? done/finished/completed/delivered/finishing/finish
      | has/have to be? done/finished/completed/delivered
      | should/must/will/shall be? done/finished/completed/delivered/finish/complete | scheduled
      | completing | expire/expires/expiring | planned | planned to finish
      | expected | land/lands/landing | supposed to be? done/finish/finished | want finished/done
      | that i have to do | must do`,
  ),
  () => ({ is: 'due' }),
);

/** What an action says of itself: its status, percentage, dates, words. */
export const state: Parser<Piece> = either(
  byStatus,
  overdue,
  slipped,
  dates,
  phases,
  percents,
  contradictions,
  fields,
  due,
  dated,
  as(words('was/were due date?'), () => ({ is: 'due', past: true })),
  as(
    words(
      `soon | shortly | nearly/almost due | imminent/imminently | coming up | upcoming | around corner | on horizon
        | before long | in near future`,
    ),
    () => ({ is: 'due', soon: true }),
  ),
);
