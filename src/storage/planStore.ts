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
 * and the partition `index` with a row `plan|<id>` for each plan that was loaded whole.
 */
import {
  type Change,
  Conflict,
  type Move,
  type PlanEntry,
  type PlanParts,
  type PlanStore,
  type Stored,
} from '../app/ports';
import type { AuditEntry } from '../domain/audit';
import type { Action, LeadKey, Plan } from '../domain/plan';
import { askedLeads } from '../domain/plan';
import { snapshotOf } from '../domain/position';
import type { LeadRecord } from '../domain/prompt';
import { compareRefs } from '../domain/refs';
import { scaleAt } from '../domain/status';
import type { Update } from '../domain/update';
import { decode, encode, keyPart } from './codec';
import { partWrites } from './measureStore';
import { insertMessage } from './messageRows';
import { put, replace, stored } from './rows';
import { afterPrefix, batchesOf, type Cell, type Row, type Table, type Write } from './table';

const INDEX = 'index';
const NEWEST = 9_999_999_999;
const LATEST = 9_999_999_999_999;
/** How often a line of the index is written again when others write it at the same moment. */
const INDEX_ATTEMPTS = 8;

export class TablePlanStore implements PlanStore {
  constructor(private readonly table: Table) {}

  async listPlans(): Promise<PlanEntry[]> {
    const rows = await this.table.range(INDEX, 'plan|', afterPrefix('plan|'));
    return rows
      .map((row) => entryOf(row))
      .sort((a, b) => a.loadedAt.localeCompare(b.loadedAt) || a.id.localeCompare(b.id));
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
    await this.table.write(INDEX, [{ op: 'insert', row: `plan|${plan.id}`, cells: indexCells(plan, null) }]);
  }

  async savePlan(plan: Stored<Plan>, audit: readonly AuditEntry[] = []): Promise<Stored<Plan>> {
    const [etag] = await this.table.write(plan.value.id, [replace('plan', plan), ...audit.map(auditWrite)]);
    await this.changeEntry(plan.value.id, ({ nextDue }) => indexCells(plan.value, nextDue));
    return { value: plan.value, etag: etag ?? '' };
  }

  async setNextDue(plan: string, nextDue: string | null): Promise<void> {
    await this.changeEntry(plan, (entry, cells) =>
      entry.nextDue === nextDue ? null : { ...cells, nextDue: nextDue ?? '' },
    );
  }

  async readAction(plan: string, action: string): Promise<Stored<Action> | null> {
    return stored(await this.table.read(plan, actionRow(action)));
  }

  async readActions(plan: string): Promise<Action[]> {
    return actionsOf(await this.table.range(plan, 'action|', afterPrefix('action|')));
  }

  async readActionsOfLead(plan: string, lead: LeadKey): Promise<Action[]> {
    const prefix = `lead|${keyPart(lead)}|`;
    return actionsOf(await this.table.range(plan, prefix, afterPrefix(prefix)));
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
      {
        op: 'insert',
        row: updateRow(after.id, update.version),
        cells: encode(update, updateColumns(update)),
      },
      ...leadRows(after).map((row) => put(row, after, actionColumns(after))),
    ]);
  }

  async readUpdate(plan: string, action: string, version: number): Promise<Update | null> {
    const row = await this.table.read(plan, updateRow(action, version));
    return row ? decode<Update>(row) : null;
  }

  async readUpdates(plan: string, action: string): Promise<Update[]> {
    const prefix = `update|${keyPart(action)}|`;
    return (await this.table.range(plan, prefix, afterPrefix(prefix))).map((row) => decode<Update>(row));
  }

  async readLeads(plan: string): Promise<Stored<LeadRecord>[]> {
    const rows = await this.table.range(plan, 'who|', afterPrefix('who|'));
    return rows.map((row) => ({ value: decode<LeadRecord>(row), etag: row.etag }));
  }

  /**
   * Changes a plan's line in the index as it stands now, and again as long as others write it at the same moment: neither a time that was
   * set nor a team that was bound may be lost to the other. Null from `change` leaves it as it is.
   */
  private async changeEntry(
    plan: string,
    change: (entry: PlanEntry, cells: Row['cells']) => Row['cells'] | null,
  ): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      const row = await this.table.read(INDEX, `plan|${plan}`);
      const cells = row ? change(entryOf(row), row.cells) : null;
      if (!row || !cells) return;
      try {
        await this.table.write(INDEX, [{ op: 'replace', row: row.row, etag: row.etag, cells }]);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || tried >= INDEX_ATTEMPTS) throw error;
      }
    }
  }

  async saveLead(plan: string, lead: Stored<LeadRecord>): Promise<Stored<LeadRecord>> {
    const [etag] = await this.table.write(plan, [replace(leadRow(lead.value.lead.key), lead)]);
    return { value: lead.value, etag: etag ?? '' };
  }

  async commitChange(plan: string, change: Change): Promise<void> {
    const { audit, moves = [], leads = [], newLeads = [], cycle = null, messages = [] } = change;
    await this.table.write(plan, [
      ...moves.flatMap(moveWrites),
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
    return rows.slice(0, limit).map((row) => decode<AuditEntry>(row));
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

/** Ids are the app's own and never repeat; the time before them only orders the lines. */
function auditWrite(entry: AuditEntry): Write {
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

function leadRows(action: Action): string[] {
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

function actionsOf(rows: readonly Row[]): Action[] {
  return rows
    .map((row) => decode<Action>(row))
    .sort((a, b) => compareRefs(a.ref, b.ref) || (a.id < b.id ? -1 : 1));
}

function indexCells(plan: Plan, nextDue: string | null): Record<string, Cell> {
  return {
    title: plan.title,
    tenant: plan.binding?.tenant ?? plan.tenant ?? '',
    bound: plan.binding !== null,
    loadedAt: plan.loadedAt,
    nextDue: nextDue ?? '',
  };
}

function entryOf(row: Row): PlanEntry {
  return {
    id: row.row.slice('plan|'.length),
    title: String(row.cells.title ?? ''),
    tenant: String(row.cells.tenant ?? '') || null,
    bound: row.cells.bound === true,
    loadedAt: String(row.cells.loadedAt ?? ''),
    nextDue: String(row.cells.nextDue ?? '') || null,
  };
}
