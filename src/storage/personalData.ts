/*
 * What is kept of one person, found and (on their request) taken out, whatever row it stands in. Rows are looked through as text, so that a kind of
 * row that is added later is covered without anybody remembering to.
 */
import { Conflict, type LeaseStore, type Person } from '../app/ports';
import { leadKeyOf } from '../domain/people';
import type { LeadRecord } from '../domain/prompt';
import { decode, encode, keyPart } from './codec';
import type { Cell, Row, Table, Write } from './table';

/** Where a person may stand. */
export interface Kept {
  readonly plans: Table;
  readonly people: Table;
  readonly leases: LeaseStore;
}

/** A row in which a person stands, as it is stored. */
export interface KeptRow {
  readonly table: 'plans' | 'people';
  readonly partition: string;
  readonly row: string;
  readonly value: unknown;
}

/** Every kind of row begins with a lower-case letter, so that all of a partition lies between these two. */
const ALL = ['a', '{'] as const;
/** How long the plan's worker is kept out, in seconds of real time. */
const LEASE_SECONDS = 120;
const ATTEMPTS = 8;
/** Who holds the plan meanwhile. */
const OWNER = `an erasure by process ${process.pid}`;

/** What a person is known by: to be found in any text, and (ids, keys) as a whole. */
interface Marks {
  readonly names: readonly string[];
  readonly ids: readonly string[];
  readonly leads: readonly string[];
}

/** Everything that is kept of a person, in every plan that they belong to. */
export async function readPersonalData(kept: Kept, person: Person): Promise<readonly KeptRow[]> {
  const found: KeptRow[] = [];
  for (const { plan } of person.plans) {
    const rows = await kept.plans.range(plan, ...ALL);
    const marks = marksOf(person, rows);
    for (const row of rows) if (stands(row, marks)) found.push(keptRow('plans', row));
  }
  for (const row of await rowsOfPerson(kept.people, person)) found.push(keptRow('people', row));
  return found;
}

/** What an erasure came to. */
export interface Erasure {
  /** What stands in the place of their name from now on: `Former lead 3F2A`. */
  readonly alias: string;
  readonly rows: number;
  /** Rows whose words still hold a part of the name that is too common to be taken out unseen: `action|…`, for a person to look at. */
  readonly toLookAt: readonly string[];
}

/** Another process works on the plan; nothing was changed. */
export class PlanBusy extends Error {
  override readonly name = 'PlanBusy';
  constructor() {
    super('A month’s step is under way for the plan. Try again in a minute; nothing was changed.');
  }
}

/**
 * Takes a person's name, ids and address out of every row, and puts an alias in their place: what was said stays, who said it does not, and
 * figures are as they were. Done again after a stop it goes on with the same alias. `alias` is new and says nothing of them.
 */
export async function erasePerson(kept: Kept, person: Person, alias: string): Promise<Erasure> {
  const as = await aliasKept(kept.people, person, alias);
  const changed = new Set<string>();
  const toLookAt: string[] = [];
  for (const { plan } of person.plans) {
    if (!(await kept.leases.takeLease(plan, OWNER, LEASE_SECONDS))) throw new PlanBusy();
    try {
      const marks = marksOf(person, await kept.plans.range(plan, ...ALL));
      const swap = swapper(marks, as);
      const rows = (await kept.plans.range(plan, ...ALL)).filter(({ row }) => row !== 'lease');
      // Leads' own rows say which names are theirs, so they go last: until then a stopped erasure can be done again.
      for (const row of [...rows].sort((a, b) => Number(isLead(a)) - Number(isLead(b)))) {
        if (await eraseIn(kept.plans, row, swap)) changed.add(`${plan} ${row.row}`);
      }
      for (const row of await kept.plans.range(plan, ...ALL)) if (partOf(row, marks)) toLookAt.push(row.row);
    } finally {
      await kept.leases.dropLease(plan, OWNER);
    }
  }
  // Their own rows go last: as long as they stand, an erasure that was stopped can be done again.
  const own = await rowsOfPerson(kept.people, person);
  const partition = keyPart(person.tenant);
  await kept.people.write(
    partition,
    own.map(({ row }): Write => ({ op: 'delete', row })),
  );
  await kept.people.write(partition, [{ op: 'delete', row: aliasRow(person) }]);
  return { alias: as, rows: changed.size + own.length, toLookAt };
}

/** The alias that an erasure which was stopped had begun with; else the new one, noted before anything is changed. */
async function aliasKept(people: Table, person: Person, alias: string): Promise<string> {
  const partition = keyPart(person.tenant);
  const begun = await people.read(partition, aliasRow(person));
  if (begun) return String(begun.cells.alias);
  await people.write(partition, [{ op: 'put', row: aliasRow(person), cells: { alias } }]);
  return alias;
}

function isLead({ row }: Row): boolean {
  return row.startsWith('who|');
}

function aliasRow(person: Person): string {
  return `erasing|${keyPart(person.id)}`;
}

