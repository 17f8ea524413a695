import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import type { Deps } from '../app/ports';
import { PAPER_KINDS, type PaperKind, readPaper } from '../app/readPaper';
import { periodNow } from '../app/viewPosition';
import { dayIn } from '../domain/calendar';
import { type Period, periodOfDate, readPeriod } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { Words } from '../words/words';
import { makePaper } from './makePaper';

/** What the command needs of the command line around it. */
export interface ExportWorld {
  readonly words: Words;
  stores(): Promise<Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>>;
  onePlan(id: string | undefined): Promise<Plan>;
  print(text: string): void;
  /** An error that is told in its own words alone. */
  refuse(why: string): Error;
}

interface ExportOptions {
  readonly plan?: string;
  readonly period: string;
  readonly as: string;
  readonly public?: boolean;
  readonly withNarratives?: string;
  readonly out: string;
}

/** Adds `steward export`. */
export function addExportCommand(program: Command, world: ExportWorld): void {
  program
    .command('export')
    .description('gives the board’s papers back: the tracker as .xlsx, the report as .docx')
    .option('--plan <id>', 'which plan, where several are stored')
    .option('--period <month>', 'a published month, as 2023-09, or “now”', 'now')
    .option('--as <paper>', '“tracker”, “report” or “all”', 'all')
    .option('--public', 'for anybody: no names of people, nothing that was said')
    .option('--with-narratives <which>', 'with --public: “cleared” adds what was cleared for publication')
    .option('--out <where>', 'a folder, or for one paper a file', '.')
    .action((options: ExportOptions) => exportPapers(options, world));
}

async function exportPapers(options: ExportOptions, world: ExportWorld): Promise<void> {
  const period: Period | 'now' | null = options.period === 'now' ? 'now' : readPeriod(options.period);
  if (!period)
    throw world.refuse(
      `“${options.period}” is no month. Write it as 2023-09, or “now” for the plan as it stands.`,
    );
  const kinds = kindsOf(options.as);
  if (!kinds) throw world.refuse('--as is “tracker”, “report” or “all”.');
  const { withNarratives } = options;
  if (withNarratives !== undefined && (withNarratives !== 'cleared' || !options.public))
    throw world.refuse('--with-narratives is “cleared”, and goes with --public.');
  const isFile = extname(options.out) !== '' && !isFolder(options.out);
  if (isFile && kinds.length > 1)
    throw world.refuse(
      '--out names one file, and two papers are asked for: name a folder, or say --as tracker.',
    );
  const stores = await world.stores();
  const plan = await world.onePlan(options.plan);
  const order = {
    period,
    isPublic: options.public === true,
    narratives: options.public
      ? withNarratives
        ? ('cleared' as const)
        : ('none' as const)
      : ('all' as const),
    withAudit: options.public !== true,
  };
  const facts = await readPaper(stores, plan, order, monthOf(plan, stores.clock.now()));
  if (!facts)
    throw world.refuse(`${period} was never published. Say --period now for the plan as it stands.`);
  if (!isFile) mkdirSync(options.out, { recursive: true });
  for (const kind of kinds) {
    const { name, bytes } = await makePaper(kind, facts, world.words);
    const path = isFile ? options.out : join(options.out, name);
    writeFileSync(path, bytes);
    world.print(`Wrote ${path} (${Math.ceil(bytes.length / 1024)} KB).`);
  }
}

function kindsOf(as: string): readonly PaperKind[] | null {
  if (as === 'all') return PAPER_KINDS;
  const kind = PAPER_KINDS.find((one) => one === as);
  return kind ? [kind] : null;
}

function monthOf(plan: Plan, now: Date): Period {
  return periodNow(plan, periodOfDate(dayIn(plan.calendar.zone, now)));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
