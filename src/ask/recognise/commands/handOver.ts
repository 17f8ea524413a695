import { as, either, maybe, type Parser, seq, words } from '../../parser';
import type { Piece } from '../../piece';
import type { HandedOver, Named } from '../../question';
import { somebody } from '../people';
import { ref } from '../refs';
import { whole } from './whole';

/*
 * Somebody leads from now on what somebody else led: "hand 1.3.2 to Tom", "Tom takes over from Helen".
 */

const HAND = words(
  `hand/hands/handover/give/transfer/reassign/pass/move/assign/reallocate/allocate/switch/swap
    | re assign | hand/pass/sign over | change lead of/for/on`,
);

const owner: Parser<Named> = either<Named>(
  as(words('my'), () => ({ kind: 'me' })),
  somebody,
);

/** "All of Helen's actions", "my work", "everything Helen leads": whose they are. */
const ownerOfAll: Parser<Named> = either(
  as(
    seq(
      words('all|everything|every one'),
      maybe(words('of')),
      maybe(words('work/actions of')),
      owner,
      maybe(words("'s")),
      maybe(words('action/work/item/stuff/load')),
    ),
    ([, , , who]) => who,
  ),
  as(
    seq(words('everything|all actions|all action'), words('of|from|belonging to|led by'), somebody),
    ([, , who]) => who,
  ),
  as(seq(words('everything|all'), somebody, words('lead/leads/has/owns/have')), ([, who]) => who),
  as(seq(owner, maybe(words("'s")), words('action/work/workload/load')), ([who]) => who),
);

const handed: Parser<HandedOver> = either<HandedOver>(
  as(seq(maybe(words('my|my action')), ref), ([, of]) => ({ kind: 'action', ref: of })),
  as(ownerOfAll, (who) => ({ kind: 'all-of', who })),
);

function handing(what: HandedOver, to: Named): Piece {
  return whole({ do: 'hand-over', what, to });
}

/** Handing over an action, or all of somebody's. */
export const handOver: Parser<Piece> = either(
  as(
    seq(HAND, maybe(words('over|across')), handed, maybe(words('over|across|lead')), words('to'), somebody),
    ([, , what, , , to]) => handing(what, to),
  ),
  as(seq(words('give|assign'), somebody, handed), ([, to, what]) => handing(what, to)),
  as(seq(words('make'), somebody, words('lead/leader/owner of/for/on'), handed), ([, to, , what]) =>
    handing(what, to),
  ),
  as(
    seq(
      somebody,
      words(
        `is/are now? new? lead/leader/leading for/on/of? | is/will be? taking/take over
          | takes/taking/take over | now leads | is now leading | will lead | should lead`,
      ),
      handed,
    ),
    ([to, , what]) => handing(what, to),
  ),
  as(seq(somebody, words('is/will be? taking/take over from|takes over from'), somebody), ([to, , who]) =>
    handing({ kind: 'all-of', who }, to),
  ),
);
