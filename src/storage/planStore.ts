/*
 * Plans in the table `plans`: one plan, one partition, named by the plan's id.
 *
 *   RowKey                        what
 *   plan                          the plan without its actions
 *   action|<id>                   an action as it stands
 *   lead|<lead>|<id>              the same action again, under each lead whom a month asks about it
 *   who|<lead>                    a lead and the person behind the name
 *   audit|<time>|<id>             a change of who may do what; times count down from 9,999,999,999,999 ms, so that the newest comes first
 *   update|<id>|<version>         an update; versions count down from 9,999,999,999, so that the newest comes first
 *   snapshot|loaded|<id>          an action as it was loaded
 *
 * and its line in the list of all plans: see planIndex.ts.
 */
import type { Change, DueEntry, Move, PlanEntry, PlanParts, PlanStore, Stored, Stuck } from '../app/ports';
import type { AuditEntry } from '../domain/audit';
import type { Action, LeadKey, Plan } from '../domain/plan';
import { askedLeads } from '../domain/plan';
import type { LeadRecord } from '../domain/prompt';
import { snapshotOf } from '../domain/snapshot';
import { scaleAt } from '../domain/status';
import type { Update } from '../domain/update';
import { decode, encode, keyPart } from './codec';
import { measureWrite, partWrites, reportWrite } from './measureStore';
import { insertMessage } from './messageRows';
import { PlanIndex } from './planIndex';
import { put, replace, stored, storedValues, values, valuesInRefOrder } from './rows';
import { afterPrefix, batchesOf, type Cell, type Table, type Write } from './table';

const NEWEST = 9_999_999_999;
const LATEST = 9_999_999_999_999;

export class TablePlanStore implements PlanStore {
  private readonly index: PlanIndex;

  constructor(private readonly table: Table) {
    this.index = new PlanIndex(table);
  }

  async listPlans(): Promise<PlanEntry[]> {
    return this.index.list();
  }

  async readEntry(plan: string): Promise<PlanEntry | null> {
    return this.index.read(plan);
  }

  async readDue(limit: number): Promise<DueEntry[]> {
    return this.index.readDue(limit);
  }

  async claimDue(entry: DueEntry, until: string): Promise<boolean> {
    return this.index.claimDue(entry, until);
  }

  async setStuck(plan: string, stuck: Stuck | null, lookBy: string | null = null): Promise<boolean> {
    return this.index.setStuck(plan, stuck, lookBy);
  }

  async readPlan(plan: string): Promise<Stored<Plan> | null> {
    return stored(await this.table.read(plan, 'plan'));
  }

  async createPlan(
    plan: Plan,
    actions: readonly Action[],
    leads: readonly LeadRecord[],
    parts?: PlanParts,
  ): Promise<void> {
    const scale = scaleAt(plan.scales, plan.asOf ?? '9999-12');
    const writes: Write[] = [
      put('plan', plan),
      ...leads.map((record) => put(leadRow(record.lead.key), record)),
      ...actions.flatMap((action) => [
        put(actionRow(action.id), action, actionColumns(action)),
        ...leadRows(action).map((row) => put(row, action, actionColumns(action))),
        put(`snapshot|loaded|${action.id}`, snapshotOf(action, scale)),
      ]),
      ...(parts ? partWrites(parts) : []),
    ];
    for (const batch of batchesOf(writes)) await this.table.write(plan.id, batch);
    // The plan exists from here on: what was written before is seen by nobody until this row points at it.
    await this.index.add(plan);
  }

  async savePlan(plan: Stored<Plan>, audit: readonly AuditEntry[] = []): Promise<Stored<Plan>> {
    const [etag] = await this.table.write(plan.value.id, [replace('plan', plan), ...audit.map(auditWrite)]);
    await this.index.setPlan(plan.value);
    return { value: plan.value, etag: etag ?? '' };
  }

  async setNextDue(plan: string, nextDue: string | null): Promise<void> {
    await this.index.setNextDue(plan, nextDue);
  }

  async finishPass(plan: string, nextDue: string | null): Promise<void> {
    await this.index.setNextDue(plan, nextDue, true);
  }

  async readAction(plan: string, action: string): Promise<Stored<Action> | null> {
    return stored(await this.table.read(plan, actionRow(action)));
  }

  async readActions(plan: string): Promise<Action[]> {
    return (await this.readEveryAction(plan)).filter(({ left }) => !left);
  }

  async readEveryAction(plan: string): Promise<Action[]> {
    return valuesInRefOrder(await this.table.range(plan, 'action|', afterPrefix('action|')));
  }

  async readActionsOfLead(plan: string, lead: LeadKey): Promise<Action[]> {
    const prefix = `lead|${keyPart(lead)}|`;
    return valuesInRefOrder(await this.table.range(plan, prefix, afterPrefix(prefix)));
  }

