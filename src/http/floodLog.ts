import type { Log } from '../app/ports';

/** How often one kind of event is said at most, in milliseconds. */
const A_LINE = 60_000;

/**
 * Says what anybody on the internet can bring about without a token, and so can bring about without end: the first time at once, and from then on in one
 * line a minute, with how often it came and why. `event` is the line's fixed text; what is passed as `why` must be one of few.
 */
export function makeFloodLog(
  say: Log['warn'],
  event: string,
  everyMs: number = A_LINE,
): (why: string) => void {
  let waiting: NodeJS.Timeout | null = null;
  let unsaid = new Map<string, number>();
  const tell = (): void => {
    waiting = null;
    if (unsaid.size === 0) return;
    const times = [...unsaid.values()].reduce((sum, n) => sum + n, 0);
    say({ why: [...unsaid.keys()].join(', '), times }, event);
    unsaid = new Map();
    wait();
  };
  const wait = (): void => {
    waiting = setTimeout(tell, everyMs);
    waiting.unref();
  };
  return (why) => {
    unsaid.set(why, (unsaid.get(why) ?? 0) + 1);
    if (waiting === null) tell();
  };
}