async function rowsOfPerson(people: Table, person: Person): Promise<Row[]> {
  const partition = keyPart(person.tenant);
  const wanted = [`person|${keyPart(person.id)}`, `user|${keyPart(person.userId)}`];
  const rows = await Promise.all(wanted.map((row) => people.read(partition, row)));
  return rows.filter((row): row is Row => row !== null);
}

/** Names and ids of a person in a plan: Teams' own, and every name that the plan prints them by. */
function marksOf(person: Person, rows: readonly Row[]): Marks {
  const printed = rows
    .filter(isLead)
    .map((row) => decode<LeadRecord>(row))
    .filter((record) => record.person === person.id)
    .map(({ lead }) => lead);
  const names = [...new Set([person.name, ...printed.map(({ name }) => name)])].filter(
    (name) => name.trim() !== '',
  );
  return {
    // The longest first, so that a name within a name is not taken out of it.
    names: names.sort((a, b) => b.length - a.length),
    ids: [person.id, person.userId, person.email ?? '', person.conversation ?? ''].filter((id) => id !== ''),
    leads: [...new Set(printed.map(({ key }) => key))],
  };
}

type Swap = (text: string) => string;

/** Puts the alias in the place of each mark: names wherever they stand, ids and lead keys where they are the whole text or a part of a key. */
function swapper(marks: Marks, alias: string): Swap {
  const id = `erased ${alias}`;
  const key = leadKeyOf(alias);
  const parts: readonly (readonly [RegExp, string])[] = [
    ...marks.ids.map((mark) => [new RegExp(escaped(mark), 'gi'), id] as const),
    ...marks.ids.map((mark) => [new RegExp(escaped(keyPart(mark)), 'gi'), keyPart(id)] as const),
    ...marks.leads.map((lead) => [new RegExp(`(?<=^|\\|)${escaped(lead)}(?=$|\\|)`, 'g'), key] as const),
    ...marks.leads.map(
      (lead) => [new RegExp(`(?<=^|\\|)${escaped(keyPart(lead))}(?=$|\\|)`, 'g'), keyPart(key)] as const,
    ),
    ...marks.names.map((name) => [wholeName(name), alias] as const),
  ];
  return (text) => parts.reduce((changed, [mark, instead]) => changed.replace(mark, () => instead), text);
}

/** A name as it is written in a sentence: any case, any white space between its words, no part of a longer word. */
function wholeName(name: string): RegExp {
  const words = name.trim().split(/\s+/).map(escaped).join('\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'giu');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** Changes one row, under the same key or another; false when there was nothing to change. Tried again while others write it. */
async function eraseIn(table: Table, found: Row, swap: Swap): Promise<boolean> {
  for (let attempt = 1, row: Row | null = found; row; attempt += 1) {
    const key = swap(row.row);
    const cells = swapCells(row, swap);
    if (key === row.row && cells === null) return false;
    const writes: Write[] =
      key === row.row
        ? [{ op: 'replace', row: row.row, etag: row.etag, cells: cells ?? row.cells }]
        : [
            { op: 'put', row: key, cells: cells ?? row.cells },
            { op: 'delete', row: row.row },
          ];
    try {
      await table.write(row.partition, writes);
      return true;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt >= ATTEMPTS) throw error;
      row = await table.read(row.partition, row.row);
    }
  }
  return false;
}

/** The cells with the marks taken out; null when there was none. */
function swapCells(row: Row, swap: Swap): Record<string, Cell> | null {
  const columns: Record<string, Cell> = {};
  let changed = false;
  for (const [name, cell] of Object.entries(row.cells)) {
    if (/^body\d+$/.test(name)) continue;
    columns[name] = typeof cell === 'string' ? swap(cell) : cell;
    changed ||= columns[name] !== cell;
  }
  if (row.cells.body0 === undefined) return changed ? columns : null;
  const before = decode<unknown>(row);
  const after = swapIn(before, swap);
  if (!changed && JSON.stringify(after) === JSON.stringify(before)) return null;
  return encode(after, columns);
}

function swapIn(value: unknown, swap: Swap): unknown {
  if (typeof value === 'string') return swap(value);
  if (Array.isArray(value)) return value.map((one) => swapIn(one, swap));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, swapIn(one, swap)]));
}

/** Whether a person stands in a row, by name, id or key. */
function stands(row: Row, marks: Marks): boolean {
  const swap = swapper(marks, '\u0000');
  return swap(row.row) !== row.row || swapCells(row, swap) !== null;
}

/** Whether words of a row hold a surname that no name of theirs accounts for any more: for a person to look at. */
function partOf(row: Row, marks: Marks): boolean {
  const surnames = marks.names
    .flatMap((name) => name.trim().split(/\s+/).slice(1))
    .filter((word) => word.length > 2);
  const text = JSON.stringify(row.cells);
  return surnames.some((surname) => wholeName(surname).test(text));
}

function keptRow(table: KeptRow['table'], row: Row): KeptRow {
  const value = row.cells.body0 === undefined ? row.cells : decode<unknown>(row);
  return { table, partition: row.partition, row: row.row, value };
}
