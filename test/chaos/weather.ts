/** How often what goes wrong: shares of requests, from 0 to 1. */
export interface Weather {
  readonly name: string;
  /** Storage is slow, refuses as busy or broken, or does what it was asked and its answer is lost. */
  readonly storage: {
    readonly slow: number;
    readonly busy: number;
    readonly lost: number;
    /** The answer is lost and the client repeats the request, which then finds its own write in the way. */
    readonly repeated: number;
    /** Somebody else writes the row at that moment. */
    readonly raced: number;
  };
  readonly teams: TeamsWeather;
  /** For making a chat, where that is another. */
  readonly chats?: TeamsWeather;
}

export interface TeamsWeather {
  readonly slow: number;
  /** How long (ms) a request is on its way to Teams at most: some are there before others that left earlier. */
  readonly way: number;
  /** No connection is to be had: the request does not leave. */
  readonly unreached?: number;
  readonly throttles: number;
  /** Does nothing and says so (503). */
  readonly refuses?: number;
  /** Does nothing and says 500, 502, 503 or 504, three of which could also be said of what was done. */
  readonly fails: number;
  /** Does it and says that it failed, or answers late. */
  readonly lies: number;
  /** Never answers. */
  readonly hangs: number;
  /** Breaks the connection: before it is done, after, or in the middle of the answer. */
  readonly breaks: number;
}

const CALM_STORAGE = { slow: 0.3, busy: 0, lost: 0, repeated: 0, raced: 0 };
export const CALM_TEAMS: TeamsWeather = {
  slow: 0.3,
  way: 0,
  throttles: 0,
  fails: 0,
  lies: 0,
  hangs: 0,
  breaks: 0,
};

export const CALM: Weather = { name: 'calm', storage: CALM_STORAGE, teams: CALM_TEAMS };

export const WEATHERS: readonly Weather[] = [
  CALM,
  {
    name: 'storage is unwell',
    storage: { slow: 0.6, busy: 0.04, lost: 0.02, repeated: 0.03, raced: 0.03 },
    teams: CALM_TEAMS,
  },
  {
    name: 'Teams throttles',
    storage: CALM_STORAGE,
    teams: { ...CALM_TEAMS, throttles: 0.4, fails: 0.05 },
  },
  {
    name: 'Teams lies',
    storage: CALM_STORAGE,
    teams: { slow: 0.6, way: 0, throttles: 0.05, fails: 0.1, lies: 0.12, hangs: 0.05, breaks: 0.12 },
  },
  {
    name: 'all at once',
    storage: { slow: 0.6, busy: 0.03, lost: 0.02, repeated: 0.03, raced: 0.05 },
    teams: { slow: 0.5, way: 0, throttles: 0.15, fails: 0.08, lies: 0.06, hangs: 0.03, breaks: 0.06 },
  },
  {
    name: 'races',
    storage: { slow: 0.9, busy: 0, lost: 0, repeated: 0.05, raced: 0.15 },
    teams: CALM_TEAMS,
  },
];
