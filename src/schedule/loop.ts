/** Something that is done again and again, each time after what the last time asked for. */
export interface Loop {
  start(): void;
  /** Cuts the pause short: the next turn comes within `ms`. While a turn runs, another follows it. */
  nudge(ms?: number): void;
  /** Begins no further turn, and resolves when the present one has ended. */
  stop(): Promise<void>;
}

/** Makes a loop; `turn` gives the milliseconds until the next and must not throw. */
export function makeLoop(turn: () => Promise<number>): Loop {
  let timer: NodeJS.Timeout | null = null;
  let fires = Number.POSITIVE_INFINITY;
  let running: Promise<void> | null = null;
  let nudged = Number.POSITIVE_INFINITY;
  let stopped = true;

  const plan = (ms: number): void => {
    if (stopped) return;
    const at = Date.now() + ms;
    if (timer) {
      if (at >= fires) return;
      clearTimeout(timer);
    }
    fires = at;
    timer = setTimeout(run, ms);
  };
  const run = (): void => {
    timer = null;
    nudged = Number.POSITIVE_INFINITY;
    running = turn().then((ms) => {
      running = null;
      plan(Math.min(ms, nudged));
    });
  };
  return {
    start: () => {
      if (!stopped) return;
      stopped = false;
      run();
    },
    nudge: (ms = 0) => {
      if (running) nudged = Math.min(nudged, ms);
      else plan(ms);
    },
    stop: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      timer = null;
      await running;
    },
  };
}
