/*
 * Takes a whole plan out of storage: its rows, its people's memberships, and those people whom no other plan has. Its line in the list of plans goes
 * last, so that a deletion which was stopped can be found and done again.
 */
import type { LeaseStore, Person, Team } from '../app/ports';
import { type AuditEntry, INSTALLATION } from '../domain/audit';
import { decode, encode, keyPart } from './codec';
import { PlanBusy } from './personalData';
import { auditWrite } from './planStore';
import { batchesOf, type Row, type Table, type Write } from './table';

/** Every kind of row begins with a lower-case letter, so that all of a partition lies between these two. */
const ALL = ['a', '{'] as const;
const LEASE_SECONDS = 120;
const OWNER = `a deletion by process ${process.pid}`;

/**
 * Deletes a plan by its id; `line` is kept in the installation's own audit. Throws {@link PlanBusy} while an instance works on it, and nothing
 * was changed. Gives how many rows went.
 */
export async function deletePlan(
  kept: { readonly plans: Table; readonly people: Table; readonly leases: LeaseStore },
  plan: { readonly id: string; readonly tenant: string | null },
  line: AuditEntry,
): Promise<number> {
  if (!(await kept.leases.takeLease(plan.id, OWNER, LEASE_SECONDS))) throw new PlanBusy();
  // Before anything goes, so that no plan is gone without a line; one that is deleted in two goes has two.
  await kept.plans.write(INSTALLATION, [auditWrite(line)]);
  let count = 0;
  if (plan.tenant) count += await leavePeople(kept.people, plan.tenant, plan.id);
  const drop = async (partition: string, rows: readonly Row[]): Promise<void> => {
    const writes = rows.map(({ row }): Write => ({ op: 'delete', row }));
    for (const batch of batchesOf(writes)) await kept.plans.write(partition, batch);
    count += rows.length;
  };
  const rows = await kept.plans.range(plan.id, ...ALL);
  // The plan's own row goes before the others: from then on no instance takes it for a plan.
  await drop(
    plan.id,
    rows.filter(({ row }) => row === 'plan'),
  );
  await drop(
    plan.id,
    rows.filter(({ row }) => row !== 'plan'),
  );
  // What an instance wrote between the two.
  await drop(plan.id, await kept.plans.range(plan.id, ...ALL));
  const index = await kept.plans.range('index', ...ALL);
  await drop(
    'index',
    index.filter(({ row }) => row.startsWith('due|') && row.endsWith(`|${plan.id}`)),
  );
  await drop(
    'index',
    index.filter(({ row }) => row === `plan|${plan.id}`),
  );
  return count;
}

async function leavePeople(table: Table, tenant: string, plan: string): Promise<number> {
  const partition = keyPart(tenant);
  const rows = await table.range(partition, ...ALL);
  let count = 0;
  for (const row of rows) {
    const writes = row.row.startsWith('person|')
      ? withoutPlan(row, plan)
      : row.row.startsWith('team|')
        ? freed(row, plan)
        : [];
    if (writes.length > 0) await table.write(partition, writes);
    count += writes.length;
  }
  return count;
}

function withoutPlan(row: Row, plan: string): Write[] {
  const person = decode<Person>(row);
  const plans = person.plans.filter((member) => member.plan !== plan);
  if (plans.length === person.plans.length) return [];
  if (plans.length > 0)
    return [{ op: 'replace', row: row.row, etag: row.etag, cells: encode({ ...person, plans }) }];
  return [
    { op: 'delete', row: row.row },
    { op: 'delete', row: `user|${keyPart(person.userId)}` },
  ];
}

function freed(row: Row, plan: string): Write[] {
  const team = decode<Team>(row);
  if (team.plan !== plan) return [];
  const after: Team = { ...team, plan: null, state: 'removed' };
  return [{ op: 'replace', row: row.row, etag: row.etag, cells: encode(after) }];
}
