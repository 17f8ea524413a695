import { Conflict } from '../app/ports';
import { type Row, type Table, TRANSACTION_LIMIT, type Write } from './table';

/** A table in memory: for tests, and for trying a plan out without storage. It keeps the rules that Azure Tables keep. */
export class MemoryTable implements Table {
  private readonly partitions = new Map<string, Map<string, Row>>();
  private etags = 0;

  async read(partition: string, row: string): Promise<Row | null> {
    return this.partitions.get(partition)?.get(row) ?? null;
  }

  async range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    return [...(this.partitions.get(partition)?.values() ?? [])]
      .filter(({ row }) => row >= from && row < below)
      .sort((a, b) => (a.row < b.row ? -1 : 1))
      .slice(0, limit);
  }

  async write(partition: string, writes: readonly Write[]): Promise<string[]> {
    if (writes.length > TRANSACTION_LIMIT)
      throw new RangeError(`${writes.length} operations in one transaction`);
    if (new Set(writes.map(({ row }) => row)).size < writes.length)
      throw new RangeError('a transaction names a row twice');
    const rows = this.partitions.get(partition) ?? new Map<string, Row>();
    for (const write of writes) {
      const present = rows.get(write.row);
      const lost =
        (write.op === 'insert' && present) || (write.op === 'replace' && present?.etag !== write.etag);
      if (lost) throw new Conflict(partition, write.row);
    }
    this.partitions.set(partition, rows);
    return writes.map((write) => {
      if (write.op === 'delete') {
        rows.delete(write.row);
        return '';
      }
      this.etags += 1;
      const etag = `"${this.etags}"`;
      rows.set(write.row, { partition, row: write.row, etag, cells: { ...write.cells } });
      return etag;
    });
  }
}
