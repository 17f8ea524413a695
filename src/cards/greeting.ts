import template from '../../cards/greeting.json';
import type { Words } from '../words/words';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, GreetingFacts, LeadMatch } from './facts';
import { GROUP_LIMIT } from './format';
import { BOLD, type Paragraph, paragraph, SUBTLE } from './runs';
import { greetingSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the greeting's template shows. */
export interface GreetingView extends CardView {
  readonly intro: readonly Paragraph[];
  readonly leadsStyle: 'good' | 'warning';
  readonly leads: readonly Paragraph[];
  readonly outro: readonly Paragraph[];
}

const expand = cardTemplate<GreetingView>(template);

const MOST_NAMES = 15;

/** Said once, in the team's General channel: what Steward does, whom it found, and who settles the names it did not. */
export function greetingCard(facts: GreetingFacts, words: Words): AdaptiveCard {
  const { actions, live, groups, leads, matched } = facts;
  const summary = greetingSummary(facts, words);
  const allFound = facts.unmatched.length === 0;
  const view: GreetingView = {
    speak: spoken(summary),
    fallbackText: escapeMarkdown(summary),
    intro: [
      paragraph(words.say('greeting.what', { plan: short(facts.planTitle) })),
      paragraph(words.say('greeting.counts', { actions, live, groups, leads }), BOLD),
    ],
    leadsStyle: allFound ? 'good' : 'warning',
    leads: allFound
      ? [paragraph(words.say('greeting.allMatched', { n: matched }))]
      : [
          paragraph(words.say('greeting.matched', { matched, leads }), BOLD),
          ...namesOf(facts.unmatched, words),
          paragraph(words.say('greeting.settle', { officer: short(facts.officer) })),
        ],
    outro: [
      paragraph(words.say('greeting.officer', { officer: short(facts.officer) })),
      paragraph(words.say('greeting.channel', { channel: short(facts.channelName) })),
      paragraph(words.say('greeting.help'), SUBTLE),
    ],
  };
  return expand(view, words);
}

function namesOf(unmatched: readonly LeadMatch[], words: Words): Paragraph[] {
  const shown = unmatched.slice(0, MOST_NAMES).map(({ lead, actions, proposed }) => {
    const values = { name: short(lead.name), n: actions };
    const [best, second] = proposed;
    if (best && second && best.name === second.name)
      return paragraph(words.say('greeting.unmatchedSame', values));
    return best
      ? paragraph(words.say('greeting.unmatchedLike', { ...values, proposed: short(best.name) }))
      : paragraph(words.say('greeting.unmatched', values));
  });
  const more = unmatched.length - shown.length;
  return more > 0 ? [...shown, paragraph(words.say('action.more', { n: more }), SUBTLE)] : shown;
}

function short(name: string): string {
  return cut(plain(name), GROUP_LIMIT);
}
