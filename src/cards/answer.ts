import type { Words } from '../words/words';
import type { AnswerFacts } from './answerFacts';
import { actionCard } from './answers/action';
import { compareFound } from './answers/compare';
import { countFound } from './answers/count';
import { answerSummary, type Found, frameCard } from './answers/frame';
import { groupFound } from './answers/group';
import { leadsFound } from './answers/leads';
import { listFound } from './answers/list';
import { personFound } from './answers/person';
import { rankFound } from './answers/rank';
import type { AdaptiveCard } from './facts';

export { answerSummary };

/** The card that answers a question, whatever kind of answer it is. */
export function answerCard(facts: AnswerFacts, words: Words): AdaptiveCard {
  const { answer } = facts;
  return answer.kind === 'action'
    ? actionCard(answer, facts, words)
    : frameCard(facts, foundOf(answer, facts, words), words);
}

function foundOf(
  answer: Exclude<AnswerFacts['answer'], { kind: 'action' }>,
  facts: AnswerFacts,
  words: Words,
): Found {
  switch (answer.kind) {
    case 'list':
      return listFound(answer, facts, words);
    case 'count':
      return countFound(answer, facts, words);
    case 'rank':
      return rankFound(answer, facts, words);
    case 'leads':
      return leadsFound(answer, facts, words);
    case 'group':
      return groupFound(answer, facts, words);
    case 'person':
      return personFound(answer, facts, words);
    case 'compare':
      return compareFound(answer, facts, words);
  }
}
