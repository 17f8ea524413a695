import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { importPlan } from './app/importPlan';
import { COMMAND_LINE } from './app/mayDo';
import type { Deps } from './app/ports';
import { auditEntry } from './app/readAudit';
import { rebindPlan } from './app/rebindPlan';
import { setCalendar } from './app/setKeeping';
import { askedAtFirst, checkAnswers, questionForms, readAnswers } from './cliAnswers';
import { describeDiff, loadInto, viewAgainst } from './cliLoad';
import { addRoleCommands } from './cliRoles';
import { ConfigError, readStorage, type Storage } from './config';
import { addBackupCommands, addDeployCommands } from './deploy/commands';
import { addKeepingCommands } from './deploy/keepingCommands';
import { addPersonCommands } from './deploy/personCommands';
import { addWorkCommands } from './deploy/workCommands';
import { INSTALLATION } from './domain/audit';
import { settledPlan } from './domain/draftQuestions';
import { countByStatus } from './domain/figures';
import { readPeriod } from './domain/period';
import type { CalendarRules } from './domain/plan';
import { comparePlans } from './domain/planDiff';
import { STATUS_KEYS } from './domain/status';
import type { FullPlan, UnderstoodPlan } from './domain/understood';
import { addExportCommand } from './papers/exportCommand';
import { diffProblems } from './plans/diffProblems';
import { planReader } from './plans/planReader';
import { Refusal } from './refusal';
import { openTables, openWorkQueue, systemClock, type Tables, wireStores } from './wiring';
import { english } from './words/words';

interface LoadOptions {
  readonly tenant?: string;
  readonly into?: string;
  readonly yes: boolean;
  readonly missing: 'keep' | 'leave';
  readonly answered: 'ours' | 'file';
  readonly answers?: string;
}

type Stores = ReturnType<typeof wireStores>;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const reader = planReader();

/** Every command of `steward`, with its options. */
export const program = new Command()
  .name('steward')
  .description('Keeps improvement plans: check and load them, and look after them.')
  .option(
    '--storage <connection>',
    'connection string of the storage (else STORAGE_ACCOUNT or STORAGE_CONNECTION_STRING)',
  );

program
  .command('check')
  .description('says what is understood of a plan file, and every problem with its place; stores nothing')
  .argument('<file>', '.docx, .xlsx, .csv or .tsv')
  .option('--json', 'as JSON')
  .option(
    '--against <older>',
    'a plan file that this one follows, or the id of a stored plan: says what became of its actions',
  )
  .action(async (file: string, { json, against }: { json?: boolean; against?: string }) => {
    const read = await understand(file);
    if (against !== undefined && !existsSync(against)) {
      const kept = await stores();
      const plan = await onePlan(kept, against);
      const view = await viewAgainst(kept, plan, { file: basename(file), understood: read });
      if (json) print(JSON.stringify({ ...read, questions: questionForms(view) }, null, 2));
      else print(`${describe(read)}\n\n${describeDiff(plan, view.again.diff)}`);
      if (hasErrors(read)) process.exitCode = 1;
      return;
    }
    const older = against === undefined ? null : await understand(against);
    if (older && hasErrors(older)) throw new Refusal(`${against}: ${describe(older)}`);
    const diff = older && comparePlans(older, read);
    const understood = diff ? { ...read, problems: [...read.problems, ...diffProblems(diff)] } : read;
    const questions = questionForms(askedAtFirst(read, {}, new Date()));
    if (json)
      print(JSON.stringify({ ...understood, ...(diff ? { against: diff } : {}), questions }, null, 2));
    else print(describe(understood));
    if (hasErrors(understood)) process.exitCode = 1;
  });

program
  .command('load')
  .description('stores a plan, whole or not at all; the first team that adds Steward binds it')
  .argument('<file>', '.docx, .xlsx, .csv or .tsv')
  .option('--tenant <id>', 'only a team of this tenant may bind it')
  .option('--into <plan>', 'a new version of a plan that is stored, by its id: shows what it changes first')
  .option('--yes', 'with --into: load it without asking', false)
  .option(
    '--answers <file>',
    'answers to the questions about the file: those that “check --json” prints, with “answer” filled in',
  )
  .addOption(
    new Option('--missing <what>', 'with --into: what becomes of actions that have no row in the file')
      .choices(['keep', 'leave'])
      .default('keep'),
  )
  .addOption(
    new Option(
      '--answered <whose>',
      "with --into: whose status and words hold where somebody answered since the file's month",
    )
      .choices(['ours', 'file'])
      .default('ours'),
  )
  .action(async (file: string, options: LoadOptions) => {
    const understood = await understand(file);
    if (hasErrors(understood)) throw new Refusal(`${describe(understood)}\nNothing was stored.`);
    const { tenant, into, yes, missing, answered } = options;
    const answers = options.answers === undefined ? {} : readAnswers(options.answers);
    if (into !== undefined) {
      const kept = await stores();
      const plan = await onePlan(kept, into);
      const order = { plan, file: basename(file), understood, answers, missing, answered, yes, print };
      if (!(await loadInto(kept, order))) throw new Refusal('Nothing was changed. Say --yes to load it.');
      print(`Loaded into “${plan.title}”.`);
      return;
    }
    checkAnswers(askedAtFirst(understood, answers, new Date()), answers);
    const settled = settledPlan(understood, answers);
    const outcome = await importPlan(await stores(), settled, tenant?.toLowerCase() ?? null);
    if (outcome.outcome === 'refused') throw new Refusal('Nothing was stored.');
    print(
      `${describe(understood)}\nStored as plan ${outcome.plan.id}: ${outcome.actions} actions, ${outcome.leads} leads. Now add Steward to the plan's team in Teams.`,
    );
  });

