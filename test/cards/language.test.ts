import { en } from '../../src/words/words';
import { makePseudo } from '../words/pseudo';
import { partsOf } from './answers/checkCard';
import * as draft from './draftSamples';
import { EVERY_CARD } from './everyCard';
import * as measured from './measureSamples';
import * as plain from './samples';

/**
 * Another language must need no change of code. Every card is made in a language that does not exist; what still reads as English is either
 * the plan's own (a title, a name, what somebody said) or was written into the code.
 */

const pseudo = makePseudo(en);

/** Properties that people read or hear. */
const SHOWN = [
  'text',
  'title',
  'label',
  'placeholder',
  'tooltip',
  'altText',
  'speak',
  'fallbackText',
  'errorMessage',
  'legend',
  'x',
];

/** Sentences that the list of cards hands in by itself. */
const NOTES = 'Saved Loaded answer for them Steward';

/** Words of the samples: the plan's own, in whatever language it was written. */
const PLANS_OWN = new Set(wordsIn(JSON.stringify([plain, measured, draft, NOTES])));

function wordsIn(text: string): string[] {
  return text.match(/[A-Za-z]{3,}/g) ?? [];
}

function shownTexts(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    SHOWN.includes(name) && typeof value === 'string' ? [value] : [],
  );
}

test.each(Object.entries(EVERY_CARD))('%s says nothing that is not in the words', (_name, build) => {
  const card = build(pseudo);
  const texts = [card, ...partsOf(card)].flatMap(shownTexts);
  const left = texts.flatMap(wordsIn).filter((word) => !PLANS_OWN.has(word));
  expect([...new Set(left)]).toEqual([]);
  expect(texts.length).toBeGreaterThan(0);
});
