/*
 * The form that rows have is counted, and stands in the row `schema` of the partition `index`:
 *
 *   version 1   plans, their months, people (no row `schema` was written then)
 *
 * A step from one version to the next leaves rows that both read: two instances of neighbouring versions run side by side while one
 * replaces the other, and a step that was stopped is done again.
 */
import type { Table } from './table';

/** The form that this program writes. */
export const SCHEMA_VERSION = 1;

/** One step: from the version before to `to`. Doing it twice is doing it once. */
export interface Migration {
  readonly to: number;
  /** What it does, for the log. */
  readonly does: string;
  readonly run: (tables: { readonly plans: Table; readonly people: Table }) => Promise<void>;
}

/** All steps there have been, in order. */
const MIGRATIONS: readonly Migration[] = [];

/** Storage that was written by a newer program than this one: to run on it could spoil it. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  constructor(found: number) {
    super(
      `The stored plans have form ${found}, and this Steward knows forms up to ${SCHEMA_VERSION}. Install the newer version again, or restore a backup from before it.`,
    );
  }
}

/**
 * Brings storage to this program's form, one step after another, and gives what was done. Throws {@link NewerSchema} when it has a newer form;
 * nothing is written then.
 */
export async function bringUpToDate(
  tables: { readonly plans: Table; readonly people: Table },
  migrations: readonly Migration[] = MIGRATIONS,
  version: number = SCHEMA_VERSION,
): Promise<readonly string[]> {
  const found = await tables.plans.read('index', 'schema');
  const from = Number(found?.cells.version ?? 1);
  if (from > version) throw new NewerSchema(from);
  if (found && from === version) return [];
  const done: string[] = [];
  for (const { to, does, run } of migrations) {
    if (to <= from || to > version) continue;
    await run(tables);
    // Noted step by step: one that is stopped goes on from here.
    await note(tables.plans, to);
    done.push(does);
  }
  if (done.length === 0) await note(tables.plans, version);
  return done;
}

async function note(plans: Table, version: number): Promise<void> {
  await plans.write('index', [{ op: 'put', row: 'schema', cells: { version } }]);
}
