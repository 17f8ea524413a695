import type { ActionMatch, ComparedAction } from './planDiff';
import { refSortKey } from './refs';
import { mendRenumbered } from './renumbered';

/*
 * Which action of a plan is which of a newer one: by its words where both print titles, else by its ref.
 */

/** A pair of places: older, newer. */
export interface Pair {
  readonly before: number;
  readonly after: number;
  readonly by: ActionMatch['by'];
}

/** How much of two titles' words must be shared for them to be one action under another ref. */
const SAME_WORDS = 0.6;
/** Titles that share less than this are two actions, whatever their refs. */
const OTHER_WORDS = 0.2;

/** Same ref and words that are not quite others; then the same words under another ref, the most alike first. */
export function matchByWords(older: readonly ComparedAction[], newer: readonly ComparedAction[]): Pair[] {
  const left = older.map(({ title }) => wordsOf(title));
  const right = newer.map(({ title }) => wordsOf(title));
  const likeness = (before: number, after: number): number => {
    const [one, other] = [older[before]?.title ?? '', newer[after]?.title ?? ''];
    if (one === other) return 1;
    // What has no words tells nothing against its ref.
    if (one === '' || other === '') return OTHER_WORDS;
    return sharedShare(left[before] ?? new Set(), right[after] ?? new Set());
  };
  const sure = pairRefs(older, newer).filter(({ before, after }) => likeness(before, after) >= SAME_WORDS);
  const free = leftOver(older, newer, sure);
  const alike: { before: number; after: number; like: number }[] = [];
  for (const before of free.before.filter((at) => older[at]?.title !== ''))
    for (const after of free.after) {
      const like = likeness(before, after);
      if (like >= SAME_WORDS) alike.push({ before, after, like });
    }
  alike.sort((a, b) => b.like - a.like);
  const byWords = takeEachOnce(alike).map(({ before, after }) => ({ before, after, by: 'words' as const }));
  const rest = leftOver(older, newer, [...sure, ...byWords]);
  const byRef = pairRefs(older, newer).filter(
    ({ before, after }) =>
      rest.before.includes(before) && rest.after.includes(after) && likeness(before, after) >= OTHER_WORDS,
  );
  return [...sure, ...byWords, ...byRef];
}

/** By ref, mended where the dates of neighbouring rows say that they were renumbered; see {@link mendRenumbered}. */
export function matchByRefs(
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  notRenumbered: ReadonlySet<string>,
): Pair[] {
  return mendRenumbered(pairRefs(older, newer), older, newer, notRenumbered);
}

/** The first of each ref with the first, the second with the second. */
function pairRefs(older: readonly ComparedAction[], newer: readonly ComparedAction[]): Pair[] {
  const places = new Map<string, number[]>();
  for (const [at, { ref }] of newer.entries()) {
    const known = places.get(refSortKey(ref));
    if (known) known.push(at);
    else places.set(refSortKey(ref), [at]);
  }
  return older.flatMap(({ ref }, before) => {
    const after = places.get(refSortKey(ref))?.shift();
    return after === undefined ? [] : [{ before, after, by: 'ref' as const }];
  });
}

/** Places that no pair has taken. */
function leftOver(
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  pairs: readonly Pair[],
): { before: number[]; after: number[] } {
  const [taken, used] = [
    new Set(pairs.map(({ before }) => before)),
    new Set(pairs.map(({ after }) => after)),
  ];
  return {
    before: older.map((_, at) => at).filter((at) => !taken.has(at)),
    after: newer.map((_, at) => at).filter((at) => !used.has(at)),
  };
}

/** The pairs that come first, each place in one of them. */
function takeEachOnce<T extends { readonly before: number; readonly after: number }>(
  pairs: readonly T[],
): T[] {
  const [taken, used] = [new Set<number>(), new Set<number>()];
  return pairs.filter(({ before, after }) => {
    if (taken.has(before) || used.has(after)) return false;
    taken.add(before);
    used.add(after);
    return true;
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{L}{3,}|\d+/gu) ?? []);
}

/** How much of two titles' words they share, from 0 to 1. */
function sharedShare(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}
