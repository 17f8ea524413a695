import type { WorkQueue } from '../src/app/ports';
import type { Row, Table, Write } from '../src/storage/table';

/** What storage was asked, as it is paid for. */
export interface Tally {
  pointReads: number;
  /** Pages of queries: one for each thousand rows begun. */
  queryPages: number;
  writes: number;
  /** Rows within the writes: a transaction of many is paid for as one. */
  rowsWritten: number;
  queue: number;
}

export function emptyTally(): Tally {
  return { pointReads: 0, queryPages: 0, writes: 0, rowsWritten: 0, queue: 0 };
}

/** Requests to tables, of all kinds. */
export function tableTransactions({ pointReads, queryPages, writes }: Tally): number {
  return pointReads + queryPages + writes;
}

/** Most rows of one answer of Azure Tables. */
const PAGE = 1000;

/** A table whose requests are added to a tally. */
export function tallied(inner: Table, tally: () => Tally): Table {
  return {
    read: (partition, row) => {
      tally().pointReads += 1;
      return inner.read(partition, row);
    },
    range: async (partition, from, below, limit) => {
      const rows = await inner.range(partition, from, below, limit);
      tally().queryPages += Math.max(1, Math.ceil(rows.length / PAGE));
      return rows;
    },
    write: (partition, writes) => {
      tally().writes += 1;
      tally().rowsWritten += writes.length;
      return inner.write(partition, writes);
    },
  };
}

/** A queue whose requests are added to a tally. */
export function talliedQueue(inner: WorkQueue, tally: () => Tally): WorkQueue {
  return new Proxy(inner, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        tally().queue += 1;
        return (member as (...all: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}

/** One request as it was made: when it began and ended tells which were side by side. */
export interface Call {
  readonly table: 'plans' | 'people';
  readonly ask:
    | { readonly verb: 'read'; readonly partition: string; readonly row: string }
    | { readonly verb: 'range'; readonly partition: string; readonly from: string; readonly below: string }
    | { readonly verb: 'write'; readonly partition: string; readonly writes: readonly Write[] };
  readonly from: number;
  to: number;
}

/** A table that writes down what it is asked, and when. */
export function recorded(inner: Table, table: Call['table'], calls: () => Call[] | null): Table {
  const keep = async <T>(ask: Call['ask'], act: () => Promise<T>): Promise<T> => {
    const call: Call = { table, ask, from: performance.now(), to: Number.POSITIVE_INFINITY };
    calls()?.push(call);
    try {
      return await act();
    } finally {
      call.to = performance.now();
    }
  };
  return {
    read: (partition, row): Promise<Row | null> =>
      keep({ verb: 'read', partition, row }, () => inner.read(partition, row)),
    range: (partition, from, below, limit): Promise<Row[]> =>
      keep({ verb: 'range', partition, from, below }, () => inner.range(partition, from, below, limit)),
    write: (partition, writes): Promise<string[]> =>
      keep({ verb: 'write', partition, writes }, () => inner.write(partition, writes)),
  };
}

/** The calls in waves: those of one wave were under way at the same time. */
export function wavesOf(calls: readonly Call[]): Call[][] {
  const waves: Call[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const call of [...calls].sort((a, b) => a.from - b.from)) {
    const last = waves.at(-1);
    if (last && call.from < until) last.push(call);
    else waves.push([call]);
    until = call.from < until ? Math.min(until, call.to) : call.to;
  }
  return waves;
}

/** Makes the same requests with the tables alone, wave by wave; writes go to a partition of their own, whatever stands there. */
export async function replay(
  waves: readonly (readonly Call[])[],
  tables: { readonly plans: Table; readonly people: Table },
): Promise<void> {
  for (const wave of waves) {
    await Promise.all(
      wave.map(({ table, ask }): Promise<unknown> => {
        if (ask.verb === 'read') return tables[table].read(ask.partition, ask.row);
        if (ask.verb === 'range') return tables[table].range(ask.partition, ask.from, ask.below);
        const writes = ask.writes.map(
          (write): Write =>
            write.op === 'delete' ? write : { op: 'put', row: write.row, cells: write.cells },
        );
        return tables[table].write(`${ask.partition} again`, writes);
      }),
    );
  }
}
