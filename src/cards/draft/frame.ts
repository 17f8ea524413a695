import template from '../../../cards/draft.json';
import type { DraftView } from '../../app/readDraft';
import type { Words } from '../../words/words';
import { type Button, executeButton, pageButtons } from '../buttons';
import { cut, escapeMarkdown, plain, spoken } from '../escape';
import type { AdaptiveCard } from '../facts';
import { type Paragraph, paragraph, SUBTLE, type TextRun } from '../runs';
import type { Page } from '../size';
import { type CardView, cardTemplate } from '../template';
import type { DraftPage } from '../verbs';

/** What a card about a plan that was sent is made from. */
export interface DraftFacts {
  readonly view: DraftView;
  /** When it is thrown away, as people read it. */
  readonly until: string;
  readonly page: number;
  readonly note: string | null;
}

/** A question's list to choose from. */
export interface ChoiceView {
  readonly id: string;
  readonly label: string;
  readonly style: 'compact' | 'expanded' | 'filtered';
  /** What was chosen before; empty for nothing. */
  readonly value: string;
  readonly options: readonly { readonly title: string; readonly value: string }[];
}

/** Something that is so or is not. */
export interface ToggleView {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly value: string;
  readonly on: string;
  readonly off: string;
}

export interface DraftSection {
  readonly heading: readonly TextRun[];
  readonly lines: readonly Paragraph[];
  readonly choices: readonly ChoiceView[];
  readonly toggles?: readonly ToggleView[];
  readonly buttons: readonly Button[];
}

/** What the template shows. */
export interface DraftCardView extends CardView {
  readonly title: string;
  readonly intro: readonly Paragraph[];
  readonly notes: readonly Paragraph[];
  readonly sections: readonly DraftSection[];
  readonly buttons: readonly Button[];
}

/** "1 to 5 of 12", where a list has more than its page shows. */
export function showing(page: Pick<Page<unknown>, 'start' | 'items' | 'total'>, words: Words): Paragraph[] {
  if (page.total <= page.items.length) return [];
  const [from, to] = [page.start + 1, page.start + page.items.length];
  return [paragraph(words.say('page.showing', { from, to, total: page.total }), SUBTLE)];
}

const expand = cardTemplate<DraftCardView>(template);

const TITLE_LIMIT = 90;
const NOTE_LIMIT = 600;

/** An input that reads markdown: a name is shown without the signs that would be any. */
export function markdownFree(name: string, most = TITLE_LIMIT): string {
  return short(name, most).replace(/[\\`*_[\]()#~<>|{}]/g, ' ');
}

/** A card of the frame: one title, some paragraphs, sections, buttons at the end. `title` may hold anybody's words. */
export function draftCard(
  facts: Pick<DraftFacts, 'note'>,
  parts: {
    readonly title: string;
    readonly summary: string;
    readonly intro: readonly Paragraph[];
    readonly sections: readonly DraftSection[];
    readonly buttons: readonly Button[];
  },
  words: Words,
): AdaptiveCard {
  return expand(
    {
      speak: spoken(parts.summary),
      fallbackText: escapeMarkdown(parts.summary),
      title: escapeMarkdown(cut(plain(parts.title), TITLE_LIMIT)),
      intro: parts.intro,
      notes: facts.note === null ? [] : [paragraph(cut(plain(facts.note), NOTE_LIMIT))],
      sections: parts.sections.map((one) => ({ toggles: [], ...one })),
      buttons: parts.buttons,
    },
    words,
  );
}

/** A section of lines alone. */
export function section(
  heading: readonly TextRun[],
  lines: readonly Paragraph[],
  buttons: readonly Button[] = [],
): DraftSection {
  return { heading, lines, choices: [], buttons };
}

/** A button that shows another page of the same draft, in place. */
export function showButton(title: string, draft: string, show: DraftPage, page = 0): Button {
  return executeButton(title, { verb: 'draft', draft, show, page }, { associatedInputs: 'none' });
}

/** The ways on and back of a list, and back to the beginning. */
export function listButtons(draft: string, show: DraftPage, page: Page<unknown>, words: Words): Button[] {
  return [
    ...pageButtons(page, words, (title, to) => showButton(title, draft, show, to)),
    showButton(words.say('draft.back'), draft, 'preview'),
  ];
}

/** A name, a title or a place out of a file, in one line of at most `most` characters. */
export function short(text: string, most = TITLE_LIMIT): string {
  return cut(plain(text), most);
}
