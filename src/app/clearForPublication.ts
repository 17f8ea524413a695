import type { Action, Plan } from '../domain/plan';
import type { Deps } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { fingerprint } from './readPaper';
import { retryOnConflict } from './retry';

/** How many narratives of an action stay cleared: as many as two years have months. */
const MOST_CLEARED = 24;

/**
 * Clears what was last said of actions for publication, exactly as it stands: of those with the ref, or of all where it is null. Gives the refs of those that
 * are cleared now and were not before; a reply that comes between is not cleared. The caller has seen that the doer may.
 */
export async function clearForPublication(
  deps: Pick<Deps, 'plans' | 'clock' | 'makeId'>,
  plan: Plan,
  ref: string | null,
  doer: Doer,
): Promise<{ readonly found: number; readonly cleared: readonly string[] }> {
  const wanted = (await deps.plans.readActions(plan.id)).filter(
    (action) => ref === null || action.ref.toLowerCase() === ref.toLowerCase(),
  );
  const cleared: string[] = [];
  for (const action of wanted) if (await clearOne(deps, plan, action, doer)) cleared.push(action.ref);
  return { found: wanted.length, cleared };
}

/** Clears the words that were seen; other words, said meanwhile, stay as they are. */
async function clearOne(
  deps: Pick<Deps, 'plans' | 'clock' | 'makeId'>,
  plan: Plan,
  seen: Action,
  doer: Doer,
): Promise<boolean> {
  if (seen.narrative.trim() === '') return false;
  return retryOnConflict(async () => {
    const before = await deps.plans.readAction(plan.id, seen.id);
    if (!before || before.value.narrative !== seen.narrative) return false;
    const known = before.value.cleared ?? [];
    const words = fingerprint(seen.narrative);
    if (known.includes(words)) return false;
    const after = { ...before.value, cleared: [...known, words].slice(-MOST_CLEARED) };
    const audit = [auditEntry(deps, doer, { kind: 'words-cleared', action: seen.id, ref: seen.ref })];
    await deps.plans.commitChange(plan.id, { audit, moves: [{ before, after }] });
    return true;
  });
}
