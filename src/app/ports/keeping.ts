import type { Reading } from '../../domain/measure';
import type { Message } from '../../domain/message';
import type { Period } from '../../domain/period';
import type { GroupReturn } from '../../domain/planDetail';
import type { Position } from '../../domain/position';
import type { ReadEntry } from '../../domain/readEntry';
import type { Thinned } from '../../domain/retention';
import type { Snapshot } from '../../domain/snapshot';
import type { Update } from '../../domain/update';

/* What is kept for how long, and who asked for what. */

/** What becomes of a row; `before` is the one before it in the order of keys, as it was read. The same value leaves it as it is. */
export type Thinning<T> = (value: T, before: T | null) => T;

/** Takes out what a plan keeps no longer. Each may be stopped anywhere and done again. */
export interface RetentionStore {
  /** How far the plan was thinned out; null where it never was. One point read. */
  readThinned(plan: string): Promise<Thinned | null>;
  saveThinned(plan: string, thinned: Thinned): Promise<void>;
  /** Updates by action, the newest of each first. */
  thinUpdates(plan: string, thin: Thinning<Update>): Promise<void>;
  thinSnapshots(plan: string, of: Period | 'loaded', thin: Thinning<Snapshot>): Promise<void>;
  thinPosition(plan: string, period: Period, thin: Thinning<Position>): Promise<void>;
  thinReadings(plan: string, thin: Thinning<Reading>): Promise<void>;
  thinReturns(plan: string, thin: Thinning<GroupReturn>): Promise<void>;
  dropMessages(plan: string, goes: (message: Message) => boolean): Promise<void>;
  /** Says of a period that its words are gone, at an instant (UTC ISO). Written last. */
  markThinned(plan: string, period: Period, at: string): Promise<void>;
  /** Takes away the lines of the audit, or of who read what, that are old by their time (UTC ISO). */
  dropBefore(plan: string, kind: 'audit' | 'read', isOld: (at: string) => boolean): Promise<void>;
}

/** Who asked for what, where a plan wants it written down. */
export interface ReadStore {
  add(plan: string, entry: ReadEntry): Promise<void>;
  /** The newest first. */
  list(plan: string, limit: number): Promise<ReadEntry[]>;
}
