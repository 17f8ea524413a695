import { AsyncLocalStorage } from 'node:async_hooks';

/** A process of the simulation: what runs in it sees its clock, and when it is killed nothing of it goes on. */
export interface Process {
  readonly name: string;
  /** How far its clock is ahead, in milliseconds. */
  readonly skew: number;
  dead: boolean;
  /** It stands still until then, as a machine does that is out of memory or was put to sleep alone: nothing of it goes on. */
  stalledUntil: number;
}

interface Timer {
  readonly id: number;
  at: number;
  readonly every: number | null;
  readonly process: Process | null;
  readonly run: () => void;
}

/** Which process the present code belongs to. */
const present = new AsyncLocalStorage<Process>();

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  now: Date.now,
  elapsed: performance.now.bind(performance),
  random: Math.random,
};

/**
 * The machine's time and timers, in the place of the real ones: an hour passes as fast as its work is done, and the same seed gives the same
 * course of events. Timers fire in order; between two of them everything that can go on without waiting does.
 */
export class VirtualTime {
  private timers: Timer[] = [];
  private ids = 0;
  private readonly jumps: { readonly at: number; readonly ms: number }[] = [];

  constructor(public now: number) {}

  /** Takes the place of the real time; gives what puts it back. */
  install(random: () => number): () => void {
    const set = (run: () => void, ms: number | undefined, every: boolean): unknown => {
      const delay = Math.max(1, Number(ms) || 0);
      return this.handle(this.add(run, delay, every ? delay : null));
    };
    const clear = (handle: unknown): void => {
      const id = Number(handle);
      this.timers = this.timers.filter((timer) => timer.id !== id);
    };
    Object.assign(globalThis, {
      setTimeout: (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        set(() => run(...args), ms, false),
      setInterval: (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        set(() => run(...args), ms, true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Date.now = () => this.now + (present.getStore()?.skew ?? 0);
    Math.random = random;
    // Long work lets others have their turn by how long it took: here none takes any time, or a life would be another on another machine.
    performance.now = () => this.now;
    return () => {
      const { now, random, elapsed, ...globals } = real;
      Object.assign(globalThis, globals);
      Date.now = now;
      performance.now = elapsed;
      Math.random = random;
      this.timers = [];
    };
  }

  /** Does something as a process. */
  as<T>(process: Process, act: () => T): T {
    return present.run(process, act);
  }

  /** The process that is running now. */
  get process(): Process | null {
    return present.getStore() ?? null;
  }

  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.add(resolve, Math.max(1, ms), null);
    });
  }

  /** Lets time pass. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.settle();
    for (;;) {
      const next = this.timers[0];
      if (!next || next.at > end) break;
      this.timers.shift();
      this.now = Math.max(this.now, next.at);
      if (next.process?.dead) continue;
      if (next.process && next.process.stalledUntil > this.now) {
        this.insert({ ...next, at: next.process.stalledUntil });
        continue;
      }
      if (next.every !== null) this.insert({ ...next, at: this.now + next.every });
      next.run();
      await this.settle();
    }
    this.now = Math.max(this.now, end);
  }

  /** Lets time pass until something is done, at most `ms`; null when it is not done by then. */
  async until<T>(work: Promise<T>, ms: number): Promise<T | null> {
    let done: { value: T } | { error: unknown } | null = null;
    work.then(
      (value) => {
        done = { value };
      },
      (error: unknown) => {
        done = { error };
      },
    );
    const end = this.now + ms;
    await this.settle();
    while (done === null && this.now < end) await this.advance(Math.min(this.untilNext(), end - this.now));
    const came = done as { value: T } | { error: unknown } | null;
    if (came === null) return null;
    if ('error' in came) throw came.error;
    return came.value;
  }

  /** The machine sleeps: time has passed, and what was due meanwhile is late. */
  jump(ms: number): void {
    this.jumps.push({ at: this.now, ms });
    this.now += ms;
  }

  /** The instant before which the machines have been awake for so many milliseconds. */
  momentAgo(ms: number): number {
    let left = ms;
    let end = this.now;
    for (const jump of [...this.jumps].reverse()) {
      const awake = end - (jump.at + jump.ms);
      if (awake >= left) break;
      left -= awake;
      end = jump.at;
    }
    return end - left;
  }

  /** Lets a process that stands still stand still. */
  async awake(process: Process | null): Promise<void> {
    while (process && process.stalledUntil > this.now) await this.sleep(process.stalledUntil - this.now);
  }

  private untilNext(): number {
    return Math.max(1, (this.timers[0]?.at ?? this.now + 1_000) - this.now);
  }

  /** Everything that waits for no timer goes on. */
  private settle(): Promise<void> {
    return new Promise((resolve) => {
      real.setImmediate(resolve);
    });
  }

  private add(run: () => void, ms: number, every: number | null): number {
    this.ids += 1;
    // As it was when the timer was set: of the same process, and on the same errand.
    const inContext = AsyncLocalStorage.snapshot();
    const process = this.process;
    this.insert({ id: this.ids, at: this.now + ms, every, process, run: () => inContext(run) });
    return this.ids;
  }

  private insert(timer: Timer): void {
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.timers[middle]?.at ?? 0) <= timer.at) low = middle + 1;
      else high = middle;
    }
    this.timers.splice(low, 0, timer);
  }

  private handle(id: number) {
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => handle,
      [Symbol.toPrimitive]: () => id,
    };
    return handle;
  }
}

/** What a killed process waits for. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
