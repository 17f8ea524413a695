import template from '../../cards/post.json';
import type { Words } from '../words/words';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, PostFacts } from './facts';
import { dayName, GROUP_LIMIT, listed, periodName, REF_LIMIT } from './format';
import { type ButtonRow, buttonRows } from './postButtons';
import { type FiguresView, figuresInWords, figuresView } from './postFigures';
import { type RedRoom, type SectionView, sectionsView } from './postSections';
import { run, SUBTLE, type TextRun } from './runs';
import { fits } from './size';
import { postSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the post's template shows. */
export interface PostView extends CardView, FiguresView {
  readonly title: string;
  readonly plan: readonly TextRun[];
  /** What the card is, where it is not the published post; empty there. */
  readonly note: string;
  readonly sections: readonly SectionView[];
  readonly buttons: readonly ButtonRow[];
}

const expand = cardTemplate<PostView>(template);

/** From the most generous room down: narratives give way before items do. */
const RED_ROOMS: readonly RedRoom[] = [
  ...[600, 400, 280, 200, 140].map((text) => ({ text, most: 40 })),
  ...[30, 24, 20, 16, 12, 8, 5, 3, 1].map((most) => ({ text: 140, most })),
];

/** Most refs of actions with something kept back that the preview names. */
const MOST_KEPT_BACK = 20;

/**
 * The position for the board: figures, changes, red items, what moved, who did not reply. Its buttons open dialogs,
 * so that the post itself stays the same for everybody.
 */
export function postCard(facts: PostFacts, words: Words): AdaptiveCard {
  const cards = RED_ROOMS.map((room) => () => expand(postView(facts, room, words), words));
  for (const build of cards) {
    const card = build();
    if (fits(card)) return card;
  }
  return expand(postView(facts, { text: 100, most: 0 }, words), words);
}

function postView(facts: PostFacts, room: RedRoom, words: Words): PostView {
  const summary = postSummary(facts, words);
  return {
    speak: spoken(`${summary}. ${figuresInWords(facts, words)}`),
    fallbackText: escapeMarkdown(summary),
    ...titleOf(facts, words),
    plan: [run(cut(plain(facts.planTitle), GROUP_LIMIT), SUBTLE)],
    ...figuresView(facts, words),
    sections: sectionsView(facts, room, words),
    buttons: buttonRows(facts, words),
  };
}

function titleOf(facts: PostFacts, words: Words): Pick<PostView, 'title' | 'note'> {
  const { kind, position, today, keptBack = [] } = facts;
  const period = periodName(position.period, words, position.months);
  const thinned = position.thinned ? words.say('post.thinned') : '';
  if (kind === 'post') return { title: words.say('post.title', { period }), note: thinned };
  if (kind === 'preview') {
    const note = words.say('post.previewNote');
    const first = keptBack.slice(0, MOST_KEPT_BACK).map((ref) => cut(plain(ref), REF_LIMIT));
    const refs = listed(first, keptBack.length, words);
    return {
      title: words.say('post.previewTitle', { period }),
      note: refs === '' ? note : words.say('post.keptBackNote', { note, refs }),
    };
  }
  const day = dayName(today, today, words);
  return { title: words.say('post.nowTitle', { day }), note: words.say('post.nowNote') };
}
