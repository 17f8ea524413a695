import { as, costing, either, maybe, type Parser, seq, words } from '../parser';
import type { Movement, Piece } from '../piece';
import { statuses } from './statuses';
import { bareWindow } from './windows';

const moved = (direction: Movement['direction']): Piece => ({
  is: 'movement',
  direction,
  left: null,
  became: null,
});

const BECAME = words(
  `went | gone | go | goes | going | turned | turning | turn | turns | became | become | becomes
    | becoming | moved/move/moves/moving to/into
    | changed/change/changes/switched/flipped/shifted/dropped/fell/fallen/slipped/went/gone/jumped/risen/rose/raised/upgraded/downgraded/promoted/demoted/escalated/come/came/got to/into
    | newly | new | freshly | recently | hit | reached | just turned/gone/went/became/moved to?`,
);
const LEFT = words(
  `no longer | not any more/longer | came/come/coming/gone/moved/went off | stopped being
    | used to be | left | were previously | was previously | previously | formerly
    | moved/came/come/went/gone/improved/changed out of | moved away from
    | moved/changed/went/gone/improved/slipped/dropped/fell from`,
);
const STEP = words(
  `to/->/into/→ | and/but/that are/is? now | and/but are/is now | and became/went/turned
    | went/gone/turned | now`,
);
const FROM = words(
  `went/gone/moved/changed/turned/slipped/dropped/fell/fallen/improved/worsened/switched/jumped/go/going/upgraded/downgraded/shifted from
    | from | was | were | been | used to be`,
);

const steps: Parser<Piece> = either<Piece>(
  as(seq(maybe(FROM), statuses, STEP, statuses), ([, left, , became]) => ({
    is: 'movement',
    direction: 'any',
    left,
    became,
  })),
  as(seq(BECAME, statuses), ([, became]) => ({ is: 'movement', direction: 'any', left: null, became })),
  as(seq(LEFT, statuses), ([, left]) => ({ is: 'movement', direction: 'any', left, became: null })),
  as(
    seq(words('newly/new/recently/just'), words('delivered/completed/complete/done/finished')),
    (_, { context }) => ({
      is: 'movement',
      direction: 'any',
      left: null,
      became: context.scale.statuses.filter(({ phase }) => phase === 'done').map(({ key }) => key),
    }),
  ),
);

const stood: Parser<Piece> = as(seq(words('was|were|stood at|stood'), statuses), ([, keys]) => ({
  is: 'stood',
  statuses: keys,
}));

const directions: Parser<Piece> = either<Piece>(
  as(
    words(
      `got/gone/getting/went/become/became/gotten worse | worsened/worsening/worsen | worse
        | deteriorated/deteriorating/deteriorate | declined/declining
        | gone/went/going/go/moved/slipped backward/backwards/downhill/down
        | dropped/fell/fallen back? | downgraded | regressed | moved in? wrong direction
        | in wrong direction | wrong way | slid back?`,
    ),
    () => moved('worse'),
  ),
  as(
    words(
      `got/gone/getting/went/become/became better | improved/improving/improve/improves/improvement
        | better | upgraded | gone/went/moved/going up | moved/gone/going in? right direction
        | in right direction | recovered/recovering | turned around | bettered
        | moved/gone forward/forwards | made progress | picked up`,
    ),
    () => moved('better'),
  ),
  as(
    words(
      `changed/changing/change/changes status/colour/rag/rating
        | status/colour/rag changed/change/changes/moved | moved/moving/moves/movement/movements
        | changed/change/changes/changing | shifted | different | moved at all | what is new`,
    ),
    () => moved('any'),
  ),
);

const freshness: Parser<Piece> = either<Piece>(
  as(
    seq(
      words('no/without/missing/lacking/awaiting | have/has not? had? | have/has no'),
      bareWindow,
      words('update/reply/answer/response/updates/replies'),
    ),
    ([said, window]) => ({
      is: 'fresh',
      how: /^(?:have|has)(?: had)?$/.test(said) ? 'updated' : 'silent',
      window,
    }),
  ),
  as(seq(words('with'), bareWindow, words('update/reply/answer/response/updates/replies')), ([, window]) => ({
    is: 'fresh',
    how: 'updated',
    window,
  })),
  as(
    words(
      `i have/am not yet? updated/answered/done/replied/reported
        | have/has not i yet? updated/answered/done/replied/reported
        | have/has i not yet? updated/answered/done
        | do i still? need/have to update/answer/do/reply/report/finish/complete
        | do i still? owe updates? | i still? need/have to update/answer/do/report/finish/complete
        | i owe update/updates? | am i missing | outstanding from/for me
        | should/must i still? update/answer/do/report | waiting for me
        | need/needs/waiting/wanted/wants/awaited from me | my to do list`,
    ),
    () => ({ is: 'fresh', how: 'silent', mine: true }),
  ),
  as(
    words(
      `no/without/missing/lacking/awaiting/need/needs/outstanding update/reply/answer/response/updates/replies
        | have/has not had? update/reply/answer
        | not been/got/had? updated/answered/replied/reported/touched/refreshed/reviewed on/to?
        | not updated/answered/replied/reported/touched/refreshed
        | have/has/had not been? updated/answered/replied/reported/touched/refreshed on/to?
        | not had/got/received update/answer/reply | unanswered | un answered | not updated
        | nobody/noone has updated/answered for? | no one has updated/answered for?
        | yet to be? updated/answered/replied/reported
        | still/left to be? update/answer/updated/answered
        | need/needs/needing updating/answering/update | waiting/wait for update/answer/reply
        | not heard about/back? | carried over | stale | do/did not update/answer | did not get update
        | to do list | to update/answer/report | missed update | silent | never updated/answered | no news`,
    ),
    () => ({ is: 'fresh', how: 'silent' }),
  ),
  costing(
    0.1,
    as(
      words(
        `updated | has/have/had been? updated/answered/reported | answered | replied
          | with/had/have/has update/answer | reported on | were/was updated/answered
          | got/received update | i/we have updated/answered | have i/we updated/answered
          | last updated | already updated/answered | said something`,
      ),
      () => ({ is: 'fresh', how: 'updated' }),
    ),
  ),
  as(
    words(
      `unchanged | un changed | have/has/had not changed/moved | not changed/moved
        | no/without change/movement | not moving/changing | stuck | stalled | static | stagnant
        | standing still | at standstill | stood still | same status/percentage/rag/position | same
        | not budged/progressed | have/has not progressed | no progress`,
    ),
    () => ({ is: 'fresh', how: 'unchanged' }),
  ),
);

/** How an action moved, or did not; and whether anything was said of it. */
export const movement: Parser<Piece> = either(steps, costing(0.02, stood), directions, freshness);
