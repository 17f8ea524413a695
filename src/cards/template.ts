import { Template } from 'adaptivecards-templating';
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
 * Parses a card's template once and gives the function that fills it in. Labels come from the words as `w`, everything
 * else from the view. Data is not expanded again: `${…}` in somebody's text stays text.
 */
export function cardTemplate<View extends CardView>(
  payload: object,
): (view: View, words: Words) => AdaptiveCard {
  const expand = partTemplate<View>(payload);
  return (view, words) => expand(view, words) as unknown as AdaptiveCard;
}

/** As {@link cardTemplate} for a piece that several cards share. */
export function partTemplate<View>(payload: object): (view: View, words: Words) => object {
  const template = new Template(payload);
  return (view, words) => withoutNulls(template.expand({ $root: { ...view, w: words.labels } })) as object;
}

/** What `$when` left out of an object's property stays behind as null; Teams wants it gone. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}
