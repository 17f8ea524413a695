import type { Content } from '../app/ports';
import type { InvokeAnswer } from './turn';

/** A sentence beside the card, which stays as it is. */
export function sentence(text: string): InvokeAnswer {
  return { kind: 'sentence', text };
}

/** A card in the place of the one that was pressed. */
export function cardOf({ card }: Content): Extract<InvokeAnswer, { kind: 'card' }> {
  return { kind: 'card', card };
}
