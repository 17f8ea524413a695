import type { Command } from 'commander';
import { COMMAND_LINE } from '../app/mayDo';
import type { Deps, PlanEntry } from '../app/ports';
import { auditEntry } from '../app/readAudit';
import { setReadingLog, setRetention } from '../app/setKeeping';
import type { Plan } from '../domain/plan';
import { FEWEST_MONTHS, MOST_MONTHS, READING_LOG_MONTHS } from '../domain/retention';
import { Refusal } from '../refusal';
import { deletePlan } from '../storage/deletePlan';
import type { Table } from '../storage/table';

type Stores = Pick<Deps, 'plans' | 'retention' | 'reads' | 'leases' | 'clock' | 'makeId'>;

/** What the commands work with: opened storage, and the plan that an option names. */
export interface KeepingOpeners {
  readonly stores: () => Promise<Stores>;
  readonly tables: () => Promise<{ readonly plans: Table; readonly people: Table }>;
  readonly onePlan: (stores: Stores, id: string | undefined) => Promise<Plan>;
}

/** Adds `steward retention`, `steward reading-log` and `steward delete`: how long things are kept, who read what, and the end of a plan. */
export function addKeepingCommands(
  program: Command,
  print: (text: string) => void,
  open: KeepingOpeners,
): void {
  program
    .command('retention')
    .description('says for how long what was said is kept, or sets it; figures are kept in any case')
    .option('--plan <id>', 'which plan, where several are stored')
    .option('--months <n>', `${FEWEST_MONTHS} to ${MOST_MONTHS} months after a month was published`)
    .option('--none', 'as long as the plan is stored')
    .action(async (options: { plan?: string; months?: string; none?: boolean }) => {
      const kept = await open.stores();
      const plan = await open.onePlan(kept, options.plan);
      if (options.months !== undefined && options.none)
        throw new Refusal('Say --months or --none, not both.');
      if (options.months === undefined && !options.none) {
        const thinned = await kept.retention.readThinned(plan.id);
        const until = thinned?.until ? ` What was said up to ${thinned.until} is gone.` : '';
        return print(`${saidOf(plan.title, plan.retention?.months ?? null)}${until}`);
      }
      const months = options.none ? null : monthsOf(options.months ?? '');
      await setRetention(kept, plan, months);
      print(saidOf(plan.title, months));
      if (months !== null)
        print('What is older is taken out within a day, for good. Backups from before still hold it.');
    });

  const log = program
    .command('reading-log')
    .description('who asked for what kind of thing and when; never what they typed');
  for (const on of [true, false])
    log
      .command(on ? 'on' : 'off')
      .description(on ? 'writes it down from now on' : 'writes nothing down any more; what is there runs out')
      .option('--plan <id>')
      .action(async (options: { plan?: string }) => {
        const kept = await open.stores();
        const plan = await open.onePlan(kept, options.plan);
        await setReadingLog(kept, plan, on);
        const months = plan.retention?.months ?? READING_LOG_MONTHS;
        print(
          on
            ? `Who asks for what in “${plan.title}” is written down, and kept for ${months} months. Tell its people.`
            : `Who asks for what in “${plan.title}” is not written down.`,
        );
      });
  log
    .command('list')
    .description('what was written down, newest first')
    .option('--plan <id>')
    .option('--json', 'as JSON, a list of entries')
    .option('--limit <n>', 'how many at most (10,000)', '200')
    .action(async (options: { plan?: string; json?: boolean; limit: string }) => {
      const kept = await open.stores();
      const plan = await open.onePlan(kept, options.plan);
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
        throw new Refusal('--limit is a number from 1 to 10000.');
      const entries = await kept.reads.list(plan.id, limit);
      if (options.json) return print(JSON.stringify(entries, null, 2));
      if (entries.length === 0)
        print(plan.logReading ? 'Nobody has asked for anything yet.' : 'Nothing was written down.');
      for (const { at, person, kind, refs, place } of entries)
        print(`${at}  ${person}  ${kind}${refs > 0 ? `, ${refs} refs` : ''}  (${place})`);
    });

  program
    .command('delete')
    .description('deletes a plan: its actions, months, audit and people. It can’t be taken back')
    .requiredOption('--plan <id>', 'its id, whole')
    .option('--yes-delete <title>', 'the plan’s title, exactly: so that it is the one that you mean')
    .action(async (options: { plan: string; yesDelete?: string }) => {
      const kept = await open.stores();
      const entry = await kept.plans.readEntry(options.plan);
      if (!entry) throw new Refusal(`No plan has the id ${options.plan}. See: steward plans`);
      if (options.yesDelete !== entry.title)
        throw new Refusal(
          `Nothing was deleted. Take a backup, then say which plan it is: --yes-delete "${entry.title}"`,
        );
      const { id: plan, title } = entry;
      const line = auditEntry(kept, COMMAND_LINE, { kind: 'plan-deleted', plan, title });
      const rows = await deletePlan({ ...(await open.tables()), leases: kept.leases }, entry, line);
      print(deletedLine(entry, rows, kept.clock.now()));
    });
}

/** What is left of it: a line for whoever keeps the log of what was done. It names no person. */
function deletedLine({ id, title }: PlanEntry, rows: number, at: Date): string {
  return `${at.toISOString()}  Deleted the plan “${title}” (${id}): ${rows} rows. Backups of it, and messages in Teams, are yours to delete.`;
}

function saidOf(title: string, months: number | null): string {
  return months === null
    ? `What is said in “${title}” is kept as long as the plan is stored.`
    : `What is said in “${title}” is kept for ${months} months after its month was published.`;
}

function monthsOf(text: string): number {
  const months = Number(text);
  if (!Number.isInteger(months) || months < FEWEST_MONTHS || months > MOST_MONTHS)
    throw new Refusal(`--months is a whole number from ${FEWEST_MONTHS} to ${MOST_MONTHS}.`);
  return months;
}
