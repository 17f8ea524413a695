import type { TwoDrafts } from '../../app/chooseDraft';
import type { Content } from '../../app/ports';
import type { DraftView } from '../../app/readDraft';
import { dayIn } from '../../domain/calendar';
import { DEFAULT_CALENDAR } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AdaptiveCard } from '../facts';
import { instantName } from '../format';
import type { DraftPage } from '../verbs';
import type { DraftFacts } from './frame';
import { listCard } from './lists';
import { missingCard } from './missing';
import { doneCard, draftSummary, previewCard } from './preview';
import { pageAfter, questionsCard } from './questions';
import { twoCard } from './two';

/** How a draft is to be shown. */
export interface DraftLook {
  readonly show: DraftPage;
  readonly page: number;
  /** The answers to these questions were kept a moment ago: the next that is open follows, or the overview. */
  readonly kept?: readonly string[];
}

/** A draft as a message: its overview, its questions or one of its lists. `realNow` is the machine's time, which drafts expire by. */
export function presentDraft(view: DraftView, look: DraftLook, realNow: Date, words: Words): Content {
  const { zone } = view.again?.plan.calendar ?? DEFAULT_CALENDAR;
  const reader = { zone, today: dayIn(zone, realNow) };
  const facts: DraftFacts = {
    view,
    until: instantName(new Date(view.draft.expires), reader, words),
    page: look.page,
    note: null,
  };
  return { summary: draftSummary(view, words), card: cardFor(facts, look, words) };
}

/** What became of a draft, in a sentence or two; nothing on it can be pressed. */
export function presentDone(title: string, text: string, words: Words, before = ''): Content {
  return { summary: text, card: doneCard(text, title, before, words) };
}

/** Two files of one person: which is to be kept is theirs to say. */
export function presentTwo(two: TwoDrafts, words: Words): Content {
  return { summary: words.say('draft.twoTitle'), card: twoCard(two, words) };
}

function cardFor(facts: DraftFacts, look: DraftLook, words: Words): AdaptiveCard {
  if (look.show === 'preview') return previewCard(facts, words);
  if (look.show === 'missing') return missingCard(facts, words);
  if (look.show !== 'questions') return listCard(facts, look.show, words);
  if (!look.kept) return questionsCard(facts, words);
  const page = pageAfter(facts.view, { page: facts.page, shown: look.kept }, words);
  return page === null ? previewCard(facts, words) : questionsCard({ ...facts, page }, words);
}
