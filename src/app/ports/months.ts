import type { Cycle } from '../../domain/cycle';
import type { EarlierTotals } from '../../domain/figures';
import type { Message } from '../../domain/message';
import type { Period } from '../../domain/period';
import type { Plan } from '../../domain/plan';
import type { Position } from '../../domain/position';
import type { Snapshot } from '../../domain/snapshot';
import type { Stored } from './stored';

/* The months of a plan: cycles, messages, positions. */

/** The months of a plan: cycles, the messages that went out, positions. */
export interface MonthStore {
  readCycle(plan: string, period: Period): Promise<Stored<Cycle> | null>;
  /** Every month that was opened, oldest first. */
  readCycles(plan: string): Promise<Cycle[]>;
  /** Makes the cycle and points the plan at it, in one transaction; a {@link Conflict} when either was there first. */
  openCycle(plan: Stored<Plan>, cycle: Cycle): Promise<void>;
  /** Saves the cycle and adds new messages beside it, in one transaction; a {@link Conflict} too when one of them is there already. */
  saveCycle(plan: string, cycle: Stored<Cycle>, messages?: readonly Message[]): Promise<Stored<Cycle>>;

  /** Adds those messages that are not there yet; the others are left as they are. */
  addMessages(plan: string, messages: readonly Message[]): Promise<void>;
  readMessage(plan: string, key: string): Promise<Stored<Message> | null>;
  /** The messages whose key begins with `prefix` (which ends in `|`); all of the plan without one. */
  readMessages(plan: string, prefix?: string): Promise<Stored<Message>[]>;
  saveMessage(plan: string, message: Stored<Message>): Promise<Stored<Message>>;

  /** Freezes a position with the snapshots behind it. A second one of the same period is refused with a {@link Conflict}. */
  freezePosition(plan: string, position: Position, snapshots: readonly Snapshot[]): Promise<void>;
  readPosition(plan: string, period: Period): Promise<Position | null>;
  /** Every frozen position, oldest first. */
  readPositions(plan: string): Promise<Position[]>;
  /** Snapshots of a frozen position, or of the plan as it was loaded. */
  readSnapshots(plan: string, period: Period | 'loaded'): Promise<Snapshot[]>;
  /** Totals from before Steward. A later one of the same period replaces the earlier. */
  saveEarlierTotals(plan: string, totals: EarlierTotals): Promise<void>;
  readEarlierTotals(plan: string): Promise<EarlierTotals[]>;
}
