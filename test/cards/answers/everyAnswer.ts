import { answerCard } from '../../../src/cards/answer';
import type { AnswerFacts } from '../../../src/cards/answerFacts';
import type { AdaptiveCard } from '../../../src/cards/facts';
import { english } from '../../../src/words/words';
import * as sample from './samples';

/** Facts of every answer in every state that looks different, by name: what the golden files, the checker and people's eyes go over. */
export const EVERY_ANSWER_FACTS: Readonly<Record<string, AnswerFacts>> = {
  list: sample.LISTED,
  'list-page-1': sample.LONG_LIST,
  'list-page-2': { ...sample.LONG_LIST, page: 1 },
  'list-titles': {
    ...sample.LONG_LIST,
    answer: {
      ...sample.LIST,
      question: { ...sample.LIST.question, shape: 'titles' },
      actions: sample.AMBERS,
      matching: 14,
    },
  },
  'list-moved': sample.MOVED_LIST,
  'list-pointer': sample.POINTER_LIST,
  'list-nothing': {
    ...sample.LISTED,
    said: 'Red actions that you lead: none of your 11',
    note: 'I left out “purple”, which I know no meaning of.',
    answer: { ...sample.LIST, actions: [], matching: 0 },
  },
  'list-shared': {
    ...sample.LONG_LIST,
    sharedBy: 'Maya Okafor',
    shareable: false,
    period: null,
    offers: [],
  },
  count: sample.COUNT,
  rank: sample.RANK,
  'rank-leads': sample.RANK_LEADS,
  action: sample.ACTION,
  'action-shared': { ...sample.ACTION, sharedBy: 'Tom Reed', shareable: false, back: null },
  'action-printed': sample.PRINTED,
  'action-bare': sample.BARE,
  'action-several': sample.SEVERAL,
  'action-near': sample.NEAR,
  history: sample.HISTORY,
  'history-none': { ...sample.HISTORY, updates: [], said: 'History of 1.2.2: no updates' },
  leads: sample.LEADS,
  'leads-of-group': sample.LEADS_OF_GROUP,
  'leads-of-some': sample.LEADS_OF_SOME,
  group: sample.GROUP,
  person: sample.PERSON,
  compare: sample.COMPARE,
};

/** The same as cards. */
export const EVERY_ANSWER: Readonly<Record<string, () => AdaptiveCard>> = Object.fromEntries(
  Object.entries(EVERY_ANSWER_FACTS).map(([name, facts]) => [name, () => answerCard(facts, english)]),
);
