/**
 * How many plans this instance works on at a time. Each tenant has a lane of its own, a part of the whole: plans of a tenant that is slow, or that
 * Teams throttles, fill their own lane and leave the others free.
 */
export class Lanes {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly width: number,
    private readonly whole: number,
  ) {}

  /** Takes a place; false when the tenant's lane, or the whole, is full. */
  take(tenant: string): boolean {
    const mine = this.taken.get(tenant) ?? 0;
    if (mine >= this.width || this.all >= this.whole) return false;
    this.taken.set(tenant, mine + 1);
    this.all += 1;
    return true;
  }

  /** Gives a place back. */
  leave(tenant: string): void {
    const mine = (this.taken.get(tenant) ?? 1) - 1;
    if (mine > 0) this.taken.set(tenant, mine);
    else this.taken.delete(tenant);
    this.all -= 1;
  }

  /** Whether no tenant's work can be taken. */
  get isFull(): boolean {
    return this.all >= this.whole;
  }
}
