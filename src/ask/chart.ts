import { isKnown, isOrdinary } from './lexicon';
import { as, either, type Input, isFiller, type Parser } from './parser';
import type { Piece, Span } from './piece';
import { commands } from './recognise/commands';
import { followUps } from './recognise/followUps';
import { groups } from './recognise/groups';
import { measures } from './recognise/measures';
import { movement } from './recognise/movement';
import { people } from './recognise/people';
import { refs } from './recognise/refs';
import { state } from './recognise/state';
import { text } from './recognise/text';
import { wanted } from './recognise/wanted';
import { bareWindow, markedWindow } from './recognise/windows';

/** What each piece costs beside how far-fetched it is: fewer pieces are likelier. */
const PIECE_COST = 0.2;

/** What it costs to leave a word unread. */
const UNREAD = { mark: 0.05, filler: 0.25, known: 1.6, ordinary: 3, unknown: 6 };

/** Readings of the same words that cost no more than this beside the best are rivals. */
const RIVAL_COST = 1.2;

const ANY: Parser<Piece> = either(
  commands,
  measures,
  state,
  movement,
  wanted,
  groups,
  refs,
  people,
  as(either(markedWindow, bareWindow), (window) => ({ is: 'window', window })),
  followUps,
  text,
);

/** Words that may stand beside a command. */
const POLITE: ReadonlySet<string> = new Set(
  'please pls plz can could would will you i we want to like need me now today us let just go ahead and then ok yes steward bot thanks for do'.split(
    ' ',
  ),
);

/** The likeliest way to read a text: pieces in the order of the text, and the tokens that are part of none. */
export interface Chart {
  readonly spans: readonly Span[];
  readonly unread: readonly number[];
  readonly cost: number;
}

/** Finds the pieces that account for most of the words at the least cost. */
export function readPieces(input: Input): Chart {
  const spans = spansOf(input);
  const length = input.tokens.length;
  const best: Chart[] = new Array<Chart>(length + 1);
  best[length] = { spans: [], unread: [], cost: 0 };
  for (let at = length - 1; at >= 0; at -= 1) {
    const after = best[at + 1] ?? { spans: [], unread: [], cost: 0 };
    let found: Chart = {
      spans: after.spans,
      unread: [at, ...after.unread],
      cost: after.cost + unreadCost(input, at),
    };
    for (const span of spans[at] ?? []) {
      const rest = best[span.to];
      if (!rest || (span.piece.is === 'whole' && rest.spans.length > 0)) continue;
      const cost = span.cost + PIECE_COST + rest.cost;
      if (cost < found.cost - 1e-9) found = { spans: [span, ...rest.spans], unread: rest.unread, cost };
    }
    best[at] = found;
  }
  return best[0] ?? { spans: [], unread: [], cost: 0 };
}

function spansOf(input: Input): Span[][] {
  return input.tokens.map((_, at) => {
    const found = ANY(input, at).filter(({ end, value }) => end > at && isInPlace(value, input, at, end));
    const byEnd = new Map<number, typeof found>();
    for (const match of found) byEnd.set(match.end, [...(byEnd.get(match.end) ?? []), match]);
    return [...byEnd].flatMap(([to, matches]) => rivalling(cheapestOf(matches, at, to)));
  });
}

/** The cheapest reading of each kind, with the others of the kind as its rivals. */
function cheapestOf(
  matches: readonly { readonly value: Piece; readonly cost: number }[],
  from: number,
  to: number,
): Span[] {
  const sorted = [...matches].sort((a, b) => a.cost - b.cost);
  const kinds = new Map<Piece['is'], typeof sorted>();
  for (const match of sorted) kinds.set(match.value.is, [...(kinds.get(match.value.is) ?? []), match]);
  return [...kinds.values()].flatMap((same) => {
    const [first, ...rest] = same;
    if (!first) return [];
    const others = rest.filter(
      ({ cost, value }) => cost <= first.cost + RIVAL_COST && !isSame(value, first.value),
    );
    return [{ from, to, piece: first.value, cost: first.cost, rivals: others.map(({ value }) => value) }];
  });
}

/** Words of a group's title may be searched for as well, and the other way round. */
function rivalling(spans: readonly Span[]): readonly Span[] {
  const group = spans.find(({ piece }) => piece.is === 'group');
  const text = spans.find(({ piece }) => piece.is === 'condition' && piece.condition.kind === 'text');
  if (!group || !text) return spans;
  return spans.map((span) => {
    if (span === group) return { ...span, rivals: [...span.rivals, text.piece] };
    return span === text ? { ...span, rivals: [group.piece, ...span.rivals] } : span;
  });
}

function isSame(a: Piece, b: Piece): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A command is all that was said; "only" and "and" refine when they begin a text. */
function isInPlace(piece: Piece, input: Input, from: number, to: number): boolean {
  if (piece.is === 'whole') return isPolite(input, 0, from) && isPolite(input, to, input.tokens.length);
  if (piece.is !== 'back') return true;
  if (piece.how === 'page') return isPolite(input, 0, from) && isPolite(input, to, input.tokens.length);
  if (piece.how === 'also') return isPolite(input, 0, from) || isPolite(input, to, input.tokens.length);
  return (piece.how !== 'only' && piece.how !== 'and') || isPolite(input, 0, from);
}

function isPolite(input: Input, from: number, to: number): boolean {
  return input.tokens
    .slice(from, to)
    .every((token) => token.kind === 'mark' || isFiller(token) || POLITE.has(token.word));
}

function unreadCost(input: Input, at: number): number {
  const token = input.tokens[at];
  if (!token || token.kind === 'mark' || token.word === "'s") return UNREAD.mark;
  if (isFiller(token)) return UNREAD.filler;
  if (!isKnown(token.word)) return UNREAD.unknown;
  return isOrdinary(token.word) ? UNREAD.ordinary : UNREAD.known;
}
