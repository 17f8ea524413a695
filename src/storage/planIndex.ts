/*
 * The list of all plans: partition `index` of the table `plans`, one partition so that a plan's line and its place among what is due change in
 * one transaction.
 *
 *   RowKey                        what
 *   plan|<id>                     a plan that was loaded whole: see `cellsOf`
 *   due|<look>|<id>               a bound plan for which something is or will be due, by the time at which a worker is to look at it: columns
 *                                 `tenant`, `nextDue`. A look at what comes first is one query, however many plans there are
 */
import { Conflict, type DueEntry, type PlanEntry, type Stuck } from '../app/ports';
import type { Plan } from '../domain/plan';
import { afterPrefix, type Cell, type Row, type Table, type Write } from './table';

const INDEX = 'index';
/** How often a line of the index is written again when others write it at the same moment. */
const ATTEMPTS = 8;

type Cells = Readonly<Record<string, Cell>>;

export class PlanIndex {
  constructor(private readonly table: Table) {}

  /** Every plan that was loaded whole, oldest first. */
  async list(): Promise<PlanEntry[]> {
    const rows = await this.table.range(INDEX, 'plan|', afterPrefix('plan|'));
    return rows
      .map((row) => entryOf(row))
      .sort((a, b) => a.loadedAt.localeCompare(b.loadedAt) || a.id.localeCompare(b.id));
  }

  async read(plan: string): Promise<PlanEntry | null> {
    const row = await this.table.read(INDEX, planRow(plan));
    return row ? entryOf(row) : null;
  }

  /** The plan exists from here on: what was written of it before is seen by nobody until this row points at it. */
  async add(plan: Plan): Promise<void> {
    await this.table.write(INDEX, [{ op: 'insert', row: planRow(plan.id), cells: cellsOf(plan, {}) }]);
  }

  /** Takes over what a plan's own row says. */
  async setPlan(plan: Plan): Promise<void> {
    await this.change(plan.id, (cells) => cellsOf(plan, cells));
  }

  /** `finished`: the plan was gone through whole, so whatever it was stuck at is over. */
  async setNextDue(plan: string, nextDue: string | null, finished = false): Promise<void> {
    await this.change(plan, (cells) => ({
      ...cells,
      nextDue: nextDue ?? '',
      look: nextDue ?? '',
      ...(finished ? { stuckAt: '', stuckReason: '' } : {}),
    }));
  }

  async setStuck(plan: string, stuck: Stuck | null, lookBy: string | null): Promise<boolean> {
    let isNews = false;
    await this.change(plan, (cells) => {
      isNews = (cells.stuckAt ?? '') === '' && stuck !== null;
      // What it was stuck at first stays, since when is what matters.
      if (stuck !== null && !isNews) return cells;
      const look = String(cells.look ?? '');
      return {
        ...cells,
        stuckAt: stuck?.at ?? '',
        stuckReason: stuck?.reason.slice(0, 1000) ?? '',
        ...(lookBy !== null && (look === '' || look > lookBy) ? { look: lookBy } : {}),
      };
    });
    return isNews;
  }

  async readDue(limit: number): Promise<DueEntry[]> {
    const rows = await this.table.range(INDEX, 'due|', afterPrefix('due|'), limit);
    return rows.slice(0, limit).map(({ row, cells }): DueEntry => {
      const [, look = '', plan = ''] = row.split('|');
      return { plan, look, tenant: String(cells.tenant), nextDue: String(cells.nextDue) };
    });
  }

  async claimDue(entry: DueEntry, until: string): Promise<boolean> {
    const row = await this.table.read(INDEX, planRow(entry.plan));
    if (!row || !dueRow(row.row, row.cells)) {
      // Left behind by nobody knows what: it points at a plan that is not due.
      await this.table.write(INDEX, [{ op: 'delete', row: `due|${entry.look}|${entry.plan}` }]);
      return false;
    }
    if (row.cells.look !== entry.look) return false;
    try {
      await this.replace(row, { ...row.cells, look: until });
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  /**
   * Changes a plan's line as it stands now, and again as long as others write it at the same moment: neither a time that was set nor a team that
   * was bound may be lost to the other.
   */
  private async change(plan: string, change: (cells: Cells) => Cells): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      const row = await this.table.read(INDEX, planRow(plan));
      if (!row) return;
      const cells = change(row.cells);
      if (isSame(cells, row.cells)) return;
      try {
        await this.replace(row, cells);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || tried >= ATTEMPTS) throw error;
      }
    }
  }

  /** Replaces a plan's line, and moves its place among what is due with it. */
  private async replace(row: Row, cells: Cells): Promise<void> {
    const before = dueRow(row.row, row.cells);
    const after = dueRow(row.row, cells);
    const due: Write[] = [];
    if (before !== null && before !== after) due.push({ op: 'delete', row: before });
    if (after !== null)
      due.push({
        op: 'put',
        row: after,
        cells: { tenant: cells.tenant ?? '', nextDue: cells.nextDue ?? '' },
      });
    await this.table.write(INDEX, [{ op: 'replace', row: row.row, etag: row.etag, cells }, ...due]);
  }
}

function planRow(plan: string): string {
  return `plan|${plan}`;
}

/** The row under which a line is found when it is due; null for a plan that no team has, or for which nothing will be due. */
function dueRow(row: string, cells: Cells): string | null {
  const look = String(cells.look ?? '');
  return cells.bound === true && look !== '' ? `due|${look}|${row.slice('plan|'.length)}` : null;
}

/** What a plan's own row says, beside what the index alone knows. */
function cellsOf(plan: Plan, present: Cells): Cells {
  return {
    nextDue: '',
    look: '',
    ...present,
    title: plan.title,
    tenant: plan.binding?.tenant ?? plan.tenant ?? '',
    bound: plan.binding !== null,
    loadedAt: plan.loadedAt,
  };
}

function isSame(a: Cells, b: Cells): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? '') === (b[name] ?? ''));
}

function entryOf(row: Row): PlanEntry {
  const { cells } = row;
  const stuckAt = String(cells.stuckAt ?? '');
  return {
    id: row.row.slice('plan|'.length),
    title: String(cells.title ?? ''),
    tenant: String(cells.tenant ?? '') || null,
    bound: cells.bound === true,
    loadedAt: String(cells.loadedAt ?? ''),
    nextDue: String(cells.nextDue ?? '') || null,
    stuck: stuckAt === '' ? null : { at: stuckAt, reason: String(cells.stuckReason ?? '') },
  };
}
