/*
 * Takes words and names out of rows that are older than a plan keeps them, and whole rows away. In the plan's own partition:
 *
 *   RowKey                        what
 *   thinned                       how far the plan was thinned out: see `Thinned`
 *
 * Everything here may be stopped between any two writes and done again.
 */
import { Conflict, type RetentionStore, type Stored, type Thinning } from '../app/ports';
import type { Cycle } from '../domain/cycle';
import type { Reading } from '../domain/measure';
import type { Message } from '../domain/message';
import type { Period } from '../domain/period';
import type { GroupReturn } from '../domain/planDetail';
import type { Position } from '../domain/position';
import type { Thinned } from '../domain/retention';
import type { Snapshot } from '../domain/snapshot';
import type { Update } from '../domain/update';
import { decode, encode } from './codec';
import { rewritePosition } from './positionRows';
import { put, replace, stored } from './rows';
import { afterPrefix, batchesOf, type Cell, type Row, type Table, type Write } from './table';

const LATEST = 9_999_999_999_999;
/** How often rows are read and changed again when others write them at the same moment. */
const ATTEMPTS = 8;

export class TableRetentionStore implements RetentionStore {
  constructor(private readonly table: Table) {}

  async readThinned(plan: string): Promise<Thinned | null> {
    return stored<Thinned>(await this.table.read(plan, 'thinned'))?.value ?? null;
  }

  async saveThinned(plan: string, thinned: Thinned): Promise<void> {
    await this.table.write(plan, [put('thinned', thinned, { until: thinned.until ?? '', day: thinned.day })]);
  }

  async thinUpdates(plan: string, thin: Thinning<Update>): Promise<void> {
    // Newest first within an action, so the first row of each is its last update.
    await this.rewrite<Update>(plan, 'update|', thin, (update) => ({
      period: update.period,
      at: update.at,
      by: update.by.id,
      late: update.late,
    }));
  }

  async thinSnapshots(plan: string, of: Period | 'loaded', thin: Thinning<Snapshot>): Promise<void> {
    await this.rewrite<Snapshot>(plan, `snapshot|${of}|`, thin);
  }

  async thinPosition(plan: string, period: Period, thin: Thinning<Position>): Promise<void> {
    const whole = await this.table.read(plan, `position|${period}`);
    if (whole?.cells.parts !== undefined)
      return rewritePosition(this.table, whole, (position) => thin(position, null));
    await this.rewriteRows<Position>(
      plan,
      async () => {
        const row = await this.table.read(plan, `position|${period}`);
        return row ? [row] : [];
      },
      thin,
    );
  }

  async thinReadings(plan: string, thin: Thinning<Reading>): Promise<void> {
    await this.rewrite<Reading>(plan, 'reading|', thin, ({ text, value, at, by, late }) => ({
      text,
      value: value ?? '',
      at,
      by: by?.id ?? '',
      late,
    }));
  }

  async thinReturns(plan: string, thin: Thinning<GroupReturn>): Promise<void> {
    await this.rewrite<GroupReturn>(plan, 'return|', thin, ({ period, at, by, late }) => ({
      period,
      at,
      by: by.id,
      late,
    }));
  }

  async dropMessages(plan: string, goes: (message: Message) => boolean): Promise<void> {
    const rows = await this.table.range(plan, 'message|', afterPrefix('message|'));
    await this.drop(
      plan,
      rows.filter((row) => goes(decode<Message>(row))),
    );
  }

  async markThinned(plan: string, period: Period, at: string): Promise<void> {
    await this.rewriteRows<Cycle>(
      plan,
      async () => {
        const row = await this.table.read(plan, `cycle|${period}`);
        return row ? [row] : [];
      },
      // That somebody opened it, and not the calendar, stays; their name does not.
      (cycle) => ({
        ...cycle,
        openedBy: cycle.openedBy && '',
        publishedBy: cycle.publishedBy && '',
        thinnedAt: at,
      }),
      ({ state }) => ({ state, thinnedAt: at }),
    );
  }

  async dropBefore(plan: string, kind: 'audit' | 'read', isOld: (at: string) => boolean): Promise<void> {
    // Keys count down, so the oldest come last; which are old is asked of each, since a day has no fixed length.
    const rows = await this.table.range(plan, `${kind}|`, afterPrefix(`${kind}|`));
    await this.drop(
      plan,
      rows.filter(({ row }) => isOld(new Date(LATEST - Number(row.split('|')[1])).toISOString())),
    );
  }

  private async drop(plan: string, rows: readonly Row[]): Promise<void> {
    const writes = rows.map(({ row }): Write => ({ op: 'delete', row }));
    for (const batch of batchesOf(writes)) await this.table.write(plan, batch);
  }

  private rewrite<T>(
    plan: string,
    prefix: string,
    thin: Thinning<T>,
    columns: (value: T) => Record<string, Cell> = () => ({}),
  ): Promise<void> {
    return this.rewriteRows(plan, () => this.table.range(plan, prefix, afterPrefix(prefix)), thin, columns);
  }

  /** Writes those rows anew that change. When somebody wrote one of them meanwhile all are read again: what was done needs no more change. */
  private async rewriteRows<T>(
    plan: string,
    read: () => Promise<readonly Row[]>,
    thin: Thinning<T>,
    columns: (value: T) => Record<string, Cell> = () => ({}),
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const rows = await read();
      const all: Stored<T>[] = rows.map((row) => ({ value: decode<T>(row), etag: row.etag }));
      const writes = rows.flatMap((row, at): Write[] => {
        const one = all[at];
        const before = all[at - 1]?.value ?? null;
        if (!one) return [];
        const after = thin(one.value, before);
        if (same(after, one.value)) return [];
        return [replace(row.row, { value: after, etag: row.etag }, columns(after))];
      });
      try {
        for (const batch of batchesOf(writes)) await this.table.write(plan, batch);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt >= ATTEMPTS) throw error;
      }
    }
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(encode(a)) === JSON.stringify(encode(b));
}
