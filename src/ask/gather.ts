import { type IsoDate, monthsBetween, type Period, periodOfDate, shiftPeriod } from '../domain/period';
import type { AskContext } from './context';
import type { Intent, Movement, Piece, Span } from './piece';
import type { Condition, Order, PositionAt, RefRange, Who } from './question';
import { plainShift } from './recognise/when';
import { type Reach, reachOf, type Window } from './recognise/windows';

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

type Marker = Movement | Extract<Piece, { is: 'due' | 'fresh' | 'stood' }>;

/** A condition in the making: a marker may still take a window. */
interface Item {
  readonly at: number;
  readonly not: boolean;
  readonly made: Condition | null;
  readonly marker: Marker | null;
  window: Window | null;
}

/** Adds up what the pieces say. */
export function gather(spans: readonly Span[], context: AskContext, opening = ''): Gathered {
  const items: Item[] = [];
  const ors = new Set<number>();
  const windows: { at: number; window: Window }[] = [];
  let negated = false;
  let joined = false;
  for (const [at, { piece }] of spans.entries()) {
    if (piece.is === 'join') {
      if (piece.how === 'not') negated = true;
      if (piece.how === 'or') joined = items.length > 0;
      continue;
    }
    if (piece.is === 'window') {
      windows.push({ at, window: piece.window });
      continue;
    }
    if (piece.is === 'fresh' && piece.mine)
      items.push({
        at,
        not: false,
        made: { kind: 'who', who: [{ kind: 'me' }] },
        marker: null,
        window: null,
      });
    if (piece.is === 'due' && joinDue(items, piece)) continue;
    const item = itemOf(piece, at, negated);
    if (!item) continue;
    if (joined) ors.add(items.length);
    items.push(item);
    if (piece.is === 'condition' && piece.also)
      items.push({ at, not: false, made: piece.also, marker: null, window: null });
    negated = false;
    joined = false;
  }
  // "Due in November or December": the second is of what the first is of, and no time that is past.
  const further = new Set(
    windows
      .filter(({ at }) => spans[at - 1]?.piece.is === 'join' && spans[at - 2]?.piece.is === 'window')
      .map(({ window }) => window),
  );
  const loose = giveWindows(items, windows).filter(
    (window) => further.has(window) || !takesPast(items, window, context),
  );
  if (loose.length > 0 && !spans.some(({ piece }) => piece.is === 'intent' && piece.intent === 'compare'))
    for (const window of loose.filter((one) => items.length === 0 || !isToday(one, context)))
      items.push({ at: spans.length, not: negated, made: null, marker: { is: 'due' }, window });
  const pieces = spans.map(({ piece }) => piece);
  const hasDateOrder = pieces.some((piece) => piece.is === 'order' && piece.order.startsWith('due'));
  const readings = variantsOf(items, context).map((variant) =>
    combine(
      items.map((item, n) => conditionOf(item, context, variant.get(n) ?? 'plain', hasDateOrder)),
      ors,
    ),
  );
  return {
    conditions: readings[0] ?? [],
    otherConditions: readings.slice(1),
    ...gatherRest(pieces),
    windows: windows.map(({ window }) => window),
    isCombined: items.some(({ not }) => not) || ors.size > 0,
    hasMarker: spans.some(({ piece }) => MARKERS.has(piece.is)),
    isHanging:
      isLessening(readings[0] ?? [], opening) ||
      (HANGING.has(opening) &&
        pieces[0] !== undefined &&
        !isWhole(pieces[0]) &&
        !pieces.some((piece) => piece.is === 'intent' || piece.is === 'noun')),
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

/** "Between 40% and 60%" says what it is of; "between May and June" hangs on something before. */
function isWhole(piece: Piece): boolean {
  return piece.is === 'condition' && piece.condition.kind !== 'text';
}

/** "Any reds today?" asks how it stands, not what is due. */
function isToday(window: Window, { today }: AskContext): boolean {
  const { reach } = reachOf(window, 'near', today);
  return window.edge === 'in' && reach.from === today && reach.to === today;
}

const MARKERS: ReadonlySet<Piece['is']> = new Set<Piece['is']>(['due', 'fresh', 'stood', 'movement']);

const HANGING: ReadonlySet<string> = new Set(
  'for in by led since before after within during between until'.split(' '),
);

function gatherRest(
  pieces: readonly Piece[],
): Omit<Gathered, 'conditions' | 'otherConditions' | 'windows' | 'isCombined' | 'hasMarker' | 'isHanging'> {
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
    person: person && person.kind !== 'unknown' ? person : null,
    who: all('who').flatMap(({ who }) => who.filter(isKnownWho)),
    groups: all('group').flatMap((piece) => piece.groups),
    refs: all('refs').flatMap(({ ranges }) => ranges),
    hasNoun: pieces.some(({ is }) => is === 'noun'),
    backs: all('back'),
    unknown: [
      ...named.flatMap((who) => (who.kind === 'unknown' ? [who.name] : [])),
      ...all('unknown').map(({ name }) => name),
    ],
    maybeName: all('condition').some((piece) => piece.maybeName === true),
  };
}

function isKnownWho(who: { readonly kind: string }): who is Who {
  return who.kind !== 'unknown';
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
  const made = (condition: Condition): Item => ({ at, not, made: condition, marker: null, window: null });
  switch (piece.is) {
    case 'condition':
      return made(piece.condition);
    case 'who': {
      const who = piece.who.filter(isKnownWho);
      return who.length > 0 ? made({ kind: 'who', who }) : null;
    }
    case 'group':
      return made({ kind: 'group', groups: piece.groups });
    case 'refs':
      return made({ kind: 'refs', ranges: piece.ranges });
    case 'due':
    case 'fresh':
    case 'stood':
    case 'movement':
      return {
        at,
        not,
        made: null,
        marker: piece,
        window: piece.is === 'fresh' ? (piece.window ?? null) : null,
      };
    default:
      return null;
  }
}

/** Gives each window to the marker that is nearest, the one before it rather than after; gives back those that none takes. */
function giveWindows(items: readonly Item[], windows: readonly { at: number; window: Window }[]): Window[] {
  const loose: Window[] = [];
  for (const { at, window } of windows) {
    const nearest = items
      .filter((item) => item.marker !== null && item.window === null)
      .sort((a, b) => distanceTo(a, at) - distanceTo(b, at))[0];
    if (nearest) nearest.window = window;
    else loose.push(window);
  }
  return loose;
}

/**
 * A time that is past and belongs to nothing else is when an action came to stand so: "delivered since June", "reds in June",
 * "since June". Says whether it was taken for that.
 */
function takesPast(items: Item[], window: Window, context: AskContext): boolean {
  if (items.some(({ made }) => made?.kind === 'overdue')) return false;
  const isSince = ['since', 'last', 'loaded', 'back'].includes(window.edge);
  const { reach } = reachOf(window, 'past', context.today);
  const isOver = window.edge === 'in' && (reach.to ?? '') < `${context.today.slice(0, 7)}-01`;
  const at = items.findIndex(({ made, not }) => !not && (made?.kind === 'status' || made?.kind === 'phase'));
  const item = items[at];
  const marker = markerFor(item?.made ?? null, isSince, isOver, context);
  if (!marker) return false;
  const taking: Item = { at: item?.at ?? 0, not: false, made: null, marker, window };
  if (item && marker.is !== 'movement') items[at] = taking;
  else if (item) items[at] = taking;
  else items.push(taking);
  return true;
}

function markerFor(
  made: Condition | null,
  isSince: boolean,
  isOver: boolean,
  { scale }: AskContext,
): Marker | null {
  if (made?.kind === 'phase' && made.phase === 'done') {
    const became = scale.statuses.filter(({ phase }) => phase === 'done').map(({ key }) => key);
    return { is: 'movement', direction: 'any', left: null, became };
  }
  if (made?.kind === 'status' && isOver) return { is: 'stood', statuses: made.statuses };
  if (!isSince) return null;
  const became = made?.kind === 'status' ? made.statuses : null;
  return { is: 'movement', direction: 'any', left: null, became };
}

function distanceTo(item: Item, at: number): number {
  return item.at < at ? at - item.at : item.at - at + 0.5;
}

// ---- Conditions

/** How a window without its year, or without a first day, is taken. */
type Variant = 'plain' | 'other-year' | 'from-today';

/** The likeliest first: everything as it is, then each item that can be taken another way taken so. */
function variantsOf(items: readonly Item[], context: AskContext): Map<number, Variant>[] {
  const variants: Map<number, Variant>[] = [new Map()];
  for (const [n, { marker, window }] of items.entries()) {
    if (!marker || !window) continue;
    const { reach, other } = reachOf(window, leanOf(marker), context.today);
    if (marker.is === 'due' && other) variants.push(new Map([[n, 'other-year']]));
    if (marker.is === 'due' && reach.from === null && reach.to !== null && reach.to >= context.today)
      variants.push(new Map([[n, 'from-today']]));
  }
  return variants;
}

function leanOf(marker: Marker): 'past' | 'near' {
  return marker.is === 'due' && !marker.past ? 'near' : 'past';
}

function conditionOf(
  item: Item,
  context: AskContext,
  variant: Variant,
  isOrdered: boolean,
): Condition | null {
  const made =
    item.made ??
    (item.marker ? markedCondition(item.marker, item.window, context, variant, isOrdered) : null);
  if (made === null || !item.not) return made;
  if (made.kind === 'percent' && made.is === '=' && made.than === 100) return { ...made, is: '<' };
  if (made.kind === 'phase' && made.phase === 'done') return { kind: 'phase', phase: 'live' };
  if (made.kind === 'silent') return { kind: 'updated', from: made.from, to: made.to };
  if (made.kind === 'updated') return { kind: 'silent', from: made.from, to: made.to };
  return made.kind === 'not' ? made.of : { kind: 'not', of: made };
}

function markedCondition(
  marker: Marker,
  window: Window | null,
  context: AskContext,
  variant: Variant,
  isOrdered: boolean,
): Condition | null {
  switch (marker.is) {
    case 'due':
      if (!window && marker.soon) return dueCondition(SOON, context, variant, isOrdered);
      return dueCondition(window, context, variant, isOrdered, leanOf(marker));
    case 'fresh':
      if (marker.mine && window && looksAhead(window, context))
        return dueCondition(window, context, variant, isOrdered);
      return freshCondition(marker.how, window, context);
    case 'stood':
      if (!window) return { kind: 'status', statuses: marker.statuses };
      return { kind: 'stood', statuses: marker.statuses, at: endsOf(window, context).to };
    case 'movement': {
      const { direction, left, became } = marker;
      const { from, to } = window ? endsOf(window, context) : LATELY;
      return { kind: 'moved', direction, left, became, from, to };
    }
  }
}

const LATELY: { readonly from: PositionAt; readonly to: PositionAt } = { from: 'last', to: 'now' };

const SOON: Window = { edge: 'ahead', span: { n: 1, unit: 'month' } };

/** "What do I need to do before Christmas?" asks for what is due, not for what has no update. */
function looksAhead(window: Window, { today }: AskContext): boolean {
  const { reach } = reachOf(window, 'near', today);
  return window.edge === 'before' || window.edge === 'by' || (reach.to ?? '') > lastDayOfMonth(today);
}

/** Due within a window; without one, due by the end of this month, what is late included. */
function dueCondition(
  window: Window | null,
  context: AskContext,
  variant: Variant,
  isOrdered: boolean,
  lean: 'past' | 'near' = 'near',
): Condition | null {
  if (!window) return isOrdered ? null : { kind: 'due', from: null, to: lastDayOfMonth(context.today) };
  const { reach, other } = reachOf(
    window.edge === 'for' ? { ...window, edge: 'ahead' } : window,
    lean,
    context.today,
  );
  const taken = variant === 'other-year' && other ? other : reach;
  return { kind: 'due', from: variant === 'from-today' ? context.today : taken.from, to: taken.to };
}

function freshCondition(
  how: 'updated' | 'silent' | 'unchanged',
  window: Window | null,
  context: AskContext,
): Condition {
  const { period } = context;
  if (how === 'unchanged')
    return { kind: 'unchanged', months: window ? Math.max(1, monthsOf(window, context)) : 1 };
  if (!window) return { kind: how, from: period, to: period };
  const { reach } = reachOf(window, 'past', context.today);
  if (how === 'updated') return { kind: 'updated', ...periodsOf(window, reach, context) };
  if ((window.edge === 'from' || window.edge === 'since') && reach.from) {
    const last = periodOfDate(reach.from);
    return { kind: 'silent', from: last < period ? shiftPeriod(last, 1) : period, to: null };
  }
  if (window.edge === 'for' || window.edge === 'back')
    return {
      kind: 'silent',
      from: shiftPeriod(period, 1 - Math.max(1, monthsOf(window, context))),
      to: null,
    };
  return { kind: 'silent', ...periodsOf(window, reach, context) };
}

function periodsOf(
  window: Window,
  reach: Reach,
  { period }: AskContext,
): { from: Period; to: Period | null } {
  if (window.edge === 'last') return { from: period, to: period };
  const from = reach.from ? periodOfDate(reach.from) : ('0000-01' as Period);
  const to = reach.to ? periodOfDate(reach.to) : null;
  // "This week" is within this month's period, whichever that is.
  if (from >= period) return { from: period, to: period };
  return { from, to: to === null || to >= period ? null : to };
}

/** How many months a window goes back from this period. */
function monthsOf(window: Window, context: AskContext): number {
  if (window.edge === 'for' || window.edge === 'back' || window.edge === 'ahead') {
    const { n, unit } = window.span;
    return unit === 'year' ? 12 * n : unit === 'month' ? n : Math.round((unit === 'week' ? 7 * n : n) / 30);
  }
  const { reach } = reachOf(window, 'past', context.today);
  return reach.from ? monthsBetween(periodOfDate(reach.from), context.period) : 1;
}

/** The two positions that a movement is between: "since June" June's and now, "in June" May's and June's. */
export function endsOf(window: Window, context: AskContext): { from: PositionAt; to: PositionAt } {
  const { period, today } = context;
  if (window.edge === 'last' || window.edge === 'loaded') return { from: window.edge, to: 'now' };
  if (window.edge === 'for' || window.edge === 'back' || window.edge === 'ahead')
    return { from: earlier(shiftPeriod(period, -Math.max(1, monthsOf(window, context))), period), to: 'now' };
  const { reach } = reachOf(window, 'past', today);
  const first = reach.from ? periodOfDate(reach.from) : null;
  const to = reach.to ? periodOfDate(reach.to) : null;
  if (window.edge === 'in')
    return { from: first && first < period ? shiftPeriod(first, -1) : 'last', to: at(to, period) };
  return { from: first ? earlier(first, period) : 'loaded', to: at(to, period) };
}

/** The position that a period names: this one is as it stands now. */
export function at(named: Period | null, period: Period): PositionAt {
  return named === null || named >= period ? 'now' : named;
}

function earlier(named: Period, period: Period): PositionAt {
  return named >= period ? 'last' : named;
}

function lastDayOfMonth(today: IsoDate): IsoDate {
  const next = plainShift(`${today.slice(0, 7)}-01` as IsoDate, 1, 'month');
  return plainShift(next, -1, 'day');
}

// ---- Putting conditions together

/** The order in which a question's conditions stand, so that equal questions are equal. */
const KINDS: readonly Condition['kind'][] = [
  'who',
  'shared',
  'status',
  'phase',
  'overdue',
  'slipped',
  'contradiction',
  'percent',
  'no-percent',
  'undated',
  'group',
  'refs',
  'text',
  'due',
  'silent',
  'updated',
  'unchanged',
  'moved',
  'stood',
  'has',
  'not',
  'any',
];

/** All conditions; those joined by "or" made one where they are of different kinds, those of the same kind merged. */
function combine(made: readonly (Condition | null)[], ors: ReadonlySet<number>): Condition[] {
  const runs: Condition[][] = [];
  for (const [n, condition] of made.entries()) {
    if (!condition) continue;
    const last = runs.at(-1);
    if (last && ors.has(n)) last.push(condition);
    else runs.push([condition]);
  }
  const joined = runs.flatMap((run): Condition[] => {
    const merged = run.reduce<Condition[]>((all, one) => mergeAny(all, one), []);
    return merged.length > 1 ? [{ kind: 'any', of: sorted(merged) }] : merged;
  });
  return sorted(fromStatus(joined.reduce<Condition[]>((all, one) => mergeAll(all, one), [])));
}

/** "Which ambers went green": what they were, since they cannot be both. */
function fromStatus(conditions: readonly Condition[]): readonly Condition[] {
  const moved = conditions.find((one) => one.kind === 'moved');
  const status = conditions.find((one) => one.kind === 'status');
  if (moved?.kind !== 'moved' || status?.kind !== 'status' || moved.left || !moved.became) return conditions;
  if (status.statuses.some((key) => moved.became?.includes(key))) return conditions;
  const stepped: Condition = { ...moved, left: status.statuses };
  return conditions.flatMap((one) => (one === status ? [] : one === moved ? [stepped] : [one]));
}

/** Adds a condition that must hold as well. What an action can only be one of (status, group, lead) is widened instead. */
export function mergeAll(all: readonly Condition[], one: Condition): Condition[] {
  const same = all.find(({ kind }) => kind === one.kind);
  if (!same || JSON.stringify(same) === JSON.stringify(one))
    return all.some((other) => JSON.stringify(other) === JSON.stringify(one)) ? [...all] : [...all, one];
  const merged =
    widened(same, one) ??
    (same.kind === 'text' && one.kind === 'text' && same.exact === one.exact
      ? { ...same, phrases: [...new Set([...same.phrases, ...one.phrases])] }
      : same.kind === 'due' && one.kind === 'due'
        ? mergeDue(same, one)
        : same.kind === 'overdue' && one.kind === 'overdue'
          ? { kind: 'overdue' as const, by: same.by ?? one.by }
          : same.kind === 'slipped' && one.kind === 'slipped'
            ? { kind: 'slipped' as const, by: same.by ?? one.by }
            : same.kind === 'undated' && one.kind === 'undated'
              ? { kind: 'undated' as const, ongoing: same.ongoing || one.ongoing }
              : same.kind === 'moved' && one.kind === 'moved'
                ? mergeMoves(same, one)
                : null);
  return merged ? all.map((other) => (other === same ? merged : other)) : [...all, one];
}

type Due = Extract<Condition, { kind: 'due' }>;

/** Both must hold; where they cannot ("in November and December") either may. */
function mergeDue(a: Due, b: Due): Condition {
  const [first, last] = (a.from ?? '') <= (b.from ?? '') ? [a, b] : [b, a];
  const isApart = first.to !== null && last.from !== null && first.to < last.from;
  if (!isApart || first.to === null)
    return { kind: 'due', from: later(a.from, b.from), to: sooner(a.to, b.to) };
  if (plainShift(first.to, 1, 'day') === last.from) return { kind: 'due', from: first.from, to: last.to };
  return { kind: 'any', of: [first, last] };
}

type Moved = Extract<Condition, { kind: 'moved' }>;

function mergeMoves(a: Moved, b: Moved): Moved {
  const isDefault = a.from === 'last' && a.to === 'now';
  return {
    kind: 'moved',
    direction: a.direction === 'any' ? b.direction : a.direction,
    left: a.left ?? b.left,
    became: a.became ?? b.became,
    from: isDefault ? b.from : a.from,
    to: isDefault ? b.to : a.to,
  };
}

function mergeAny(all: readonly Condition[], one: Condition): Condition[] {
  for (const other of all) {
    const merged = widened(other, one);
    if (merged) return all.map((each) => (each === other ? merged : each));
  }
  return [...all, one];
}

/** Two conditions of a kind that lists what is allowed, as one that allows both. */
export function widened(a: Condition, b: Condition): Condition | null {
  if (a.kind === 'status' && b.kind === 'status')
    return { kind: 'status', statuses: [...new Set([...a.statuses, ...b.statuses])] };
  if (a.kind === 'group' && b.kind === 'group')
    return { kind: 'group', groups: [...new Set([...a.groups, ...b.groups])] };
  if (a.kind === 'who' && b.kind === 'who') return { kind: 'who', who: unique([...a.who, ...b.who]) };
  if (a.kind === 'refs' && b.kind === 'refs')
    return { kind: 'refs', ranges: unique([...a.ranges, ...b.ranges]) };
  return null;
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** In one order, so that "red overdue" and "overdue reds" are one question. */
export function sorted(conditions: readonly Condition[]): Condition[] {
  return [...conditions].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

function later(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

function sooner(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
