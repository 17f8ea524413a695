/*
 * A backup is lines of JSON, gzipped by whoever writes the file: a head, then every row as it is stored, then a foot that vouches for it.
 *
 *   {"steward":"backup","format":1,"schema":1,"at":"2023-10-02T09:00:00.000Z","plans":["…"]}
 *   {"table":"plans","partition":"…","row":"action|…","cells":{…}}
 *   …
 *   {"rows":1234,"sha256":"…"}
 *
 * It holds people's names and what they said: whoever has the file has the plan.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Person, Team } from '../app/ports';
import { decode, encode, keyPart } from './codec';
import { SCHEMA_VERSION } from './schema';
import { batchesOf, type Cell, type Row, type Table, type Write } from './table';

/** The two tables, as a backup names them. */
export interface BackedUp {
  readonly plans: Table;
  readonly people: Table;
}

/** Something about a backup or a restore that a person has to mend, in a sentence. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Every kind of row begins with a lower-case letter, so that all of a partition lies between these two. */
const ALL = ['a', '{'] as const;
/** What is never kept: whose turn it is belongs to the running instances. */
const PASSING = new Set(['lease']);
/** How often a partition is read until nothing was written in between. */
const ATTEMPTS = 10;

/** Lines of a backup without their line ends: of one plan, or of all. Throws a {@link BackupError} when there is nothing to keep. */
export async function* backupLines(tables: BackedUp, at: Date, only: string | null): AsyncGenerator<string> {
  const index = await tables.plans.range('index', 'plan|', 'plan}');
  const wanted = index.filter(({ row }) => only === null || row === `plan|${only}`);
  const plans = wanted.map(({ row }) => row.slice('plan|'.length));
  if (plans.length === 0) throw new BackupError('There is no plan to back up.');
  const hash = createHash('sha256');
  let count = 0;
  const head = { steward: 'backup', format: 1, schema: SCHEMA_VERSION, at: at.toISOString(), plans };
  const first = JSON.stringify(head);
  hash.update(first);
  yield first;
  const line = (table: keyof BackedUp, { partition, row, cells }: Row): string => {
    const text = JSON.stringify({ table, partition, row, cells });
    hash.update(text);
    count += 1;
    return text;
  };
  for (const plan of plans) for (const row of await steady(tables.plans, plan)) yield line('plans', row);
  for (const row of await peopleOf(tables.people, wanted, new Set(plans))) yield line('people', row);
  // The index comes last, as it is written last when a plan is loaded: a restore that stops half-way shows nothing.
  for (const row of wanted) yield line('plans', row);
  yield JSON.stringify({ rows: count, sha256: hash.digest('hex') });
}

/** A partition as it stood at one moment: read until twice the same, so that no reply is caught between its rows. */
async function steady(table: Table, partition: string): Promise<Row[]> {
  let before = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const rows = (await table.range(partition, ...ALL)).filter(({ row }) => !PASSING.has(row));
    const now = JSON.stringify(rows.map(({ row, etag }) => [row, etag]));
    if (now === before) return rows;
    before = now;
  }
  throw new BackupError('The plan is being written to all the time. Try again in a quiet moment.');
}

/** The people who belong to the plans, with the other name that Teams knows each by, and the plans' teams. */
async function peopleOf(table: Table, index: readonly Row[], plans: ReadonlySet<string>): Promise<Row[]> {
  const tenants = [...new Set(index.map(({ cells }) => String(cells.tenant ?? '')))].filter(Boolean);
  const rows = (await Promise.all(tenants.map((tenant) => steady(table, keyPart(tenant))))).flat();
  const kept = new Set<string>();
  for (const row of rows)
    if (row.row.startsWith('person|') && decode<Person>(row).plans.some(({ plan }) => plans.has(plan)))
      kept.add(decode<Person>(row).id);
  return rows.filter((row) => {
    if (row.row.startsWith('person|')) return kept.has(decode<Person>(row).id);
    if (row.row.startsWith('user|')) return kept.has(String(row.cells.id));
    if (row.row.startsWith('team|')) return plans.has(decode<Team>(row).plan ?? '');
    return false;
  });
}

