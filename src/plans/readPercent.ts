import type { Cell } from './tables';

/** A percentage cell as it was read. */
export interface PercentReading {
  /** 0 to 100, whole; null for what gives no figure, which is not 0. */
  readonly percent: number | null;
  /** A plain sentence about what could not be read, or was changed in reading; null when nothing. */
  readonly doubt: string | null;
  /** `blank` and `words` (NA, TBC, `-`) say that there is no figure; `unread` is a figure that makes no sense. */
  readonly how: 'blank' | 'words' | 'read' | 'rounded' | 'unread';
}

const WORDS = /^(?:n\.?\/?a\.?|not applicable|tbc|tbd|to be confirmed|-+|none|nil return|unknown|\?)$/i;

/**
 * Reads a percentage: `75%`, `75`, `75% complete`. A bare fraction such as `0.75` is read only when the whole column
 * holds fractions, which the caller says. Blank, NA, TBC and `-` have no figure; over 100 or below 0 is never cut to fit.
 */
export function readPercent(
  cell: Pick<Cell, 'text' | 'isPercent'>,
  columnHoldsFractions = false,
): PercentReading {
  const text = cell.text.normalize('NFKC').replace(/[−–—]/g, '-').trim();
  if (text === '') return { percent: null, doubt: null, how: 'blank' };
  if (WORDS.test(text)) return { percent: null, doubt: null, how: 'words' };
  const figures = [...text.matchAll(/[-+]?\d+(?:[.,]\d+)?/g)];
  const figure = figures[0]?.[0];
  if (
    figures.length !== 1 ||
    figure === undefined ||
    !/^(?:c(?:a|irca)?\.?|approx(?:imately)?\.?|about|around|~|est\.?)?\s*[-+]?\d+(?:[.,]\d+)?\s*(?:%|per ?cent|pc)?\s*(?:complete[d]?|done)?$/i.test(
      text,
    )
  ) {
    return unread(text, 'is no percentage');
  }
  const value = Number(figure.replace(',', '.'));
  const isFraction =
    !text.includes('%') && !cell.isPercent && !Number.isInteger(value) && Math.abs(value) < 1;
  if (isFraction && !columnHoldsFractions)
    return unread(text, `can mean ${value}% or ${Math.round(value * 100)}%`);
  const percent = columnHoldsFractions && !text.includes('%') && value <= 1 ? value * 100 : value;
  if (percent > 100) return unread(text, 'is over 100%');
  if (percent < 0) return unread(text, 'is below 0%');
  const whole = Math.round(percent);
  if (Math.abs(whole - percent) < 1e-9) return { percent: whole, doubt: null, how: 'read' };
  return {
    percent: whole,
    doubt: `“${text}” is kept as ${whole}%: percentages are whole here.`,
    how: 'rounded',
  };
}

/** Whether a column's bare figures are all from 0 to 1 and at least one lies between: 0.75 then means 75%. */
export function holdsFractions(cells: readonly Pick<Cell, 'text' | 'isPercent'>[]): boolean {
  const figures = cells
    .filter(({ text, isPercent }) => !isPercent && /^\d*\.?\d+$/.test(text.trim()))
    .map(({ text }) => Number(text));
  const hasSigns = cells.some(({ text, isPercent }) => isPercent || text.includes('%'));
  return (
    !hasSigns && figures.every((figure) => figure <= 1) && figures.some((figure) => figure > 0 && figure < 1)
  );
}

function unread(text: string, why: string): PercentReading {
  return {
    percent: null,
    doubt: `“${text}” ${why}: it was left out. Give a figure from 0 to 100.`,
    how: 'unread',
  };
}