program
  .command('plans')
  .description('lists the plans that are stored')
  .option('--deleted', 'those that were deleted, newest first, with when')
  .action(async ({ deleted }: { deleted?: boolean }) => {
    const kept = await stores();
    if (deleted) return printDeleted(kept);
    const plans = await kept.plans.listPlans();
    if (plans.length === 0) print('No plan is stored. Load one with: steward load FILE');
    for (const plan of plans) {
      const where = plan.bound
        ? `bound to tenant ${plan.tenant}`
        : plan.tenant
          ? `kept for tenant ${plan.tenant}`
          : 'not bound yet';
      print(`${plan.id}  ${plan.title}  (${where}, loaded ${plan.loadedAt.slice(0, 10)})`);
    }
  });

program
  .command('history')
  .description('types in the totals of a month from before Steward: history 2023-06 R=0 A=32 G=29 B=31 GR=2')
  .argument('<period>', 'as 2023-06 or "June 2023"')
  .argument('<totals...>', 'R=, A=, G=, B=, GR= and none= for those without a status; what is left out is 0')
  .option('--scale <id>', 'the scale that they were counted on, where the colours meant something else')
  .option('--plan <id>', 'which plan, where several are stored')
  .action(async (when: string, totals: string[], options: { scale?: string; plan?: string }) => {
    const kept = await stores();
    const plan = await onePlan(kept, options.plan);
    const period = readPeriod(when);
    if (!period) throw new Refusal(`“${when}” is no month. Write it as 2023-06 or "June 2023".`);
    const counts = readTotals(totals, plan.scales.at(-1)?.statuses ?? []);
    const scale = options.scale ?? plan.scales.at(-1)?.id ?? '';
    const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
    await kept.months.saveEarlierTotals(plan.id, { period, counts, scale, from: 'typed' });
    await kept.plans.addAudit(
      plan.id,
      auditEntry(kept, COMMAND_LINE, { kind: 'totals-typed', period, total }),
    );
    print(`Kept for ${period}: ${total} actions.`);
  });

addRoleCommands(program, async (plan) => {
  const kept = await stores();
  return { stores: kept, plan: await onePlan(kept, plan) };
});

program
  .command('rebind')
  .description(
    'frees a plan from its team: the next team that adds Steward binds it. Its people and officers are forgotten',
  )
  .option('--plan <id>')
  .option('--tenant <id>', 'only a team of this tenant may bind it')
  .action(async (options: { plan?: string; tenant?: string }) => {
    const kept = await stores();
    const plan = await onePlan(kept, options.plan);
    await rebindPlan(kept, plan, options.tenant?.toLowerCase() ?? null);
    print(
      `“${plan.title}” is free. Add Steward to its new team (remove it there first, if it is there already).`,
    );
  });

program
  .command('calendar')
  .description("shows a plan's calendar, or changes it")
  .option('--plan <id>')
  .option('--publishes <who>', '"officer", or "itself" on the working day after closing')
  .option('--opens-day <day>', 'day of the month, 1 to 28: it opens on the first working day from then on')
  .option(
    '--every <months>',
    'how many months an update is about: 1, 2 or 3 (a quarter); it happens in the last of them',
  )
  .action(async (options: { plan?: string; publishes?: string; opensDay?: string; every?: string }) => {
    const kept = await stores();
    const plan = await onePlan(kept, options.plan);
    const calendar: Mutable<CalendarRules> = { ...plan.calendar };
    if (options.publishes !== undefined) {
      if (options.publishes !== 'officer' && options.publishes !== 'itself')
        throw new Refusal('--publishes is “officer” or “itself”.');
      calendar.publishes = options.publishes;
    }
    if (options.opensDay !== undefined) {
      const day = Number(options.opensDay);
      if (!Number.isInteger(day) || day < 1 || day > 28)
        throw new Refusal('--opens-day is a day from 1 to 28.');
      calendar.opensDay = day;
    }
    if (options.every !== undefined) {
      const every = ([1, 2, 3] as const).find((months) => String(months) === options.every);
      if (!every) throw new Refusal('--every is 1 (each month), 2 or 3 (each quarter).');
      calendar.periodMonths = every;
    }
    const { publishes, opensDay, every } = options;
    if ([publishes, opensDay, every].some((given) => given !== undefined))
      await setCalendar(kept, plan, calendar);
    print(JSON.stringify(calendar, null, 2));
  });

