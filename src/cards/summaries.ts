import type { Words } from '../words/words';
import type {
  FormFacts,
  GreetingFacts,
  HelpFacts,
  MonthFacts,
  OpenedFacts,
  PostFacts,
  SettleFacts,
  SilentFacts,
} from './facts';
import { actionName, instantName, nameOf, periodName } from './format';
import { asksOthers, leftInWords, leftOf } from './otherRows';

/** The one line that stands for each message in notifications and chat lists: without it a phone says "sent a card". Plain text. */

/** `September 2023 update: 7 actions to answer`; a reminder says that it is one. */
export function monthSummary(facts: MonthFacts, words: Words): string {
  const left = leftOf(facts);
  const n = left.actions + left.measures + left.reports;
  if (asksOthers(facts)) {
    const values = {
      period: periodName(facts.period, words, facts.periodMonths),
      n,
      parts: leftInWords(left, words),
    };
    return words.say(facts.kind === 'reminder' ? 'other.reminderSummary' : 'other.summary', values);
  }
  const key = facts.kind === 'reminder' ? 'summary.reminder' : 'summary.month';
  return words.say(key, { period: periodName(facts.period, words, facts.periodMonths), n });
}

/** `1.2.2 Corporate performance reviews: your update`. */
export function formSummary(facts: FormFacts, words: Words): string {
  return words.say('form.summary', { action: actionName(facts.action, words) });
}

/** `Position at September 2023: 3 R Red of 98`. */
export function postSummary(facts: PostFacts, words: Words): string {
  const { position, kind } = facts;
  const values = {
    period: periodName(position.period, words, position.months),
    n: position.red.length,
    status: nameOf(position.scale, 'red', words),
    total: position.total,
  };
  if (kind === 'post') return words.say('summary.post', values);
  return words.say(kind === 'preview' ? 'summary.preview' : 'summary.now', values);
}

/** `Steward is here: 90 actions, 28 of 30 leads found`. */
export function greetingSummary(facts: GreetingFacts, words: Words): string {
  const { actions, matched, leads } = facts;
  return words.say('greeting.summary', { actions, matched, leads });
}

/** `2 names in the plan to settle`. */
export function settleSummary(facts: SettleFacts, words: Words): string {
  return words.say('settle.summary', { n: facts.unmatched.length });
}

/** `September 2023: 4 leads have not answered`. */
export function silentSummary(facts: SilentFacts, words: Words): string {
  return words.say('silent.summary', {
    period: periodName(facts.period, words, facts.periodMonths),
    n: facts.silent.length,
  });
}

/** `The September 2023 update is open: 30 leads asked, closes Fri 29 Sep, 5pm`. */
export function openedSummary(facts: OpenedFacts, words: Words): string {
  return words.say(facts.since ? 'opened.summaryAlready' : 'opened.summary', {
    period: periodName(facts.period, words, facts.periodMonths),
    asked: facts.asked,
    when: instantName(facts.closes, facts, words),
  });
}

/** `What you can say to Steward`. */
export function helpSummary(_facts: HelpFacts, words: Words): string {
  return words.say('help.summary');
}
