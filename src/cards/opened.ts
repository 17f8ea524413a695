import template from '../../cards/opened.json';
import type { Words } from '../words/words';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, OpenedFacts } from './facts';
import { GROUP_LIMIT, instantName, periodName } from './format';
import { BOLD, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { leaderlessSection } from './silent';
import { openedSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the template shows. */
export interface OpenedView extends CardView {
  readonly title: string;
  readonly intro: readonly Paragraph[];
  readonly sections: readonly {
    readonly heading: readonly TextRun[];
    readonly lines: readonly Paragraph[];
  }[];
}

const expand = cardTemplate<OpenedView>(template);

const MOST_NAMES = 20;

/** The answer to "open the September 2023 update": it is open, and these can't be reached. */
export function openedCard(facts: OpenedFacts, words: Words): AdaptiveCard {
  const summary = openedSummary(facts, words);
  const values = {
    asked: facts.asked,
    actions: facts.actions,
    when: instantName(facts.closes, facts, words),
  };
  const sections = [
    namesSection(
      words.say('opened.unreachable'),
      facts.unreachable.map(({ name, actions, why }) =>
        words.say('opened.reach', { name: short(name), n: actions, why: words.say(`opened.${why}`) }),
      ),
      words,
    ),
    namesSection(
      words.say('opened.officerAnswers'),
      facts.officerAnswers.map(({ name, actions }) =>
        words.say('opened.officerAnswer', { name: short(name), n: actions }),
      ),
      words,
    ),
    leaderlessSection(facts.leaderless, words.say('opened.leaderless'), words),
  ].filter(({ lines }) => lines.length > 0);
  const since = facts.since && words.say('opened.since', { opened: instantName(facts.since, facts, words) });
  const intro = [...(since ? [paragraph(since, BOLD)] : []), paragraph(words.say('opened.asked', values))];
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      title: words.say('opened.title', { period: periodName(facts.period, words, facts.periodMonths) }),
      intro: sections.length === 0 ? [...intro, paragraph(words.say('opened.all'), SUBTLE)] : intro,
      sections,
    },
    words,
  );
}

function namesSection(
  heading: string,
  names: readonly string[],
  words: Words,
): OpenedView['sections'][number] {
  const shown = names.slice(0, MOST_NAMES).map((name) => paragraph(name));
  const more = names.length - shown.length;
  const rest = more > 0 ? [paragraph(words.say('action.more', { n: more }), SUBTLE)] : [];
  return { heading: [run(heading, BOLD)], lines: [...shown, ...rest] };
}

function short(name: string): string {
  return cut(plain(name), GROUP_LIMIT);
}
