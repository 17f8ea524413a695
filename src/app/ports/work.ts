/* Who works on which plan, and what wakes them. */

/** One instance at a time works on a plan. */
export interface LeaseStore {
  /**
   * Takes or renews the lease on a plan for `seconds` of real time. `taken` tells that it was another's (now expired) before: what it
   * left half-done is to be looked after. Null when somebody else holds it.
   */
  takeLease(plan: string, owner: string, seconds: number): Promise<{ readonly taken: boolean } | null>;
  /** Gives the lease back, if it is still the owner's. */
  dropLease(plan: string, owner: string): Promise<void>;
}

/** A nudge: some worker should look at a plan. */
export interface Wake {
  readonly plan: string;
  readonly tenant: string;
}

/** A nudge that was handed to this worker, and is hidden from the others for a while. */
export interface ReceivedWake extends Wake {
  /** How often it was handed out, this time included. */
  readonly times: number;
  /** The queue's own mark of this handing-out; changes when it is extended. */
  receipt: { readonly id: string; readonly pop: string };
}

/** A nudge that was set aside, since it failed again and again. */
export interface PoisonWake extends Wake {
  readonly reason: string;
  /** Real time (UTC ISO). */
  readonly at: string;
  readonly times: number;
}

/**
 * Hands work to any number of instances. The rows of a plan are the truth: a nudge only has some worker look at them, so that losing one
 * costs time alone, and handling one twice does no harm.
 */
export interface WorkQueue {
  /** Nudges, after so many seconds (0 to 7 days: Azure's own limit). */
  wake(wake: Wake, afterSeconds?: number): Promise<void>;
  /** At most `most` (1 to 32: Azure's own limit) nudges; each is hidden from others for `seconds`. */
  receive(most: number, seconds: number): Promise<ReceivedWake[]>;
  /** Hides a received nudge for `seconds` from now: longer while work goes on, or until it should be tried again. False when it was handed to somebody else meanwhile. */
  extend(wake: ReceivedWake, seconds: number): Promise<boolean>;
  /** Takes a received nudge away; that it is gone already is no fault. */
  done(wake: ReceivedWake): Promise<void>;
  /** Sets a received nudge aside. */
  poison(wake: ReceivedWake, reason: string): Promise<void>;
  /** What was set aside, oldest first, at most 32. Nothing changes. */
  readPoison(): Promise<PoisonWake[]>;
  /** Takes away what was set aside (of one plan where one is named) and gives it, for the caller to wake anew or forget. */
  takePoison(plan: string | null): Promise<PoisonWake[]>;
  /** Whether the queue answers; throws what it answers with when it does not. */
  ping(): Promise<void>;
}

/** The rate at which all instances together may send in a tenant. */
export interface SlotStore {
  /**
   * Reserves so many slots, `everyMs` after one another, that nobody else has, in `leadMs` (0) at the earliest; gives the real time (ms since
   * 1970) of the first.
   */
  reserve(tenant: string, slots: number, everyMs: number, leadMs?: number): Promise<number>;
  /** No slot that is not reserved yet begins before `until` (ms since 1970). */
  holdUntil(tenant: string, until: number): Promise<void>;
}

/** A process that serves, as it last wrote of itself. */
export interface Instance {
  readonly id: string;
  /** Real time (UTC ISO): when it started, and when it last said that it lives. */
  readonly startedAt: string;
  readonly at: string;
  /** How many plans it was working on. */
  readonly working: number;
}

/** Which instances there are: each writes a row every minute, and takes it away when it stops. */
export interface InstanceStore {
  beat(instance: Instance): Promise<void>;
  leave(id: string): Promise<void>;
  /** All that have written, those too that died since. */
  list(): Promise<Instance[]>;
}
