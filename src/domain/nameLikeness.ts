import { areFormsOfOneName } from './firstNames';

/** How many single-character edits make one text of the other (Levenshtein). Given from outside. */
export type EditDistance = (a: string, b: string) => number;

/** How unlike two names are: 0 the same but for a title. Only their order is of importance. */
export const UNLIKENESS = {
  sameButTitle: 0,
  sameLettersApart: 1,
  otherOrder: 1,
  shortForm: 1,
  longerSurname: 1,
  initial: 2,
  loneName: 4,
  initialsOnly: 4,
  otherSurname: 6,
} as const;

/**
 * How unlike two names are, as words in the order in which they are spoken (small letters, no accents, no titles): 0 for
 * the same, see {@link UNLIKENESS}; slips count one each. null when they are not alike at all.
 */
export function unlikenessOf(
  left: readonly string[],
  right: readonly string[],
  distance: EditDistance,
): number | null {
  if (left.length === 0 || right.length === 0) return null;
  const ways = [
    spellingUnlikeness(left, right, distance),
    partsUnlikeness(left, right, distance),
    addTo(partsUnlikeness([...left].reverse(), right, distance), UNLIKENESS.otherOrder),
    containmentUnlikeness(left, right),
    loneNameUnlikeness(left, right),
    initialsUnlikeness(left, right),
    sameFirstNameUnlikeness(left, right),
  ];
  const found = ways.filter((way) => way !== null);
  return found.length > 0 ? Math.min(...found) : null;
}

/** The whole names, letter by letter: slips, and words joined or set apart (`O Neill`). */
function spellingUnlikeness(
  left: readonly string[],
  right: readonly string[],
  distance: EditDistance,
): number | null {
  if (left.join(' ') === right.join(' ')) return UNLIKENESS.sameButTitle;
  const [a, b] = [left.join(''), right.join('')];
  if (a === b) return UNLIKENESS.sameLettersApart;
  if (left.length === 1 || right.length === 1) return null;
  return slipsBetween(a, b, distance);
}

/** First name against first name, surname against surname. */
function partsUnlikeness(
  left: readonly string[],
  right: readonly string[],
  distance: EditDistance,
): number | null {
  const [firstLeft, ...restLeft] = left;
  const [firstRight, ...restRight] = right;
  if (!firstLeft || !firstRight || restLeft.length === 0 || restRight.length === 0) return null;
  const first = firstNameUnlikeness(firstLeft, firstRight, distance);
  const last = surnameUnlikeness(restLeft, restRight, distance);
  return last === null ? null : addTo(first, last);
}

function firstNameUnlikeness(a: string, b: string, distance: EditDistance): number | null {
  if (a === b) return 0;
  if (isInitialOf(a, b) || isInitialOf(b, a)) return UNLIKENESS.initial;
  if (areFormsOfOneName(a, b) || isShortened(a, b) || isShortened(b, a)) return UNLIKENESS.shortForm;
  return slipsBetween(a, b, distance);
}

/** Middle names and the halves of double-barrelled surnames may be missing, as long as one name is in both. */
function surnameUnlikeness(
  a: readonly string[],
  b: readonly string[],
  distance: EditDistance,
): number | null {
  if (a.join('') === b.join('')) return 0;
  if (a.some((word) => word.length > 1 && b.includes(word))) return UNLIKENESS.longerSurname;
  return (
    slipsBetween(a.join(''), b.join(''), distance) ?? slipsBetween(a.at(-1) ?? '', b.at(-1) ?? '', distance)
  );
}

/** One name holds all words of the other: a middle name, letters after it (`Ann Cole, MBE`). */
function containmentUnlikeness(left: readonly string[], right: readonly string[]): number | null {
  const [fewer, more] = left.length <= right.length ? [left, right] : [right, left];
  return fewer.length >= 2 && fewer.every((word) => more.includes(word)) ? UNLIKENESS.longerSurname : null;
}

/** A first name or a surname alone is like everybody who has it. */
function loneNameUnlikeness(left: readonly string[], right: readonly string[]): number | null {
  const [fewer, more] = left.length <= right.length ? [left, right] : [right, left];
  const [lone, ...others] = fewer;
  return lone && lone.length > 1 && others.length === 0 && more.includes(lone) ? UNLIKENESS.loneName : null;
}

/** `AC`, `A.C.` or `A C` against `Ann Cole`. */
function initialsUnlikeness(left: readonly string[], right: readonly string[]): number | null {
  return areInitialsOf(left, right) || areInitialsOf(right, left) ? UNLIKENESS.initialsOnly : null;
}

function areInitialsOf(short: readonly string[], long: readonly string[]): boolean {
  const initials = long.map((word) => word.slice(0, 1)).join('');
  return long.length >= 2 && initials.length <= 3 && short.join('') === initials;
}

/** A surname changes more often than a first name. */
function sameFirstNameUnlikeness(left: readonly string[], right: readonly string[]): number | null {
  const [first, ...others] = left;
  const isSame = first !== undefined && first.length > 1 && first === right[0];
  return isSame && others.length > 0 && right.length > 1 ? UNLIKENESS.otherSurname : null;
}

/** One slip in a short text, two in a longer one; null when there are more. */
function slipsBetween(a: string, b: string, distance: EditDistance): number | null {
  const shorter = Math.min(a.length, b.length);
  const allowed = shorter < 3 ? 0 : shorter < 6 ? 1 : 2;
  if (Math.abs(a.length - b.length) > allowed) return null;
  const slips = distance(a, b);
  return slips <= allowed ? slips : null;
}

function isInitialOf(initial: string, name: string): boolean {
  return initial.length === 1 && name.startsWith(initial);
}

/** `Chris` of `Christopher`, and of any name that the table does not know. */
function isShortened(short: string, long: string): boolean {
  return short.length >= 3 && long.startsWith(short);
}

function addTo(unlikeness: number | null, more: number): number | null {
  return unlikeness === null ? null : unlikeness + more;
}
