import {
  RestError,
  type TableClient,
  type TableEntityResult,
  type TransactionAction,
} from '@azure/data-tables';
import { Conflict } from '../app/ports';
import type { Cell, Row, Table, Write } from './table';

/**
 * A table of Azure Table storage (or Azurite). The client's own retries are kept: reads are safe to repeat, and a write that was repeated
 * after a lost answer shows as a {@link Conflict}, upon which callers read again.
 */
export class AzureTable implements Table {
  constructor(private readonly client: TableClient) {}

  async read(partition: string, row: string): Promise<Row | null> {
    try {
      return rowOf(await this.client.getEntity<Record<string, Cell>>(partition, row));
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) return null;
      throw error;
    }
  }

  async range(partition: string, from: string, below: string, limit = Infinity): Promise<Row[]> {
    const filter = `PartitionKey eq ${quoted(partition)} and RowKey ge ${quoted(from)} and RowKey lt ${quoted(below)}`;
    const rows: Row[] = [];
    const pages = this.client
      .listEntities<Record<string, Cell>>({ queryOptions: { filter } })
      .byPage({ maxPageSize: Math.min(1000, limit) });
    for await (const page of pages) {
      rows.push(...page.map(rowOf));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  async write(partition: string, writes: readonly Write[]): Promise<string[]> {
    const [only, ...others] = writes;
    if (!only) return [];
    try {
      if (others.length === 0) return [await this.writeOne(partition, only)];
      const answer = await this.client.submitTransaction(
        writes.map((write) => transactionAction(partition, write)),
      );
      return answer.subResponses.map(({ etag }) => etag ?? '');
    } catch (error) {
      const present = await this.withoutGoneDeletes(error, partition, writes);
      if (present.length < writes.length) {
        const etags = await this.write(partition, present);
        return writes.map((write) => etags[present.indexOf(write)] ?? '');
      }
      const conflict = conflictOf(error, partition, writes);
      if (conflict) throw conflict;
      throw error;
    }
  }

  /** A transaction fails whole when a row that it deletes is gone already: the writes without such deletes, if that may be why it failed. */
  private async withoutGoneDeletes(
    error: unknown,
    partition: string,
    writes: readonly Write[],
  ): Promise<readonly Write[]> {
    if (!(error instanceof RestError && error.statusCode === 404)) return writes;
    const isThere = await Promise.all(
      writes.map(async ({ op, row }) => op !== 'delete' || (await this.read(partition, row)) !== null),
    );
    return writes.filter((_, at) => isThere[at]);
  }

  private async writeOne(partition: string, write: Write): Promise<string> {
    switch (write.op) {
      case 'insert':
        return (await this.client.createEntity(entityOf(partition, write.row, write.cells))).etag ?? '';
      case 'replace':
        return (
          (
            await this.client.updateEntity(entityOf(partition, write.row, write.cells), 'Replace', {
              etag: write.etag,
            })
          ).etag ?? ''
        );
      case 'put':
        return (
          (await this.client.upsertEntity(entityOf(partition, write.row, write.cells), 'Replace')).etag ?? ''
        );
      case 'delete':
        try {
          await this.client.deleteEntity(partition, write.row);
        } catch (error) {
          if (!(error instanceof RestError && error.statusCode === 404)) throw error;
        }
        return '';
    }
  }
}

/** Makes the table where it does not exist yet; that it exists is no fault. */
export async function ensureTable(client: TableClient): Promise<void> {
  await client.createTable();
}

function transactionAction(partition: string, write: Write): TransactionAction {
  switch (write.op) {
    case 'insert':
      return ['create', entityOf(partition, write.row, write.cells)];
    case 'replace':
      return ['update', entityOf(partition, write.row, write.cells), 'Replace', { etag: write.etag }];
    case 'put':
      return ['upsert', entityOf(partition, write.row, write.cells), 'Replace'];
    case 'delete':
      return ['delete', { partitionKey: partition, rowKey: write.row }];
  }
}

function entityOf(partition: string, row: string, cells: Readonly<Record<string, Cell>>) {
  return { ...cells, partitionKey: partition, rowKey: row };
}

function rowOf(entity: TableEntityResult<Record<string, Cell>>): Row {
  const cells: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(entity)) {
    if (name === 'partitionKey' || name === 'rowKey' || name === 'etag' || name === 'timestamp') continue;
    if (name.startsWith('odata.')) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      cells[name] = value;
  }
  return {
    partition: String(entity.partitionKey),
    row: String(entity.rowKey),
    etag: entity.etag,
    cells,
  };
}

/** 409 (exists), 412 (changed since) and 404 on a replace (gone since) mean that somebody else wrote first. */
function conflictOf(error: unknown, partition: string, writes: readonly Write[]): Conflict | null {
  if (!(error instanceof RestError)) return null;
  const gone = error.statusCode === 404 && writes.some(({ op }) => op === 'replace');
  if (error.statusCode !== 409 && error.statusCode !== 412 && !gone) return null;
  return new Conflict(partition, writes.map(({ row }) => row).join(', '), { cause: error });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
