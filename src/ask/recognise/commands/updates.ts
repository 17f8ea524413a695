import { as, costing, either, type Input, type Match, maybe, type Parser, seq, words } from '../../parser';
import type { Piece } from '../../piece';
import { NOTHING_SAID, type SaidValues } from '../../question';
import { ref } from '../refs';
import { day, ended, narrative, saying, statusOf, tail, values, valuesAndWords } from './said';
import { sentences, whole } from './whole';

/*
 * An update in words: "update 1.3.2 to 60%: …", "no change on 2.2.3", "undo".
 */

function updating(ref: string, says: SaidValues): Piece {
  return whole({ do: 'update', ref, says });
}

const SET = words(
  `update | set | change | put | mark | move | make | record | log | amend | edit | report | correct
    | i/we want/need/would to/like to? update/edit/change | let me update | do update for/on
    | do my update for/on | fill in update? for? | flag`,
);
const TO = maybe(words('to|as|is|at|:|,|-|->|now|is now|is at|is now at|to be|=|up/down to|with'));

/** Says what becomes of an action. */
const saysIt: Parser<Piece> = either(
  as(
    seq(
      SET,
      maybe(words('status/percentage/percent/progress/rag/% of/for|date of/for')),
      ref,
      TO,
      valuesAndWords,
    ),
    ([, , of, , says]) => updating(of, says),
  ),
  as(seq(ref, words('is now at?|now at?|to|:|->|=|is at'), valuesAndWords), ([of, , says]) =>
    updating(of, says),
  ),
  as(seq(ref, maybe(words('is|has been|,|-')), values, narrative), ([of, , says, text]) =>
    updating(of, { ...says, narrative: text }),
  ),
  as(seq(ref, maybe(words('is|,|-')), percentAndStatus), ([of, , says]) => updating(of, says)),
  as(seq(words('complete/finish'), ref, maybe(narrative)), ([, of, text], { context }) =>
    updating(of, saying({ status: statusOf('done', context), narrative: text })),
  ),
  as(seq(ref, words('is|has been'), ended), ([of, , says]) => updating(of, says)),
);

/** Without a word that says "update", a percentage and a status together are needed. */
function percentAndStatus(input: Input, at: number): readonly Match<SaidValues>[] {
  return values(input, at).filter(({ value }) => value.percent !== null && value.status !== null);
}

/** Moves an action's date. */
const movesDate: Parser<Piece> = either(
  as(
    seq(
      words('move/push/shift/put'),
      maybe(words('date of/for|deadline of/for|back')),
      ref,
      maybe(words('back/out')),
      words('to|until|till'),
      day,
    ),
    ([, , of, , , revised]) => updating(of, saying({ revised })),
  ),
  as(seq(words('change/set/move/push date/deadline of/for/on'), ref, words('to'), day), ([, of, , revised]) =>
    updating(of, saying({ revised })),
  ),
);

/** Asks for the form alone. What else is said of the action is not read, and "close" asks how it ended. */
const asksForForm: Parser<Piece> = either(
  as(
    seq(
      words(
        `update/edit | i/we want/need/would to/like to? update/edit | let me update
          | do update for/on | do my update for/on | fill in update? for? | report on my
          | open form for | form for | amend | close`,
      ),
      ref,
    ),
    ([, of]) => updating(of, NOTHING_SAID),
  ),
  costing(
    2.5,
    as(seq(words('update'), ref, tail), ([, of]) => updating(of, NOTHING_SAID)),
  ),
);

/** What becomes of an action, or its form asked for. */
export const update: Parser<Piece> = either(saysIt, movesDate, asksForForm);

/** That nothing has changed. */
export const NO_CHANGE = words(
  `no change/changes | nothing new | no further change/progress | same as before/last/last month
    | nothing to report | as before | leave as is | keep as is | nothing has changed | stays same
    | still same | unchanged`,
);

function unchanged(ref: string | null, narrative: string | null): Piece {
  return whole({ do: 'no-change', ref, narrative });
}

/** That nothing has changed on an action; of the one in view where none is named. */
export const noChange: Parser<Piece> = either(
  as(
    seq(NO_CHANGE, maybe(words('on|for|to|in|with|:|this month on/for')), ref, maybe(narrative)),
    ([, , of, text]) => unchanged(of, text),
  ),
  as(seq(ref, maybe(words(':|,|-|has|is|there is')), NO_CHANGE, maybe(narrative)), ([of, , , text]) =>
    unchanged(of, text),
  ),
  as(seq(words('no change|nothing to report'), maybe(narrative)), ([, text]) => unchanged(null, text)),
);

/** Taking an update back. */
export const undo: Parser<Piece> = either(
  as(
    seq(
      words(
        `undo | revert | take back | reverse | roll back | scrap | cancel | withdraw
          | undo/revert/cancel/reverse/withdraw my? last? update/change/answer to/on/for/of`,
      ),
      ref,
    ),
    ([, of]) => whole({ do: 'undo', ref: of }),
  ),
  sentences(
    { do: 'undo', ref: null },
    `undo | undo that/it/this
      | undo/revert/cancel/reverse/withdraw my? last? update/change/answer/one/thing
      | take that/it back | revert | that was wrong | i/we made mistake | put it back
      | go back on that | scrap that | cancel that`,
  ),
);
