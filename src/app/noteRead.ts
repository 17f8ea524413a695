import type { Plan } from '../domain/plan';
import type { ReadEntry } from '../domain/readEntry';
import type { Deps } from './ports';

/** What was asked for, by whom and where. */
export type Asked = Pick<ReadEntry, 'person' | 'kind' | 'refs' | 'place'>;

/**
 * Writes down who asked for what, where the plan wants it. The answer does not wait for it: an entry that can't be written is told to the log as an
 * error, and a process that is killed may lose its last ones.
 */
export function noteRead(
  deps: Pick<Deps, 'reads' | 'clock' | 'makeId' | 'log'>,
  plan: Plan,
  asked: Asked,
): void {
  if (!plan.logReading) return;
  const entry: ReadEntry = { id: deps.makeId(), at: deps.clock.now().toISOString(), ...asked };
  deps.reads.add(plan.id, entry).catch((error: unknown) => {
    deps.log.error({ plan: plan.id, error: String(error) }, 'who asked for what could not be written down');
  });
}
