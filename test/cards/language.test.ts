import { en } from '../../src/words/words';
import { makePseudo } from '../words/pseudo';
import { shownTexts, wordsIn } from '../words/shownWords';
import * as draft from './draftSamples';
import { EVERY_CARD } from './everyCard';
import * as measured from './measureSamples';
import * as plain from './samples';

/**
 * Another language must need no change of code. Every card is made in a language that does not exist; what still reads as English is either
 * the plan's own (a title, a name, what somebody said) or was written into the code.
 */

const pseudo = makePseudo(en);

/** Sentences that the list of cards hands in by itself. */
const NOTES = 'Saved Loaded answer for them Steward';

/** Words of the samples: the plan's own, in whatever language it was written. */
const PLANS_OWN = new Set(wordsIn(JSON.stringify([plain, measured, draft, NOTES])));

test.each(Object.entries(EVERY_CARD))('%s says nothing that is not in the words', (_name, build) => {
  const card = build(pseudo);
  const texts = shownTexts(card);
  const left = texts.flatMap(wordsIn).filter((word) => !PLANS_OWN.has(word));
  expect([...new Set(left)]).toEqual([]);
  expect(texts.length).toBeGreaterThan(0);
});
