import measurePart from '../../cards/parts/measure.json';
import { READING_LIMIT } from '../domain/measure';
import type { Words } from '../words/words';
import type { ActionRow } from './actionRow';
import { type Button, executeButton, monthNamed } from './buttons';
import { cut, escapeMarkdown, plain } from './escape';
import type { MonthFacts, ReadingRow, ReportRow } from './facts';
import { GROUP_LIMIT, monthName, nameRuns, periodName } from './format';
import { ALARM, BOLD, dotted, gap, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { weightOf } from './size';
import { partTemplate } from './template';

/** What a month's card shows beside actions: measures with a field each, and what groups tell the board. */

/** One measure with its field. */
export interface MeasureRowView {
  /** Title of the section, on the first of a page; else empty. */
  readonly section: string;
  readonly heading: readonly TextRun[];
  readonly lines: readonly Paragraph[];
  readonly problems: readonly Paragraph[];
  /** Id of the field. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly buttons: readonly Button[];
}

const expandMeasure = partTemplate<MeasureRowView>(measurePart);
const TEMPLATE_WEIGHT = weightOf(measurePart);
const LINE_WEIGHT = 70;
const NAME_LIMIT = 200;
const TEXT_LIMIT = 60;
const SAID_LIMIT = 220;

/** The id of a measure's field. */
export function readingInput(measure: string): string {
  return `reading-${measure}`;
}

/** The fields of readings among what a button sent: what was typed, by measure. */
export function readingsTyped(data: unknown): ReadonlyMap<string, string> {
  if (typeof data !== 'object' || data === null) return new Map();
  const typed = Object.entries(data).flatMap(([id, value]): [string, string][] => {
    if (!id.startsWith('reading-') || (typeof value !== 'string' && typeof value !== 'number')) return [];
    return [[id.slice('reading-'.length), String(value).slice(0, READING_LIMIT * 4)]];
  });
  return new Map(typed);
}

/** Fills in one measure's row; the first of a page has the section's title, the last the buttons that save them all. */
export function renderMeasure(
  row: MeasureRowView,
  isFirst: boolean,
  buttons: readonly Button[],
  words: Words,
): object {
  return expandMeasure({ ...row, section: isFirst ? words.say('measure.section') : '', buttons }, words);
}

/** Bytes that a measure's row weighs on a card at most. */
export function measureWeight(row: MeasureRowView): number {
  return weightOf(row) + TEMPLATE_WEIGHT + (row.lines.length + row.problems.length) * LINE_WEIGHT;
}

/** A measure's row: what it was last read as, what is aimed at, and the field. */
export function measureRow(row: ReadingRow, facts: MonthFacts, words: Words): MeasureRowView {
  const { measure, typed } = row;
  const { last } = measure;
  const value = typed ? typed.text : row.answered && last ? last.text : '';
  return {
    section: '',
    buttons: [],
    heading: measureName(measure),
    lines: [
      { runs: dotted([lastRuns(row, facts, words), ...aimRuns(row, facts, words)]) },
      ...(row.answered ? [paragraph(readText(row, words), BOLD)] : []),
    ],
    problems: problemsOf(row, words),
    id: readingInput(measure.id),
    label: escapeMarkdown(
      words.say('measure.label', { period: periodName(facts.period, words, facts.periodMonths) }),
    ),
    value: cut(value, READING_LIMIT),
  };
}

/** A measure's name as a heading: its ref in bold where it has one. */
export function measureName(measure: { readonly ref: string | null; readonly name: string }): TextRun[] {
  const name = cut(plain(measure.name), NAME_LIMIT);
  return measure.ref === null ? [run(name, BOLD)] : nameRuns({ ref: measure.ref, title: name });
}

function lastRuns({ measure, answered }: ReadingRow, facts: MonthFacts, words: Words): TextRun[] {
  const { last, baseline } = measure;
  if (last && !(answered && last.period === facts.period)) {
    const month = monthName(last.period, facts.today, words);
    return [run(words.say('measure.last', { month, text: short(last.text) }), SUBTLE)];
  }
  if (answered) return [];
  if (plain(baseline) !== '') return [run(words.say('measure.baseline', { text: short(baseline) }), SUBTLE)];
  return [run(words.say('measure.never'), SUBTLE)];
}

/** The target, and the target on the way that comes next. */
function aimRuns({ measure }: ReadingRow, facts: MonthFacts, words: Words): TextRun[][] {
  const { target, interim } = measure;
  const next = interim.find(({ due }) => due !== null && due >= facts.period);
  const shown =
    target && plain(target.text) !== '' ? words.say('measure.target', { text: short(target.text) }) : '';
  const on = next?.due
    ? words.say('measure.interim', { when: periodName(next.due, words), text: short(next.text) })
    : '';
  return [[run(shown, SUBTLE)], [run(on, SUBTLE)]];
}

function readText({ measure, answeredBy }: ReadingRow, words: Words): string {
  const text = short(measure.last?.text ?? '');
  if (answeredBy === null) return words.say('measure.read', { text });
  return words.say('measure.readBy', { name: cut(plain(answeredBy), GROUP_LIMIT), text });
}

function problemsOf({ measure, typed }: ReadingRow, words: Words): Paragraph[] {
  if (!typed) return [];
  const text = short(typed.text);
  const mend = (sentence: string) => [
    { runs: [run(words.say('form.mend'), ALARM), gap(' '), run(sentence, BOLD)] },
  ];
  if (typed.newer) {
    const { readBy, last } = measure;
    const name = cut(plain(readBy?.name ?? ''), GROUP_LIMIT);
    return mend(words.say('measure.newer', { name, text: short(last?.text ?? '') }));
  }
  if (typed.fault) {
    const { fault } = typed;
    const values = {
      text,
      limit: fault.code === 'too-long' ? fault.limit : 0,
      match: fault.code === 'personal-data' ? fault.match : '',
    };
    return mend(words.say(`measure.fault.${fault.code}`, values));
  }
  return typed.doubts.map((doubt) => ({
    runs: [
      run(words.say('form.question'), { weight: 'Bolder', color: 'Accent' }),
      gap(' '),
      run(words.say(`measure.doubt.${doubt}`, { text, last: short(measure.last?.text ?? '') }), BOLD),
    ],
  }));
}

/** The buttons below a page's measures: one tap saves all that was typed there. */
export function readingButtons(rows: readonly ReadingRow[], facts: MonthFacts, words: Words): Button[] {
  if (rows.length === 0) return [];
  const data = {
    verb: 'readings' as const,
    ...monthNamed(facts),
    page: facts.page,
    measures: rows.map(({ measure }) => measure.id).join(' '),
    versions: rows.map(({ measure }) => measure.version).join(' '),
  };
  const asks = rows.some(({ typed }) => typed && !typed.fault && typed.doubts.length > 0);
  const title = words.say(rows.length === 1 ? 'measure.saveOne' : 'measure.save');
  const save = executeButton(title, { ...data, anyway: false }, { style: 'positive' });
  return asks ? [executeButton(words.say('measure.saveAnyway'), { ...data, anyway: true }), save] : [save];
}

/** What a group's leads are asked to tell the board, as a row of the list. */
export function reportRow(row: ReportRow, facts: MonthFacts, words: Words): ActionRow {
  const { report } = row;
  const heading = nameRuns({ ref: report.group, title: cut(plain(row.groupTitle), GROUP_LIMIT) });
  const n = report.assurance.length;
  const lines = n > 0 ? [run(words.say('report.lines', { n }), SUBTLE)] : [];
  const about = { runs: dotted([[run(words.say('report.what'), SUBTLE)], lines]) };
  return {
    tint: row.answered ? 'good' : 'emphasis',
    standing: [
      paragraph(words.say('report.section'), BOLD),
      paragraph(words.say(row.answered ? 'report.standingDone' : 'report.standing')),
    ],
    heading,
    lines: [about, ...(row.answered ? [saidNow(row, words)] : saidBefore(row, facts, words))],
    buttons: row.answered ? [formButton(row, facts, 'report.edit', words)] : openButtons(row, facts, words),
  };
}

function saidNow({ report, answeredBy }: ReportRow, words: Words): Paragraph {
  const text = cut(plain(report.last?.recommendation ?? ''), SAID_LIMIT);
  const name = cut(plain(answeredBy ?? ''), GROUP_LIMIT);
  if (answeredBy === null)
    return paragraph(words.say(text === '' ? 'report.saidNone' : 'report.said', { text }), BOLD);
  return paragraph(words.say(text === '' ? 'report.saidNoneBy' : 'report.saidBy', { name, text }), BOLD);
}

function saidBefore({ report }: ReportRow, facts: MonthFacts, words: Words): Paragraph[] {
  if (!report.last) return [];
  const month = monthName(report.last.period, facts.today, words);
  const text = cut(plain(report.last.recommendation), SAID_LIMIT);
  return [paragraph(words.say(text === '' ? 'report.lastNone' : 'report.last', { month, text }), SUBTLE)];
}

function openButtons(row: ReportRow, facts: MonthFacts, words: Words): Button[] {
  const { report } = row;
  const name = words.say('report.name', { ref: report.group, title: row.groupTitle });
  const none = executeButton(
    words.say('report.none'),
    {
      verb: 'reportNone',
      ...monthNamed(facts),
      report: report.id,
      version: report.version,
      page: facts.page,
    },
    { tooltip: words.say('report.noneTip', { name }) },
  );
  const open = report.assurance.length > 0 ? 'report.openLines' : 'report.open';
  return [formButton(row, facts, open, words), none];
}

function formButton(
  { report, groupTitle }: ReportRow,
  facts: MonthFacts,
  title: 'report.open' | 'report.openLines' | 'report.edit',
  words: Words,
): Button {
  const name = words.say('report.name', { ref: report.group, title: groupTitle });
  return executeButton(
    words.say(title),
    { verb: 'reportForm', ...monthNamed(facts), report: report.id, page: facts.page, part: 0 },
    { tooltip: words.say('report.openTip', { name }) },
  );
}

/** `7 actions, 2 measures to read, 1 report to the board`: what is left, in words. */
export function leftInWords(
  left: { readonly actions: number; readonly measures: number; readonly reports: number },
  words: Words,
): string {
  return [
    ...(left.actions > 0 ? [words.say('other.actions', { n: left.actions })] : []),
    ...(left.measures > 0 ? [words.say('other.measures', { n: left.measures })] : []),
    ...(left.reports > 0 ? [words.say('other.reports', { n: left.reports })] : []),
  ].join(', ');
}

/** How much of a month has no answer yet. */
export function leftOf({ rows, readings = [], reports = [] }: MonthFacts) {
  const waiting = (list: readonly { readonly answered: boolean }[]) =>
    list.filter(({ answered }) => !answered).length;
  return { actions: waiting(rows), measures: waiting(readings), reports: waiting(reports) };
}

/** Whether a month asks for anything beside actions. */
export function asksOthers({ readings = [], reports = [] }: MonthFacts): boolean {
  return readings.length + reports.length > 0;
}

function short(text: string): string {
  return cut(plain(text), TEXT_LIMIT);
}
