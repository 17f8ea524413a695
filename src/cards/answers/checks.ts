import type { Finding } from '../../domain/checks';
import type { Action } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { doneKey } from '../findings';
import { nameOf } from '../format';
import { dayAlone } from './dates';

/**
 * What an action contradicts as it stands, in one sentence a finding: the form asks its lead, this tells its reader. Repeats nothing that
 * looks like personal data.
 */
export function checkSentence(finding: Finding, action: Action, facts: AnswerFacts, words: Words): string {
  const { scale } = facts;
  const done = () => nameOf(scale, doneKey(scale), words);
  switch (finding.code) {
    case 'done-under-100':
      return action.percent === null
        ? words.say('answer.check.done-under-100-blank', { status: done() })
        : words.say('answer.check.done-under-100', { status: done(), percent: action.percent });
    case 'done-without-evidence':
    case 'full-but-not-done':
      return words.say(`answer.check.${finding.code}`, { status: done() });
    case 'red-without-narrative':
    case 'red-without-barriers':
    case 'red-without-ask':
      return words.say(`answer.check.${finding.code}`, { status: nameOf(scale, 'red', words) });
    case 'green-past-due':
      return words.say('answer.check.green-past-due', {
        status: nameOf(scale, 'green', words),
        date: dayAlone(finding.due, words),
      });
    case 'amber-without-later-date':
      return words.say('answer.check.amber-without-later-date', { status: nameOf(scale, 'amber', words) });
    case 'better-without-a-word':
      return words.say('answer.check.better-without-a-word', {
        from: nameOf(scale, finding.from, words),
        to: nameOf(scale, finding.to, words),
      });
    case 'percent-fell':
      return words.say('answer.check.percent-fell', { from: finding.from, to: finding.to });
    default:
      return words.say(`answer.check.${finding.code}`);
  }
}
