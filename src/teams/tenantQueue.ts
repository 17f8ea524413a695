import type { Log, Permit, SlotStore } from '../app/ports';

/*
 * Never more than 50 requests in a second reach Teams, by construction. All instances share a row of slots, 1000/46 ms apart. One request goes at each
 * slot, at its time or up to LATE_MS after; a slot that nobody is ready for by then is given up. So the requests that reach Teams within any second
 * are of slots within 1 + 0.025 + U seconds, where U is how far clocks differ and how much longer one request is on its way than another. With U of 60 ms
 * that is at most ⌈46 × 1.085⌉ = 50. Nothing is made up for: a process that was held up, by storage or by itself, takes other slots.
 */

/** Slots a second, and how long after its time one may be used (ms). */
const PER_SECOND = 46;
export const EVERY_MS = 1000 / PER_SECOND;
const LATE_MS = 25;
/** Most slots reserved at a time: half a second's. */
const BLOCK = 23;
/** Slots are reserved so long (ms) before they come, while there is somebody to use them: longer than storage mostly takes to answer. What a killed process had reserved is lost. */
const AHEAD_MS = 2_500;
/** How long (ms) storage mostly takes to reserve a slot, and takes at worst. */
const LEAD_MS = 50;
const LONGEST_LEAD_MS = 60_000;
/** Storage is slow (ms). */
const SLOW_MS = 500;
/** A message is called up so long (ms) before a slot: as long as claiming it mostly takes. */
const CALL_MS = 150;
/** So many more are called up than there are slots, so that one whose claim takes long leaves no slot unused. */
const SPARE = 2;
/** How long (ms) a message may be sent after it was called up: well within the lease of the plan, so that nobody takes it for abandoned before. */
const PERMIT_MS = 10_000;
/** The shared row is asked for so often in vain before this instance goes by itself, at a quarter of the rate. */
const TRIES = 3;
const ALONE = 4;

/** What waits to be sent in one tenant by this process, and the slots that it has reserved. */
export class TenantQueue {
  /** Messages that wait to be called up. */
  private readonly idle: ((permit: Permit) => void)[] = [];
  /** Permits whose message is being claimed, and since when. */
  private readonly called = new Map<Permit, number>();
  /** Requests that are ready to go. */
  private readonly ready: (() => void)[] = [];
  /** Slots to come, and those whose time has come and that nobody was ready for yet. */
  private slots: number[] = [];
  private open: number[] = [];
  private heldUntil = Number.NEGATIVE_INFINITY;
  /** Requests that went out beside the slots and are not set against them yet. */
  private owed = 0;
  private running = false;
  private reserving: Promise<void> | null = null;
  private failures = 0;
  /** How far ahead (ms) slots are asked for: twice as far each time that they had passed before storage answered. */
  private lead = LEAD_MS;

  constructor(
    private readonly tenant: string,
    private readonly shared: SlotStore,
    private readonly log: Log,
    private readonly now: () => number,
  ) {}

  /** Whether somebody waits here. */
  get isBusy(): boolean {
    return this.running;
  }

  /** Resolves shortly before a slot comes: the message is to be claimed now. */
  permit(): Promise<Permit> {
    return new Promise((resolve) => {
      this.idle.push(resolve);
      this.wake();
    });
  }

  /** The message of a permit is sent, or is not going to be. */
  leave(permit: Permit): void {
    this.called.delete(permit);
  }

