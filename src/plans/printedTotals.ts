import { DEFAULT_SCALE, type StatusKey } from '../domain/status';
import type { Problem, UnderstoodAction } from '../domain/understood';
import { foldHeader, periodIn } from './headerWords';
import type { RawTotals } from './rawPlan';
import { readStatusText } from './readStatusText';
import { isNoStatus } from './rowKinds';
import { columnLetters, filledColumns, problem, type Row, textAt } from './tables';

/** `none` is a line of its own for actions without a status. */
type Line = StatusKey | 'none' | 'total';
type CountedAction = Pick<UnderstoodAction, 'ref' | 'status'>;

/** What a column of a printed table of totals holds. */
interface TotalsColumn {
  readonly column: number;
  readonly kind: 'counts' | 'share' | 'delta' | 'other';
  /** `Jun-23` as printed; empty for the newest. */
  readonly label: string;
}

/**
 * Holds a printed table of totals against the rows that the file has: the counts of the newest column, their sum, the
 * percentages, and each printed change against the two columns that it stands between.
 */
export function checkPrintedTotals(totals: RawTotals, actions: readonly CountedAction[]): Problem[] {
  const lines = new Map<Line, Row>();
  for (const row of totals.rows) {
    const line = lineOf(row);
    if (line && !lines.has(line)) lines.set(line, row);
  }
  if (lines.size < 3) return [];
  const columns = columnsOf(totals, [...lines.values()]);
  const newest = columns.find(({ kind }) => kind === 'counts');
  if (!newest) return [];
  return [
    ...checkCounts(totals, lines, newest, actions),
    ...checkShares(
      totals,
      lines,
      newest,
      columns.find(({ kind }) => kind === 'share'),
    ),
    ...checkDeltas(totals, lines, columns),
  ];
}

/** Holds a printed list of red actions against the rows: what it lists and is not red, what is red and not listed. */
export function checkRedList(
  redList: readonly { readonly ref: string; readonly where: string }[],
  actions: readonly (CountedAction & Pick<UnderstoodAction, 'percent'>)[],
): Problem[] {
  const [first] = redList;
  if (!first) return [];
  const listed = redList.flatMap(({ ref, where }) => {
    const action = actions.find((one) => one.ref === ref);
    if (!action)
      return [problem('warning', where, `The list of red actions names ${ref}, which has no row.`)];
    if (action.status.key === 'red') return [];
    const says =
      action.status.text === ''
        ? 'has no status'
        : `says ${action.status.text}${action.percent === null ? '' : ` at ${action.percent}%`}`;
    return [
      problem(
        'warning',
        where,
        `The list of red actions names ${ref}, but its row ${says}: mend one of the two.`,
      ),
    ];
  });
  const missing = actions.filter(
    ({ ref, status }) => status.key === 'red' && !redList.some((one) => one.ref === ref),
  );
  return [
    ...listed,
    ...missing.map(({ ref }) =>
      problem('warning', first.where, `Action ${ref} is red, and the list of red actions leaves it out.`),
    ),
  ];
}

function lineOf(row: Row): Line | null {
  const [column] = filledColumns(row);
  const label = column === undefined ? '' : textAt(row, column);
  if (/total/i.test(label)) return 'total';
  return isNoStatus(label) ? 'none' : readStatusText(label).key;
}

function columnsOf(totals: RawTotals, rows: readonly Row[]): TotalsColumn[] {
  const labelColumn = Math.min(...rows.map((row) => filledColumns(row)[0] ?? 0));
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, column) => column).filter(
    (column) => column > labelColumn,
  );
  return columns.map((column) => {
    const label = totals.header ? textAt(totals.header, column) : '';
    return {
      column,
      label,
      kind: kindOf(
        label,
        rows.map((row) => textAt(row, column)),
      ),
    };
  });
}

function kindOf(label: string, texts: readonly string[]): TotalsColumn['kind'] {
  const folded = foldHeader(label);
  if (/\bdelta\b|\bchange\b|\bdifference\b|\bmovement\b|[+]\/?-/.test(folded) || /^[ΔδδD]$/u.test(label))
    return 'delta';
  if (/%|\bper ?cent|\bsplit\b|\bshare\b/.test(folded) || texts.some((text) => text.endsWith('%')))
    return 'share';
  const areCounts = texts.filter((text) => text !== '').every((text) => /^\d+$/.test(text));
  if (!areCounts) return 'other';
  return label === '' ||
    /\btotals?\b|\bnumber\b|\bno\b|\bcount\b|\bactions?\b/.test(folded) ||
    periodIn(label)
    ? 'counts'
    : 'other';
}

