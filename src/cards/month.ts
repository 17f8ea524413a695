import template from '../../cards/month.json';
import type { Action } from '../domain/plan';
import type { Words } from '../words/words';
import { type ActionRow, renderRow, renderRows, rowWeight, standingOf } from './actionRow';
import { type Button, type ButtonData, executeButton, monthNamed, pageButtons, refData } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, MonthFacts, MonthRow, ReadingRow } from './facts';
import {
  actionName,
  dueRuns,
  GROUP_LIMIT,
  instantName,
  monthName,
  nameRuns,
  periodName,
  standing,
} from './format';
import {
  asksOthers,
  leftInWords,
  leftOf,
  measureRow,
  measureWeight,
  readingButtons,
  renderMeasure,
  reportRow,
} from './otherRows';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE } from './runs';
import { type Page, pageOf, pagesIn } from './size';
import { monthSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the month's template shows. */
export interface MonthView extends CardView {
  readonly title: string;
  readonly intro: readonly Paragraph[];
  readonly notes: readonly Paragraph[];
  readonly noteStyle: 'good' | 'emphasis';
  readonly progressText: string;
  /** Pieces of the bar by weight; empty where there is nothing to count. */
  readonly progress: readonly { readonly width: number; readonly style: 'accent' | 'emphasis' }[];
  readonly rows: readonly object[];
  readonly buttons: readonly Button[];
  readonly refresh: object | null;
}

const expand = cardTemplate<MonthView>(template);

const ROOM = { most: 5, bytes: 21_000 };
const DELIVERED_ROOM = { most: 10, bytes: 21_000 };

/** Longest piece of a narrative that a row shows, in characters; the form shows more. */
const SAID_LIMIT = 220;
const NOTE_LIMIT = 600;

/**
 * A lead's month: one card for all their actions, in ref order whatever was answered, so that "Next" goes on from what is seen even on a
 * card that is older than the last answers. The card pages itself, shows what was delivered when asked to, and thanks when everything is
 * answered.
 */
export function monthCard(facts: MonthFacts, words: Words): AdaptiveCard {
  const view = facts.showDelivered ? deliveredView(facts, words) : monthView(facts, words);
  return expand(view, words);
}

function monthView(asked: MonthFacts, words: Words): MonthView {
  const asAsked = itemsOf(asked, words);
  const shownPage = pageToShow(asked, asAsked);
  const facts = { ...asked, page: shownPage };
  // Buttons name the page that they are on.
  const items = shownPage === asked.page ? asAsked : itemsOf(facts, words);
  const left = items.filter(({ answered }) => !answered).length;
  const done = items.length - left;
  const page = pageOf(items, facts.page, ({ weight }) => weight, ROOM);
  const shown = page.items.flatMap(({ reading }) => reading ?? []);
  const allDone = left === 0 && done > 0;
  const head = headOf(facts, left, words);
  return {
    ...head,
    // What is being typed in a field would be lost with the card that takes this one's place.
    refresh: shown.length > 0 ? null : head.refresh,
    notes: [...(allDone ? thanks(facts, items.length, words) : []), ...noteOf(facts)],
    noteStyle: allDone ? 'good' : 'emphasis',
    progressText: items.length === 0 ? words.say('month.nothing') : progressText(facts, left, done, words),
    progress: allDone ? [] : progressBar(done, left),
    rows: page.items.map((item, at) =>
      item.render({
        isFirst: page.items[at - 1]?.reading === undefined,
        buttons:
          page.items[at + 1]?.reading === undefined && item.reading
            ? readingButtons(shown, facts, words)
            : [],
      }),
    ),
    buttons: [...pagesOf(page, facts, words), ...deliveredButton(facts, words)],
  };
}

/** One thing that a month asks, as the card pages it. */
interface Item {
  readonly answered: boolean;
  /** Bytes that it weighs on a card at most. */
  readonly weight: number;
  /** The measure that it has a field for. */
  readonly reading?: ReadingRow;
  /** Fills it in; where it stands among the page's measures matters to a measure alone. */
  readonly render: (place: Place) => object;
}

/** Whether it is the page's first measure, and the buttons that stand below the last one. */
interface Place {
  readonly isFirst: boolean;
  readonly buttons: readonly Button[];
}

/** All that is asked: actions in ref order, then measures, then what groups tell the board. */
function itemsOf(facts: MonthFacts, words: Words): Item[] {
  const listed = (answered: boolean, row: ActionRow): Item => ({
    answered,
    weight: rowWeight(row),
    render: () => renderRow(row, words),
  });
  return [
    ...facts.rows.map((row) => listed(row.answered, rowView(row, facts, words))),
    ...(facts.readings ?? []).map((reading): Item => {
      const row = measureRow(reading, facts, words);
      const render = ({ isFirst, buttons }: Place) => renderMeasure(row, isFirst, buttons, words);
      return { answered: reading.answered, weight: measureWeight(row), reading, render };
    }),
    ...(facts.reports ?? []).map((row) => listed(row.answered, reportRow(row, facts, words))),
  ];
}

function progressText(facts: MonthFacts, left: number, done: number, words: Words): string {
  if (!asksOthers(facts)) return words.say('month.progress', { left, done });
  if (left === 0) return words.say('other.progressDone', { left, done });
  return words.say('other.progress', { left, parts: leftInWords(leftOf(facts), words), done });
}

/** The page that is asked for; where `onward` says so and nothing waits on it, the next one after it where something does. */
function pageToShow(facts: MonthFacts, all: readonly Item[]): number {
  const pages = pagesIn(all, ({ weight }) => weight, ROOM);
  // What came back is shown where it was typed, whatever page was asked for.
  const typedOn = pages.find(({ items }) => items.some(({ reading }) => reading?.typed));
  if (typedOn) return typedOn.number;
  const wanted = Math.min(facts.page, pages.length - 1);
  if (!facts.onward) return wanted;
  const fromWanted = [...pages.slice(wanted), ...pages];
  return fromWanted.find(({ items }) => items.some(({ answered }) => !answered))?.number ?? wanted;
}

function deliveredView(facts: MonthFacts, words: Words): MonthView {
  const rows = facts.delivered.map((action) => deliveredRow(action, facts, words));
  const page = pageOf(rows, facts.page, rowWeight, DELIVERED_ROOM);
  const back = executeButton(words.say('month.back'), monthData(facts, 0, false));
  return {
    ...headOf(facts, facts.rows.filter(({ answered }) => !answered).length, words),
    title: words.say('month.deliveredTitle', { n: facts.delivered.length }),
    intro: [paragraph(words.say('month.deliveredNote'), SUBTLE)],
    notes: noteOf(facts),
    noteStyle: 'emphasis',
    progressText: '',
    progress: [],
    rows: renderRows(page.items, words),
    buttons: [...pagesOf(page, facts, words), back],
  };
}

function headOf(
  facts: MonthFacts,
  left: number,
  words: Words,
): Pick<MonthView, 'title' | 'intro' | 'speak' | 'fallbackText' | 'refresh'> {
  const period = words.say('month.title', { period: periodName(facts.period, words, facts.periodMonths) });
  const reminds = facts.kind === 'reminder' && left > 0;
  const when = instantName(facts.closes, facts, words);
  const closing =
    facts.state === 'late'
      ? run(words.say('month.closed', { when }), { ...SUBTLE, weight: 'Bolder' })
      : run(words.say('month.closes', { when }), SUBTLE);
  const plan = run(cut(plain(facts.planTitle), GROUP_LIMIT), SUBTLE);
  const intro = reminds ? [[run(period, SUBTLE)], [closing]] : [[closing]];
  const summary = monthSummary(facts, words);
  return {
    title: reminds
      ? words.say(asksOthers(facts) ? 'other.leftTitle' : 'month.leftTitle', { n: left })
      : period,
    intro: [{ runs: dotted(intro) }, { runs: [plan] }],
    speak: spoken(summary),
    fallbackText: escapeMarkdown(summary),
    refresh: refreshOf(facts, words),
  };
}

/** Only the lead's own client refreshes, and shows the page that it was on, or the next where something waits. */
function refreshOf(facts: MonthFacts, words: Words): object | null {
  if (facts.userId === null) return null;
  const data = { ...monthData(facts, facts.page, facts.showDelivered), onward: true };
  const action = { type: 'Action.Execute', title: words.say('month.refresh'), verb: data.verb, data };
  return { action, userIds: [facts.userId] };
}

function thanks(facts: MonthFacts, n: number, words: Words): Paragraph[] {
  const editable =
    facts.state === 'late'
      ? words.say('month.editableLate')
      : words.say('month.editable', { when: instantName(facts.closes, facts, words) });
  return [paragraph(words.say('month.thanks', { n }), BOLD), paragraph(editable)];
}

function noteOf(facts: MonthFacts): Paragraph[] {
  return facts.note === null ? [] : [paragraph(cut(plain(facts.note), NOTE_LIMIT))];
}

function progressBar(done: number, left: number): MonthView['progress'] {
  const pieces = [
    { width: done, style: 'accent' as const },
    { width: left, style: 'emphasis' as const },
  ];
  return pieces.filter(({ width }) => width > 0);
}

function rowView(row: MonthRow, facts: MonthFacts, words: Words): ActionRow {
  const { action } = row;
  const group = run(cut(plain(row.groupTitle), GROUP_LIMIT), SUBTLE);
  const about = { runs: dotted([[group], dueRuns(action, facts.scale, facts, words)]) };
  const at = { status: action.status.key, percent: action.percent };
  return {
    ...standingOf(facts.scale, at, words),
    heading: nameRuns(action),
    lines: [about, ...(row.answered ? answeredLines(row, facts, words) : saidLine(action, facts, words))],
    buttons: row.answered ? [editButton(action, facts, words)] : openButtons(action, facts, words),
  };
}

function deliveredRow(action: Action, facts: MonthFacts, words: Words): ActionRow {
  const said = plain(action.narrative) === '' ? [] : saidLine(action, facts, words);
  const at = { status: action.status.key, percent: action.percent };
  return { ...standingOf(facts.scale, at, words), heading: nameRuns(action), lines: said, buttons: [] };
}

function saidLine(action: Action, facts: MonthFacts, words: Words): Paragraph[] {
  const text = cut(plain(action.narrative), SAID_LIMIT);
  if (text === '') return [];
  if (action.narrativeFrom === null) return [paragraph(words.say('action.saidAtLoad', { text }), SUBTLE)];
  const month = monthName(action.narrativeFrom, facts.today, words);
  return [paragraph(words.say('action.said', { month, text }), SUBTLE)];
}

function answeredLines(row: MonthRow, facts: MonthFacts, words: Words): Paragraph[] {
  const { action } = row;
  const step = stepText(action, facts, words);
  const answered =
    row.answeredBy === null
      ? words.say('month.answered', { step })
      : words.say('month.answeredBy', { name: cut(plain(row.answeredBy), GROUP_LIMIT), step });
  const text = cut(plain(action.narrative), SAID_LIMIT);
  const saidNow = text !== '' && action.narrativeFrom === facts.period;
  const said = saidNow ? [paragraph(words.say('month.nowSays', { text }), SUBTLE)] : [];
  return [paragraph(answered, BOLD), ...said];
}

/** `A Amber 75% → G Green 90%`, or that it stays as it was. */
function stepText(action: Action, facts: MonthFacts, words: Words): string {
  const to = standing(facts.scale, { status: action.status.key, percent: action.percent }, words);
  const from = action.was === null ? to : standing(facts.scale, action.was, words);
  return from === to ? words.say('status.stays', { standing: to }) : words.say('status.step', { from, to });
}

function openButtons(action: Action, facts: MonthFacts, words: Words): Button[] {
  const target = targetOf(action, facts);
  const update = executeButton(
    words.say('month.update'),
    { verb: 'form', ...target },
    { tooltip: words.say('month.updateTip', { action: actionName(action, words) }) },
  );
  const noChange = executeButton(
    words.say('month.noChange'),
    { verb: 'noChange', ...target, version: action.version },
    { tooltip: noChangeTip(action, facts, words) },
  );
  return [update, noChange];
}

function editButton(action: Action, facts: MonthFacts, words: Words): Button {
  const tooltip = words.say('month.editTip', { action: actionName(action, words) });
  return executeButton(words.say('month.edit'), { verb: 'form', ...targetOf(action, facts) }, { tooltip });
}

/** Says exactly what "No change" confirms. */
function noChangeTip(action: Action, facts: MonthFacts, words: Words): string {
  const at = { status: action.status.key, percent: action.percent };
  const values = { ref: refData(plain(action.ref)), standing: standing(facts.scale, at, words) };
  if (plain(action.narrative) === '') return words.say('month.noChangeTip', values);
  if (action.narrativeFrom === null) return words.say('month.noChangeTipLoaded', values);
  const month = monthName(action.narrativeFrom, facts.today, words);
  return words.say('month.noChangeTipSaid', { ...values, month });
}

/** Names the action in a button's data. */
function targetOf(action: Action, facts: MonthFacts): Readonly<Record<string, string | number>> {
  return { ...monthNamed(facts), action: action.id, ref: refData(action.ref), page: facts.page };
}

function pagesOf(page: Page<unknown>, facts: MonthFacts, words: Words): Button[] {
  return pageButtons(page, words, (title, to) =>
    executeButton(title, monthData(facts, to, facts.showDelivered)),
  );
}

function deliveredButton(facts: MonthFacts, words: Words): Button[] {
  const n = facts.delivered.length;
  if (n === 0) return [];
  return [executeButton(words.say('month.showDelivered', { n }), monthData(facts, 0, true))];
}

function monthData(facts: MonthFacts, page: number, delivered: boolean): ButtonData {
  return { verb: 'month', ...monthNamed(facts), page, delivered };
}
