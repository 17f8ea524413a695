/*
 * The rate that all instances share in a tenant: partition `rate|<tenant>` of the table `plans`, row `slots`, column `free`: the real time (UTC ISO) from
 * which no request is reserved yet. Whoever wants to send moves it on by as many slots as they need, on condition that nobody else did: one
 * write for a block of slots, and one read more where others send at the same time.
 */
import { Conflict, type SlotStore } from '../app/ports';
import { keyPart } from './codec';
import type { Table } from './table';

/** How often a reservation is tried again when others reserve at the same moment. */
const ATTEMPTS = 30;
/** Longest pause (ms) before the next try, times the tries so far; drawn anew, so that those who met do not meet again. */
const JITTER_MS = 5;

interface Known {
  readonly free: number;
  readonly etag: string | null;
}

export class TableSlotStore implements SlotStore {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly table: Table,
    private readonly realNow: () => Date,
  ) {}

  async reserve(tenant: string, slots: number, everyMs: number, leadMs = 0): Promise<number> {
    return this.move(tenant, (free) => {
      const first = Math.max(free, this.realNow().getTime() + leadMs);
      return { first, free: Math.ceil(first + slots * everyMs) };
    });
  }

  async holdUntil(tenant: string, until: number): Promise<void> {
    await this.move(tenant, (free) => ({ first: free, free: Math.max(free, until) }));
  }

  private async move(
    tenant: string,
    decide: (free: number) => { readonly first: number; readonly free: number },
  ): Promise<number> {
    const partition = `rate|${keyPart(tenant)}`;
    for (let tried = 1; ; tried += 1) {
      // What this instance wrote last is nearly always what stands there, so that no read is needed.
      const { free, etag } = this.known.get(tenant) ?? (await this.read(partition));
      const next = decide(free);
      const cells = { free: new Date(next.free).toISOString() };
      try {
        const [written] = await this.table.write(partition, [
          etag === null
            ? { op: 'insert', row: 'slots', cells }
            : { op: 'replace', row: 'slots', etag, cells },
        ]);
        this.known.set(tenant, { free: next.free, etag: written ?? '' });
        return next.first;
      } catch (error) {
        this.known.delete(tenant);
        if (!(error instanceof Conflict) || tried >= ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, JITTER_MS * Math.min(tried, 10) * Math.random()));
      }
    }
  }

  private async read(partition: string): Promise<Known> {
    const row = await this.table.read(partition, 'slots');
    const free = Date.parse(String(row?.cells.free ?? ''));
    return { free: Number.isNaN(free) ? 0 : free, etag: row?.etag ?? null };
  }
}
