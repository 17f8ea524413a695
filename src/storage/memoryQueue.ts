import type { PoisonWake, ReceivedWake, Wake, WorkQueue } from '../app/ports';

interface Kept {
  readonly id: string;
  readonly wake: Wake;
  visibleAt: number;
  times: number;
  pop: string;
}

/** A queue in memory: for tests, and for trying a plan out without storage. It keeps the rules that Azure queues keep. */
export class MemoryQueue implements WorkQueue {
  private messages: Kept[] = [];
  private aside: PoisonWake[] = [];
  private count = 0;

  constructor(private readonly realNow: () => Date = () => new Date()) {}

  async wake({ plan, tenant }: Wake, afterSeconds = 0): Promise<void> {
    const id = this.next();
    const visibleAt = this.now() + afterSeconds * 1000;
    this.messages.push({ id, wake: { plan, tenant }, visibleAt, times: 0, pop: '' });
  }

  async receive(most: number, seconds: number): Promise<ReceivedWake[]> {
    const visible = this.messages.filter(({ visibleAt }) => visibleAt <= this.now()).slice(0, most);
    return visible.map((kept) => {
      kept.times += 1;
      kept.pop = this.next();
      kept.visibleAt = this.now() + seconds * 1000;
      return { ...kept.wake, times: kept.times, receipt: { id: kept.id, pop: kept.pop } };
    });
  }

  async extend(wake: ReceivedWake, seconds: number): Promise<boolean> {
    const kept = this.messages.find((one) => isOf(one, wake));
    if (!kept) return false;
    kept.pop = this.next();
    kept.visibleAt = this.now() + seconds * 1000;
    wake.receipt = { id: kept.id, pop: kept.pop };
    return true;
  }

  async done(wake: ReceivedWake): Promise<void> {
    this.messages = this.messages.filter((kept) => !isOf(kept, wake));
  }

  async poison(wake: ReceivedWake, reason: string): Promise<void> {
    const { plan, tenant, times } = wake;
    this.aside.push({ plan, tenant, times, reason, at: this.realNow().toISOString() });
    await this.done(wake);
  }

  async readPoison(): Promise<PoisonWake[]> {
    return this.aside.slice(0, 32);
  }

  async takePoison(plan: string | null): Promise<PoisonWake[]> {
    const taken = this.aside.filter((one) => plan === null || one.plan === plan);
    this.aside = this.aside.filter((one) => !taken.includes(one));
    return taken;
  }

  async ping(): Promise<void> {
    // It is here.
  }

  private next(): string {
    this.count += 1;
    return `m${this.count}`;
  }

  private now(): number {
    return this.realNow().getTime();
  }
}

function isOf(kept: Kept, { receipt }: ReceivedWake): boolean {
  return kept.id === receipt.id && kept.pop === receipt.pop;
}
