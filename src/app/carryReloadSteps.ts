import { askedLeads, type Plan } from '../domain/plan';
import { carryStep, type Reload, type ReloadStep, type ReloadWork } from '../domain/reloadWork';
import { snapshotOf } from '../domain/snapshot';
import { scaleAt } from '../domain/status';
import type { Deps } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { retryOnConflict } from './retry';

type CarryDeps = Pick<Deps, 'plans' | 'clock' | 'makeId'>;

/** Rows and characters of one transaction that a batch of steps keeps below: Azure takes 100 rows and 4 MiB. */
const MOST_ROWS = 90;
const MOST_CHARACTERS = 800_000;

/** Adds, changes and takes out actions as a load's steps say: in batches, each of which is one transaction. */
export async function carryReloadSteps(
  deps: CarryDeps,
  plan: Plan,
  reload: Reload,
  work: ReloadWork,
): Promise<void> {
  for (const batch of batchesOf(work.steps)) await carryBatch(deps, plan, reload, work, batch);
}

async function carryBatch(
  deps: CarryDeps,
  plan: Plan,
  reload: Reload,
  work: ReloadWork,
  batch: readonly ReloadStep[],
): Promise<void> {
  const scale = scaleAt(plan.scales, reload.period);
  const entry = (what: Parameters<typeof auditEntry>[2]) => auditEntry(deps, doerOf(reload), what);
  await retryOnConflict(async () => {
    const found = await Promise.all(
      batch.map((step) => deps.plans.readAction(plan.id, step.kind === 'add' ? step.action.id : step.action)),
    );
    const todo = batch.map((step, at) => ({ step, stored: found[at] ?? null }));
    const added = todo.flatMap(({ step, stored }) =>
      step.kind === 'add' && !stored
        ? [{ action: step.action, snapshot: snapshotOf(step.action, scale) }]
        : [],
    );
    const carried = todo.flatMap(({ step, stored }) => {
      if (step.kind === 'add' || !stored) return [];
      const done = carryStep(stored.value, step, reload, work.groups);
      return done ? [{ ...done, before: stored }] : [];
    });
    if (added.length + carried.length === 0) return;
    await deps.plans.commitChange(plan.id, {
      added,
      moves: carried.map(({ before, after }) => ({ before, after })),
      updates: carried.flatMap(({ update }) => update ?? []),
      audit: [
        ...added.map(({ action }) =>
          entry({
            kind: 'action-loaded',
            action: action.id,
            ref: action.ref,
            load: reload.id,
            how: 'added',
            changes: [],
          }),
        ),
        ...carried.map(({ audit }) => entry(audit)),
      ],
    });
  });
}

/** Steps in as few lots as transactions have room for, in order. */
function batchesOf(steps: readonly ReloadStep[]): ReloadStep[][] {
  const batches: ReloadStep[][] = [];
  let rows = 0;
  let characters = 0;
  for (const step of steps) {
    const needed = rowsOf(step);
    const length = JSON.stringify(step).length * needed + 4_000 * needed;
    const last = batches.at(-1);
    if (last && rows + needed <= MOST_ROWS && characters + length <= MOST_CHARACTERS) {
      last.push(step);
      rows += needed;
      characters += length;
    } else {
      batches.push([step]);
      rows = needed;
      characters = length;
    }
  }
  return batches;
}

/** The action, its line in the audit, its update or snapshot, and its rows in the index of the former leads and of the later. */
function rowsOf(step: ReloadStep): number {
  if (step.kind === 'add') return 3 + askedLeads(step.action).length;
  if (step.kind === 'leave') return 8;
  // A group's leads are asked where an action names none: five are as many as any plan gives a group.
  return 3 + (step.leadsBefore.length || 5) + (step.fields.leads.length || 5);
}

/** Whoever loaded the file, for the audit. */
export function doerOf({ by, chat }: Reload): Doer {
  return { ...by, chat };
}
