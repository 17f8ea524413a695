import type { EditDistance } from './nameLikeness';

/** Two names of a plan that may be one person's. */
export interface LikeNames {
  readonly first: string;
  readonly second: string;
  /** In what they differ: capitals and spaces; letters that are printed alike; one letter; two letters. */
  readonly by: 'case' | 'look' | 'one letter' | 'two letters';
}

/** Names that are compared at most: enough for any plan, and a bound for a sheet of nonsense. */
const MOST_NAMES = 1000;

/** More pairs than this are a list of made-up names, not of a plan's leads with slips in them. */
export const MOST_PAIRS = 200;

/**
 * Pairs of names that may be one person's: one or two letters apart, or alike but for a capital I in an l's place. Names are never made
 * one: each pair is a question. At most {@link MOST_PAIRS} and one more, which says that there are too many. `distance` counts the edits between two texts.
 */
export function likeNames(names: readonly string[], distance: EditDistance): LikeNames[] {
  const people = [...new Set(names)]
    .slice(0, MOST_NAMES)
    .map((name) => ({ name, folded: foldName(name), unmasked: unmaskName(name) }));
  const pairs: LikeNames[] = [];
  for (const [index, first] of people.entries()) {
    for (const second of people.slice(index + 1)) {
      const by = likenessOf(first, second, distance);
      if (by) pairs.push({ first: first.name, second: second.name, by });
      if (pairs.length > MOST_PAIRS) return pairs;
    }
  }
  return pairs;
}

interface Folded {
  readonly folded: string;
  readonly unmasked: string;
}

function likenessOf(first: Folded, second: Folded, distance: EditDistance): LikeNames['by'] | null {
  const [a, b] = [first.folded, second.folded];
  if (a === b) return 'case';
  if (first.unmasked === second.unmasked) return 'look';
  if (Math.abs(a.length - b.length) > 2) return null;
  const letters = distance(a, b);
  const isNear =
    letters === 1 ? a.length >= 7 : letters === 2 && a.length >= 10 && a.charAt(0) === b.charAt(0);
  if (!isNear || differsInInitialsOnly(a, b)) return null;
  return letters === 1 ? 'one letter' : 'two letters';
}

/** "A Cole" and "B Cole" are one letter apart and two people. */
function differsInInitialsOnly(a: string, b: string): boolean {
  const [left, right] = [a.split(' '), b.split(' ')];
  if (left.length !== right.length) return false;
  const differing = left.flatMap((word, index) =>
    word === right[index] ? [] : [[word, right[index] ?? ''] as const],
  );
  return differing.every(
    ([one, other]) => one.replace('.', '').length <= 1 && other.replace('.', '').length <= 1,
  );
}

/** Small letters without accents, single spaces, one kind of apostrophe. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** With what is printed alike made one: I, l and 1 are l; O and 0 are o. */
function unmaskName(name: string): string {
  return foldName(name.replace(/[I1|]/g, 'l').replace(/0/g, 'O'));
}
