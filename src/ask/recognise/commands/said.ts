import type { IsoDate } from '../../../domain/period';
import type { StatusKey } from '../../../domain/status';
import type { AskContext } from '../../context';
import { as, costing, either, maybe, type Parser, seq, words } from '../../parser';
import { NOTHING_SAID, type SaidValues } from '../../question';
import { number, percentage } from '../numbers';
import { status } from '../statuses';
import { settle } from '../times';
import { when } from '../when';

/*
 * What an update says: "60% amber, due March: the portal goes live". Said of an action by its lead, and by whoever answers for them.
 */

/** All that follows, as it was typed; only at a mark or word that says that words follow. */
export const tail: Parser<string> = (input, at) => {
  const first = input.tokens[at];
  const text = first ? input.text.slice(first.start).trim() : '';
  return text === '' ? [] : [{ end: input.tokens.length, value: text, cost: 0 }];
};

/** Words of an update, after a colon, "because" and the like. */
export const narrative: Parser<string> = as(
  seq(
    words(
      `: | - | ; | , | because | note | narrative | saying | comment | with note/comment/narrative/words | and say/add
        | : - | , because | , note | with note/comment/narrative : | narrative/note/comment :
        | , note : | and say/add : | : note`,
    ),
    tail,
  ),
  ([, text]) => unquoted(text),
);

function unquoted(text: string): string {
  return text
    .replace(/^[\s:;,–—-]+/u, '')
    .replace(/^(?:note|narrative|comment)\s*:\s*/iu, '')
    .replace(/^["“](.*)["”]$/su, '$1')
    .trim();
}

/** The plan's own status for what is done or closed. */
export const ended: Parser<SaidValues> = either(
  as(
    words('done|complete|completed|delivered|finished|as done/complete/completed/delivered/finished'),
    (_, { context }) => saying({ status: statusOf('done', context) }),
  ),
  as(words('closed|merged'), (_, { context }) => saying({ status: statusOf('closed', context) })),
);

/** The last day of a time: what is moved to March is due on the 31st. */
export const day: Parser<IsoDate> = as(
  when,
  (named, { context }) => settle(named, 'future', context.today).days.to,
);

const one: Parser<SaidValues> = either(
  as(seq(percentage, maybe(words('complete/completed/done'))), ([percent]) => saying({ percent })),
  as(status, (key) => (key === 'none' ? null : saying({ status: key }))),
  ended,
  as(
    seq(
      words(
        `with/and? new/revised date/deadline of/to/is? | revised/new? date/deadline/due of/to/is?
          | due date? of/to/is? | date/deadline`,
      ),
      day,
    ),
    ([, revised]) => saying({ revised }),
  ),
  costing(
    0.4,
    as(number, (percent) => (percent <= 100 ? saying({ percent }) : null)),
  ),
);

const BETWEEN = maybe(words(',|and|at|/|is|now|&|;|to|as|with'));

/** A percentage, a status, a date: one or more, in any order, each at most once. */
export const values: Parser<SaidValues> = (input, at) =>
  one(input, at).flatMap((first) => {
    const all = further(input, first.end).flatMap(({ end, value: [, rest], cost }) => {
      const both = merged(first.value, rest);
      return both ? [{ end, value: both, cost: first.cost + cost }] : [];
    });
    return [...all, first];
  });

const further = seq(BETWEEN, values);

/** Both together; null where they say the same thing twice. */
function merged(a: SaidValues, b: SaidValues): SaidValues | null {
  if (a.percent !== null && b.percent !== null) return null;
  if (a.status !== null && b.status !== null) return null;
  if (a.revised !== null && b.revised !== null) return null;
  return {
    percent: a.percent ?? b.percent,
    status: a.status ?? b.status,
    narrative: null,
    revised: a.revised ?? b.revised,
  };
}

/** The plan's status of a phase; null where it has none. */
export function statusOf(phase: 'done' | 'closed', { scale }: AskContext): StatusKey | null {
  return scale.statuses.find((status) => status.phase === phase)?.key ?? null;
}

/** An update that says this and nothing else. */
export function saying(said: Partial<SaidValues>): SaidValues {
  return { ...NOTHING_SAID, ...said };
}

/** What is said of an action: values, words, or both. */
export const valuesAndWords: Parser<SaidValues> = either(
  as(seq(values, narrative), ([said, text]) => ({ ...said, narrative: text })),
  values,
  as(narrative, (text) => saying({ narrative: text })),
  costing(
    1,
    as(seq(values, tail), ([said, text]) => ({ ...said, narrative: unquoted(text) })),
  ),
);
