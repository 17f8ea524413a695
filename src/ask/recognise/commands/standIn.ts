import type { IsoDate } from '../../../domain/period';
import { as, either, maybe, type Parser, seq, words } from '../../parser';
import type { Piece } from '../../piece';
import { type Named, NOTHING_SAID, type SaidValues } from '../../question';
import { somebody } from '../people';
import { ref } from '../refs';
import { day, valuesAndWords } from './said';
import { NO_CHANGE } from './updates';
import { whole } from './whole';

/*
 * Somebody does for a while, or once, what stays another's: "Tom covers for me until 3 January", "answer for Helen: …".
 */

const until: Parser<IsoDate> = as(
  seq(words('until|till|til|up to|to|through|before|while i am away until|for'), day),
  ([, last]) => last,
);

const LET = maybe(words('let|have|get|ask'));

function covering(of: Named, by: Named, until: IsoDate | null): Piece {
  return whole({ do: 'cover', of, by, until });
}

const ME: Named = { kind: 'me' };

/** Covering for somebody who is away. */
export const cover: Parser<Piece> = either(
  as(
    seq(
      somebody,
      words('is/will be? away/off/on/out/sick leave/holiday/sick/office?'),
      maybe(until),
      maybe(words(',|and|so|;|-')),
      somebody,
      words('covers/covering/cover/answers | is/will be? cover/covering/answer/answering'),
      maybe(words('for him/her/them')),
    ),
    ([of, , last, , by]) => covering(of, by, last),
  ),
  as(
    seq(
      LET,
      somebody,
      words(
        `covers/covering/cover/answers/answering/answer/stands/standing/stand/deputises/deputising in? for
          | is/will/can/to/be/should cover/covering/answer/answering/stand/deputise in? for
          | is/will be covering/answering/deputising for | is my/a? deputy/cover for`,
      ),
      somebody,
      maybe(until),
    ),
    ([, by, , of, last]) => covering(of, by, last),
  ),
  as(
    seq(
      LET,
      somebody,
      words('covers/covering/cover|is/will/can/to/should cover/covering|is/will be covering'),
      words('my'),
      words('action/work/update/stuff'),
      maybe(until),
    ),
    ([, by, , , , last]) => covering(ME, by, last),
  ),
  as(
    seq(
      words('i am/will be? away/off/on/out leave/holiday/sick/office?'),
      maybe(until),
      maybe(words(',|and|so|;|.|-')),
      somebody,
      words('covers/covering/cover/answers/answering|is/will be? cover/covering/answer/answering'),
      maybe(words('for me|my actions')),
    ),
    ([, last, , by]) => covering(ME, by, last),
  ),
);

const FOR = words(
  `answer/reply/respond/update/answering/replying/answers for | on behalf of
    | i will answer/reply for | i am answering/replying for | answer/reply/update/record on behalf of
    | in place of | record answer/update for | enter update for`,
);

const COLON = maybe(words(':|,|-'));
const ON = maybe(words(':|,|-|on|about'));
const REPLY = words('answer/update/reply');
const IN_PLACE_OF = words('for|on behalf of');

function answering(who: Named, ref: string | null, says: SaidValues): Piece {
  return whole({ do: 'answer-for', who, ref, says });
}

/** Answering for somebody, once. */
export const answerFor: Parser<Piece> = either(
  as(seq(FOR, somebody, COLON, NO_CHANGE, maybe(words('on|for|to')), ref), ([, who, , , , of]) =>
    answering(who, of, NOTHING_SAID),
  ),
  as(
    seq(FOR, somebody, ON, ref, maybe(words(':|,|-|is|is now|to|at|->')), valuesAndWords),
    ([, who, , of, , says]) => answering(who, of, says),
  ),
  as(seq(FOR, somebody, ON, ref), ([, who, , of]) => answering(who, of, NOTHING_SAID)),
  as(
    seq(REPLY, ref, IN_PLACE_OF, somebody, maybe(words(':|,|-|to|as')), valuesAndWords),
    ([, of, , who, , says]) => answering(who, of, says),
  ),
  as(seq(REPLY, ref, IN_PLACE_OF, somebody), ([, of, , who]) => answering(who, of, NOTHING_SAID)),
  as(seq(FOR, somebody, COLON, valuesAndWords), ([, who, , says]) => answering(who, null, says)),
  as(seq(FOR, somebody), ([, who]) => answering(who, null, NOTHING_SAID)),
);
