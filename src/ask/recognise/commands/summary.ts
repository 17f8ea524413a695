import { as, either, maybe, type Parser, seq, words } from '../../parser';
import type { Piece } from '../../piece';
import { monthAfter, period } from './period';
import { whole } from './whole';

/** How the plan stands, now or as published for a month. */
export const summary: Parser<Piece> = either(
  as(
    seq(
      words(
        `summary | summarise | position | overview | overall position/status/picture/summary/progress
          | dashboard | headline/headlines | figures | numbers
          | rag summary/split/breakdown/status/position/rating | breakdown by/of status/rag
          | split by status/rag
          | how is plan/everything/it/things all? doing/going/looking/getting/performing/progressing/coming on/along?
          | how are we/things/it doing/getting/going/looking/progressing/performing on/along?
          | how is it/everything all? going/looking | where are we | where are we at/up to?
          | where do we stand | status of plan | state of plan | plan status | current position
          | big picture | totals | total | board report/summary/update | percentage split | % split
          | how many of each | how many in/of each status/colour/rag | how many by status/rag
          | count/counts by status/rag | give me summary | what is position/picture/overall
          | state of play | show/give me? us? summary/position/overview/headlines/figures
          | summary/position/overview/status/state/progress of/on whole/entire/improvement? plan/everything/programme
          | where is plan | what is status/state/position of plan/everything | what is position
          | what is current/overall position/status/picture | plan summary
          | what are numbers/figures/totals/headlines | how is whole plan doing
          | show/give me? us? position/summary/plan/board post | the plan
          | how many actions of each/every status/colour`,
      ),
      maybe(
        words(
          'now|today|at moment|so far|please|overall|this month|for board|of plan|right now|as it stands',
        ),
      ),
      monthAfter('at|as at|for|in|of|back in'),
    ),
    ([, , month]) => whole({ do: 'summary', period: month }),
  ),
  as(
    seq(period, maybe(words("'s")), words('position|summary|figures|totals|headlines|numbers|board report')),
    ([month]) => whole({ do: 'summary', period: month }),
  ),
);
