import { foldText } from './fold';

/** Every word of some titles, as folded. */
export function titleWordsOf(titles: readonly string[]): ReadonlySet<string> {
  const made = KNOWN.get(titles) ?? new Set(titles.flatMap((title) => foldText(title).split(' ')));
  KNOWN.set(titles, made);
  return made;
}

/** Taken apart once for each set of titles. */
const KNOWN = new WeakMap<readonly string[], ReadonlySet<string>>();
