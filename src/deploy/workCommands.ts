import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type LedgerEntry, readCycleLedger } from '../app/cycleLedger';
import type { Deps, PlanEntry, WorkQueue } from '../app/ports';
import { type Period, readPeriod } from '../domain/period';
import type { Plan } from '../domain/plan';
import { csvOf } from '../plans/writeCsv';
import { Refusal } from '../refusal';

type Stores = Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'instances' | 'clock'>;

/** What the commands work with: opened storage, its queue, and the plan that an option names. */
export interface WorkOpeners {
  readonly stores: () => Promise<Stores>;
  readonly queue: () => Promise<WorkQueue>;
  readonly onePlan: (stores: Stores, id: string | undefined) => Promise<Plan>;
}

/** Adds `steward ledger`, `steward poison` and `steward instances`: what was asked and answered, what failed, and who serves. */
export function addWorkCommands(program: Command, print: (text: string) => void, open: WorkOpeners): void {
  program
    .command('ledger')
    .description('the ledger of a month, for auditors: asked, delivered, reminded, answered, by whom, when')
    .option('--period <month>', 'as 2023-09 or "September 2023"; the month opened last if not given')
    .option('--plan <id>', 'which plan, where several are stored')
    .addOption(new Option('--csv', 'as CSV, for a spreadsheet (the default)').conflicts('json'))
    .option('--json', 'as JSON')
    .option('--out <file>', 'where it is written, readable by you alone; shown if not given')
    .action(async (options: { period?: string; plan?: string; json?: boolean; out?: string }) => {
      const kept = await open.stores();
      const plan = await open.onePlan(kept, options.plan);
      const period = options.period === undefined ? plan.latest : readPeriod(options.period);
      if (!period)
        throw new Refusal(
          options.period === undefined
            ? 'No month was opened yet.'
            : `“${options.period}” is no month. Write it as 2023-09 or "September 2023".`,
        );
      if (!(await kept.months.readCycle(plan.id, period)))
        throw new Refusal(`The month ${period} was never opened.`);
      const { entries } = await readCycleLedger(kept, plan, period);
      const text = options.json
        ? ledgerJson(plan, period, entries)
        : csvOf(ledgerRows(plan, period, entries));
      if (options.out === undefined) return print(text.replace(/\r?\n$/, ''));
      writeFileSync(options.out, text, { mode: 0o600 });
      print(`Wrote ${options.out}: ${entries.length} leads.`);
    });

  const poison = program
    .command('poison')
    .description(
      'work that failed five times and was set aside: to look at, to have tried anew, or to forget',
    );
  poison
    .command('list')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [kept, queue] = await Promise.all([open.stores(), open.queue()]);
      const found = await queue.readPoison();
      if (json) return print(JSON.stringify(found, null, 2));
      if (found.length === 0) return print('Nothing was set aside.');
      for (const { plan, at, times, reason } of found)
        print(
          `${plan}  ${titleOf(await kept.plans.readEntry(plan))}: tried ${times} times until ${at}. ${reason}`,
        );
    });
  poison
    .command('retry')
    .description('has it tried anew, by whichever instance is free')
    .option('--plan <id>', 'of one plan alone')
    .action(async ({ plan }: { plan?: string }) => {
      const [kept, queue] = await Promise.all([open.stores(), open.queue()]);
      const id = plan === undefined ? null : (await open.onePlan(kept, plan)).id;
      const taken = await queue.takePoison(id);
      const known = taken.filter(({ plan: name }) => name !== '');
      for (const wake of known) {
        await kept.plans.setStuck(wake.plan, null);
        await kept.plans.setNextDue(wake.plan, kept.clock.now().toISOString());
        await queue.wake(wake);
      }
      const strange = taken.length - known.length;
      print(
        `${counted(known.length)} tried anew.${strange > 0 ? ` ${strange} named no plan and is forgotten.` : ''}`,
      );
    });
  poison
    .command('drop')
    .description('forgets it; the plan itself stays as it is, and due')
    .option('--plan <id>', 'of one plan alone')
    .action(async ({ plan }: { plan?: string }) => {
      const [kept, queue] = await Promise.all([open.stores(), open.queue()]);
      const id = plan === undefined ? null : (await open.onePlan(kept, plan)).id;
      const taken = await queue.takePoison(id);
      for (const { plan: name } of taken) if (name !== '') await kept.plans.setStuck(name, null);
      print(`${counted(taken.length)} forgotten.`);
    });

  program
    .command('instances')
    .description('the processes that serve, and when each last said that it lives')
    .action(async () => {
      const { instances } = await open.stores();
      const all = (await instances.list()).sort((a, b) => b.at.localeCompare(a.at));
      if (all.length === 0) print('No process serves.');
      for (const { id, at, startedAt, working } of all)
        print(`${id}  last seen ${at}, started ${startedAt}, ${working} plans in hand`);
    });
}

