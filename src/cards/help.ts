import template from '../../cards/help.json';
import type { WordKey, Words } from '../words/words';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, HelpFacts } from './facts';
import { periodName, REF_LIMIT } from './format';
import { BOLD, run, SUBTLE, type TextRun } from './runs';
import { helpSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

interface PhraseView {
  readonly say: readonly TextRun[];
  readonly does: readonly TextRun[];
}

interface TopicView {
  readonly title: string;
  readonly phrases: readonly PhraseView[];
}

/** What the template shows. */
export interface HelpView extends CardView {
  readonly intro: string;
  readonly topics: readonly TopicView[];
}

const expand = cardTemplate<HelpView>(template);

/** What can be said here, with what each does: only what this person, in this place, has a use for. */
export function helpCard(facts: HelpFacts, words: Words): AdaptiveCard {
  const summary = helpSummary(facts, words);
  const topics = [
    ...(facts.lead && facts.place === 'personal' ? [leadTopic(facts, words)] : []),
    topic('help.board', boardPhrases(facts), facts, words),
    ...(facts.officer ? [officerTopic(facts, words)] : []),
    ...(facts.demo ? [topic('help.demo', [['help.demoPlay', 'help.demoPlayDoes']], facts, words)] : []),
  ];
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      intro: words.say(facts.place === 'channel' ? 'help.channel' : 'help.personal'),
      topics,
    },
    words,
  );
}

function boardPhrases(facts: HelpFacts): Phrase[] {
  return [
    ['help.boardSummary', 'help.boardSummaryDoes'],
    ...(facts.measures ? [['help.boardMeasures', 'help.boardMeasuresDoes'] as const] : []),
    ...(facts.place === 'personal' ? [['help.boardExport', 'help.boardExportDoes'] as const] : []),
  ];
}

function leadTopic(facts: HelpFacts, words: Words): TopicView {
  const phrases: Phrase[] = [
    ['help.leadMine', 'help.leadMineDoes'],
    ['help.leadAmber', 'help.leadAmberDoes'],
    ...(facts.ref === null ? [] : [['help.leadUpdate', 'help.leadUpdateDoes'] as const]),
  ];
  return topic('help.lead', phrases, facts, words);
}

function officerTopic(facts: HelpFacts, words: Words): TopicView {
  const phrases: Phrase[] = [
    ['help.officerOpen', 'help.officerOpenDoes'],
    ['help.officerSilent', 'help.officerSilentDoes'],
    ['help.officerClose', 'help.officerCloseDoes'],
    ['help.officerPreview', 'help.officerPreviewDoes'],
    ['help.officerPublish', 'help.officerPublishDoes'],
    ['help.officerPost', 'help.officerPostDoes'],
    ...(facts.place === 'personal' ? OFFICE_PHRASES : []),
  ];
  return topic('help.officer', phrases, facts, words);
}

/** What a programme officer says in their own chat alone. */
const OFFICE_PHRASES: readonly Phrase[] = [
  ['help.officerLedger', 'help.officerLedgerDoes'],
  ['help.officerClear', 'help.officerClearDoes'],
  ['help.officerPublic', 'help.officerPublicDoes'],
];

type Phrase = readonly [say: WordKey, does: WordKey];

function topic(title: WordKey, phrases: readonly Phrase[], facts: HelpFacts, words: Words): TopicView {
  const values = { period: periodName(facts.period, words), ref: cut(plain(facts.ref ?? ''), REF_LIMIT) };
  return {
    title: words.say(title),
    phrases: phrases.map(([say, does]) => ({
      say: [run(words.say('action.quote', { text: words.say(say, values) }), BOLD)],
      does: [run(words.say(does), SUBTLE)],
    })),
  };
}
