import type { Finding } from '../domain/checks';
import type { IsoDate } from '../domain/period';
import type { StatusKey, StatusScale } from '../domain/status';
import type { Words } from '../words/words';
import { cut, plain } from './escape';
import { dayName, labelOf, nameOf } from './format';

/** What a finding's sentence needs to know beside the finding. */
export interface FindingContext {
  readonly scale: StatusScale;
  /** Today in the plan's time zone: dates of this year are said without the year. */
  readonly today: IsoDate;
}

/** Longest piece of somebody's text that a sentence says back, in characters. */
const MATCH_LIMIT = 60;

/**
 * One sentence that says what is wrong with an answer and what would mend it, or asks what may be true, in the
 * plan's own names of statuses. It may repeat a piece of what was typed: show it in a TextRun.
 */
export function findingSentence(finding: Finding, words: Words, context: FindingContext): string {
  const { scale, today } = context;
  const red = () => labelOf(scale, 'red', words);
  const done = () => labelOf(scale, doneKey(scale), words);
  switch (finding.code) {
    case 'percent-missing':
    case 'percent-out-of-range':
    case 'percent-not-whole':
    case 'status-missing':
    case 'revised-unreadable':
      return words.say(`finding.${finding.code}`);
    case 'done-under-100':
    case 'done-without-evidence':
    case 'full-but-not-done':
      return words.say(`finding.${finding.code}`, { status: done() });
    case 'red-without-narrative':
    case 'red-without-barriers':
    case 'red-without-ask':
      return words.say(`finding.${finding.code}`, { status: red() });
    case 'too-long':
      return words.say('finding.too-long', { length: finding.length, limit: finding.limit });
    case 'personal-data':
      return words.say(`finding.${finding.kind}`, { match: cut(plain(finding.match), MATCH_LIMIT) });
    case 'green-past-due':
      return words.say('finding.green-past-due', {
        status: labelOf(scale, 'green', words),
        date: dayName(finding.due, today, words),
      });
    case 'amber-without-later-date':
      return words.say('finding.amber-without-later-date', { status: labelOf(scale, 'amber', words) });
    case 'better-without-a-word':
      return words.say('finding.better-without-a-word', {
        from: nameOf(scale, finding.from, words),
        to: nameOf(scale, finding.to, words),
      });
    case 'percent-fell':
      return words.say('finding.percent-fell', { from: finding.from, to: finding.to });
  }
}

/** The status that means delivered on this scale. */
export function doneKey(scale: StatusScale): StatusKey {
  return scale.statuses.find(({ phase }) => phase === 'done')?.key ?? 'blue';
}