function titleOf(entry: PlanEntry | null): string {
  if (!entry) return 'a plan that is gone';
  return `“${entry.title}”${entry.stuck ? '' : ' (has gone on since)'}`;
}

function counted(n: number): string {
  if (n === 0) return 'None is';
  return n === 1 ? 'One is' : `${n} are`;
}

/** What the columns are called; one row for each lead and action. Times are UTC. */
const COLUMNS = [
  ...['Plan', 'Month', 'Lead', 'Asked', 'Covers', 'Asked at (UTC)', 'Delivery', 'Why not', 'Put off'],
  ...['Reminders delivered', 'Reminded at (UTC)', 'Ref', 'Action', 'Answered', 'Answered at (UTC)'],
  ...['Answered by', 'On behalf of', 'Late'],
];

/** The ledger as the rows of a sheet, its heading first. */
export function ledgerRows(
  plan: Pick<Plan, 'title'>,
  period: Period,
  entries: readonly LedgerEntry[],
): (string | number)[][] {
  const rows = entries.flatMap(({ lead, person, covered, prompt, reminders, actions, others }) => {
    const sent = reminders.filter(({ state }) => state === 'sent');
    const before = [
      ...[plan.title, period, lead, person ?? '', covered ? 'yes' : '', prompt.sentAt ?? '', prompt.state],
      ...[[prompt.why, prompt.reason].filter(Boolean).join(': '), prompt.throttled, sent.length],
      sent.map(({ sentAt }) => sentAt ?? '').join(' '),
    ];
    if (actions.length + others.length === 0) return [[...before, '', '', '', '', '', '', '']];
    const asked = [
      ...actions.map(({ ref, title, answer }) => ({
        ref,
        title,
        answer,
        how: answer?.kind ?? 'not answered',
      })),
      ...others.map(({ kind, name, answer }) => ({
        ref: kind === 'report' ? name : '',
        title: kind === 'report' ? 'report to the board' : name,
        answer,
        how: answer ? (kind === 'report' ? 'reported' : 'read') : 'not answered',
      })),
    ];
    return asked.map(({ ref, title, answer, how }) => [
      ...[...before, ref, title, how, answer?.at ?? '', answer?.by ?? ''],
      ...[answer?.onBehalfOf ?? '', answer?.late ? 'yes' : ''],
    ]);
  });
  return [COLUMNS, ...rows];
}

function ledgerJson(plan: Plan, period: Period, entries: readonly LedgerEntry[]): string {
  const told = entries.map(({ lead, person, covered, prompt, reminders, actions, others }) => ({
    ...{ lead, asked: person, covered },
    prompt: outcomeOf(prompt),
    reminders: reminders.map(outcomeOf),
    actions: actions.map(({ ref, title, answer }) => ({ ref, title, answer })),
    ...(others.length > 0 ? { others } : {}),
  }));
  return `${JSON.stringify({ plan: plan.title, period, leads: told }, null, 2)}\n`;
}

function outcomeOf({ state, sentAt, why, reason, throttled }: LedgerEntry['prompt']) {
  return { outcome: state, at: sentAt, why, reason, putOff: throttled };
}
