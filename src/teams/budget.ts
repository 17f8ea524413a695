import type { Log, Permit, SlotStore } from '../app/ports';
import { TenantQueue } from './tenantQueue';
import { ConversationWindows } from './windows';

/*
 * Teams allows an app 50 requests a second in a tenant (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, "per app per
 * tenant"). What Steward sends of its own accord keeps to slots that all instances share (tenantQueue.ts); what a person waits for goes at once.
 */

/** Replies a second that go out without being set against the slots, and above which they wait for slots too, before all else. */
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
  /** Resolves when a message of Steward's own accord is to be claimed: its slot comes in a moment. To be given back by {@link leave}. Never throws. */
  permit(tenant: string): Promise<Permit>;
  /** The message of a permit was sent, or is not going to be. */
  leave(permit: Permit): void;
  /** Resolves when a request may go out. `conversation` null for one that is about none. Never throws. */
  admit(tenant: string, conversation: string | null, urgency: Urgency, permit?: Permit | null): Promise<void>;
  /** What Teams answered: `throttled` with what it asked for in milliseconds (null when it did not say). */
  answered(tenant: string, answer: 'taken' | { readonly throttled: number | null }): void;
}

interface Lane {
  readonly queue: TenantQueue;
  /** When the last replies went out. */
  replies: number[];
  /** Of those that went out at once, how many are not set against the slots yet. */
  owed: number;
  refused: number;
}

/** Makes the budget of this process; `slots` is what it shares with the others. */
export function makeBudget(slots: SlotStore, log: Log, now: () => number = Date.now): Budget {
  const lanes = new Map<string, Lane>();
  const windows = new ConversationWindows();

  const laneOf = (tenant: string): Lane => {
    const known = lanes.get(tenant);
    if (known) return known;
    const queue = new TenantQueue(tenant, slots, log, now);
    const made: Lane = { queue, replies: [], owed: 0, refused: 0 };
    lanes.set(tenant, made);
    return made;
  };

  /** A reply does not wait for the slots of others; it is set against them afterwards. */
  const reply = async (lane: Lane): Promise<void> => {
    lane.replies = lane.replies.filter((at) => at > now() - 1_000);
    lane.replies.push(now());
    if (lane.replies.length > MANY_REPLIES) return lane.queue.turn(null, true);
    if (lane.queue.isBusy || lane.replies.length > FREE_REPLIES) lane.owed += 1;
    if (lane.owed === 0 || (!lane.queue.isBusy && lane.owed < FREE_REPLIES)) return;
    lane.queue.owe(lane.owed);
    lane.owed = 0;
  };

  return {
    permit: (tenant) => laneOf(tenant).queue.permit(),
    leave: (permit) => laneOf(permit.tenant).queue.leave(permit),
    admit: async (tenant, conversation, urgency, permit = null) => {
      const lane = laneOf(tenant);
      await (urgency === 'reply' ? reply(lane) : lane.queue.turn(permit, false));
      if (conversation === null) return;
      // The conversation is asked last, since a wait for the tenant would make one turn of what was spread over time.
      for (let wait = windows.take(conversation, now()); wait > 0; wait = windows.take(conversation, now())) {
        await pause(Math.max(1, wait));
        if (urgency === 'own') await lane.queue.turn(permit, false);
      }
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
      lane.queue.hold(now() + hold);
    },
  };
}

/** A budget without limits but one conversation's and one process's: for tools and tests that talk to a stand-in. */
export function localSlots(now: () => number = Date.now): SlotStore {
  const free = new Map<string, number>();
  return {
    reserve: async (tenant, slots, everyMs, leadMs = 0) => {
      const first = Math.max(free.get(tenant) ?? 0, now() + leadMs);
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
