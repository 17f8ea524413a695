import type { EarlierPosition, PaperFacts, PaperUpdate } from '../app/readPaper';
import { nameOf, periodName, standing } from '../cards/format';
import { dayIn } from '../domain/calendar';
import { countByStatus, type FigureKey } from '../domain/figures';
import type { Said } from '../domain/update';
import type { Words } from '../words/words';
import { footOf, shortTitle } from './names';
import { frontSheet } from './trackerFront';
import { groupSheets } from './trackerGroups';
import { listSheet, listViews } from './trackerLists';
import { measuresList } from './trackerMeasures';
import {
  type CellView,
  columnName,
  paperFor,
  type RowView,
  type SheetView,
  sheetNames,
  type WorkbookView,
} from './workbook';

/** The tracker as a workbook: a front page, a sheet for each group, the positions before, and every update. */
export function trackerView(facts: PaperFacts, words: Words): WorkbookView {
  const { position } = facts;
  const groups = position.groups.filter(({ total }) => total > 0);
  const measures = measuresList(facts, words);
  const lists = [...(measures ? [measures] : []), ...listViews(facts, words)];
  const [front = '', earlier = '', audit = '', ...others] = sheetNames([
    words.say('paper.frontSheet'),
    words.say('paper.earlierSheet'),
    words.say('paper.auditSheet'),
    ...lists.map(({ title }) => title),
    ...groups.map(({ ref, title }) => words.say('paper.groupSheet', { ref, title })),
  ]);
  const sheets = groupSheets(facts, groups, others.slice(lists.length), words);
  const period = periodName(position.period, words);
  return {
    title: words.say('paper.trackerTitle', { plan: shortTitle(facts.planTitle), period }),
    subject: words.say('paper.position', { period }),
    language: words.locale,
    at: position.at,
    sheets: [
      frontSheet(facts, front, sheets, words),
      ...sheets.map(({ sheet }) => sheet),
      ...lists.map((list, at) => listSheet(facts, others[at] ?? '', list, words)),
      ...(facts.earlier.length > 0 ? [earlierSheet(facts, earlier, words)] : []),
      ...(facts.updates.length > 0 ? [auditSheet(facts, audit, words)] : []),
    ],
  };
}

/** Every position before this one, and this one last. */
function earlierSheet(facts: PaperFacts, name: string, words: Words): SheetView {
  const { position } = facts;
  const own = Object.fromEntries(position.figures.map(({ key, count }) => [key, count]));
  const now: EarlierPosition = {
    period: position.period,
    counts: { ...countByStatus([]), ...own },
    scale: position.scale.id,
  };
  const all = [...facts.earlier, now];
  const keys: FigureKey[] = ['red', 'amber', 'green', 'blue', 'grey', 'none'];
  const shown = keys.filter(
    (key) =>
      position.figures.some((figure) => figure.key === key) || all.some(({ counts }) => counts[key] > 0),
  );
  const head = [
    words.say('paper.month'),
    ...shown.map((key) => nameOf(position.scale, key, words)),
    words.say('paper.total'),
  ];
  const header = 3;
  return {
    name,
    widths: [22, ...shown.map(() => 12), 12, 34],
    header,
    paper: 'A4',
    foot: footOf(facts, words),
    rows: [
      { cells: [text(facts.planTitle, 'title')] },
      { cells: [] },
      {
        cells: [
          ...head.map((one, column) => text(one, column === 0 ? 'head' : 'headFigure')),
          text(words.say('paper.scale'), 'head'),
        ],
      },
      ...all.map((one, at): RowView => {
        const row = header + 1 + at;
        const sum = `SUM(B${row}:${columnName(shown.length + 1)}${row})`;
        const total = shown.reduce((n, key) => n + one.counts[key], 0);
        const isSame = one.scale === position.scale.id;
        return {
          cells: [
            text(periodName(one.period, words), 'strong'),
            ...shown.map(
              (key): CellView => ({
                value: { kind: 'number', number: one.counts[key], format: 'count' },
                look: 'plain',
              }),
            ),
            { value: { kind: 'formula', formula: sum, result: total, format: 'count' }, look: 'strong' },
            text(words.say(isSame ? 'paper.scaleSame' : 'paper.scaleOther')),
          ],
        };
      }),
    ],
  };
}

