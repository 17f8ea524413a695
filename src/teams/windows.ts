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

/** Keeps the requests of each conversation within Teams' limits, as far as this process makes them: a conversation is nearly always one process's. */
export class ConversationWindows {
  private readonly taken = new Map<string, number[]>();

  /** Books a request in a conversation; the milliseconds that it has to wait from `now`. Requests that are booked one after another wait in order. */
  book(conversation: string, now: number): number {
    const times = (this.taken.get(conversation) ?? []).filter((at) => at > now - 3_600_000);
    let at = Math.max(now, times.at(-1) ?? 0);
    for (let settled = false; !settled; ) {
      settled = true;
      for (const { ms, most } of CONVERSATION) {
        const first = times.at(-most);
        if (first === undefined || times.length < most || first + ms < at) continue;
        at = first + ms + 1;
        settled = false;
      }
    }
    times.push(at);
    this.taken.delete(conversation);
    this.taken.set(conversation, times);
    const oldest = this.taken.keys().next().value;
    if (this.taken.size > REMEMBERED && oldest !== undefined) this.taken.delete(oldest);
    return at - now;
  }
}
