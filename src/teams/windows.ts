/**
 * What Teams allows a bot in one conversation: at most `most` requests in any `ms` milliseconds
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: "send to conversation" and "create conversation" per bot and thread).
 */
const CONVERSATION: readonly { readonly ms: number; readonly most: number }[] = [
  { ms: 1_000, most: 7 },
  { ms: 2_000, most: 8 },
  { ms: 30_000, most: 60 },
  { ms: 3_600_000, most: 1_800 },
];
/** Conversations remembered. The ones that were silent longest are forgotten first. */
const REMEMBERED = 10_000;

/** How much longer (ms) one request may be on its way to Teams than another. */
const WAY_MS = 50;
const LONGEST_MS = Math.max(...CONVERSATION.map(({ ms }) => ms)) + WAY_MS;

/** Keeps the requests of each conversation within Teams' limits, as far as this process makes them: a conversation is nearly always one process's. */
export class ConversationWindows {
  private readonly taken = new Map<string, readonly number[]>();

  /**
   * Takes leave for a request in a conversation that goes out at once, at `now`: gives 0. Or gives the milliseconds after which it is worth asking
   * again. Leave is for now alone: for a later time it would be worth nothing to a process that sleeps through it.
   */
  take(conversation: string, now: number): number {
    // Times to come are of a clock that was put back since.
    const times = (this.taken.get(conversation) ?? []).filter((at) => at > now - LONGEST_MS && at <= now);
    const wait = CONVERSATION.reduce((longest, { ms, most }) => {
      const first = times.at(-most);
      return times.length < most || first === undefined
        ? longest
        : Math.max(longest, first + ms + WAY_MS - now);
    }, 0);
    if (wait > 0) return wait;
    this.taken.delete(conversation);
    this.taken.set(conversation, [...times, now]);
    const oldest = this.taken.keys().next().value;
    if (this.taken.size > REMEMBERED && oldest !== undefined) this.taken.delete(oldest);
    return 0;
  }
}
