import type { TwoDrafts } from '../../app/chooseDraft';
import type { Draft } from '../../domain/draft';
import type { Words } from '../../words/words';
import { type Button, executeButton } from '../buttons';
import type { AdaptiveCard } from '../facts';
import { paragraph } from '../runs';
import { draftCard, short } from './frame';

/** Which of two files is to be kept: the one that waits, with what was settled of it, or the one that came now. */
export function twoCard({ present, later }: TwoDrafts, words: Words): AdaptiveCard {
  const keep = (draft: Draft, title: string): Button =>
    executeButton(title, { verb: 'draftChoose', draft: draft.id }, { associatedInputs: 'none' });
  const [old, now] = [short(present.fileName), short(later.fileName)];
  return draftCard(
    { note: null },
    {
      title: words.say('draft.twoTitle'),
      summary: words.say('draft.twoTitle'),
      intro: [
        paragraph(
          words.say('draft.two', { present: old, n: Object.keys(present.answers).length, later: now }),
        ),
      ],
      sections: [],
      buttons: [
        keep(later, words.say('draft.twoLater', { file: now })),
        keep(present, words.say('draft.twoPresent', { file: old })),
      ],
    },
    words,
  );
}
