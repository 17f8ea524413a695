import template from '../../../cards/answers/answer.json';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import type { Button } from '../buttons';
import { cut, escapeMarkdown, plain, spoken } from '../escape';
import type { AdaptiveCard } from '../facts';
import { GROUP_LIMIT } from '../format';
import { BOLD, type Paragraph, paragraph, run, SUBTLE, type TextRun } from '../runs';
import { CARD_LIMIT, fits, type Page, pageOf, weightOf } from '../size';
import { type CardView, cardTemplate } from '../template';
import {
  askButton,
  type From,
  isAboutAsker,
  onlyActionOf,
  questionData,
  questionOf,
  shareButton,
} from './ask';

/*
 * What every answer has: the question said back, a note, what was found, the ways on. Each kind of answer gives what it
 * found; the frame keeps the card in size.
 */

/** What the frame's template shows. */
export interface AnswerView extends CardView {
  readonly said: readonly TextRun[];
  readonly intro: readonly Paragraph[];
  readonly items: readonly object[];
  readonly buttons: readonly ButtonRow[];
}

interface ButtonRow {
  readonly first: boolean;
  readonly spacing: 'Medium' | 'Small';
  readonly actions: readonly Button[];
}

/** What one kind of answer shows inside the frame. */
export interface Found {
  /** A line under what was said: which page it is, that there is nothing. */
  readonly about: string;
  readonly items: readonly object[];
  /** Ways on through the pages. */
  readonly pages: readonly Button[];
  /** What can be done from here, in the order of importance; the frame adds sharing and offers. */
  readonly buttons: readonly Button[];
}

/** What stands on every page beside the items that are cut into pages. */
export interface Beside<T> {
  readonly weigh: (item: T) => number;
  readonly most: number;
  /** Bytes of what stands above the items. */
  readonly fixed: number;
  readonly buttons: readonly Button[];
}

const expand = cardTemplate<AnswerView>(template);

const SAID_LIMIT = 300;
const NOTE_LIMIT = 500;
const MOST_OFFERS = 4;

/** Teams shows at most six buttons in a row of them. */
const BUTTONS_IN_A_ROW = 6;

/** Bytes for all buttons under an answer, those to its pages included. */
const BUTTONS_BYTES = 13_500;

/** Bytes kept free for what the weights leave out: page numbers that grow, the lines that say where one is. */
const SLACK = 600;

/** The one line that stands for an answer in notifications and chat lists. Plain text. */
export function answerSummary(facts: Pick<AnswerFacts, 'said'>): string {
  return cut(plain(facts.said), SAID_LIMIT);
}

/** The card of an answer. What is too heavy for it loses its least important buttons. */
export function frameCard(facts: AnswerFacts, found: Found, words: Words): AdaptiveCard {
  const { own, offers } = tailOf(facts, found, words);
  const rows = [[...found.pages, ...own], offers];
  const card = expand({ ...headOf(facts, found, words), items: found.items, buttons: rowsOf(rows) }, words);
  if (fits(card)) return card;
  return expand(
    { ...headOf(facts, found, words), items: found.items, buttons: rowsOf([found.pages]) },
    words,
  );
}

/** Bytes that an answer has for what it found, when no pages have to be made. */
export function roomBeside(facts: AnswerFacts, buttons: readonly Button[], words: Words): number {
  const found: Found = { about: '', items: [], pages: [], buttons };
  const { own, offers } = tailOf(facts, found, words);
  const view = { ...headOf(facts, found, words), items: [], buttons: rowsOf([own, offers]) };
  return CARD_LIMIT - SLACK - frameBytes(view);
}

/**
 * The first items of a list, up to the end of the page after the wanted one at least: those behind have no say in where these pages
 * are cut, so that a page of ten thousand is found by weighing twenty.
 */
export function withinReach<T>(
  items: readonly T[],
  { page }: Pick<AnswerFacts, 'page'>,
  most: number,
): readonly T[] {
  return items.slice(0, (Math.max(0, Math.trunc(page)) + 2) * most);
}

/** Bytes that a page of an answer has for its items: the same on every page. */
export function pageBytes<T>(facts: AnswerFacts, beside: Beside<T>, words: Words): number {
  const longest = pagesOf(facts, { ...EMPTY_PAGE, number: 1, next: beside.most }, words);
  const found: Found = { about: '', items: [], pages: longest, buttons: beside.buttons };
  const { own, offers } = tailOf(facts, found, words);
  const view = { ...headOf(facts, found, words), items: [], buttons: rowsOf([[...longest, ...own], offers]) };
  return CARD_LIMIT - SLACK - frameBytes(view) - beside.fixed;
}

/** Bytes that a card without its items weighs at most: what its view says, and what the template says once, and of each part that it repeats. */
function frameBytes(view: AnswerView): number {
  return weightOf(view) + TEMPLATE_BYTES + (view.intro.length + view.buttons.length) * PART_BYTES;
}

const TEMPLATE_BYTES = weightOf(template);
const PART_BYTES = 90;

/**
 * One page of an answer, and the buttons to the others. The cuts depend on the answer alone, not on the page, so that
 * going from page to page shows each item exactly once. Give `total` where `items` are only those within reach, and `bytes` where
 * {@link pageBytes} was asked before.
 */