  /** Resolves at a slot's time. `first`: before all others. */
  turn(permit: Permit | null, first: boolean): Promise<void> {
    if (permit) this.called.delete(permit);
    this.open = this.open.filter((slot) => this.isTimely(slot));
    if (this.open.shift() !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      if (first) this.ready.unshift(resolve);
      else this.ready.push(resolve);
      this.wake();
    });
  }

  /** Sets requests that went out by themselves against the slots. */
  owe(requests: number): void {
    this.owed += requests;
    if (this.running) return;
    const { owed } = this;
    this.owed = 0;
    // Nobody waits here, but other instances may be sending.
    this.shared.reserve(this.tenant, owed, EVERY_MS).catch(() => undefined);
  }

  /** Nothing more goes until then, by any instance. */
  hold(until: number): void {
    this.heldUntil = Math.max(this.heldUntil, until);
    this.shared.holdUntil(this.tenant, until).catch(() => undefined);
  }

  private wake(): void {
    this.reserveAhead();
    this.callUp();
    if (this.running) return;
    this.running = true;
    void this.run();
  }

  private async run(): Promise<void> {
    while (this.wanted > 0) {
      this.reserveAhead();
      const [slot] = this.slots;
      if (slot === undefined) {
        await this.reserving;
        continue;
      }
      const ahead = slot - CALL_MS - this.now();
      if (ahead > 0) {
        // By steps: sooner ones may come, whose answer was late.
        await pause(Math.min(ahead, CALL_MS));
        continue;
      }
      this.callUp();
      await pause(slot - this.now());
      if (this.slots[0] !== slot) continue;
      this.slots.shift();
      if (!this.isTimely(slot)) continue;
      const go = this.ready.shift();
      if (go) go();
      else this.open.push(slot);
    }
    this.running = false;
  }

  private isTimely(slot: number): boolean {
    return slot >= this.heldUntil && this.now() <= slot + LATE_MS;
  }

  /** How many are going to use a slot. Whose claim takes long is counted again when it is there. */
  private get wanted(): number {
    return this.idle.length + this.ready.length + this.claiming;
  }

  private get claiming(): number {
    const since = this.now() - CALL_MS;
    return [...this.called.values()].filter((at) => at > since).length;
  }

  private callUp(): void {
    const soon = this.now() + CALL_MS;
    const room = this.slots.filter((slot) => slot <= soon).length + SPARE;
    while (this.idle.length > 0 && this.ready.length + this.claiming < room) {
      const permit: Permit = { tenant: this.tenant, until: this.now() + PERMIT_MS };
      this.called.set(permit, this.now());
      this.idle.shift()?.(permit);
    }
  }

  private reserveAhead(): void {
    const [last] = this.slots.slice(-1);
    const missing = Math.min(BLOCK, this.wanted - this.slots.length);
    // Few at a time only when there are none: each block is a write.
    const isWorth = last === undefined ? missing > 0 : missing > BLOCK / 3 && last < this.now() + AHEAD_MS;
    if (this.reserving || !isWorth) return;
    // Where storage takes very long for once, it is asked once more beside: nobody is to wait for that answer.
    this.reserving = Promise.race([this.reserve(missing), pause(SLOW_MS)]).finally(() => {
      this.reserving = null;
    });
  }

  private async reserve(count: number): Promise<void> {
    const { owed } = this;
    this.owed = 0;
    try {
      const first = await this.shared.reserve(this.tenant, owed + count, EVERY_MS, this.lead);
      this.failures = 0;
      this.add(first + owed * EVERY_MS, count, EVERY_MS);
      // Only where it goes on: asked for far ahead, they would leave a gap that nobody fills.
      const isTooLate = (this.slots.at(-1) ?? 0) < this.now();
      this.lead = isTooLate ? Math.min(LONGEST_LEAD_MS, 2 * this.lead) : LEAD_MS;
    } catch (error) {
      this.owed += owed;
      this.failures += 1;
      if (this.failures < TRIES) return pause(100 * this.failures);
      this.log.warn({ error: String(error) }, 'the shared rate is out of reach');
      const last = this.slots.at(-1) ?? Number.NEGATIVE_INFINITY;
      this.add(Math.max(last + ALONE * EVERY_MS, this.now()), count, ALONE * EVERY_MS);
    }
  }

  private add(first: number, count: number, everyMs: number): void {
    for (let n = 0; n < count; n += 1) this.slots.push(first + n * everyMs);
    this.slots.sort((a, b) => a - b);
  }
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
