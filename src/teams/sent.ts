import type { Activity } from 'botbuilder';
import { Parser } from 'htmlparser2';
import { z } from 'zod';
import type { SentFile } from './download';

/** What a message carries beside what was typed, read as the hostile data that it is. */

/** How Teams describes a file that was sent in a personal chat (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4). */
const FILE_TYPE = 'application/vnd.microsoft.teams.file.download.info';

const attachmentsSchema = z
  .array(z.object({ contentType: z.string().max(200), content: z.unknown(), name: z.unknown() }).partial())
  .max(100);
const fileSchema = z.object({ downloadUrl: z.string().min(1).max(8_000) });

/** Longest text that is looked through for a table, in characters. Teams takes some 28 KB of text. */
const LONGEST_TEXT = 400_000;
const LONGEST_NAME = 200;

/** The files of a message, in order. One that says no place to fetch it from has an empty address. */
export function filesOf(activity: Activity): SentFile[] {
  return attachmentsOf(activity)
    .filter(({ contentType }) => contentType === FILE_TYPE)
    .map(({ content, name }) => {
      const file = fileSchema.safeParse(content);
      return {
        name:
          typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, LONGEST_NAME) : 'the file',
        url: file.success ? file.data.downloadUrl : '',
      };
    });
}

/**
 * A table that was pasted into a message, with tabs between its cells; null when it is not clearly one: at least two rows of three cells or
 * more, parted by tabs or bars, or a table of Teams' own.
 */
export function pastedTable(activity: Activity): string | null {
  const markup = attachmentsOf(activity)
    .filter(({ contentType }) => contentType === 'text/html')
    .map(({ content }) => (typeof content === 'string' ? content.slice(0, LONGEST_TEXT) : ''))
    .find((text) => /<table\b/i.test(text));
  const table = markup === undefined ? null : tableText(markup);
  if (table && isTable(table)) return table;
  const text = String(activity.text ?? '').slice(0, LONGEST_TEXT);
  return isTable(text) ? text : null;
}

function attachmentsOf(activity: Activity): z.infer<typeof attachmentsSchema> {
  const parsed = attachmentsSchema.safeParse(activity.attachments ?? []);
  return parsed.success ? parsed.data : [];
}

function isTable(text: string): boolean {
  const rows = text.split(/\r?\n/).filter((line) => {
    const tabs = line.split('\t').length - 1;
    const bars = line.split('|').length - 1;
    return tabs >= 2 || bars >= 3;
  });
  return rows.length >= 2;
}

/** The rows of a message's tables as lines, their cells parted by tabs, line breaks within a cell made spaces. */
function tableText(markup: string): string {
  const rows: string[] = [];
  let cells: string[] = [];
  let cell: string | null = null;
  const parser = new Parser({
    onopentag: (tag) => {
      if (tag === 'tr') cells = [];
      if (tag === 'td' || tag === 'th') cell = '';
      if (tag === 'br' && cell !== null) cell += ' ';
    },
    ontext: (text) => {
      if (cell !== null) cell += text;
    },
    onclosetag: (tag) => {
      if ((tag === 'td' || tag === 'th') && cell !== null) {
        cells.push(cell.replace(/\s+/g, ' ').trim());
        cell = null;
      }
      if (tag === 'p' && cell !== null) cell += ' ';
      if (tag === 'tr' && cells.length > 0) rows.push(cells.join('\t'));
    },
  });
  parser.write(markup);
  parser.end();
  return rows.join('\n');
}
