import type { AskContext } from './context';
import { readingsOf } from './itemConditions';
import { itemsOf } from './items';
import type { Intent, Piece, Span } from './piece';
import { type Condition, isKnownWho, type Order, type RefRange, type Who } from './question';
import type { Window } from './recognise/windows';

/** What the pieces of a text come to, before it is settled what kind of question it is. */
export interface Gathered {
  readonly conditions: readonly Condition[];
  /** The same with the other year of a date that named none, or another way to take a window. */
  readonly otherConditions: readonly (readonly Condition[])[];
  readonly intents: ReadonlySet<Intent>;
  readonly rank: { readonly by: 'group' | 'lead'; readonly order: 'most' | 'fewest' | 'plain' | null } | null;
  readonly superlative: 'most' | 'fewest' | null;
  readonly order: {
    readonly order: Order;
    readonly limit: number | null;
    readonly implies: Condition | null;
    readonly sorts: boolean;
  } | null;
  readonly limit: number | null;
  readonly shape: 'cards' | 'titles' | null;
  readonly person: Who | null;
  readonly who: readonly Who[];
  readonly groups: readonly string[];
  readonly refs: readonly RefRange[];
  readonly windows: readonly Window[];
  /** Whether something was negated or joined by "or", so that a lone ref is a list all the same. */
  readonly isCombined: boolean;
  readonly hasNoun: boolean;
  readonly backs: readonly Extract<Piece, { is: 'back' }>[];
  readonly unknown: readonly string[];
  /** Whether a word says what the times are of: due, updated, went red. */
  readonly hasMarker: boolean;
  /** Whether it begins with a word that hangs on something before: "in priority 5", "for Helen". */
  readonly isHanging: boolean;
  readonly maybeName: boolean;
}

/** Adds up what the pieces say. */
export function gather(spans: readonly Span[], context: AskContext, opening = ''): Gathered {
  const pieces = spans.map(({ piece }) => piece);
  const { items, ors } = itemsOf(spans, context);
  const hasDateOrder = pieces.some((piece) => piece.is === 'order' && piece.order.startsWith('due'));
  const [conditions = [], ...otherConditions] = readingsOf({ items, ors }, hasDateOrder, context);
  return {
    conditions,
    otherConditions,
    ...gatherRest(pieces),
    isCombined: items.some(({ not }) => not) || ors.size > 0,
    isHanging: isLessening(conditions, opening) || isFragment(pieces, opening),
  };
}

/** "Not Tom's", "without priority 6": less of what was asked for before. "Not blue" is a question of its own. */
function isLessening(conditions: readonly Condition[], opening: string): boolean {
  return (
    LESSENING.has(opening) &&
    conditions.length > 0 &&
    conditions.every((one) => one.kind === 'not' && ['who', 'group', 'refs', 'text'].includes(one.of.kind))
  );
}

const LESSENING: ReadonlySet<string> = new Set('not without except excluding minus but'.split(' '));

/** "In priority 5", "for Helen", "before May". */
function isFragment(pieces: readonly Piece[], opening: string): boolean {
  const [first] = pieces;
  if (!HANGING.has(opening) || !first || isWhole(first)) return false;
  return !pieces.some((piece) => piece.is === 'intent' || piece.is === 'noun');
}

const HANGING: ReadonlySet<string> = new Set(
  'for in by led since before after within during between until'.split(' '),
);

/** "Between 40% and 60%" says what it is of; "between May and June" hangs on something before. */
function isWhole(piece: Piece): boolean {
  return piece.is === 'condition' && piece.condition.kind !== 'text';
}

const MARKERS: ReadonlySet<Piece['is']> = new Set<Piece['is']>(['due', 'fresh', 'stood', 'movement']);

function gatherRest(
  pieces: readonly Piece[],
): Omit<Gathered, 'conditions' | 'otherConditions' | 'isCombined' | 'isHanging'> {
  const all = <Is extends Piece['is']>(is: Is) =>
    pieces.filter((piece): piece is Extract<Piece, { is: Is }> => piece.is === is);
  const named = [...all('who').flatMap(({ who }) => who), ...all('person').map(({ who }) => who)];
  const order = all('order')[0];
  const rank = all('rank').sort((a, b) => Number(a.order === null) - Number(b.order === null))[0];
  const person = all('person')[0]?.who;
  return {
    intents: new Set(all('intent').map(({ intent }) => intent)),
    rank: rank ? { by: rank.by, order: rank.order } : null,
    superlative: all('superlative')[0]?.order ?? null,
    order: order
      ? {
          order: order.order,
          limit: order.limit,
          implies: order.implies ?? null,
          sorts: order.sorts ?? false,
        }
      : null,
    limit: all('limit')[0]?.n ?? null,
    shape: all('shape')[0]?.shape ?? null,
    person: person && isKnownWho(person) ? person : null,
    who: all('who').flatMap(({ who }) => who.filter(isKnownWho)),
    groups: all('group').flatMap((piece) => piece.groups),
    refs: all('refs').flatMap(({ ranges }) => ranges),
    windows: all('window').map(({ window }) => window),
    hasMarker: pieces.some(({ is }) => MARKERS.has(is)),
    hasNoun: pieces.some(({ is }) => is === 'noun'),
    backs: all('back'),
    unknown: [
      ...named.flatMap((who) => (who.kind === 'unknown' ? [who.name] : [])),
      ...all('unknown').map(({ name }) => name),
    ],
    maybeName: all('condition').some((piece) => piece.maybeName === true),
  };
}
