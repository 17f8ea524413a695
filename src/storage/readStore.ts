/*
 * Who asked for what, in the plan's own partition, where the plan wants it written down:
 *
 *   RowKey                        what
 *   read|<time>|<id>              a `ReadEntry`; times count down as in the audit, so that the newest comes first
 */
import type { ReadStore } from '../app/ports';
import type { ReadEntry } from '../domain/readEntry';
import { decode, encode, keyPart } from './codec';
import { afterPrefix, type Table } from './table';

const LATEST = 9_999_999_999_999;

export class TableReadStore implements ReadStore {
  constructor(private readonly table: Table) {}

  async add(plan: string, entry: ReadEntry): Promise<void> {
    const time = String(LATEST - Date.parse(entry.at)).padStart(13, '0');
    const { at, person, kind } = entry;
    await this.table.write(plan, [
      {
        op: 'insert',
        row: `read|${time}|${keyPart(entry.id)}`,
        cells: encode(entry, { at, by: person, kind }),
      },
    ]);
  }

  async list(plan: string, limit: number): Promise<ReadEntry[]> {
    const rows = await this.table.range(plan, 'read|', afterPrefix('read|'), limit);
    return rows.slice(0, limit).map((row) => decode<ReadEntry>(row));
  }
}
