import { format } from 'date-fns';
import type { CellValue } from 'exceljs';
import { tidyLines } from './wordHtml';

/** A cell's value as a person sees it in the sheet. */
export interface SeenValue {
  readonly text: string;
  readonly isPercent: boolean;
  readonly doubt: string | null;
}

/**
 * What a person sees in a cell of a workbook: the cached result of a formula, the text of a link, a number with the
 * decimals of its format, a percentage as `75%`, a date with the precision of its format (`Sep-23` for `mmm-yy`).
 * Day dates of figures alone come out British (`29/09/2023`) whatever order the format has, since they are read as such.
 */
export function seenValue(value: CellValue, numberFormat: string | undefined): SeenValue {
  const formatCode = numberFormat ?? 'General';
  if (value === null || value === undefined) return seen('');
  if (typeof value === 'string') return seen(value);
  if (typeof value === 'boolean') return seen(value ? 'TRUE' : 'FALSE');
  if (typeof value === 'number') return seenNumber(value, formatCode);
  if (value instanceof Date) return seenDate(value, formatCode);
  if ('richText' in value) return seen(value.richText.map(({ text }) => text).join(''));
  if ('hyperlink' in value) return seenValue(value.text as CellValue, formatCode);
  if ('error' in value) {
    return { ...seen(''), doubt: `The cell shows the error ${value.error}: it was read as blank.` };
  }
  if ('result' in value || 'formula' in value || 'sharedFormula' in value) {
    return seenValue((value as { result?: CellValue }).result ?? null, formatCode);
  }
  return seen('');
}

function seen(text: string): SeenValue {
  return { text: tidyLines(text), isPercent: false, doubt: null };
}

function seenNumber(value: number, formatCode: string): SeenValue {
  const decimals = /0\.(0+)/.exec(formatCode)?.[1]?.length;
  if (/%/.test(plainCode(formatCode))) {
    const percent = value * 100;
    return {
      text: `${decimals ? percent.toFixed(decimals) : cleanNumber(percent)}%`,
      isPercent: true,
      doubt: null,
    };
  }
  return seen(decimals ? value.toFixed(decimals) : cleanNumber(value));
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
function cleanNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function seenDate(value: Date, formatCode: string): SeenValue {
  if (Number.isNaN(value.getTime())) return seen('');
  // Workbooks keep days without a zone; the library gives them as UTC midnight.
  const day = new Date(value.getUTCFullYear(), value.getUTCMonth(), value.getUTCDate(), 12);
  const code = plainCode(formatCode);
  const hasDay = /d/i.test(code);
  const hasYear = /y/i.test(code);
  const hasMonth = /m/i.test(code.replace(/h+[^a-z]*m+|m+[^a-z]*s+/gi, ''));
  const namesMonth = /mmm/i.test(code);
  if (hasDay && !hasYear) {
    const shown = format(day, 'd-MMM');
    const doubt = `The sheet shows ${shown} but keeps ${format(day, 'd MMM yyyy')}: if a month and a year were typed, mend the cell.`;
    return { text: format(day, 'd MMM yyyy'), isPercent: false, doubt };
  }
  if (hasDay) return seen(format(day, namesMonth ? 'd MMM yyyy' : 'dd/MM/yyyy'));
  if (hasMonth && hasYear) {
    const year = /yyy/i.test(code) ? 'yyyy' : 'yy';
    if (/mmmm/i.test(code)) return seen(format(day, `MMMM ${year}`));
    return seen(namesMonth && year === 'yy' ? format(day, 'MMM-yy') : format(day, 'MMM yyyy'));
  }
  if (hasMonth) return seen(format(day, 'MMM yyyy'));
  return seen(format(day, hasYear ? 'yyyy' : 'dd/MM/yyyy'));
}

/** A format code without its quoted text, colours, locales and escapes; the first of its sections. */
function plainCode(formatCode: string): string {
  return formatCode.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').split(';')[0] ?? '';
}
