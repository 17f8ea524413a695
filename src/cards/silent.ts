import template from '../../cards/silent.json';
import type { Words } from '../words/words';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, SilentFacts } from './facts';
import { GROUP_LIMIT, nameRuns, periodName } from './format';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { silentSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the template shows. */
export interface SilentView extends CardView {
  readonly title: string;
  readonly intro: readonly Paragraph[];
  readonly sections: readonly {
    readonly heading: readonly TextRun[];
    readonly lines: readonly Paragraph[];
  }[];
}

const expand = cardTemplate<SilentView>(template);

const MOST_NAMES = 30;
const MOST_ACTIONS = 10;

/** Who has something left to answer, what became of the ask, and which actions have nobody to ask. */
export function silentCard(facts: SilentFacts, words: Words): AdaptiveCard {
  const summary = silentSummary(facts, words);
  const { asked, silent } = facts;
  const intro =
    silent.length === 0
      ? words.say('silent.all', { asked })
      : words.say('silent.some', { n: silent.length, asked });
  const sections = [
    { heading: [], lines: silentLines(facts, words) },
    leaderlessSection(facts.leaderless, words.say('silent.leaderless'), words),
  ];
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      title: words.say('silent.title', { period: periodName(facts.period, words, facts.periodMonths) }),
      intro: [paragraph(intro)],
      sections: sections.filter(({ lines }) => lines.length > 0),
    },
    words,
  );
}

/** Live actions that nobody is asked about, under a heading. */
export function leaderlessSection(
  actions: SilentFacts['leaderless'],
  heading: string,
  words: Words,
): SilentView['sections'][number] {
  const shown = actions.slice(0, MOST_ACTIONS).map((action) => ({ runs: nameRuns(action) }));
  const more = actions.length - shown.length;
  const rest = more > 0 ? [paragraph(words.say('action.more', { n: more }), SUBTLE)] : [];
  return { heading: [run(heading, BOLD)], lines: [...shown, ...rest] };
}

function silentLines(facts: SilentFacts, words: Words): Paragraph[] {
  const shown = facts.silent.slice(0, MOST_NAMES).map((lead) => {
    const left = words.say('silent.left', { left: lead.left, of: lead.of });
    const reminded = lead.reminded > 0 ? words.say('silent.reminded', { n: lead.reminded }) : '';
    return {
      runs: dotted([
        [run(cut(plain(lead.name), GROUP_LIMIT), BOLD)],
        [run(left)],
        [run(words.say(`silent.${lead.outcome}`), SUBTLE)],
        [run(reminded, SUBTLE)],
      ]),
    };
  });
  const more = facts.silent.length - shown.length;
  return more > 0 ? [...shown, paragraph(words.say('action.more', { n: more }), SUBTLE)] : shown;
}
