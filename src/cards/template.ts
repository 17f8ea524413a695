import { Template } from 'adaptivecards-templating';
import { mapInSlices } from '../app/inSlices';
import type { Words } from '../words/words';
import type { AdaptiveCard } from './facts';

/** What every card's view has beside its own fields. */
export interface CardView {
  /** What a screen reader or a phone says in place of the card; no markup. */
  readonly speak: string;
  /** What a client shows that can't show the card; markdown, so escaped. */
  readonly fallbackText: string;
}

/**
 * Gives the function that fills a card's template in, which is parsed once. Labels come from the words as `w`, everything
 * else from the view. Data is not expanded again: `${…}` in somebody's text stays text.
 */
export function cardTemplate<View extends CardView>(
  payload: object,
): (view: View, words: Words) => AdaptiveCard {
  const expand = partTemplate<View>(payload);
  return (view, words) => expand(view, words) as unknown as AdaptiveCard;
}

/** What parses each template that no card has needed yet. */
const unparsed = new Set<() => unknown>();

/**
 * As {@link cardTemplate} for a piece that several cards share. Parsing takes some hundredths of a second for each of thirty templates, which
 * would be most of what starting takes: it is done when the process has started ({@link parseTemplates}), or when a card of the kind is shown before.
 */
export function partTemplate<View>(payload: object): (view: View, words: Words) => object {
  let parsed: Template | null = null;
  const ready = (): Template => {
    parsed ??= new Template(payload);
    unparsed.delete(ready);
    return parsed;
  };
  unparsed.add(ready);
  return (view, words) => withoutNulls(ready().expand({ $root: { ...view, w: words.labels } })) as object;
}

/** Parses the templates that no card has needed yet, a few at a time: so no card waits for its template, and nothing waits for all of them. */
export async function parseTemplates(): Promise<void> {
  await mapInSlices(unparsed, (parse) => parse());
}

/** What `$when` left out of an object's property stays behind as null; Teams wants it gone. What has none comes back as it is. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? arrayWithoutNulls(value) : objectWithoutNulls(value);
}

function arrayWithoutNulls(array: readonly unknown[]): readonly unknown[] {
  let changed: unknown[] | null = null;
  for (const [at, item] of array.entries()) {
    const kept = withoutNulls(item);
    if (kept === item && item !== null) continue;
    changed ??= [...array];
    changed[at] = kept;
  }
  return changed?.filter((item) => item !== null) ?? array;
}

function objectWithoutNulls(object: object): object {
  let changed: Record<string, unknown> | null = null;
  for (const key in object) {
    const inner: unknown = Reflect.get(object, key);
    const kept = withoutNulls(inner);
    if (kept === inner && inner !== null && inner !== undefined) continue;
    changed ??= { ...object };
    if (kept === null || kept === undefined) delete changed[key];
    else changed[key] = kept;
  }
  return changed ?? object;
}
