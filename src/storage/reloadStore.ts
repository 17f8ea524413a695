/*
 * Loads of a file into a plan that is stored, in the plan's own partition:
 *
 *   RowKey                 what
 *   reload                 the load that is going on, or the last one; columns `pieces` (rows of its work) and `state`
 *   reload work|<id>|<nnnn>  a piece of what it is to do, as JSON; taken away when it is done
 *
 * The work is written first, so that a load that began can always be gone on with.
 */
import { Conflict, type ReloadStore, type Stored } from '../app/ports';
import type { AuditEntry } from '../domain/audit';
import type { Reload, ReloadWork } from '../domain/reloadWork';
import { decode, encode, keyPart } from './codec';
import { dropPieces, piecesOf, readPieces, writePieces } from './pieces';
import { auditWrite } from './planStore';
import type { Table } from './table';

const ROW = 'reload';

/** Where the work of a load begins. */
function workOf({ id }: Pick<Reload, 'id'>): string {
  return `reload work|${keyPart(id)}|`;
}

export class TableReloadStore implements ReloadStore {
  constructor(private readonly table: Table) {}

  async readReload(plan: string): Promise<Stored<Reload> | null> {
    const row = await this.table.read(plan, ROW);
    return row ? { value: decode<Reload>(row), etag: row.etag } : null;
  }

  async startReload(
    plan: string,
    before: Stored<Reload> | null,
    reload: Reload,
    work: ReloadWork,
  ): Promise<void> {
    // Others may be writing down what they are to do at this moment: of theirs nothing is taken away but what the load before, which is done, left behind.
    if (before && before.value.id !== reload.id) await dropPieces(this.table, plan, workOf(before.value));
    const pieces = piecesOf(work);
    await writePieces(this.table, plan, workOf(reload), pieces);
    const cells = encode(reload, { pieces: pieces.length, state: reload.state });
    try {
      await this.table.write(plan, [
        before ? { op: 'replace', row: ROW, etag: before.etag, cells } : { op: 'insert', row: ROW, cells },
      ]);
    } catch (error) {
      const other = error instanceof Conflict ? await this.readReload(plan) : null;
      if (other && other.value.id !== reload.id) await dropPieces(this.table, plan, workOf(reload));
      throw error;
    }
  }

  async readWork(plan: string, reload: Reload): Promise<ReloadWork> {
    const row = await this.table.read(plan, ROW);
    const work = await readPieces<ReloadWork>(
      this.table,
      plan,
      workOf(reload),
      Number(row?.cells.pieces ?? 0),
    );
    if (!work) throw new Error(`the work of load ${reload.id} of plan ${plan} is not there whole`);
    return work;
  }

  async finishReload(plan: string, { value, etag }: Stored<Reload>, audit: AuditEntry): Promise<void> {
    const cells = encode(value, { pieces: 0, state: value.state });
    await this.table.write(plan, [{ op: 'replace', row: ROW, etag, cells }, auditWrite(audit)]);
    await dropPieces(this.table, plan, workOf(value));
  }
}
