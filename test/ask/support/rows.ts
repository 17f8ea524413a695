import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { SAMPLE_PLAN_FILE } from '../../../src/demo/sample';

/** A row of the sample plan, read by these few lines and by nothing of the product: what answers are held against. */
export interface Row {
  readonly ref: string;
  readonly group: string;
  readonly title: string;
  readonly narrative: string;
  /** The leads that the row names, and those of its group where it names none. */
  readonly own: readonly string[];
  readonly leads: readonly string[];
  /** `R`, `A`, `G`, `B`, `GR`; empty for no status. */
  readonly letter: string;
  readonly percent: number | null;
  /** Dates as ISO days; null for words. */
  readonly planned: string | null;
  readonly revised: string | null;
  /** The revised date; none where the revised cell is words; else the planned. */
  readonly due: string | null;
  readonly live: boolean;
}

/** Whether a row is one of those asked for. */
export type Pick = (row: Row) => boolean;

const TODAY = '2023-09-25';
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** The sample plan's rows, in its order. */
export function sampleRows(): Row[] {
  const table: string[][] = parse(readFileSync(SAMPLE_PLAN_FILE), { relax_column_count: true, bom: true });
  return table.slice(2).map((cells) => {
    const [group, , groupLeads, ref, title, lead, planned, revised, letter, percent, narrative] = cells;
    const own = namesIn(lead);
    const number = /^(\d+)%$/.exec(percent ?? '')?.[1];
    return {
      ref: ref ?? '',
      group: group ?? '',
      title: title ?? '',
      narrative: narrative ?? '',
      own,
      leads: own.length > 0 ? own : namesIn(groupLeads),
      letter: letter ?? '',
      percent: number === undefined ? null : Number(number),
      planned: lastDayOf(planned),
      revised: lastDayOf(revised),
      due: revised ? lastDayOf(revised) : lastDayOf(planned),
      live: letter === 'R' || letter === 'A' || letter === 'G',
    };
  });
}

function namesIn(cell = ''): string[] {
  return cell
    .replace(/\([^)]*\)/g, '')
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The last day of `Sept-23`; null for words. */
function lastDayOf(cell = ''): string | null {
  const [, month, year] = /^([A-Z][a-z]+)-(\d\d)$/.exec(cell.trim()) ?? [];
  if (!month || !year) return null;
  const at = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  return new Date(Date.UTC(2000 + Number(year), at + 1, 0)).toISOString().slice(0, 10);
}

export const every: Pick = () => true;
export const live: Pick = (row) => row.live;
export const overdue: Pick = (row) => row.live && row.due !== null && row.due < TODAY;
export const unled: Pick = (row) => row.own.length === 0;
export const S =
  (...letters: string[]): Pick =>
  (row) =>
    letters.includes(row.letter);
export const L =
  (name: string): Pick =>
  (row) =>
    row.leads.includes(name);
export const G =
  (...groups: string[]): Pick =>
  (row) =>
    groups.includes(row.group);
export const not =
  (pick: Pick): Pick =>
  (row) =>
    !pick(row);
export const and =
  (...picks: Pick[]): Pick =>
  (row) =>
    picks.every((pick) => pick(row));
export const or =
  (...picks: Pick[]): Pick =>
  (row) =>
    picks.some((pick) => pick(row));
export const ref =
  (...refs: string[]): Pick =>
  (row) =>
    refs.includes(row.ref);
/** Refs that begin so. */
export const under =
  (stem: string): Pick =>
  (row) =>
    row.ref.startsWith(`${stem}.`);
/** Live, and due on one of these days, both included. */
export const due =
  (from: string, to: string): Pick =>
  (row) =>
    row.live && row.due !== null && row.due >= from && row.due <= to;
/** Overdue, and due before this day. */
export const lateBefore =
  (day: string): Pick =>
  (row) =>
    overdue(row) && (row.due ?? '') < day;
export const undated: Pick = (row) => row.live && row.due === null;
/** In the title or the narrative. */
export const T =
  (pattern: RegExp): Pick =>
  (row) =>
    pattern.test(row.title) || pattern.test(row.narrative);
export const P =
  (is: (percent: number) => boolean): Pick =>
  (row) =>
    row.percent !== null && is(row.percent);
export const noPercent: Pick = (row) => row.percent === null;
/** Revised later than planned, by more than so many months. */
export const slip =
  (months: number): Pick =>
  (row) =>
    row.revised !== null && row.planned !== null && monthOf(row.revised) - monthOf(row.planned) > months;

function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