  async saveUpdate(
    plan: string,
    before: Stored<Action>,
    after: Action,
    update: Update,
    audit: readonly AuditEntry[] = [],
  ): Promise<void> {
    await this.table.write(plan, [
      ...audit.map(auditWrite),
      replace(actionRow(after.id), { value: after, etag: before.etag }, actionColumns(after)),
      updateWrite(update),
      ...leadRows(after).map((row) => put(row, after, actionColumns(after))),
    ]);
  }

  async readUpdate(plan: string, action: string, version: number): Promise<Update | null> {
    const row = await this.table.read(plan, updateRow(action, version));
    return row ? decode<Update>(row) : null;
  }

  async readUpdates(plan: string, action: string): Promise<Update[]> {
    const prefix = `update|${keyPart(action)}|`;
    return values(await this.table.range(plan, prefix, afterPrefix(prefix)));
  }

  async readAllUpdates(plan: string): Promise<Update[]> {
    return values(await this.table.range(plan, 'update|', afterPrefix('update|')));
  }

  async readLeads(plan: string): Promise<Stored<LeadRecord>[]> {
    return storedValues(await this.table.range(plan, 'who|', afterPrefix('who|')));
  }

  async saveLead(plan: string, lead: Stored<LeadRecord>): Promise<Stored<LeadRecord>> {
    const [etag] = await this.table.write(plan, [replace(leadRow(lead.value.lead.key), lead)]);
    return { value: lead.value, etag: etag ?? '' };
  }

  async commitChange(plan: string, change: Change): Promise<void> {
    const { audit, moves = [], leads = [], newLeads = [], cycle = null, messages = [] } = change;
    const { added = [], updates = [], measures = [], reports = [] } = change;
    await this.table.write(plan, [
      ...moves.flatMap(moveWrites),
      ...measures.map(({ before, after }) => measureWrite(before, after)),
      ...reports.map(({ before, after }) => reportWrite(before, after)),
      ...added.flatMap(({ action, snapshot }): Write[] => [
        { op: 'insert', row: actionRow(action.id), cells: encode(action, actionColumns(action)) },
        ...leadRows(action).map((row) => put(row, action, actionColumns(action))),
        put(`snapshot|loaded|${action.id}`, snapshot),
      ]),
      ...updates.map(updateWrite),
      ...leads.map((lead) => replace(leadRow(lead.value.lead.key), lead)),
      ...newLeads.map((record): Write => {
        return { op: 'insert', row: leadRow(record.lead.key), cells: encode(record) };
      }),
      ...(cycle ? [replace(`cycle|${cycle.value.period}`, cycle, { state: cycle.value.state })] : []),
      ...messages.map(insertMessage),
      ...audit.map(auditWrite),
    ]);
  }

  async addAudit(plan: string, entry: AuditEntry): Promise<void> {
    await this.table.write(plan, [auditWrite(entry)]);
  }

  async readAudit(plan: string, limit: number): Promise<AuditEntry[]> {
    const rows = await this.table.range(plan, 'audit|', afterPrefix('audit|'), limit);
    return values(rows.slice(0, limit));
  }
}

/** The rows of one action that goes from lead to lead: itself, its place in the index of each lead, and none in that of the former. */
function moveWrites({ before, after }: Move): Write[] {
  const kept = leadRows(after);
  return [
    replace(actionRow(after.id), { value: after, etag: before.etag }, actionColumns(after)),
    ...leadRows(before.value)
      .filter((row) => !kept.includes(row))
      .map((row): Write => ({ op: 'delete', row })),
    ...kept.map((row) => put(row, after, actionColumns(after))),
  ];
}

function updateWrite(update: Update): Write {
  const row = updateRow(update.action, update.version);
  return { op: 'insert', row, cells: encode(update, updateColumns(update)) };
}

/** Ids are the app's own and never repeat; the time before them only orders the lines. */
export function auditWrite(entry: AuditEntry): Write {
  const time = String(LATEST - Date.parse(entry.at)).padStart(13, '0');
  const columns = { at: entry.at, by: entry.by.id, kind: entry.what.kind };
  return { op: 'insert', row: `audit|${time}|${keyPart(entry.id)}`, cells: encode(entry, columns) };
}

function actionRow(id: string): string {
  return `action|${keyPart(id)}`;
}

function updateRow(id: string, version: number): string {
  return `update|${keyPart(id)}|${String(NEWEST - version).padStart(10, '0')}`;
}

function leadRow(lead: LeadKey): string {
  return `who|${keyPart(lead)}`;
}

/** Nobody is asked about an action that has left the plan. */
function leadRows(action: Action): string[] {
  if (action.left) return [];
  const rows = askedLeads(action).map(({ key }) => `lead|${keyPart(key)}|${keyPart(action.id)}`);
  return [...new Set(rows)];
}

/** Columns for those who look into the table; Steward itself reads the body. */
function actionColumns(action: Action): Record<string, Cell> {
  return {
    ref: action.ref,
    status: action.status.key ?? '',
    percent: action.percent ?? '',
    updatedIn: action.updatedIn ?? '',
    version: action.version,
  };
}

function updateColumns(update: Update): Record<string, Cell> {
  return { period: update.period, at: update.at, by: update.by.id, late: update.late };
}