const headSchema = z.object({
  steward: z.literal('backup'),
  format: z.literal(1),
  schema: z.number().int().min(1),
  at: z.iso.datetime(),
  plans: z.array(z.string().min(1)).min(1),
});
const rowSchema = z.strictObject({
  table: z.enum(['plans', 'people']),
  partition: z.string().min(1),
  row: z.string().min(1),
  cells: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const footSchema = z.strictObject({ rows: z.number().int(), sha256: z.string() });

/** A backup that was read whole and vouched for by its foot. */
export interface ReadBackup {
  readonly schema: number;
  readonly at: string;
  readonly plans: readonly string[];
  readonly rows: readonly z.infer<typeof rowSchema>[];
}

/** Reads a backup whole. Throws a {@link BackupError} for what is no backup, or was cut short or changed. */
export function readBackup(lines: readonly string[]): ReadBackup {
  const [first = '', ...others] = lines.filter((line) => line !== '');
  const last = others.pop() ?? '';
  const head = headSchema.safeParse(parsed(first));
  if (!head.success) throw new BackupError('The file is no backup of Steward’s.');
  const foot = footSchema.safeParse(parsed(last));
  const cutShort = new BackupError(
    'The backup was cut short or changed: its end does not vouch for it. Take another copy.',
  );
  if (!foot.success || foot.data.rows !== others.length) throw cutShort;
  const hash = createHash('sha256').update(first);
  for (const line of others) hash.update(line);
  if (hash.digest('hex') !== foot.data.sha256) throw cutShort;
  const rows = others.map((line) => {
    const row = rowSchema.safeParse(parsed(line));
    if (!row.success) throw cutShort;
    return row.data;
  });
  return { ...head.data, rows };
}

/**
 * Puts a backup into storage that does not have its plans: all of it, with the rows that make the plans seen last. Throws a
 * {@link BackupError}, and writes nothing, when a plan is there already or the backup is of a newer Steward.
 */
export async function restoreBackup(tables: BackedUp, backup: ReadBackup): Promise<void> {
  if (backup.schema > SCHEMA_VERSION)
    throw new BackupError('The backup was made by a newer Steward. Install that version, then restore.');
  const index = await tables.plans.range('index', 'plan|', 'plan}');
  const there = backup.plans.filter((plan) => index.some(({ row }) => row === `plan|${plan}`));
  if (there.length > 0)
    throw new BackupError(
      `Nothing was restored: ${there.length === 1 ? 'a plan of the backup is' : `${there.length} plans of the backup are`} here already (${there.join(', ')}). Restore into other storage.`,
    );
  const isIndex = ({ table, partition }: ReadBackup['rows'][number]) =>
    table === 'plans' && partition === 'index';
  await putRows(
    tables.plans,
    backup.rows.filter((row) => row.table === 'plans' && !isIndex(row)),
  );
  for (const row of backup.rows.filter(({ table }) => table === 'people'))
    await putPerson(tables.people, row);
  await putRows(tables.plans, backup.rows.filter(isIndex));
}

async function putRows(table: Table, rows: ReadBackup['rows']): Promise<void> {
  const partitions = new Map<string, Write[]>();
  for (const { partition, row, cells } of rows) {
    const writes = partitions.get(partition) ?? [];
    writes.push({ op: 'put', row, cells });
    partitions.set(partition, writes);
  }
  for (const [partition, writes] of partitions)
    for (const batch of batchesOf(writes)) await table.write(partition, batch);
}

/** Somebody who is known here for another plan keeps that, and gains the backup's. */
async function putPerson(table: Table, { partition, row, cells }: ReadBackup['rows'][number]): Promise<void> {
  const there = row.startsWith('person|') ? await table.read(partition, row) : null;
  const write: Write = there
    ? { op: 'replace', row, etag: there.etag, cells: joined(there, { ...there, cells }) }
    : { op: 'put', row, cells };
  await table.write(partition, [write]);
}

function joined(here: Row, backedUp: Row): Record<string, Cell> {
  const person = decode<Person>(here);
  const more = decode<Person>(backedUp).plans.filter(
    ({ plan }) => !person.plans.some((known) => known.plan === plan),
  );
  return encode({ ...person, plans: [...person.plans, ...more] });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
