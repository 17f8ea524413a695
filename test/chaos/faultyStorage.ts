import type { PoisonWake, ReceivedWake, Wake, WorkQueue } from '../../src/app/ports';
import type { Row, Table, Write } from '../../src/storage/table';
import type { Random } from './random';
import { never, type Process, type VirtualTime } from './virtualTime';
import type { Weather } from './weather';

/** What all storage of a simulation shares. */
export interface Sky {
  readonly time: VirtualTime;
  readonly random: Random;
  weather: Weather;
}

/** A process with what is to become of it. */
export interface Mortal extends Process {
  /** It stands still at its so-manieth write from now, for so many milliseconds. */
  stalls: { writes: number; readonly ms: number } | null;
  /** It dies at its so-manieth write from now, before that is kept or after. */
  dies: { writes: number; kept: boolean } | null;
}

/** Storage as one process reaches it. A killed process gets no answer any more; what it sent last may still arrive. */
class Line {
  constructor(
    private readonly sky: Sky,
    private readonly process: Mortal,
  ) {}

  async read<T>(act: () => Promise<T>): Promise<T> {
    await this.wait();
    if (this.process.dead) return never();
    const { storage } = this.sky.weather;
    if (this.sky.random.chance(storage.busy)) throw new Error('503 the server is busy');
    const found = await act();
    await this.wait();
    return this.process.dead ? never() : found;
  }

  async write<T>(act: () => Promise<T>, race: () => Promise<void> = async () => undefined): Promise<T> {
    const { random, weather } = this.sky;
    const { storage } = weather;
    if (this.process.dead) return never();
    if (await this.diesNow(act)) return never();
    this.stallNow();
    await this.wait();
    if (this.process.dead) {
      // It was on its way when the process died.
      if (random.chance(0.5)) await act().catch(() => undefined);
      return never();
    }
    if (random.chance(storage.busy)) throw new Error('503 the server is busy');
    if (random.chance(storage.raced)) await race();
    const answer = await act();
    await this.wait();
    if (this.process.dead) return never();
    if (random.chance(storage.lost)) throw new Error('the connection was reset before the answer came');
    return random.chance(storage.repeated) ? act() : answer;
  }

  private async diesNow<T>(act: () => Promise<T>): Promise<boolean> {
    const { dies } = this.process;
    if (!dies) return false;
    dies.writes -= 1;
    if (dies.writes > 0) return false;
    this.process.dead = true;
    if (dies.kept) await act().catch(() => undefined);
    return true;
  }

  private stallNow(): void {
    const { stalls } = this.process;
    if (!stalls) return;
    stalls.writes -= 1;
    if (stalls.writes > 0) return;
    this.process.stalls = null;
    this.process.stalledUntil = this.sky.time.now + stalls.ms;
  }

  private async wait(): Promise<void> {
    const { random, time, weather } = this.sky;
    await time.awake(this.process);
    if (!random.chance(weather.storage.slow)) return;
    await time.sleep(random.chance(0.02) ? random.int(500, 4_000) : random.int(1, 60));
  }
}

export class FaultyTable implements Table {
  private readonly line: Line;

  constructor(
    private readonly inner: Table,
    sky: Sky,
    process: Mortal,
  ) {
    this.line = new Line(sky, process);
  }

  read(partition: string, row: string): Promise<Row | null> {
    return this.line.read(() => this.inner.read(partition, row));
  }

  range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    return this.line.read(() => this.inner.range(partition, from, below, limit));
  }

  write(partition: string, writes: readonly Write[]): Promise<string[]> {
    return this.line.write(
      () => this.inner.write(partition, writes),
      async () => {
        const replaced = writes.find(({ op }) => op === 'replace');
        const row = replaced ? await this.inner.read(partition, replaced.row) : null;
        if (row) await this.inner.write(partition, [{ op: 'put', row: row.row, cells: row.cells }]);
      },
    );
  }
}

export class FaultyQueue implements WorkQueue {
  private readonly line: Line;

  constructor(
    private readonly inner: WorkQueue,
    sky: Sky,
    process: Mortal,
  ) {
    this.line = new Line(sky, process);
  }

  wake(wake: Wake, afterSeconds?: number): Promise<void> {
    return this.line.write(() => this.inner.wake(wake, afterSeconds));
  }
  receive(most: number, seconds: number): Promise<ReceivedWake[]> {
    return this.line.write(() => this.inner.receive(most, seconds));
  }
  extend(wake: ReceivedWake, seconds: number): Promise<boolean> {
    return this.line.write(() => this.inner.extend(wake, seconds));
  }
  done(wake: ReceivedWake): Promise<void> {
    return this.line.write(() => this.inner.done(wake));
  }
  poison(wake: ReceivedWake, reason: string): Promise<void> {
    return this.line.write(() => this.inner.poison(wake, reason));
  }
  readPoison(): Promise<PoisonWake[]> {
    return this.line.read(() => this.inner.readPoison());
  }
  takePoison(plan: string | null): Promise<PoisonWake[]> {
    return this.line.write(() => this.inner.takePoison(plan));
  }
  ping(): Promise<void> {
    return this.line.read(() => this.inner.ping());
  }
}
