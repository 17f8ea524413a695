import { periodIn } from './headerWords';
import type { Placed, TableWalk } from './rawPlan';
import { filledColumns, textAt } from './tables';

/** Lines that begin a paper without naming it. */
const NO_TITLE =
  /^(?:introduction|contents|foreword|background|key|legend|overview|summary|purpose|guidance|instructions|version|date|updated?|last updated|status|page|priority status|overall status|confidential|official|draft)\b/i;
const PLAIN_SHEET_NAME =
  /^(?:sheet|table|worksheet|tabelle|blad)\s?\d*$|^(?:plan|actions?|tracker|data|main|master|export|action (?:plan|log))$/i;
/** A line that says when the inspectors came or wrote, which is before the plan began. */
const INSPECTED = /\b(?:inspect\w*|ofsted|cqc|revisit|baseline)\b/i;
/** Lines at the top that are looked at for a title and a month. */
const TOP_LINES = 15;
const LONGEST_TITLE = 120;

/**
 * The plan's title (from its top lines, else the sheet's name, else the file's) and the month that it speaks of, `2023-09`,
 * from the top lines, a sheet's name or the file's name; null where none of them names one.
 */
export function nameThePlan(
  walks: readonly TableWalk[],
  fileName: string,
): { title: string; asOf: string | null } {
  const top = walks.flatMap((walk) => topLines(walk));
  const sheets = walks.filter(({ actions }) => actions.length > 0).map(({ table }) => table.name);
  const own = sheets.filter((name) => name !== '' && !PLAIN_SHEET_NAME.test(name));
  const sheetTitle = own.length === 1 && own[0] && periodIn(own[0]) === null ? own[0] : null;
  return {
    title: titleOf(top) ?? sheetTitle ?? titleOfFile(fileName),
    asOf: monthOf(top.map(({ text }) => text)) ?? monthOf(own) ?? periodIn(fileName.replace(/\.[^.]*$/, '')),
  };
}

function topLines({ lines, table }: TableWalk): Placed[] {
  const first = table.rows[0];
  if (!first || lines.length === 0 || filledColumns(first).length > 3) return [];
  const isTitle = lines[0]?.text.startsWith(textAt(first, filledColumns(first)[0] ?? 0)) ?? false;
  return isTitle ? lines.slice(0, TOP_LINES) : [];
}

function titleOf(top: readonly Placed[]): string | null {
  const lines = top.slice(0, 6).map(({ text }) => text.replace(/\s+/g, ' ').trim());
  const at = lines.findIndex(
    (text) =>
      text.length >= 4 &&
      text.length <= LONGEST_TITLE &&
      !NO_TITLE.test(text) &&
      !isMonthOnly(text) &&
      !/^\d+[.)]/.test(text),
  );
  const line = lines[at];
  // A paper that opens with "Introduction" has lost its title; what follows is its text.
  if (
    line === undefined ||
    lines.slice(0, at).some((text) => /^(?:introduction|contents|foreword)/i.test(text))
  )
    return null;
  const next = lines[at + 1];
  const goesOn = /[-–—:]$/.test(line) && next !== undefined && next.length <= 60 && !isMonthOnly(next);
  return goesOn ? `${line} ${next}` : line.replace(/\s*[-–—:]$/, '');
}

function isMonthOnly(text: string): boolean {
  return periodIn(text) !== null && text.length <= 20;
}

/** The latest month that short lines name: an "update" is newer than the plan that it updates. */
function monthOf(texts: readonly string[]): string | null {
  const periods = texts
    .filter((text) => text.length <= 80 && !INSPECTED.test(text))
    .flatMap((text) => periodIn(text) ?? []);
  return periods.sort().at(-1) ?? null;
}

function titleOfFile(fileName: string): string {
  const base = fileName
    .replace(/^.*[/\\]/, '')
    .replace(/\.[^.]*$/, '')
    .replace(/[_-]+/g, ' ')
    .trim();
  if (base === '') return 'Improvement plan';
  return base.charAt(0).toUpperCase() + base.slice(1);
}