export function pageOfAnswer<T>(
  facts: AnswerFacts,
  paging: Beside<T> & { readonly items: readonly T[]; readonly bytes?: number },
  words: Words,
  total = paging.items.length,
): { readonly page: Page<T>; readonly pages: readonly Button[]; readonly about: string } {
  const room = { most: paging.most, bytes: paging.bytes ?? pageBytes(facts, paging, words) };
  const page = {
    ...pageOf(withinReach(paging.items, facts, paging.most), facts.page, paging.weigh, room),
    total,
  };
  return { page, pages: pagesOf(facts, page, words), about: pageLine(page, facts, words) };
}

/** The way back to this very page, for the buttons of its rows. */
export function fromHere(facts: AnswerFacts, page: Page<unknown> | null = null): From | null {
  const question = questionOf(facts.answer);
  if (facts.sharedBy !== null && isAboutAsker(question)) return null;
  return { question, page: page?.number ?? facts.page };
}

/** What stands on a page, out of a list of the same length as the one that was cut into pages. */
export function itemsOn<T>(page: Page<unknown>, all: readonly T[]): readonly T[] {
  return all.slice(page.start, page.start + page.items.length);
}

/** Buttons in rows that Teams shows whole. */
function rowsOf(groups: readonly (readonly Button[])[]): ButtonRow[] {
  return groups
    .flatMap(inSixes)
    .filter((actions) => actions.length > 0)
    .map((actions, at) => ({
      first: at === 0,
      spacing: at === 0 ? ('Medium' as const) : ('Small' as const),
      actions,
    }));
}

const EMPTY_PAGE: Page<never> = { items: [], number: 0, start: 0, next: 0, total: 0 };

function headOf(facts: AnswerFacts, found: Found, words: Words): Omit<AnswerView, 'items' | 'buttons'> {
  const said = answerSummary(facts);
  const shared =
    facts.sharedBy === null
      ? ''
      : words.say('answer.sharedBy', { name: cut(plain(facts.sharedBy), GROUP_LIMIT) });
  const note = cut(plain(facts.note ?? ''), NOTE_LIMIT);
  const intro = [paragraph(shared, SUBTLE), paragraph(note), paragraph(found.about, SUBTLE)];
  return {
    speak: spoken(said),
    fallbackText: escapeMarkdown(said),
    said: [run(said, { ...BOLD, size: 'Medium' })],
    intro: intro.filter(({ runs }) => runs.some(({ text }) => text !== '')),
  };
}

/** What stands under an answer beside the ways through its pages: as many buttons as there is room for. */
function tailOf(
  facts: AnswerFacts,
  found: Found,
  words: Words,
): { readonly own: readonly Button[]; readonly offers: readonly Button[] } {
  const own = [...backButton(facts, words), ...found.buttons, ...shareButton(facts, words)];
  const offers = offersOf(facts).slice(0, MOST_OFFERS);
  const room = BUTTONS_BYTES - weightOf(found.pages);
  const kept = new Set(withinWeight([...own, ...offers], room));
  return {
    own: own.filter((button) => kept.has(button)),
    offers: offers.filter((button) => kept.has(button)),
  };
}

function withinWeight(buttons: readonly Button[], room: number): Button[] {
  const kept: Button[] = [];
  let left = room;
  for (const button of buttons) {
    left -= weightOf(button);
    if (left >= 0) kept.push(button);
  }
  return kept;
}

/** A history's way back is its action, which it leads to by itself. */
function backButton(facts: AnswerFacts, words: Words): Button[] {
  const isHistory = facts.answer.kind === 'action' && facts.answer.history;
  if (facts.back === null || facts.sharedBy !== null || isHistory) return [];
  const { question, page } = facts.back;
  return askButton(words.say('answer.back'), question, facts, { page, tooltip: words.say('answer.backTip') });
}

/** On a card that others read, "my" would mean whoever presses: such questions are not offered there. */
function offersOf(facts: AnswerFacts): Button[] {
  return facts.offers
    .filter(({ question }) => facts.sharedBy === null || !isAboutAsker(question))
    .flatMap(({ title, question }) => askButton(title, question, facts, { tooltip: title }));
}

function pagesOf(facts: AnswerFacts, page: Page<unknown>, words: Words): Button[] {
  const question = questionOf(facts.answer);
  if (questionData(question) === null || (facts.sharedBy !== null && isAboutAsker(question))) return [];
  const action = onlyActionOf(facts.answer);
  const asking = { from: facts.back, ...(action ? { action: action.id } : {}) };
  const to = (title: string, number: number) =>
    askButton(title, question, facts, { ...asking, page: number });
  return [
    ...(page.next > 0 ? to(words.say('page.next', { n: page.next }), page.number + 1) : []),
    ...(page.number > 0 ? to(words.say('page.first'), 0) : []),
  ];
}

function pageLine(page: Page<unknown>, facts: AnswerFacts, words: Words): string {
  if (page.total === page.items.length) return '';
  const showing = words.say('page.showing', {
    from: page.start + 1,
    to: page.start + page.items.length,
    total: page.total,
  });
  const stuck = questionData(questionOf(facts.answer)) === null;
  return stuck ? `${showing}. ${words.say('answer.cutHere')}` : showing;
}

function inSixes(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  for (let at = 0; at < buttons.length; at += BUTTONS_IN_A_ROW)
    rows.push(buttons.slice(at, at + BUTTONS_IN_A_ROW));
  return rows;
}
