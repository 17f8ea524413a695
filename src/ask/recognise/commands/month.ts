import type { Period } from '../../../domain/period';
import { as, either, maybe, type Parser, seq, words } from '../../parser';
import type { Piece } from '../../piece';
import { period } from './period';
import { sentences, whole } from './whole';

/*
 * Opening and closing a month, and its post to the board: to look at first, or to publish.
 */

/** The month that something is of; null where it names none. A wrapper, since a bare null would be no match. */
interface OfMonth {
  readonly month: Period | null;
}

/** Something of a month: "September 2023", "the September update", "the update for September", "the update". */
function monthOf(what: Parser<string>): Parser<OfMonth> {
  return either<OfMonth>(
    as(seq(period, maybe(words("'s")), maybe(what)), ([month]) => ({ month })),
    as(seq(what, maybe(words('at|for|of')), period), ([, , month]) => ({ month })),
    as(what, () => ({ month: null })),
  );
}

const round = monthOf(
  words('update/month/round/cycle/collection/return/one/report|monthly update/round/report'),
);
const published = monthOf(
  words(
    `position/summary/report/results/update/post/figures/it | board post/report/summary
      | board update | month`,
  ),
);

/** Opening, closing, previewing and publishing a month. */
export const months: Parser<Piece> = either(
  as(
    seq(
      words('open/start/begin/launch/kick off? up?|kick off|start/open/launch new|start/open collecting'),
      round,
    ),
    ([, { month }]) => whole({ do: 'open', period: month }),
  ),
  sentences({ do: 'open', period: null }, 'open'),
  as(seq(words('close/end/finish/lock off?|close/lock down|wrap up'), round), ([, { month }]) =>
    whole({ do: 'close', period: month }),
  ),
  sentences({ do: 'close', period: null }, 'close'),
  as(
    seq(words('preview'), maybe(words('of|post|summary|position|board post|post for')), maybe(round)),
    ([, , of]) => whole({ do: 'preview', period: of?.month ?? null }),
  ),
  sentences(
    { do: 'preview', period: null },
    `show/see/give me? preview | can i see preview | what will board see | dry run
      | preview post/position/summary | draft post | show/see draft | what is board going to see
      | what would be? published`,
  ),
  as(
    seq(
      words('publish/post/send/issue/release out?'),
      published,
      maybe(words('to/in board/channel|to/in board channel')),
      maybe(words('again|once more')),
    ),
    ([, { month }, , again]) => whole({ do: 'publish', period: month, again: again !== null }),
  ),
  as(
    seq(
      words('publish|post again|publish it? again|re publish|republish'),
      maybe(words('it|now')),
      maybe(words('again')),
    ),
    (_, input) => whole({ do: 'publish', period: null, again: /again|re-?publish/i.test(input.text) }),
  ),
);
