/*
 * Which instances serve: partition `instances` of the table `plans`, RowKey the instance's id (random, new with every start), columns `startedAt`,
 * `at` (when it last said that it lives) and `working` (plans in hand). Real time, UTC ISO.
 */
import type { Instance, InstanceStore } from '../app/ports';
import { keyPart } from './codec';
import type { Table } from './table';

const INSTANCES = 'instances';

export class TableInstanceStore implements InstanceStore {
  constructor(private readonly table: Table) {}

  async beat({ id, startedAt, at, working }: Instance): Promise<void> {
    await this.table.write(INSTANCES, [{ op: 'put', row: keyPart(id), cells: { startedAt, at, working } }]);
  }

  async leave(id: string): Promise<void> {
    await this.table.write(INSTANCES, [{ op: 'delete', row: keyPart(id) }]);
  }

  async list(): Promise<Instance[]> {
    const rows = await this.table.range(INSTANCES, '', '\u007f');
    return rows.map(({ row, cells }) => ({
      id: row,
      startedAt: String(cells.startedAt),
      at: String(cells.at),
      working: Number(cells.working),
    }));
  }
}
