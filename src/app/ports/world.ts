/* Time, ids and the log. */

/** The plan's clock (which a demo may set) and the machine's (which leases and retries go by). */
export interface Clock {
  /** What the plan's world takes for now. */
  now(): Date;
  /** The machine's own time. */
  realNow(): Date;
}

/** Makes ids that never repeat. */
export type MakeId = () => string;

/** Where the app tells what it did: ids and counts, never names or narratives. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, event: string): void;
  warn(facts: Readonly<Record<string, unknown>>, event: string): void;
  error(facts: Readonly<Record<string, unknown>>, event: string): void;
}
