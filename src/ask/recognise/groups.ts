import { compareRefs } from '../../domain/refs';
import { sameRef } from '../conditions';
import {
  as,
  costing,
  either,
  type Input,
  maybe,
  once,
  type Parser,
  seq,
  series,
  token,
  words,
} from '../parser';
import type { Piece } from '../piece';
import { quotedTitle, titled } from './groupTitles';
import { number } from './numbers';

/** What plans call their groups. */
const noun = words(
  `priority/group/workstream/theme/area/section/strand/objective/goal/pillar/outcome/chapter/prio/pri
    | work stream | success statement | area for development | priority area/number/no
    | priority group`,
);

/** Codes that stand for a group by its number: `P5`. */
const CODE = /^(?:p|pr|pri|prio|priority|ws|g|ss|afd|t)-?(\d{1,3})$/;

/** The ref of the group that a label stands for: its ref, or the number in it. Null where the plan has none such. */
function groupOf(label: string, input: Input): string | null {
  const { groups } = input.context;
  const exact = groups.find(({ ref }) => sameRef(ref, label));
  if (exact) return exact.ref;
  const byNumber = groups.filter(({ ref }) => ref.match(/\d+/g)?.join('.') === label);
  return byNumber.length === 1 ? (byNumber[0]?.ref ?? null) : null;
}

/** After "priority" any number is a group, the plan's or not: the answer says so where it is not. */
const label: Parser<string> = either(
  as(number, (n, input) => groupOf(String(n), input) ?? String(n)),
  as(either(token('code'), token('word'), token('ref')), ({ word }, input) => groupOf(word, input)),
);

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

const ordinal: Parser<string> = either(
  as(words(ORDINALS.join('/')), (word, input) => groupOf(String(ORDINALS.indexOf(word) + 1), input)),
  as(token('word'), ({ word }, input) =>
    /^\d/.test(word) ? groupOf(String(Number.parseInt(word, 10)), input) : null,
  ),
);

const code: Parser<string> = as(token('code'), ({ word }, input) => {
  const [, digits] = CODE.exec(word) ?? [];
  return digits ? groupOf(digits, input) : null;
});

const range: Parser<readonly string[]> = as(
  seq(maybe(words('from/between')), label, words('to/-/through/until/till'), maybe(noun), label),
  ([, from, , , to], { context }) =>
    context.groups
      .map(({ ref }) => ref)
      .filter((ref) => compareRefs(ref, from) >= 0 && compareRefs(ref, to) <= 0)
      .sort(compareRefs),
);

/** A bare number that a group of the plan has. */
const numbered: Parser<string> = as(number, (n, input) => groupOf(String(n), input));

const labelled: Parser<string> = as(seq(maybe(noun), label), ([, ref]) => ref);

/** Groups by number or by words of their titles: `priority 5`, `priorities 1 to 3`, `p5`, `the inclusion priority`. */
export const groupNamed: Parser<readonly string[]> = once(
  either<readonly string[]>(
    as(seq(noun, range), ([, refs]) => refs),
    as(seq(noun, label, words('and/or/,/&/+|/|and/or also?'), series(labelled)), ([, first, , rest]) => [
      first,
      ...rest,
    ]),
    as(seq(noun, maybe(words('number/no/#')), label), ([, , ref]) => [ref]),
    series(code),
    as(seq(ordinal, noun), ([ref]) => [ref]),
    as(seq(quotedTitle, noun), ([ref]) => [ref]),
    as(seq(noun, maybe(words('called/titled/named/:')), quotedTitle), ([, , ref]) => [ref]),
    as(seq(titled(1), noun), ([ref]) => [ref]),
    as(seq(noun, maybe(words('about/on/for/called/of/:')), titled(1)), ([, , ref]) => [ref]),
    as(titled(2), (ref) => [ref]),
    costing(
      2,
      as(titled(1), (ref) => [ref]),
    ),
  ),
);

const inGroups = (groups: readonly string[]): Piece => ({ is: 'group', groups });

/** A group as the whole of a piece; a word before it that says no more than "in". */
export const groups: Parser<Piece> = either(
  as(
    seq(
      maybe(words('in|under|within|from|for|of|on|across|against|about|inside|belonging to|part of')),
      groupNamed,
    ),
    ([, refs]) => inGroups(refs),
  ),
  as(
    seq(noun, words('except/but/excluding/without/not|other than|apart from|bar'), series(labelled)),
    ([, , refs]): Piece => ({
      is: 'condition',
      condition: { kind: 'not', of: { kind: 'group', groups: refs } },
    }),
  ),
  costing(
    -0.1,
    as(seq(words('in|under|within|from|part of|belonging to'), quotedTitle), ([, ref]) => inGroups([ref])),
  ),
  // "Any reds in 6?": a number that a group has is that group.
  costing(
    0.4,
    as(seq(words('in|under|within'), series(numbered)), ([, refs]) => inGroups(refs)),
  ),
);
