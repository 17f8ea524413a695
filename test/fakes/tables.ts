import type { Row, Table, Write } from '../../src/storage/table';

/** Which calls a table got, in order. */
export interface TableCall {
  readonly verb: 'read' | 'range' | 'write';
  readonly partition: string;
  /** The row, the range's beginning, or the rows of a transaction. */
  readonly rows: readonly string[];
}

/** A table that writes down what it is asked for: each call is one storage transaction, but for a range of over 1,000 rows. */
export class CountingTable implements Table {
  readonly calls: TableCall[] = [];

  constructor(private readonly inner: Table) {}

  read(partition: string, row: string): Promise<Row | null> {
    this.calls.push({ verb: 'read', partition, rows: [row] });
    return this.inner.read(partition, row);
  }

  range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    this.calls.push({ verb: 'range', partition, rows: [from] });
    return this.inner.range(partition, from, below, limit);
  }

  write(partition: string, writes: readonly Write[]): Promise<string[]> {
    this.calls.push({ verb: 'write', partition, rows: writes.map(({ row }) => row) });
    return this.inner.write(partition, writes);
  }

  /** How often a verb was called. */
  count(verb: TableCall['verb']): number {
    return this.calls.filter((call) => call.verb === verb).length;
  }
}

/** Says that the process died here. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * Decides when storage fails, for one table or several together. A crash at the n-th write happens before it or after it is kept (the
 * answer is lost), and from then on everything fails until it is mended, as for a process that is gone.
 */
export class CrashPlan {
  private left = Number.POSITIVE_INFINITY;
  private afterwards = false;
  private dead = false;

  /** Crashes at the n-th write from now on (1 is the next); `afterwards`: when it is kept already. */
  crashAt(n: number, afterwards = false): void {
    this.left = n;
    this.afterwards = afterwards;
  }

  /** The process is started anew; no crash is planned any more. */
  mend(): void {
    this.left = Number.POSITIVE_INFINITY;
    this.dead = false;
  }

  /** Whether the crash has come. */
  get crashed(): boolean {
    return this.dead;
  }

  check(): void {
    if (this.dead) throw new Crash('the process is gone');
  }

  async write<T>(act: () => Promise<T>): Promise<T> {
    this.check();
    this.left -= 1;
    if (this.left > 0) return act();
    if (this.afterwards) await act();
    this.dead = true;
    throw new Crash('the process stopped while writing');
  }
}

/** A table that fails when its {@link CrashPlan} says so. */
export class CrashingTable implements Table {
  constructor(
    private readonly inner: Table,
    private readonly plan: CrashPlan,
  ) {}

  async read(partition: string, row: string): Promise<Row | null> {
    this.plan.check();
    return this.inner.read(partition, row);
  }

  async range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    this.plan.check();
    return this.inner.range(partition, from, below, limit);
  }

  write(partition: string, writes: readonly Write[]): Promise<string[]> {
    return this.plan.write(() => this.inner.write(partition, writes));
  }
}

/** A table that fails once at the next call that fits, and then works again, as storage does that hiccups. */
export class HiccupTable implements Table {
  private fits: ((call: TableCall) => boolean) | null = null;

  constructor(private readonly inner: Table) {}

  /** Fails the next call that fits. */
  failNext(fits: (call: TableCall) => boolean): void {
    this.fits = fits;
  }

  /** Fails no more. */
  mend(): void {
    this.fits = null;
  }

  async read(partition: string, row: string): Promise<Row | null> {
    this.check({ verb: 'read', partition, rows: [row] });
    return this.inner.read(partition, row);
  }

  async range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    this.check({ verb: 'range', partition, rows: [from] });
    return this.inner.range(partition, from, below, limit);
  }

  async write(partition: string, writes: readonly Write[]): Promise<string[]> {
    this.check({ verb: 'write', partition, rows: writes.map(({ row }) => row) });
    return this.inner.write(partition, writes);
  }

  private check(call: TableCall): void {
    if (!this.fits?.(call)) return;
    this.fits = null;
    throw new Error('storage did not answer');
  }
}

/** A table whose client loses the answer to one write and repeats it, as Microsoft's does; `meanwhile` is what others do between the two. */
export class RepeatingTable implements Table {
  constructor(
    private readonly inner: Table,
    private readonly fits: (write: Write) => boolean,
    private readonly meanwhile: () => Promise<unknown>,
  ) {}

  read(partition: string, row: string): Promise<Row | null> {
    return this.inner.read(partition, row);
  }

  range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    return this.inner.range(partition, from, below, limit);
  }

  async write(partition: string, writes: readonly Write[]): Promise<string[]> {
    const answer = await this.inner.write(partition, writes);
    if (!writes.some(this.fits)) return answer;
    await this.meanwhile();
    return this.inner.write(partition, writes);
  }
}

/** A table that takes its time, before it does what it is asked and after. */
export class SlowTable implements Table {
  constructor(
    private readonly inner: Table,
    private readonly wait: () => Promise<void>,
  ) {}

  read(partition: string, row: string): Promise<Row | null> {
    return this.slowly(() => this.inner.read(partition, row));
  }

  range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    return this.slowly(() => this.inner.range(partition, from, below, limit));
  }

  write(partition: string, writes: readonly Write[]): Promise<string[]> {
    return this.slowly(() => this.inner.write(partition, writes));
  }

  private async slowly<T>(act: () => Promise<T>): Promise<T> {
    await this.wait();
    const answer = await act();
    await this.wait();
    return answer;
  }
}