addDeployCommands(program, print, () => {
  const { storage: connection } = program.opts<{ storage?: string }>();
  return connection ? { kind: 'connection', connection } : null;
});

addBackupCommands(program, print, openStored);
addWorkCommands(program, print, {
  stores,
  queue: async () => openWorkQueue(storageOf()),
  onePlan: ({ plans }, id) => onePlan({ plans }, id),
});
addKeepingCommands(program, print, {
  stores,
  tables: openStored,
  onePlan: ({ plans }, id) => onePlan({ plans }, id),
});
addPersonCommands(program, print, async (id) => {
  const tables = await openStored();
  return { tables, plan: await onePlan(wireStores(tables, systemClock), id) };
});

addExportCommand(program, {
  words: english,
  stores,
  onePlan: async (id) => onePlan(await stores(), id),
  print,
  refuse: (why) => new Refusal(why),
});

async function understand(file: string): Promise<FullPlan> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Refusal(
      missing ? `There is no file ${file}.` : `${file} can't be read: ${(error as Error).message}.`,
    );
  }
  return reader.readFile(bytes, basename(file));
}

async function printDeleted({ plans }: Stores): Promise<void> {
  const entries = await plans.readAudit(INSTALLATION, 1000);
  if (entries.length === 0) print('No plan was deleted.');
  for (const { at, what } of entries)
    if (what.kind === 'plan-deleted') print(`${at}  ${what.plan}  ${what.title}`);
}

async function openStored(): Promise<Tables> {
  return openTables(storageOf());
}

function storageOf(): Storage {
  const { storage: connection } = program.opts<{ storage?: string }>();
  const faults: string[] = [];
  const storage: Storage | null = connection
    ? { kind: 'connection', connection }
    : readStorage(process.env, faults);
  if (!storage) throw new ConfigError(faults);
  return storage;
}

async function stores(): Promise<Stores> {
  return wireStores(await openStored(), systemClock);
}

async function onePlan({ plans }: Pick<Deps, 'plans'>, id: string | undefined) {
  const all = await plans.listPlans();
  const wanted = id === undefined ? all : all.filter((plan) => plan.id.startsWith(id));
  const [only, ...others] = wanted;
  if (!only)
    throw new Refusal(
      id === undefined ? 'No plan is stored.' : `No plan's id begins with ${id}. See: steward plans`,
    );
  if (others.length > 0)
    throw new Refusal('Several plans are stored. Say which with --plan ID. See: steward plans');
  const plan = await plans.readPlan(only.id);
  if (!plan) throw new Refusal(`Plan ${only.id} is gone.`);
  return plan.value;
}

function readTotals(
  totals: readonly string[],
  statuses: readonly { key: string; letter: string; label: string }[],
) {
  const counts: Record<keyof ReturnType<typeof countByStatus>, number> = { ...countByStatus([]) };
  for (const total of totals) {
    const [name = '', figure = ''] = total.split('=');
    const wanted = name.trim().toLowerCase();
    const status = statuses.find(({ key, letter, label }) =>
      [key, letter.toLowerCase(), label.toLowerCase()].includes(wanted),
    );
    const key = wanted === 'none' ? 'none' : STATUS_KEYS.find((known) => known === status?.key);
    const n = Number(figure);
    if (!key) throw new Refusal(`“${name}” is no status of this plan. Write R=, A=, G=, B=, GR= or none=.`);
    if (!/^\d+$/.test(figure.trim()) || n > 100_000)
      throw new Refusal(`“${total}” needs a whole number after the equals sign.`);
    counts[key] = n;
  }
  return counts;
}

function hasErrors({ problems }: UnderstoodPlan): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** What was understood, for people. */
function describe({ plan, groups, actions, problems }: UnderstoodPlan): string {
  const counts = countByStatus(actions.map(({ status }) => ({ status: status.key })));
  const figures = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([key, n]) => `${key === 'none' ? 'no status' : key} ${n}`);
  const lines = problems.map(
    ({ severity, where, message }) => `  ${severity.padEnd(7)} ${where}: ${message}`,
  );
  return [
    `${plan.title}${plan.asOf ? ` (as of ${plan.asOf})` : ''}`,
    `${groups.length} groups, ${actions.length} actions: ${figures.join(', ') || 'none'}.`,
    ...groups.map(
      (group) =>
        `  ${group.ref}  ${group.title}: ${actions.filter((action) => action.group === group.ref).length}`,
    ),
    problems.length === 0 ? 'No problems.' : `${problems.length} things to look at:`,
    ...lines,
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
