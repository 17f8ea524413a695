import { distance } from 'fastest-levenshtein';
import type { Problem } from '../domain/understood';
import { isPersonName } from './readLeads';
import { problem, shortPlace } from './tables';

/** A name as printed, with the first place where it stands. */
export interface PrintedName {
  readonly name: string;
  readonly where: string;
}

/** Pairs that are compared at most: enough for a thousand names, and a bound for a sheet of nonsense. */
const MOST_NAMES = 1000;

/**
 * Warns of names that may be one person's: one or two letters apart, or alike but for a capital I in an l's place.
 * Names are never made one: each warning names both, with their places, and asks.
 */
export function findNameVariants(names: readonly PrintedName[]): Problem[] {
  const people = distinctNames(names)
    .filter(({ name }) => isPersonName(name))
    .slice(0, MOST_NAMES)
    .map((one) => ({ ...one, folded: fold(one.name), unmasked: unmask(one.name) }));
  const problems: Problem[] = [];
  for (const [index, first] of people.entries()) {
    for (const second of people.slice(index + 1)) {
      const message = likenessOf(first, second);
      if (message) problems.push(problem('warning', second.where, message));
      if (problems.length > MOST_VARIANTS) return [tooAlike(), ...namesWithLookAlikes(people)];
    }
  }
  return [...problems, ...namesWithLookAlikes(people)];
}

/** More pairs than this are a list of made-up names, not of a plan's leads with slips in them. */
const MOST_VARIANTS = 200;

function tooAlike(): Problem {
  const message = `More than ${MOST_VARIANTS} pairs of names are nearly alike: they are kept as they are printed, each as a person.`;
  return problem('warning', 'the file', message);
}

interface FoldedName extends PrintedName {
  readonly folded: string;
  readonly unmasked: string;
}

function distinctNames(names: readonly PrintedName[]): PrintedName[] {
  const seen = new Map<string, PrintedName>();
  for (const one of names) if (!seen.has(one.name)) seen.set(one.name, one);
  return [...seen.values()];
}

function likenessOf(first: FoldedName, second: FoldedName): string | null {
  const [a, b] = [first.folded, second.folded];
  if (a === b)
    return `${bothOf(first, second)} differ only in capitals, accents or spaces: are they one person?`;
  if (first.unmasked === second.unmasked) {
    return `${bothOf(first, second)} look the same, but one has a letter or figure that is printed like another (I for l, 0 for O, 1 for l): are they one person?`;
  }
  if (Math.abs(a.length - b.length) > 2) return null;
  const letters = distance(a, b);
  const isNear =
    letters === 1 ? a.length >= 7 : letters === 2 && a.length >= 10 && a.charAt(0) === b.charAt(0);
  if (!isNear || differsInInitialsOnly(a, b)) return null;
  const slips = letters === 1 ? 'one letter' : 'two letters';
  return `${bothOf(first, second)} are ${slips} apart: are they one person? They are kept as two people.`;
}

function bothOf(first: PrintedName, second: PrintedName): string {
  return `“${first.name}” (${shortPlace(first.where)}) and “${second.name}” (${shortPlace(second.where)})`;
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

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** With what is printed alike made one: I, l and 1 are l; O and 0 are o. */
function unmask(name: string): string {
  return fold(name.replace(/[I1|]/g, 'l').replace(/0/g, 'O'));
}

/** "PauI Smith", "Ann C0le": a letter or figure that was misread, even where the right name stands nowhere. */
function namesWithLookAlikes(people: readonly PrintedName[]): Problem[] {
  return people.flatMap(({ name, where }) => {
    const misread = /\p{Ll}I|\p{L}[01]|[01]\p{L}/u.exec(name)?.[0];
    if (misread === undefined) return [];
    const what = misread.includes('0')
      ? 'a 0 where an O'
      : misread.includes('1')
        ? 'a 1 where an l'
        : 'a capital I where an l';
    return [problem('warning', where, `“${name}” has ${what} is likely: is the name right?`)];
  });
}
