import type { IsBankHoliday } from '../domain/calendar';
import type { DraftStore, PlanReader, ReloadStore } from './ports/files';
import type { ReadStore, RetentionStore } from './ports/keeping';
import type { MonthStore } from './ports/months';
import type { Composer, Messenger, PeopleStore } from './ports/people';
import type { MeasureStore, PlanStore } from './ports/plans';
import type { InstanceStore, LeaseStore, WorkQueue } from './ports/work';
import type { Clock, Log, MakeId } from './ports/world';

/**
 * What the use cases need of the world. Each is implemented in one folder (`storage/`, `teams/`) and once more as a fake
 * or over a table in memory; one contract suite runs against both.
 */
export * from './ports/files';
export * from './ports/keeping';
export * from './ports/months';
export * from './ports/people';
export * from './ports/plans';
export * from './ports/stored';
export * from './ports/work';
export * from './ports/world';

/** Everything that the use cases work with, put together once in `wiring.ts`. */
export interface Deps {
  readonly plans: PlanStore;
  readonly months: MonthStore;
  readonly measures: MeasureStore;
  readonly people: PeopleStore;
  readonly leases: LeaseStore;
  readonly queue: WorkQueue;
  readonly instances: InstanceStore;
  readonly drafts: DraftStore;
  readonly reloads: ReloadStore;
  readonly retention: RetentionStore;
  readonly reads: ReadStore;
  readonly reader: PlanReader;
  readonly messenger: Messenger;
  readonly composer: Composer;
  readonly clock: Clock;
  readonly isBankHoliday: IsBankHoliday;
  readonly makeId: MakeId;
  readonly log: Log;
  /** Names this process among all instances; new with every start. */
  readonly instance: string;
  /** How long a plan is one instance's own, in seconds of real time. Default 20. The shorter, the sooner a killed instance's work goes on. */
  readonly leaseSeconds?: number;
}
