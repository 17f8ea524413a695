import type { AdaptiveCard } from '../../src/cards/facts';
import { CARD_LIMIT, weightOf } from '../../src/cards/size';
import { partsOf } from './answers/checkCard';

type Part = Readonly<Record<string, unknown>>;

/** What is wrong with a card for Teams, for a phone, or for somebody who listens to it; empty when nothing is. */
export function faultsOf(card: AdaptiveCard): string[] {
  // What refreshes a card by itself is never pressed, so it needs no other way to be pressed.
  const { refresh: _, ...shown } = card;
  const parts = partsOf(shown);
  const tables = parts.filter(({ type }) => type === 'Table');
  return [
    ...(weightOf(card) > CARD_LIMIT ? [`weighs ${weightOf(card)} bytes`] : []),
    ...(card.version === '1.5' ? [] : ['is not version 1.5']),
    ...(hasText(card.speak) && hasText(card.fallbackText) ? [] : ['has nothing to speak or to fall back on']),
    ...(tables.some((table) => partsOf(table).some(isInput)) ? ['has an input in a table'] : []),
    ...parts.flatMap(faultsOfPart),
  ];
}

function faultsOfPart(part: Part): string[] {
  const faults: string[] = [];
  if (isInput(part) && !hasText(part.label)) faults.push(`input ${String(part.id)} has no label`);
  if (part.type === 'Image' && !hasText(part.altText)) faults.push('an image has no alternative text');
  if (part.type === 'TextBlock' && part.wrap !== true) faults.push(`“${String(part.text)}” does not wrap`);
  if (part.type === 'Action.Execute') {
    const fallback = part.fallback as Part | undefined;
    if (fallback?.type !== 'Action.Submit') faults.push(`button ${String(part.title)} has no fallback`);
    if (fallback && JSON.stringify(fallback.data) !== JSON.stringify(part.data))
      faults.push(`button ${String(part.title)} falls back to other data`);
  }
  return faults;
}

function isInput(part: Part): boolean {
  return String(part.type).startsWith('Input.');
}

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
