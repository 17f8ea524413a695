import type { UnderstoodAssurance, UnderstoodRecommendation } from '../domain/understood';
import { readRef } from './actionRefs';
import { foldHeader } from './headerWords';
import type { RawSection } from './rawPlan';
import type { CellReaders } from './readMeasures';
import { filledColumns, type Row, textAt } from './tables';

/** Reads a table of business as usual: activity, complete, impact, each in the plan's own words. */
export function readAssurance(
  { header, rows }: RawSection,
  group: string | null,
  groupNamed: CellReaders['group'],
): UnderstoodAssurance[] {
  const column = (pattern: RegExp, otherwise: number): number => findColumn(header, pattern) ?? otherwise;
  const complete = column(/\bcomplete\w*\b|\bdone\b|\bin place\b|\bstatus\b|\bprogress\b/, 1);
  const impact = column(/\bimpact\b|\bdifference\b|\bevidence\b|\bso what\b/, 2);
  // "Business as usual | Activity | Complete | Impact": the first names the table.
  const activity =
    findColumn(header, /\bactivit/) ?? column(/\bbusiness\b|\bbau\b|\bassurance\b|\bwhat\b|\baction/, 0);
  const own = findColumn(header, /^(?:priority(?: area)?|work ?stream|theme|area|group)(?: (?:ref|no))?$/);
  const drafts: { group: string | null; activity: string; complete: string; impact: string }[] = [];
  for (const { row, isAfterBreak } of rows) {
    const line = {
      activity: textAt(row, activity),
      complete: textAt(row, complete),
      impact: textAt(row, impact),
    };
    const last = drafts.at(-1);
    const isTail = line.activity === '' || (isAfterBreak && /^[\p{Ll}(]/u.test(line.activity));
    if (last && isTail) {
      last.activity = joined(last.activity, line.activity);
      last.complete = joined(last.complete, line.complete);
      last.impact = joined(last.impact, line.impact);
    } else if (filledColumns(row).length > 0) {
      const cell = own === undefined ? undefined : row.cells[own];
      const named = groupNamed(cell?.text || (cell?.mergedText ?? ''));
      drafts.push({ group: named ?? group, ...line });
    }
  }
  return drafts;
}

/** Reads a table of recommendations or decisions: the column with the most words, and a ref where there is one. */
export function readRecommendations(
  { header, rows }: RawSection,
  group: string | null,
): UnderstoodRecommendation[] {
  const column = findColumn(header, /\brecommendations?\b|\bdecisions?\b/) ?? 0;
  const longest = longestColumn(rows.map(({ row }) => row)) ?? column;
  const text = rows.some(({ row }) => textAt(row, column).length > 12) ? column : longest;
  return rows.flatMap(({ row }) => {
    const words = textAt(row, text);
    const [first = 0] = filledColumns(row);
    const ref = first === text ? null : (readRef(textAt(row, first))?.ref ?? null);
    return words === '' ? [] : [{ group, ref, text: words }];
  });
}

function findColumn(header: Row | null, pattern: RegExp): number | undefined {
  const at = header?.cells.findIndex(({ text }) => text !== '' && pattern.test(foldHeader(text))) ?? -1;
  return at < 0 ? undefined : at;
}

function longestColumn(rows: readonly Row[]): number | undefined {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const total = (column: number): number => rows.reduce((sum, row) => sum + textAt(row, column).length, 0);
  return Array.from({ length: width }, (_, column) => column).sort((a, b) => total(b) - total(a))[0];
}

function joined(before: string, after: string): string {
  return [before, after].filter((text) => text !== '').join(' ');
}
