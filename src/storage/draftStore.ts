/*
 * Drafts in the table `plans`, partition `drafts`, which no plan's id can be:
 *
 *   RowKey                                 what
 *   head|<tenant>|<person>                 the draft of a person; columns `expires` and `pieces` (how many rows of content there are)
 *   part|<tenant>|<person>|<draft>|<nnnn>  a piece of what was understood of the file, as JSON, since it may be longer than a row
 *
 * The head is written first, so that whatever is there has a head that says when it goes away.
 */
import type { DraftStore, Stored } from '../app/ports';
import type { Draft, DraftContent } from '../domain/draft';
import { decode, encode, keyPart } from './codec';
import { dropPieces, piecesOf, readPieces, writePieces } from './pieces';
import { afterPrefix, type Cell, type Table } from './table';

const PARTITION = 'drafts';

export class TableDraftStore implements DraftStore {
  constructor(private readonly table: Table) {}

  async readDraft(tenant: string, person: string): Promise<Stored<Draft> | null> {
    const row = await this.table.read(PARTITION, headRow({ tenant, person }));
    return row ? { value: decode<Draft>(row), etag: row.etag } : null;
  }

  async readContent(draft: Draft): Promise<DraftContent | null> {
    const head = await this.table.read(PARTITION, headRow(draft));
    if (!head || decode<Draft>(head).id !== draft.id) return null;
    return readPieces<DraftContent>(this.table, PARTITION, partsOf(draft), Number(head.cells.pieces ?? 0));
  }

  async keepDraft(draft: Draft, content: DraftContent): Promise<void> {
    const pieces = piecesOf(content);
    await this.table.write(PARTITION, [
      { op: 'put', row: headRow(draft), cells: encode(draft, columns(draft, pieces.length)) },
    ]);
    await writePieces(this.table, PARTITION, partsOf(draft), pieces);
    await dropPieces(this.table, PARTITION, ownParts(draft), partsOf(draft));
  }

  async saveDraft({ value, etag }: Stored<Draft>): Promise<Stored<Draft>> {
    const row = await this.table.read(PARTITION, headRow(value));
    const cells = encode(value, columns(value, Number(row?.cells.pieces ?? 0)));
    const [saved] = await this.table.write(PARTITION, [{ op: 'replace', row: headRow(value), etag, cells }]);
    return { value, etag: saved ?? '' };
  }

  async dropContent(draft: Draft): Promise<void> {
    await dropPieces(this.table, PARTITION, partsOf(draft));
  }

  async dropExpired(before: string): Promise<void> {
    const heads = await this.table.range(PARTITION, 'head|', afterPrefix('head|'));
    for (const head of heads) {
      if (String(head.cells.expires) > before) continue;
      await dropPieces(this.table, PARTITION, ownParts(decode<Draft>(head)));
      await this.table.write(PARTITION, [{ op: 'delete', row: head.row }]);
    }
  }
}

type Whose = Pick<Draft, 'tenant' | 'person'>;

function headRow({ tenant, person }: Whose): string {
  return `head|${keyPart(tenant)}|${keyPart(person)}`;
}

function ownParts({ tenant, person }: Whose): string {
  return `part|${keyPart(tenant)}|${keyPart(person)}|`;
}

function partsOf(draft: Whose & Pick<Draft, 'id'>): string {
  return `${ownParts(draft)}${keyPart(draft.id)}|`;
}

function columns(draft: Draft, pieces: number): Record<string, Cell> {
  return { expires: draft.expires, pieces, state: draft.state };
}
