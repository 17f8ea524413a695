import type { Log, SlotStore } from '../app/ports';
import { ConversationWindows } from './windows';

/**
 * Requests a second that messages of Steward's own accord take in a tenant, by all instances together. Teams allows an app 50
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, "per app per tenant"); the rest is for replies, and for clocks that
 * differ a little.
 */
const PER_SECOND = 45.5;
const EVERY_MS = 1000 / PER_SECOND;
/** Most slots reserved at a time: half a second's. What a killed process had reserved is lost, and replies count at the next block. */
const BLOCK = 23;
/** How late a slot may be used, in milliseconds: later, it falls together with the slots of another instance. */
const LATE_MS = 200;
/** Replies a second that go out without asking. More than a few are set against what is sent of Steward's own accord; many more wait their turn. */
const FREE_REPLIES = 3;
const MANY_REPLIES = 20;
/** So many requests in a row that Teams throttled mean that the whole tenant is to wait, not one message. */
const IN_A_ROW = 5;
/** How long a tenant waits when Teams does not say, in milliseconds: twice as long each time up to the longest, drawn anew from nought on ("full jitter"). */
const FIRST_HOLD_MS = 1_000;
const LONGEST_HOLD_MS = 60_000;

/** `reply`: a person waits for it, so it goes first. `own`: a message of Steward's own accord. */
export type Urgency = 'reply' | 'own';

/** Keeps what leaves within Teams' limits. */
export interface Budget {
  /** Resolves when a request may go out. `conversation` null for one that is about none. Never throws. */
  admit(tenant: string, conversation: string | null, urgency: Urgency): Promise<void>;
  /** What Teams answered: `throttled` with what it asked for in milliseconds (null when it did not say). */
  answered(tenant: string, answer: 'taken' | { readonly throttled: number | null }): void;
}

interface Lane {
  readonly waiting: (() => void)[];
  pumping: boolean;
  /** Replies that went out and are not set against the shared rate yet. */
  owed: number;
  replies: number[];
  refused: number;
}

/** Makes the budget of this process; `slots` is what it shares with the others. */
export function makeBudget(slots: SlotStore, log: Log, now: () => number = Date.now): Budget {
  const lanes = new Map<string, Lane>();
  const windows = new ConversationWindows();

  const laneOf = (tenant: string): Lane => {
    const known = lanes.get(tenant);
    if (known) return known;
    const made: Lane = { waiting: [], pumping: false, owed: 0, replies: [], refused: 0 };
    lanes.set(tenant, made);
    return made;
  };

  /** Reserves a block for those who wait now, and lets each go at its slot. */
  const letBlockGo = async (tenant: string, lane: Lane): Promise<void> => {
    const owed = lane.owed;
    const block = Math.min(lane.waiting.length, BLOCK);
    lane.owed = 0;
    let first = now();
    try {
      first = await slots.reserve(tenant, block + owed, EVERY_MS);
    } catch (error) {
      // Without the shared row each instance goes at a quarter of the rate by itself.
      log.warn({ error: String(error) }, 'the shared rate is out of reach');
      await pause(block * EVERY_MS * 3);
      first = now();
    }
    for (let n = owed; n < owed + block; n += 1) {
      const wait = first + n * EVERY_MS - now();
      // Whoever comes this late to its slots would go at the same time as those of the next: it leaves them, and reserves others.
      if (wait < -LATE_MS) return;
      // A late timer is made up for, but not all at once.
      await pause(Math.max(wait, n === owed ? 0 : EVERY_MS / 2));
      lane.waiting.shift()?.();
    }
  };

  const pump = async (tenant: string, lane: Lane): Promise<void> => {
    if (lane.pumping) return;
    lane.pumping = true;
    try {
      while (lane.waiting.length > 0) await letBlockGo(tenant, lane);
    } finally {
      lane.pumping = false;
    }
  };

  const turnIn = (tenant: string, lane: Lane, urgency: Urgency): Promise<void> =>
    new Promise((resolve) => {
      if (urgency === 'reply') lane.waiting.unshift(resolve);
      else lane.waiting.push(resolve);
      void pump(tenant, lane);
    });

  /** A reply does not wait for the blocks of others; it is set against them afterwards. */
  const reply = async (tenant: string, lane: Lane): Promise<void> => {
    lane.replies = lane.replies.filter((at) => at > now() - 1_000);
    lane.replies.push(now());
    if (lane.replies.length > MANY_REPLIES) return turnIn(tenant, lane, 'reply');
    if (lane.pumping || lane.replies.length > FREE_REPLIES) lane.owed += 1;
    if (lane.pumping || lane.owed < FREE_REPLIES) return;
    const owed = lane.owed;
    lane.owed = 0;
    // Nobody waits here, but other instances may be sending.
    slots.reserve(tenant, owed, EVERY_MS).catch(() => undefined);
  };

  return {
    admit: async (tenant, conversation, urgency) => {
      const lane = laneOf(tenant);
      if (conversation !== null) await pause(windows.book(conversation, now()));
      await (urgency === 'reply' ? reply(tenant, lane) : turnIn(tenant, lane, urgency));
    },
    answered: (tenant, answer) => {
      const lane = laneOf(tenant);
      if (answer === 'taken') {
        lane.refused = 0;
        return;
      }
      lane.refused += 1;
      if (lane.refused % IN_A_ROW !== 0) return;
      const doublings = Math.min(lane.refused / IN_A_ROW - 1, 10);
      const hold =
        answer.throttled ?? Math.min(LONGEST_HOLD_MS, FIRST_HOLD_MS * 2 ** doublings) * Math.random();
      log.warn({ tenant, hold: Math.round(hold) }, 'Teams throttles a tenant; its messages wait');
      slots.holdUntil(tenant, now() + hold).catch(() => undefined);
    },
  };
}

/** A budget without limits but one conversation's and one process's: for tools and tests that talk to a stand-in. */
export function localSlots(now: () => number = Date.now): SlotStore {
  const free = new Map<string, number>();
  return {
    reserve: async (tenant, slots, everyMs) => {
      const first = Math.max(free.get(tenant) ?? 0, now());
      free.set(tenant, first + slots * everyMs);
      return first;
    },
    holdUntil: async (tenant, until) => {
      free.set(tenant, Math.max(free.get(tenant) ?? 0, until));
    },
  };
}

async function pause(ms: number): Promise<void> {
  if (ms >= 1) await new Promise((resolve) => setTimeout(resolve, ms));
}
