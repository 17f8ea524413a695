import template from '../../cards/figure.json';
import entryPart from '../../cards/parts/entry.json';
import { dayIn } from '../domain/calendar';
import type { FigureKey } from '../domain/figures';
import type { IsoDate } from '../domain/period';
import { decisionsIn, type GroupFigures, type Move, type Silence } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import type { Words } from '../words/words';
import { type ActionRow, renderRows, rowWeight, standingOf } from './actionRow';
import { type Button, type ButtonData, pageButtons, submitButton } from './buttons';
import { cut, escapeMarkdown, paragraphs, plain, spoken } from './escape';
import type { AdaptiveCard, FigureFacts, Opened } from './facts';
import {
  dayName,
  GROUP_LIMIT,
  monthName,
  nameOf,
  nameRuns,
  passedRuns,
  periodName,
  REF_LIMIT,
} from './format';
import { BOLD, dotted, gap, labelled, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { type Page, pageOf, weightOf } from './size';
import { inOrderOfConcern, renderStanding, reportEntry, standingEntry, standingWeight } from './standings';
import { type CardView, cardTemplate, partTemplate } from './template';

/** What the dialog's template shows. */
export interface FigureView extends CardView {
  readonly heading: readonly TextRun[];
  readonly about: readonly TextRun[];
  readonly rows: readonly object[];
  readonly buttons: readonly Button[];
}

/** A line of the dialog that is no action: a group, or a lead who did not reply. */
interface Entry {
  readonly heading: readonly TextRun[];
  readonly lines: readonly Paragraph[];
  readonly buttons: readonly Button[];
}

const expand = cardTemplate<FigureView>(template);
const expandEntry = partTemplate<Entry>(entryPart);
const ENTRY_WEIGHT = weightOf(entryPart);

const ROOM = { most: 8, bytes: 24_000 };
const ENTRY_ROOM = { most: 15, bytes: 24_000 };

/** Longest text that the dialog shows, in characters: whatever the form takes, and no more of what a file brought. */
const TEXT_LIMIT = 2_000;
const NAMES_LIMIT = 200;

/** The title of the dialog: what is behind the figure, and how many. Plain text. */
export function figureTitle(facts: FigureFacts, words: Words): string {
  const { opened, position } = facts;
  switch (opened.what) {
    case 'status':
      return statusTitle(opened.key, opened.group, facts, words);
    case 'group': {
      const n = groupOf(opened.group, facts)?.total ?? 0;
      return words.say('figure.group', { group: groupName(opened.group, facts), n });
    }
    case 'groups':
      return words.say('figure.groups');
    case 'moves':
      return words.say('figure.moves', { n: position.moves.length });
    case 'carried':
      return words.say('figure.carried', { n: position.carried.length });
    case 'silences':
      return words.say('figure.silences', { n: position.silences.length, asked: position.asked });
    case 'total':
      return words.say('figure.total', { n: position.total });
    case 'measures':
      return words.say('figure.measures', { n: (position.measures ?? []).length });
    case 'decisions':
      return words.say('figure.decisions', { n: decisionsIn(position).length });
  }
}

/** The dialog with the actions behind a figure of the post, their narratives whole, page by page. */
export function figureCard(facts: FigureFacts, words: Words): AdaptiveCard {
  const title = figureTitle(facts, words);
  const { rows, page } = contentOf(facts, words);
  const nothing = page.total === 0 ? [run(words.say('figure.nothing'))] : [];
  const view: FigureView = {
    speak: spoken(title),
    fallbackText: escapeMarkdown(title),
    heading: [run(title, { ...BOLD, size: 'Medium' })],
    about: dotted([
      [run(aboutText(facts, page, words), SUBTLE)],
      nothing,
      facts.position.thinned ? [run(words.say('post.thinned'), SUBTLE)] : [],
    ]),
    rows,
    buttons: [
      ...pageButtons(page, words, (to, number) => submitButton(to, dataOf(facts, facts.opened, number))),
      ...(facts.opened.what === 'group'
        ? [submitButton(words.say('figure.allGroups'), dataOf(facts, { what: 'groups' }, 0))]
        : []),
    ],
  };
  return expand(view, words);
}

function aboutText(facts: FigureFacts, page: Page<unknown>, words: Words): string {
  const at = words.say('figure.at', {
    period: periodName(facts.position.period, words, facts.position.months),
  });
  if (page.total === page.items.length) return at;
  const values = { from: page.start + 1, to: page.start + page.items.length, total: page.total };
  return `${at} · ${words.say('page.showing', values)}`;
}

function contentOf(facts: FigureFacts, words: Words): { rows: object[]; page: Page<unknown> } {
  const { opened, position } = facts;
  if (opened.what === 'groups')
    return entryPage(
      position.groups.map((group) => groupEntry(group, facts, words)),
      facts,
      words,
    );
  if (opened.what === 'measures' || opened.what === 'decisions') {
    const takenOn = dayIn(facts.zone, new Date(position.at));
    const entries =
      opened.what === 'measures'
        ? inOrderOfConcern(position.measures ?? []).map((one) => standingEntry(one, takenOn, words))
        : (position.reports ?? []).map((one) => reportEntry(one, words));
    const shown = pageOf(entries, facts.page, standingWeight, ROOM);
    return { rows: shown.items.map((entry) => renderStanding(entry, words)), page: shown };
  }
  if (opened.what === 'silences') {
    return entryPage(
      position.silences.map((silence) => silenceEntry(silence, facts, words)),
      facts,
      words,
    );
  }
  const rows =
    opened.what === 'moves'
      ? position.moves.map((move) => moveRow(move, facts, words))
      : actionsBehind(opened, facts).map((action) => snapshotRow(action, facts, words));
  const page = pageOf(rows, facts.page, rowWeight, ROOM);
  return { rows: renderRows(page.items, words), page };
}

function entryPage(
  entries: readonly Entry[],
  facts: FigureFacts,
  words: Words,
): { rows: object[]; page: Page<unknown> } {
  const page = pageOf(entries, facts.page, (entry) => weightOf(entry) + ENTRY_WEIGHT, ENTRY_ROOM);
  return { rows: page.items.map((entry) => expandEntry(entry, words)), page };
}

function actionsBehind(
  opened: Exclude<Opened, { what: 'groups' | 'silences' | 'moves' | 'measures' | 'decisions' }>,
  facts: FigureFacts,
): readonly Snapshot[] {
  const { position, actions } = facts;
  const all = [...actions.values()];
  switch (opened.what) {
    case 'carried':
      return position.carried.flatMap((id) => actions.get(id) ?? []);
    case 'total':
      return all;
    case 'group':
      return all.filter(({ group }) => groupKey(group) === groupKey(opened.group));
    case 'status':
      return all.filter(
        ({ status, group }) =>
          (status ?? 'none') === opened.key &&
          (opened.group === undefined || groupKey(group) === groupKey(opened.group)),
      );
  }
}

function snapshotRow(action: Snapshot, facts: FigureFacts, words: Words): ActionRow {
  const { scale } = facts.position;
  return {
    ...standingOf(scale, action, words),
    heading: nameRuns(action),
    lines: [{ runs: aboutRuns(action, facts, words) }, ...saidLines(action, facts, words)],
    buttons: [],
  };
}

function moveRow(move: Move, facts: FigureFacts, words: Words): ActionRow {
  const { scale } = facts.position;
  const step = words.say('status.step', {
    from: nameOf(scale, move.from, words),
    to: nameOf(scale, move.to, words),
  });
  const snapshot = facts.actions.get(move.id);
  const at = { status: move.to, percent: snapshot?.percent ?? null };
  const rest = snapshot ? snapshotRow(snapshot, facts, words).lines : [];
  return {
    ...standingOf(scale, at, words),
    heading: nameRuns(move),
    lines: [paragraph(step, BOLD), ...rest],
    buttons: [],
  };
}

function aboutRuns(action: Snapshot, facts: FigureFacts, words: Words): TextRun[] {
  const names = action.leads.map(({ name }) => plain(name)).join(', ');
  const leads = names === '' ? '' : words.say('action.ledBy', { names: cut(names, NAMES_LIMIT) });
  return dotted([[run(leads, SUBTLE)], dateRuns(action, facts, words)]);
}

/** Dates as the position froze them; what had passed is judged by the day that it was taken. */
function dateRuns(action: Snapshot, facts: FigureFacts, words: Words): TextRun[] {
  const takenOn = dayIn(facts.zone, new Date(facts.position.at));
  const text = cut(plain(action.revisedText) || plain(action.plannedText), REF_LIMIT);
  if (text === '') return [run(words.say('action.undated'), SUBTLE)];
  if (action.due === null) return [run(text, SUBTLE)];
  const written = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayName(text as IsoDate, takenOn, words) : text;
  return passedRuns(words.say('action.due', { date: written }), action.live && action.due < takenOn, words);
}

function saidLines(action: Snapshot, facts: FigureFacts, words: Words): Paragraph[] {
  const barriers = cut(plain(action.barriers), TEXT_LIMIT);
  const ask = cut(plain(action.ask), TEXT_LIMIT);
  return [
    ...narrativeLines(action, facts, words),
    ...(barriers === '' ? [] : [labelled(words.say('action.barriersLabel'), barriers)]),
    ...(ask === '' ? [] : [labelled(words.say('action.askedLabel'), ask)]),
  ];
}

/** The narrative whole, with its own paragraphs; the first one says when it was said. */
function narrativeLines(action: Snapshot, facts: FigureFacts, words: Words): Paragraph[] {
  const lines = paragraphs(cut(action.narrative, TEXT_LIMIT));
  if (lines.length === 0) return [];
  const takenOn = dayIn(facts.zone, new Date(facts.position.at));
  const from = action.narrativeFrom;
  const when =
    from === null
      ? words.say('figure.saidAtLoad')
      : words.say('figure.said', { month: monthName(from, takenOn, words) });
  return lines.map((line, at) => ({
    runs: at === 0 ? [run(when, SUBTLE), gap(' '), run(line)] : [run(line)],
  }));
}

function groupEntry(group: GroupFigures, facts: FigureFacts, words: Words): Entry {
  const { figures, scale } = facts.position;
  const counts = figures
    .filter(({ key }) => group.counts[key] > 0)
    .map(({ key }) => words.say('status.count', { n: group.counts[key], status: nameOf(scale, key, words) }));
  const title = words.say('figure.show', { n: group.total });
  const tooltip = words.say('figure.showTip', { group: groupName(group.ref, facts) });
  const button = submitButton(title, dataOf(facts, { what: 'group', group: groupKey(group.ref) }, 0), {
    tooltip,
  });
  return {
    heading: nameRuns({ ref: group.ref, title: cut(plain(group.title), GROUP_LIMIT) }),
    lines: [{ runs: dotted(counts.map((count) => [run(count)])) }],
    buttons: group.total > 0 ? [button] : [],
  };
}

function silenceEntry(silence: Silence, facts: FigureFacts, words: Words): Entry {
  const n = silence.actions.length;
  const actions = silence.actions.flatMap((id) => facts.actions.get(id) ?? []).slice(0, 12);
  return {
    heading: [run(cut(plain(silence.lead.name) || words.say('post.nameNotKept'), GROUP_LIMIT), BOLD)],
    lines: [
      ...(n > 0 || !silence.others ? [paragraph(words.say('figure.unanswered', { n }), SUBTLE)] : []),
      ...(silence.others
        ? [paragraph(words.say('figure.unansweredOthers', { n: silence.others }), SUBTLE)]
        : []),
      ...actions.map((action) => ({ runs: nameRuns(action) })),
      ...(n > actions.length ? [paragraph(words.say('action.more', { n: n - actions.length }), SUBTLE)] : []),
    ],
    buttons: [],
  };
}

function statusTitle(key: FigureKey, group: string | undefined, facts: FigureFacts, words: Words): string {
  const { position } = facts;
  const status = nameOf(position.scale, key, words);
  if (group === undefined) {
    const n = position.figures.find((figure) => figure.key === key)?.count ?? 0;
    return words.say('figure.status', { status, n, total: position.total });
  }
  const own = groupOf(group, facts);
  const values = { status, group: groupName(group, facts), n: own?.counts[key] ?? 0, total: own?.total ?? 0 };
  return words.say('figure.statusInGroup', values);
}

function groupOf(ref: string, facts: FigureFacts): GroupFigures | undefined {
  return facts.position.groups.find((group) => groupKey(group.ref) === groupKey(ref));
}

/** A group's ref as a button's data carries it: the parser takes no longer one. */
function groupKey(ref: string): string {
  return ref.slice(0, 100);
}

function groupName(ref: string, facts: FigureFacts): string {
  const name = [plain(ref), plain(groupOf(ref, facts)?.title ?? '')].filter((part) => part !== '').join(' ');
  return cut(name, GROUP_LIMIT);
}

function dataOf(facts: FigureFacts, opened: Opened, page: number): ButtonData {
  return { verb: 'figure', plan: facts.plan, period: facts.period, page, ...opened };
}
