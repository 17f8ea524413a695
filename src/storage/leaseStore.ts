/*
 * Leases in the table `plans`, in the plan's own partition: RowKey `lease`, columns `owner` and `until` (real time, UTC ISO).
 * Real time, because the plan's clock may be set back by a demo while another instance still holds the lease.
 */
import { Conflict, type LeaseStore } from '../app/ports';
import type { Row, Table } from './table';

export class TableLeaseStore implements LeaseStore {
  constructor(
    private readonly table: Table,
    private readonly realNow: () => Date,
  ) {}

  async takeLease(plan: string, owner: string, seconds: number): Promise<{ readonly taken: boolean } | null> {
    const row = await this.table.read(plan, 'lease');
    const held =
      row !== null && row.cells.owner !== owner && new Date(String(row.cells.until)) > this.realNow();
    if (held) return null;
    const cells = { owner, until: new Date(this.realNow().getTime() + seconds * 1000).toISOString() };
    try {
      await this.table.write(plan, [
        row ? { op: 'replace', row: 'lease', etag: row.etag, cells } : { op: 'insert', row: 'lease', cells },
      ]);
      return { taken: row !== null && row.cells.owner !== owner };
    } catch (error) {
      if (error instanceof Conflict) return null;
      throw error;
    }
  }

  async dropLease(plan: string, owner: string): Promise<void> {
    const row: Row | null = await this.table.read(plan, 'lease');
    if (row?.cells.owner !== owner) return;
    try {
      const until = this.realNow().toISOString();
      await this.table.write(plan, [
        { op: 'replace', row: 'lease', etag: row.etag, cells: { owner, until } },
      ]);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}