function figureIn(row: Row | undefined, column: number): number | null {
  const text = row
    ? textAt(row, column)
        .replace(/[−–]/g, '-')
        .replace(/[%+\s]/g, '')
    : '';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

function nameOf(line: Line): string {
  if (line === 'none') return 'No status';
  return line === 'total' ? 'Total' : (DEFAULT_SCALE.statuses.find(({ key }) => key === line)?.label ?? line);
}

function checkCounts(
  totals: RawTotals,
  lines: ReadonlyMap<Line, Row>,
  newest: TotalsColumn,
  actions: readonly CountedAction[],
): Problem[] {
  const problems: Problem[] = [];
  let sum = 0;
  const wrong: string[] = [];
  for (const [line, row] of lines) {
    const printed = figureIn(row, newest.column);
    if (printed === null) continue;
    if (line !== 'total') sum += printed;
    const key = line === 'none' ? null : line;
    const counted =
      line === 'total' ? actions.length : actions.filter(({ status }) => status.key === key).length;
    if (printed !== counted) wrong.push(`${nameOf(line)} ${printed}, the rows give ${counted}`);
  }
  if (wrong.length > 0) {
    const unset = actions.filter(({ status }) => status.key === null).length;
    const rest = unset > 0 && !lines.has('none') ? ` (${unset} of the rows have no status)` : '';
    problems.push(
      problem(
        'warning',
        totals.where,
        `The printed totals do not agree with the rows: ${wrong.join('; ')}${rest}. Steward counts the rows.`,
      ),
    );
  }
  const printedTotal = figureIn(lines.get('total'), newest.column);
  if (printedTotal !== null && printedTotal !== sum) {
    problems.push(
      problem(
        'warning',
        totals.where,
        `The printed total is ${printedTotal}, but the figures above it add up to ${sum}.`,
      ),
    );
  }
  return problems;
}

function checkShares(
  totals: RawTotals,
  lines: ReadonlyMap<Line, Row>,
  newest: TotalsColumn,
  share: TotalsColumn | undefined,
): Problem[] {
  if (!share) return [];
  const statuses = [...lines].filter(([line]) => line !== 'total');
  const counts = statuses.map(([, row]) => figureIn(row, newest.column) ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const printed = statuses.map(([, row]) => figureIn(row, share.column));
  if (total === 0 || printed.some((figure) => figure === null)) return [];
  const sum = printed.reduce<number>((all, figure) => all + (figure ?? 0), 0);
  // Whole percents that were made to add up to 100 are each less than one off.
  const slack = sum === 100 ? 1 : 0.5;
  const cut = statuses.flatMap(([line], index) => {
    const right = ((counts[index] ?? 0) * 100) / total;
    const shown = printed[index] ?? 0;
    return Math.abs(right - shown) > slack
      ? [`${nameOf(line)} ${shown}% where ${right.toFixed(2)}% is right`]
      : [];
  });
  if (cut.length === 0 && Math.abs(sum - 100) < 0.5) return [];
  const why = cut.length > 0 ? `: ${cut.join('; ')}` : '';
  return [
    problem('warning', totals.where, `The printed percentages add up to ${Number(sum.toFixed(2))}%${why}.`),
  ];
}

/** A change stands between the newer counts on its left and the older ones on its right. */
function checkDeltas(
  totals: RawTotals,
  lines: ReadonlyMap<Line, Row>,
  columns: readonly TotalsColumn[],
): Problem[] {
  const problems: Problem[] = [];
  for (const [index, delta] of columns.entries()) {
    if (delta.kind !== 'delta') continue;
    const newer = columns
      .slice(0, index)
      .reverse()
      .find(({ kind }) => kind === 'counts');
    const older = columns.slice(index + 1).find(({ kind }) => kind === 'counts');
    if (!newer || !older) continue;
    const wrong = [...lines].flatMap(([line, row]) => {
      const printed = figureIn(row, delta.column);
      const [now, then] = [figureIn(row, newer.column), figureIn(row, older.column)];
      if (printed === null || now === null || then === null || printed === now - then) return [];
      return [`${nameOf(line)} ${signed(printed)} where ${signed(now - then)} is right`];
    });
    if (wrong.length > 0) {
      const place = `${totals.where}, column ${columnLetters(delta.column)}`;
      problems.push(
        problem(
          'warning',
          place,
          `Printed changes since ${older.label || 'the earlier position'} are wrong: ${wrong.join('; ')}.`,
        ),
      );
    }
  }
  return problems;
}

function signed(figure: number): string {
  return figure > 0 ? `+${figure}` : String(figure).replace('-', '−');
}
