import { goneAnswerId, HAS_LEFT, STAYS } from '../../domain/draft';
import type { Words } from '../../words/words';
import { executeButton } from '../buttons';
import type { AdaptiveCard } from '../facts';
import { actionName, nameRuns } from '../format';
import { dotted, type Paragraph, paragraph, run, SUBTLE } from '../runs';
import { pageOf, weightOf } from '../size';
import {
  type DraftFacts,
  type DraftSection,
  draftCard,
  listButtons,
  markdownFree,
  section,
  short,
  showing,
} from './frame';

const ROOM = { most: 12, bytes: 15_000 };
const TITLE_LIMIT = 120;

/**
 * The actions of the plan that have no row in the file. Those that no row stands for are chosen one by one: each has left the plan, or the file forgot it.
 * A ref whose action goes on under another one is said, and nothing is to be chosen.
 */
export function missingCard(facts: DraftFacts, words: Words): AdaptiveCard {
  const sections = sectionsOf(facts, words);
  const page = pageOf(sections, facts.page, weightOf, ROOM);
  const { draft } = facts.view;
  const title = words.say('draft.list.missing', { n: sections.length });
  const isAsked = page.items.some(({ toggles = [] }) => toggles.length > 0);
  return draftCard(
    facts,
    {
      title,
      summary: title,
      intro: [paragraph(words.say('draft.about.missing'), SUBTLE), ...showing(page, words)],
      sections: page.items,
      buttons: [
        ...(isAsked
          ? [
              executeButton(
                words.say(page.next > 0 ? 'draft.keepNext' : 'draft.keepLast'),
                { verb: 'draftKeep', draft: draft.id, page: page.next, of: 'missing' },
                { style: 'positive' },
              ),
            ]
          : []),
        ...listButtons(draft.id, 'missing', page, words),
      ],
    },
    words,
  );
}

function sectionsOf({ view }: DraftFacts, words: Words): DraftSection[] {
  const { again, draft } = view;
  if (!again) return [];
  const { noRow, missing, matches } = again.diff;
  const refs = new Set(missing.map(({ ref }) => ref));
  const goesOn = noRow.filter(({ ref }) => !refs.has(ref));
  const taken = new Set(noRow.map(({ ref }) => ref));
  const note = (text: string): Paragraph[] => (text === '' ? [] : [paragraph(text, SUBTLE)]);
  return [
    ...missing.map((action): DraftSection => {
      const id = goneAnswerId(action.id);
      const perhaps = noRow.find(({ ref }) => ref === action.ref)?.perhaps ?? null;
      const goes = perhaps === null ? '' : words.say('draft.goesOnAs', { ref: short(perhaps, 40) });
      return {
        ...section([], note(taken.has(action.ref) ? goes : words.say('draft.refTaken'))),
        toggles: [
          {
            id,
            label: markdownFree(actionName(action, words), TITLE_LIMIT),
            title: words.say('draft.hasLeft'),
            value: draft.answers[id] ?? STAYS,
            on: HAS_LEFT,
            off: STAYS,
          },
        ],
      };
    }),
    ...goesOn.map(({ ref, perhaps }) => {
      const title = matches.find(({ before }) => before.ref === ref)?.before.title ?? '';
      const goes = perhaps === null ? '' : words.say('draft.goesOnAs', { ref: short(perhaps, 40) });
      return section([], [{ runs: dotted([nameRuns({ ref, title }), [run(goes, SUBTLE)]]) }]);
    }),
  ];
}