/** Every update: who said it, when, where, and what it changed. */
function auditSheet(facts: PaperFacts, name: string, words: Words): SheetView {
  const { scale } = facts.position;
  const gone = words.say('paper.notKept');
  const columns: readonly (readonly [string, number, (line: PaperUpdate) => string])[] = [
    [words.say('paper.auditWhen'), 17, ({ update }) => timeIn(facts.zone, update.at)],
    [words.say('paper.auditWho'), 20, ({ update }) => (update.thinned ? gone : update.by.name)],
    [words.say('paper.auditFor'), 20, ({ update }) => update.onBehalfOf ?? ''],
    [
      words.say('paper.auditWhere'),
      11,
      ({ update }) => (update.thinned ? '' : words.say('paper.chat', { kind: chatKind(update.chat) })),
    ],
    [words.say('paper.auditMonth'), 15, ({ update }) => periodName(update.period, words)],
    [words.say('paper.ref'), 10, ({ ref }) => ref],
    [words.say('paper.action'), 34, ({ title }) => title],
    [words.say('paper.auditWhat'), 11, ({ update }) => words.say('paper.kind', { kind: update.kind })],
    [words.say('paper.auditFrom'), 15, ({ update }) => standing(scale, update.before, words)],
    [words.say('paper.auditTo'), 15, ({ update }) => standing(scale, update.after, words)],
    [words.say('paper.auditDateFrom'), 12, ({ update }) => changedDate(update.before, update.after)],
    [words.say('paper.auditDateTo'), 12, ({ update }) => changedDate(update.after, update.before)],
    [words.say('paper.auditSaid'), 50, ({ update }) => (update.thinned ? gone : update.after.narrative)],
    [words.say('paper.barriers'), 26, ({ update }) => update.after.barriers],
    [words.say('paper.ask'), 26, ({ update }) => update.after.ask],
    [words.say('paper.auditLate'), 6, ({ update }) => (update.late ? words.say('paper.yes') : '')],
  ];
  // A column in which no update says anything is left out, so that the others can be read on paper.
  const used = columns.filter(([, , say]) => facts.updates.some((line) => say(line) !== ''));
  return {
    name,
    widths: used.map(([, width]) => width),
    header: 3,
    paper: paperFor(used.map(([, width]) => width)),
    foot: footOf(facts, words),
    rows: [
      { cells: [text(facts.planTitle, 'title')] },
      { cells: [] },
      { cells: used.map(([head]) => text(head, 'head')) },
      ...facts.updates.map((line) => ({ cells: used.map(([, , say]) => text(say(line))) })),
    ],
  };
}

function changedDate(one: Said, other: Said): string {
  return one.revisedText === other.revisedText ? '' : one.revisedText;
}

/** Where something was said, by the id that Teams gives a conversation: `19:…@thread.tacv2` is a channel's, other `19:` a group's. */
export function chatKind(chat: string): 'personal' | 'channel' | 'group' | 'none' {
  if (chat === '') return 'none';
  if (!chat.startsWith('19:')) return 'personal';
  return /@thread\.(?:tacv2|skype)|;messageid=/.test(chat) ? 'channel' : 'group';
}

/** `2023-09-25 10:42` in a time zone: text order is time order. */
function timeIn(zone: string, at: string): string {
  const instant = new Date(at);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
  return `${dayIn(zone, instant)} ${time}`;
}

function text(words: string, look: CellView['look'] = 'plain'): CellView {
  return { value: { kind: 'text', text: words }, look };
}
