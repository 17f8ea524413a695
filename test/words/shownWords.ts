/** Properties of cards and messages that people read or hear. */
const SHOWN = new Set([
  'text',
  'title',
  'label',
  'placeholder',
  'tooltip',
  'altText',
  'speak',
  'fallbackText',
  'errorMessage',
  'summary',
  'legend',
  'x',
]);

/** Every text of a card or a message that is shown, however deep; what a button carries is not. */
export function shownTexts(part: unknown, name = ''): string[] {
  if (typeof part === 'string') return SHOWN.has(name) ? [part] : [];
  if (Array.isArray(part)) return part.flatMap((one) => shownTexts(one));
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part)
    .filter(([key]) => key !== 'data')
    .flatMap(([key, value]) => shownTexts(value, key));
}

/** The words of a text that a language would have: three letters at least. */
export function wordsIn(text: string): string[] {
  return text.match(/[A-Za-z]{3,}/g) ?? [];
}
