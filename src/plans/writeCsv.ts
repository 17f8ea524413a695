/**
 * Rows as CSV (RFC 4180: commas, CRLF, quotes doubled), with the mark that has Excel read it as UTF-8. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection): what people typed must do nothing on an auditor's machine.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = startsFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether a spreadsheet may run it: what its first visible character is, after spaces, controls and the wide forms of the signs. */
function startsFormula(text: string): boolean {
  return /^[\s\p{C}'"]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/u.test(text) || /^[\t\r\n]/.test(text);
}
