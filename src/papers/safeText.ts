/** What one cell can hold in Excel, in UTF-16 code units (https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3). */
export const LONGEST_CELL = 32_767;
const CUT = ' […]';

/**
 * Text that can stand in a file of Office: without characters that XML can't carry, and no longer than a cell holds (with a mark where it
 * was cut). Line breaks stay. `longest` is counted in UTF-16 code units.
 */
export function safeText(text: string, longest: number = LONGEST_CELL): string {
  const clean = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
  if (clean.length <= longest) return clean;
  return `${clean.slice(0, longest - CUT.length).replace(/[\uD800-\uDBFF]$/, '')}${CUT}`;
}

/** Excel reads `_x0041_` in a text as a character: the sign that begins such a run is written as one itself. */
export function withoutCodes(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** Whether a program might take a text for a formula when the cell is edited, or the sheet saved as text. */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r\n]/.test(text);
}
