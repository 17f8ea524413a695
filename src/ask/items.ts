import type { AskContext } from './context';
import type { Movement, Piece, Span } from './piece';
import { type Condition, isKnownWho } from './question';
import { reachOf, type Window } from './recognise/windows';

/*
 * What the words of a text ask for, one by one, each with the time that is its own.
 */

/** A word that takes a time: due, updated, was red, went red. */
export type Marker = Movement | Extract<Piece, { is: 'due' | 'fresh' | 'stood' }>;

/** A condition in the making: a marker may still take a window. */
export interface Item {
  /** The place of its piece in the text. */
  readonly at: number;
  readonly not: boolean;
  readonly made: Condition | null;
  readonly marker: Marker | null;
  window: Window | null;
}

export interface Items {
  readonly items: readonly Item[];
  /** Which of them may hold instead of the one before. */
  readonly ors: ReadonlySet<number>;
}

/** A time and the place of its piece in the text. */
interface Time {
  readonly at: number;
  readonly window: Window;
}

/** What the pieces ask for, in the order of the text. */
export function itemsOf(spans: readonly Span[], context: AskContext): Items {
  const items: Item[] = [];
  const ors = new Set<number>();
  let negated = false;
  let joined = false;
  for (const [at, { piece }] of spans.entries()) {
    if (piece.is === 'join') {
      if (piece.how === 'not') negated = true;
      if (piece.how === 'or') joined = items.length > 0;
      continue;
    }
    if (piece.is === 'fresh' && piece.mine) items.push(made({ kind: 'who', who: [{ kind: 'me' }] }, at));
    if (piece.is === 'due' && joinDue(items, piece)) continue;
    const item = itemOf(piece, at, negated);
    if (!item) continue;
    if (joined) ors.add(items.length);
    items.push(item);
    if (piece.is === 'condition' && piece.also) items.push(made(piece.also, at));
    negated = false;
    joined = false;
  }
  const loose = placeTimes(items, spans, context);
  items.push(...loose.map((window) => marked({ is: 'due' }, window, spans.length, negated)));
  return { items, ors };
}

function made(condition: Condition, at: number, not = false): Item {
  return { at, not, made: condition, marker: null, window: null };
}

function marked(marker: Marker, window: Window | null, at: number, not = false): Item {
  return { at, not, made: null, marker, window };
}

/** "Due soon" is one time, said in two words. Says whether it was joined to what is there. */
function joinDue(items: Item[], piece: Extract<Piece, { is: 'due' }>): boolean {
  const at = items.findIndex(({ marker }) => marker?.is === 'due');
  const there = items[at];
  if (there?.marker?.is !== 'due') return false;
  const soon = Boolean(there.marker.soon) || Boolean(piece.soon);
  items[at] = { ...there, marker: { is: 'due', soon } };
  return true;
}

function itemOf(piece: Piece, at: number, not: boolean): Item | null {
  switch (piece.is) {
    case 'condition':
      return made(piece.condition, at, not);
    case 'who': {
      const who = piece.who.filter(isKnownWho);
      return who.length > 0 ? made({ kind: 'who', who }, at, not) : null;
    }
    case 'group':
      return made({ kind: 'group', groups: piece.groups }, at, not);
    case 'refs':
      return made({ kind: 'refs', ranges: piece.ranges }, at, not);
    case 'fresh':
      return marked(piece, piece.window ?? null, at, not);
    case 'due':
    case 'stood':
    case 'movement':
      return marked(piece, null, at, not);
    default:
      return null;
  }
}

// ---- Which time is whose

/** Gives times to the items that they are of; gives back those that say when actions are due. */
function placeTimes(items: Item[], spans: readonly Span[], context: AskContext): readonly Window[] {
  const times = spans.flatMap(({ piece }, at) =>
    piece.is === 'window' ? [{ at, window: piece.window }] : [],
  );
  const loose: Window[] = [];
  for (const { at, window } of giveToMarkers(items, times))
    if (isFurther(spans, at) || !takesPast(items, window, context)) loose.push(window);
  if (spans.some(({ piece }) => piece.is === 'intent' && piece.intent === 'compare')) return [];
  return items.length === 0 ? loose : loose.filter((window) => !isToday(window, context));
}

/** "Due in November or December": the second is of what the first is of, and no time that is past. */
function isFurther(spans: readonly Span[], at: number): boolean {
  return spans[at - 1]?.piece.is === 'join' && spans[at - 2]?.piece.is === 'window';
}

/** "Any reds today?" asks how it stands, not what is due. */
function isToday(window: Window, { today }: AskContext): boolean {
  const { reach } = reachOf(window, 'near', today);
  return window.edge === 'in' && reach.from === today && reach.to === today;
}

/** Gives each time to the marker that is nearest, the one before it rather than after; gives back those that none takes. */
function giveToMarkers(items: readonly Item[], times: readonly Time[]): readonly Time[] {
  const loose: Time[] = [];
  for (const time of times) {
    const nearest = items
      .filter((item) => item.marker !== null && item.window === null)
      .sort((a, b) => distanceTo(a, time.at) - distanceTo(b, time.at))[0];
    if (nearest) nearest.window = time.window;
    else loose.push(time);
  }
  return loose;
}

function distanceTo(item: Item, at: number): number {
  return item.at < at ? at - item.at : item.at - at + 0.5;
}

/**
 * A time that is past and belongs to nothing else is when an action came to stand so: "delivered since June", "reds in June",
 * "since June". Says whether it was taken for that.
 */
function takesPast(items: Item[], window: Window, context: AskContext): boolean {
  if (items.some(({ made }) => made?.kind === 'overdue')) return false;
  const at = items.findIndex(({ made, not }) => !not && (made?.kind === 'status' || made?.kind === 'phase'));
  const item = items[at];
  const marker = pastMarker(item?.made ?? null, window, context);
  if (!marker) return false;
  const taking = marked(marker, window, item?.at ?? 0);
  if (item) items[at] = taking;
  else items.push(taking);
  return true;
}

/** How something that stands so came to stand so; null where the time is none that is past. */
function pastMarker(made: Condition | null, window: Window, { scale, today }: AskContext): Marker | null {
  if (made?.kind === 'phase' && made.phase === 'done') {
    const became = scale.statuses.filter(({ phase }) => phase === 'done').map(({ key }) => key);
    return { is: 'movement', direction: 'any', left: null, became };
  }
  const isOver =
    window.edge === 'in' && (reachOf(window, 'past', today).reach.to ?? '') < `${today.slice(0, 7)}-01`;
  if (made?.kind === 'status' && isOver) return { is: 'stood', statuses: made.statuses };
  if (!['since', 'last', 'loaded', 'back'].includes(window.edge)) return null;
  const became = made?.kind === 'status' ? made.statuses : null;
  return { is: 'movement', direction: 'any', left: null, became };
}
