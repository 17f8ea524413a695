import type { OtherAsk } from './otherAsk';
import type { Period } from './period';
import type { LeadKey } from './plan';

/**
 * What became of a message that Steward sends of its own accord. Posting to Teams can't be repeated safely and can't be
 * read back, so each step is written down before it is taken:
 *
 * planned → sending → sent | unreachable | unconfirmed, and throttled → planned.
 *
 * `unconfirmed` means that the process died, or the answer was lost, between sending and knowing: it is never
 * sent again by itself. It is `sent` once a button of its card was pressed.
 */
export type DeliveryState =
  | 'planned'
  | 'sending'
  | 'sent'
  | 'throttled'
  | 'unreachable'
  | 'unconfirmed'
  /** There was nothing left to say when its turn came: a reminder to somebody who has answered meanwhile. A prompt is planned again when there is. */
  | 'not-needed';

/**
 * Why somebody can't be reached. `not-matched`: no person was found for the lead's name; `disabled`: IT does not let them use Steward; `refused`: for
 * another reason, in Teams' own words.
 */
export type Unreachable = 'not-matched' | 'left' | 'not-installed' | 'blocked' | 'disabled' | 'refused';

/** One message of Steward's own accord: a prompt, a reminder, the board's post, a greeting, a notice. */
export interface Message {
  /** Names it within the plan, and says what it is: `prompt|2023-09|<person>`. A second message of the same key cannot be. */
  readonly key: string;
  readonly kind: 'prompt' | 'reminder' | 'post' | 'greeting' | 'notice';
  readonly period: Period | null;
  /** A person's id, `channel` for the board's channel, `team` for the General channel; null when nobody was found. */
  readonly to: string | null;
  /** For a prompt: the leads that it asks as, and the actions that it asks about. */
  readonly leads: readonly LeadKey[];
  readonly actions: readonly string[];
  /** For a prompt: what it asks beside actions, by {@link OtherAsk.key}. Absent: nothing. */
  readonly others?: readonly string[];
  /** For a notice: which one it is, and what it is about. */
  readonly about: string;
  readonly state: DeliveryState;
  /** The instance that is sending it, and since when (UTC ISO, real time). */
  readonly claimedBy: string | null;
  readonly claimedAt: string | null;
  readonly sentAt: string | null;
  readonly conversation: string | null;
  readonly messageId: string | null;
  readonly why: Unreachable | null;
  /** Teams' own words for a failure, for the log and the ledger. */
  readonly reason: string | null;
  /** How often sending was put off because Teams asked for patience. */
  readonly throttled: number;
  /** Real time before which it is not tried again (UTC ISO); null for at once. */
  readonly notBefore: string | null;
}

/** A message that is planned and not yet sent. */
export function newMessage(
  message: Pick<Message, 'key' | 'kind' | 'period' | 'to'> & Partial<Message>,
): Message {
  return {
    leads: [],
    actions: [],
    about: '',
    state: 'planned',
    claimedBy: null,
    claimedAt: null,
    sentAt: null,
    conversation: null,
    messageId: null,
    why: null,
    reason: null,
    throttled: 0,
    notBefore: null,
    ...message,
  };
}

/** What trying to send came to. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly conversation: string; readonly messageId: string | null }
  /** Certainly not delivered; try again after `retryAfterMs`, as Teams asked. Null when it did not say. */
  | { readonly outcome: 'throttled'; readonly retryAfterMs: number | null; readonly reason: string }
  | { readonly outcome: 'unreachable'; readonly why: Unreachable; readonly reason: string }
  /** It may or may not have arrived. */
  | { readonly outcome: 'unconfirmed'; readonly reason: string };

/** A message claimed for sending by an instance at a (real) time. */
export function claimed(message: Message, by: string, at: Date): Message {
  return { ...message, state: 'sending', claimedBy: by, claimedAt: at.toISOString() };
}

/**
 * Whether a row still speaks of the attempt that a claim began: it stands as it was claimed, or was taken for abandoned since. Whatever else it says
 * was written by that attempt itself, or by one that came after.
 */
export function isSameAttempt(now: Message, claim: Message): boolean {
  const isUnderWay = now.state === 'sending' || now.state === 'unconfirmed';
  return isUnderWay && now.claimedBy === claim.claimedBy && now.claimedAt === claim.claimedAt;
}

/** Where Teams does not say how long to wait: at most so long after the first refusal, twice as long after each more, and never longer than five minutes. */
const SHORTEST_PATIENCE_MS = 250;
const FIRST_PATIENCE_MS = 2_000;
const LONGEST_PATIENCE_MS = 300_000;

/**
 * How long (ms) a message waits that was refused `before` times already: what Teams asked for, or else a part of the growing longest, drawn by `chance`
 * (0 to 1: "full jitter", so that those who were refused together do not come back together).
 */
export function patienceOf(asked: number | null, before: number, chance: number): number {
  if (asked !== null) return Math.max(asked, SHORTEST_PATIENCE_MS);
  return Math.max(
    SHORTEST_PATIENCE_MS,
    Math.floor(chance * Math.min(LONGEST_PATIENCE_MS, FIRST_PATIENCE_MS * 2 ** Math.min(before, 20))),
  );
}

/** The message as it is after a delivery; `at` is the plan's clock, `realNow` the machine's; `chance` (0 to 1) is drawn for {@link patienceOf}. */
export function delivered(
  message: Message,
  delivery: Delivery,
  at: Date,
  realNow: Date,
  chance: number,
): Message {
  switch (delivery.outcome) {
    case 'sent':
      return {
        ...message,
        state: 'sent',
        sentAt: at.toISOString(),
        conversation: delivery.conversation,
        messageId: delivery.messageId,
        notBefore: null,
      };
    case 'throttled':
      return {
        ...message,
        state: 'throttled',
        claimedBy: null,
        throttled: message.throttled + 1,
        reason: delivery.reason,
        notBefore: new Date(
          realNow.getTime() + patienceOf(delivery.retryAfterMs, message.throttled, chance),
        ).toISOString(),
      };
    case 'unreachable':
      return { ...message, state: 'unreachable', why: delivery.why, reason: delivery.reason };
    case 'unconfirmed':
      return { ...message, state: 'unconfirmed', reason: delivery.reason };
  }
}

/** What is left `sending` by an instance that is gone may have arrived: nobody can know, so nobody sends it again. */
export function abandoned(message: Message): Message {
  return { ...message, state: 'unconfirmed', reason: 'the process stopped while sending' };
}

/** An unconfirmed message that arrived after all, as `card` (of a conversation, and its id there if it was told) has proved. */
export function proved(
  message: Message,
  card: { readonly conversation: string; readonly messageId: string | null },
): Message {
  return { ...message, ...card, state: 'sent', sentAt: message.claimedAt };
}

/** Whether a message waits to be sent now. */
export function isWaiting(message: Message, realNow: Date): boolean {
  if (message.state !== 'planned' && message.state !== 'throttled') return false;
  return message.notBefore === null || new Date(message.notBefore) <= realNow;
}
