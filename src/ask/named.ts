import type { LeadKey } from '../domain/plan';
import type { Condition, Question, Who } from './question';

/** Whom "my" stands for, by name. */
export interface Asker {
  readonly leads: readonly LeadKey[];
  readonly name: string;
}

/** A question as others read it: "that you lead" becomes "led by" whoever asked it. */
export function namedFor(question: Question, asker: Asker): Question {
  const named = (who: Who): Who => (who.kind === 'me' ? { kind: 'lead', ...asker } : who);
  const inCondition = (condition: Condition): Condition => {
    switch (condition.kind) {
      case 'who':
        return { kind: 'who', who: condition.who.map(named) };
      case 'shared':
        return { kind: 'shared', with: condition.with && named(condition.with) };
      case 'not':
        return { kind: 'not', of: inCondition(condition.of) };
      case 'any':
        return { kind: 'any', of: condition.of.map(inCondition) };
      default:
        return condition;
    }
  };
  if (question.kind === 'person') return { kind: 'person', who: named(question.who) };
  if (question.kind === 'leads')
    return question.of.kind === 'actions'
      ? { kind: 'leads', of: { kind: 'actions', conditions: question.of.conditions.map(inCondition) } }
      : question;
  return 'conditions' in question
    ? { ...question, conditions: question.conditions.map(inCondition) }
    : question;
}
