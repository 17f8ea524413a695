import type { IsoDate } from '../../domain/period';
import { type Days, oneDay, plainShift } from '../days';
import { as, costing, either, maybe, type Parser, seq, words } from '../parser';
import { countedSpan, type Span, span } from './numbers';
import { daysNamed, type Lean, settle, type When } from './times';
import { when } from './when';

/** A stretch of time as it was named. */
export type Window =
  | { readonly edge: 'in' | 'before' | 'by' | 'after' | 'from' | 'since'; readonly when: When }
  | { readonly edge: 'between'; readonly when: When; readonly until: When }
  /** From today so far ahead, or back. */
  | { readonly edge: 'ahead' | 'back'; readonly span: Span }
  /** "for 3 months": how long something has been so. */
  | { readonly edge: 'for'; readonly span: Span }
  /** Since the last position that was published, or since the plan was loaded. */
  | { readonly edge: 'last' | 'loaded' };

type Edge = 'in' | 'before' | 'by' | 'after' | 'from' | 'since';

/** The first and last day; null for no end. */
export interface Reach {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

/** The days of a window, and those of the other year where none was named. */
export function reachOf(window: Window, lean: Lean, today: IsoDate): { reach: Reach; other: Reach | null } {
  switch (window.edge) {
    case 'ahead':
      return {
        reach: { from: today, to: plainShift(today, window.span.n, window.span.unit) },
        other: null,
      };
    case 'back':
    case 'for':
      return {
        reach: { from: plainShift(today, -window.span.n, window.span.unit), to: today },
        other: null,
      };
    case 'last':
    case 'loaded':
      return { reach: { from: null, to: null }, other: null };
    case 'between': {
      const until = settle(window.until, lean, today).days;
      const from = settle(window.when, lean, today);
      // "between March and June": the March before that June.
      const begin = from.days.from <= until.to ? from.days : (from.other ?? from.days);
      const [first, last] = begin.from <= until.to ? [begin, until] : [until, begin];
      return { reach: { from: first.from, to: last.to }, other: null };
    }
    default: {
      const { days, other } = settle(window.when, window.edge === 'since' ? 'past' : lean, today);
      // "Before the end of March" takes in its last day.
      const isEnd = window.edge === 'before' && window.when.kind === 'part' && window.when.part === 'end';
      if (isEnd) return { reach: edgeOf('by', days), other: other && edgeOf('by', other) };
      return { reach: edgeOf(window.edge, days), other: other && edgeOf(window.edge, other) };
    }
  }
}

function edgeOf(edge: Edge, { from, to }: Days): Reach {
  switch (edge) {
    case 'in':
      return { from, to };
    case 'before':
      return { from: null, to: plainShift(from, -1, 'day') };
    case 'by':
      return { from: null, to };
    case 'after':
      return { from: plainShift(to, 1, 'day'), to: null };
    case 'from':
    case 'since':
      return { from, to: null };
  }
}

const at = (edge: Edge, pattern: string): Parser<Window> =>
  as(seq(words(pattern), when), ([, named]) => ({ edge, when: named }));

const ahead = (input: Span): Window => ({ edge: 'ahead', span: input });
const back = (input: Span): Window => ({ edge: 'back', span: input });

/** A stretch of time that a word before it marks as one. */
export const markedWindow: Parser<Window> = either<Window>(
  at('before', 'before|ahead of|prior to|earlier than|sooner than|this side of'),
  at('from', 'not due until/till/til/before | not due to? finish until/till/before | not until/till/before'),
  at('by', 'by|until|till|til|up to|no/not later than|on or before|or before|at latest by?'),
  at('after', 'after|later than|beyond|following|past'),
  at('since', 'since|ever since'),
  at('from', 'from|starting|as of|on or after'),
  costing(0.01, at('in', 'in|during|within|on|over|throughout|for|at|of|around')),
  as(seq(words('from'), when, words('onwards/onward/on')), ([, named]) => ({ edge: 'from', when: named })),
  as(seq(when, words('onwards/onward')), ([named]) => ({ edge: 'from', when: named })),
  as(seq(words('between'), when, words('and/to/-'), when), ([, named, , until]) => between(named, until)),
  as(seq(words('from/in'), when, words('to/until/till/-/through'), when), ([, named, , until]) =>
    between(named, until),
  ),
  as(seq(when, words('to/until/till/-/through/->'), when), ([named, , until]) => between(named, until)),
  as(
    seq(maybe(words('in/within/over/during/for/by')), words('next/coming/following/upcoming'), countedSpan),
    ([, , length]) => ahead(length),
  ),
  as(seq(words('in/within/over/during'), words('the next/coming/following'), span), ([, , length]) =>
    ahead(length),
  ),
  as(
    seq(words('in/within|less/fewer than|under'), countedSpan, maybe(words("time|'s time|from now"))),
    ([, length]) => ahead(length),
  ),
  as(seq(words('within'), span), ([, length]) => ahead(length)),
  as(
    seq(maybe(words('in/within/over/during/for')), words('last/past/previous/recent'), countedSpan),
    ([, , length]) => back(length),
  ),
  as(seq(words('in/within/over/during/for'), words('past'), span), ([, , length]) => back(length)),
  as(seq(words('for/in|for more than|for over|for at least|in over'), countedSpan), ([, length]) => ({
    edge: 'for',
    span: length,
  })),
  as(
    words(
      `since last time/board/meeting/report/position/update/summary/round
        | since last board meeting/report | since previous board/meeting/report/position/update/round
        | since we last met | since last published position? | since it was published | lately
        | recently`,
    ),
    () => ({ edge: 'last' as const }),
  ),
  as(
    words(
      `since start/beginning of? plan? | since plan was? loaded/began/started/written | since day one
        | since it was? loaded | from start/beginning`,
    ),
    () => ({ edge: 'loaded' as const }),
  ),
  as(seq(words('for'), costing(0.1, span)), ([, length]) => ({ edge: 'for', span: length })),
  as(seq(words('more than|over'), countedSpan, words('ago')), ([, length], { context }) => ({
    edge: 'before',
    when: daysNamed(oneDay(plainShift(context.today, -length.n, length.unit))),
  })),
);

/** A stretch of time that stands alone: `this month`, `September`. A word that is a month and more ("may", "march") is dearer. */
export const bareWindow: Parser<Window> = (input, from) =>
  when(input, from).map(({ end, value, cost }) => ({
    end,
    value: { edge: 'in', when: value },
    cost: cost + (end === from + 1 ? (DOUBTFUL[input.tokens[from]?.word ?? ''] ?? 0.2) : 0.2),
  }));

/** Words that are times and much else. */
const DOUBTFUL: Readonly<Record<string, number>> = { may: 1.3, march: 0.7, mar: 0.7, sun: 1, sat: 1, now: 1 };

function between(named: When, until: When): Window {
  return { edge: 'between', when: named, until };
}
