import template from '../../cards/near.json';
import type { Words } from '../words/words';
import { type Button, executeButton } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard } from './facts';
import { type Paragraph, paragraph, SUBTLE } from './runs';
import { type CardView, cardTemplate } from './template';

/** What the card is made from that answers a text which is no question. */
export interface NearFacts {
  readonly plan: string;
  /** That it was not understood. */
  readonly said: string;
  /** What of it was; null for nothing. */
  readonly understood: string | null;
  /** Questions that are near, in words that are understood. */
  readonly near: readonly string[];
}

/** What the card's template shows. */
export interface NearView extends CardView {
  readonly lines: readonly Paragraph[];
  readonly buttons: readonly { readonly actions: readonly Button[] }[];
}

/** Longest sentence and button, in characters. */
const LINE = 400;
const TITLE = 80;

const expand = cardTemplate<NearView>(template);

/** Says that something was not understood, what of it was, and offers near questions as buttons. */
export function nearCard(facts: NearFacts, words: Words): AdaptiveCard {
  const said = cut(plain(facts.said), LINE);
  return expand(
    {
      speak: spoken(said),
      fallbackText: escapeMarkdown(said),
      lines: [
        paragraph(said),
        ...(facts.understood === null ? [] : [paragraph(cut(plain(facts.understood), LINE), SUBTLE)]),
        ...(facts.near.length > 0 ? [paragraph(words.say('chat.near'), SUBTLE)] : []),
      ],
      buttons: facts.near.map((question) => ({
        actions: [executeButton(cut(question, TITLE), { verb: 'ask', plan: facts.plan, question, page: 0 })],
      })),
    },
    words,
  );
}
