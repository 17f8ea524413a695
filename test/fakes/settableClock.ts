import type { Clock } from '../../src/app/ports';

/** A clock that stands still until it is told otherwise. Plan's time and the machine's go together. */
export class SettableClock implements Clock {
  private instant: number;

  constructor(iso: string) {
    this.instant = Date.parse(iso);
  }

  now(): Date {
    return new Date(this.instant);
  }

  realNow(): Date {
    return new Date(this.instant);
  }

  /** Jumps to an instant, as a machine does that was asleep. */
  set(iso: string): void {
    this.instant = Date.parse(iso);
  }

  advance(ms: number): void {
    this.instant += ms;
  }
}
