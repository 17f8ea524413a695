/** Whether an instance can serve, and in words what it lacks. */
export interface Readiness {
  readonly ready: boolean;
  /** For each thing that Steward needs, "answers" or how it does not. */
  readonly [part: string]: boolean | string;
}

/** How long a part may take to answer, in milliseconds. */
const WITHIN_MS = 3_000;

/**
 * Asks each part, side by side, whether it answers. Only what is safe to show anybody is said: no address, no account, none of the part's own words.
 * Never throws.
 */
export async function readiness(parts: Readonly<Record<string, () => Promise<void>>>): Promise<Readiness> {
  const said = await Promise.all(
    Object.entries(parts).map(async ([name, ask]) => [name, await answerOf(ask)] as const),
  );
  return { ready: said.every(([, answer]) => answer === 'answers'), ...Object.fromEntries(said) };
}

async function answerOf(ask: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | null = null;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`gave no answer within ${WITHIN_MS / 1000} seconds`), WITHIN_MS);
  });
  const answer = ask().then(
    () => 'answers',
    (error: unknown) => {
      const status = (error as { statusCode?: unknown } | null)?.statusCode;
      return typeof status === 'number' ? `answers with an error (${status})` : 'is out of reach';
    },
  );
  const first = await Promise.race([answer, late]);
  if (timer) clearTimeout(timer);
  return first;
}
