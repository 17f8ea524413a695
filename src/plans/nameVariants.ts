import { distance } from 'fastest-levenshtein';
import { type LikeNames, likeNames, MOST_PAIRS } from '../domain/likeNames';
import type { Problem } from '../domain/understood';
import { isPersonName } from './personNames';
import { problem, shortPlace } from './tables';

/** A name as printed, with the first place where it stands. */
export interface PrintedName {
  readonly name: string;
  readonly where: string;
}

/**
 * Warns of names that may be one person's: one or two letters apart, or alike but for a capital I in an l's place.
 * Names are never made one: each warning names both, with their places, and asks.
 */
export function findNameVariants(names: readonly PrintedName[]): Problem[] {
  const people = distinctNames(names).filter(({ name }) => isPersonName(name));
  const places = new Map(people.map(({ name, where }) => [name, where]));
  const pairs = likeNames([...places.keys()], distance);
  if (pairs.length > MOST_PAIRS) return [tooAlike(), ...namesWithLookAlikes(people)];
  const problems = pairs.map((pair) => {
    const where = places.get(pair.second) ?? 'the file';
    return problem('warning', where, messageFor(pair, places));
  });
  return [...problems, ...namesWithLookAlikes(people)];
}

function tooAlike(): Problem {
  const message = `More than ${MOST_PAIRS} pairs of names are nearly alike: they are kept as they are printed, each as a person.`;
  return problem('warning', 'the file', message);
}

function distinctNames(names: readonly PrintedName[]): PrintedName[] {
  const seen = new Map<string, PrintedName>();
  for (const one of names) if (!seen.has(one.name)) seen.set(one.name, one);
  return [...seen.values()];
}

function messageFor({ first, second, by }: LikeNames, places: ReadonlyMap<string, string>): string {
  const placed = (name: string): string => `“${name}” (${shortPlace(places.get(name) ?? 'the file')})`;
  const both = `${placed(first)} and ${placed(second)}`;
  switch (by) {
    case 'case':
      return `${both} differ only in capitals, accents or spaces: are they one person?`;
    case 'look':
      return `${both} look the same, but one has a letter or figure that is printed like another (I for l, 0 for O, 1 for l): are they one person?`;
    default:
      return `${both} are ${by} apart: are they one person? They are kept as two people.`;
  }
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
