import type { Pair } from './actionMatch';
import type { ComparedAction } from './planDiff';
import { compareRefs } from './refs';

/*
 * Rows that were renumbered from one file to the next, where titles do not tell: the dates of neighbouring rows do.
 */

/** Dates this near are taken for one that slipped in copying, in days. */
const NEAR = 31;
/** How much better the dates must fit when rows are moved before it is said that they were. */
const MARGIN = 0.7;

/** More rows than this under one parent are not compared row against row. */
const LARGEST_BLOCK = 60;

/**
 * Pairs by ref, mended where dates say that rows were renumbered (two swapped, or several shifted), but for those under the parents of
 * `notRenumbered`, of which somebody said that they were not.
 */
export function mendRenumbered(
  pairs: readonly Pair[],
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  notRenumbered: ReadonlySet<string>,
): Pair[] {
  return [...byParent(older, newer, pairs)].flatMap(([parent, block]) =>
    notRenumbered.has(parent)
      ? block.pairs
      : (shiftedPairs(block, older, newer) ?? swappedPairs(block, older, newer)),
  );
}

/** All steps of a ref but the last: `9.1` of `9.1.2`. Rows are renumbered among those that share it. */
export function parentOf(ref: string): string {
  return ref.replace(/[.\-/]?[^.\-/]+$/, '');
}

/** The rows that share all steps of their ref but the last: they are renumbered among each other. */
interface Block {
  readonly before: number[];
  readonly after: number[];
  readonly pairs: Pair[];
}

function byParent(
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  pairs: readonly Pair[],
): Map<string, Block> {
  const blocks = new Map<string, Block>();
  const blockOf = (ref: string): Block => {
    const parent = parentOf(ref);
    const block = blocks.get(parent) ?? { before: [], after: [], pairs: [] };
    blocks.set(parent, block);
    return block;
  };
  for (const [at, { ref }] of older.entries()) blockOf(ref).before.push(at);
  for (const [at, { ref }] of newer.entries()) blockOf(ref).after.push(at);
  for (const pair of pairs) blockOf(older[pair.before]?.ref ?? '').pairs.push(pair);
  return blocks;
}

/** Rows that moved up where one before them was dropped; null where that fits no better than the refs do. */
function shiftedPairs(
  { before, after, pairs }: Block,
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
): Pair[] | null {
  if (before.length <= after.length || after.length < 2 || before.length > LARGEST_BLOCK) return null;
  const byRef = pairs.reduce((sum, pair) => sum + misfit(older[pair.before], newer[pair.after]), 0);
  const best = bestAlignment(before, after, older, newer);
  if (best.cost + MARGIN > byRef) return null;
  return best.pairs.map((pair) => ({
    ...pair,
    by: older[pair.before]?.ref === newer[pair.after]?.ref ? ('ref' as const) : ('dates' as const),
  }));
}

/** The pairs, in order on both sides, of least misfit; every newer row has one. */
function bestAlignment(
  before: readonly number[],
  after: readonly number[],
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
): { cost: number; pairs: { before: number; after: number }[] } {
  const left = [...before].sort((a, b) => compareRefs(older[a]?.ref ?? '', older[b]?.ref ?? ''));
  const right = [...after].sort((a, b) => compareRefs(newer[a]?.ref ?? '', newer[b]?.ref ?? ''));
  type Way = { cost: number; pairs: { before: number; after: number }[] };
  let row: Way[] = left.map(() => ({ cost: 0, pairs: [] }));
  row.push({ cost: 0, pairs: [] });
  for (const place of right) {
    const next: Way[] = [{ cost: Number.POSITIVE_INFINITY, pairs: [] }];
    for (const [index, own] of left.entries()) {
      const way = row[index];
      const renumbered = older[own]?.ref === newer[place]?.ref ? 0 : 0.1;
      const cost = (way?.cost ?? Number.POSITIVE_INFINITY) + misfit(older[own], newer[place]) + renumbered;
      const skipped = next[index];
      const taken = { cost, pairs: [...(way?.pairs ?? []), { before: own, after: place }] };
      next.push(skipped && skipped.cost <= cost ? skipped : taken);
    }
    row = next;
  }
  return row.at(-1) ?? { cost: Number.POSITIVE_INFINITY, pairs: [] };
}

/** Two rows each of which has the date that the other had. */
function swappedPairs(
  { pairs }: Block,
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
): Pair[] {
  const due = (action: ComparedAction | undefined): string | null => action?.planned?.due ?? null;
  const misfits = pairs.filter((pair) => misfit(older[pair.before], newer[pair.after]) === 1);
  const swapped = new Map<Pair, Pair>();
  for (const [index, one] of misfits.entries()) {
    const other = misfits
      .slice(index + 1)
      .find(
        (pair) =>
          !swapped.has(pair) &&
          due(older[one.before]) === due(newer[pair.after]) &&
          due(older[pair.before]) === due(newer[one.after]),
      );
    if (!other || swapped.has(one)) continue;
    swapped.set(one, { before: one.before, after: other.after, by: 'dates' });
    swapped.set(other, { before: other.before, after: one.after, by: 'dates' });
  }
  return pairs.map((pair) => swapped.get(pair) ?? pair);
}

/** How ill two dates fit: 0 the same, a little for near ones, 1 for others. Rows without a day fit anything equally. */
function misfit(a: ComparedAction | undefined, b: ComparedAction | undefined): number {
  const [one, other] = [a?.planned?.due ?? null, b?.planned?.due ?? null];
  if (one === null || other === null) return 0.5;
  if (one === other) return 0;
  return Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000 <= NEAR ? 0.3 : 1;
}
