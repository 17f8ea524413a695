import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { goOnWithReload } from './app/goOnWithReload';
import { viewOf } from './app/readDraft';
import { type DraftAgain, startReload } from './app/startReload';
import { checkAnswers } from './cliAnswers';
import { type Draft, type DraftAnswers, leftIn } from './domain/draft';
import type { Plan } from './domain/plan';
import { compareRefs } from './domain/refs';
import type { ReloadChoices, ReloadDiff } from './domain/reload';
import type { FullPlan } from './domain/understood';
import { makeLog } from './log';
import type { wireStores } from './wiring';

type Stores = ReturnType<typeof wireStores>;

/** How long a lease of the command line's lasts, in seconds; and how long it waits for another's. */
const LEASE_SECONDS = 60;
const WAIT_MS = 90_000;

/** What `steward load FILE --into PLAN` is told. */
export interface LoadInto {
  readonly plan: Plan;
  readonly file: string;
  readonly understood: FullPlan;
  /** Answers to the questions about the file; none leaves everything as it is printed. */
  readonly answers: DraftAnswers;
  readonly missing: 'keep' | 'leave';
  readonly answered: ReloadChoices['answered'];
  /** Load it without asking. */
  readonly yes: boolean;
  readonly print: (text: string) => void;
}

/** A file as a new version of a stored plan, settled by the answers: what it would change, and what is left to ask. */
export async function viewAgainst(
  stores: Stores,
  plan: Plan,
  file: Pick<LoadInto, 'file' | 'understood'>,
  answers: DraftAnswers = {},
): Promise<DraftAgain> {
  const people = plan.binding ? await stores.people.readMembers(plan.binding.tenant, plan.id) : [];
  const roster = people
    .filter(({ plans }) => plans.some((member) => member.plan === plan.id && member.present))
    .map(({ id, name }) => ({ id, name }));
  const now = stores.clock.realNow().toISOString();
  const draft: Draft = {
    id: stores.makeId(),
    tenant: plan.binding?.tenant ?? '',
    person: '',
    aim: { kind: 'again', plan: plan.id },
    fileName: file.file,
    receivedAt: now,
    expires: now,
    answers,
    state: 'kept',
    outcome: null,
  };
  const view = await viewOf(stores, draft, {
    understood: file.understood,
    roster: plan.binding ? roster : null,
  });
  if (!view?.again) throw new Error(`the plan ${plan.id} is gone`);
  return { ...view, again: view.again };
}

/**
 * Loads a new version of a plan that is stored: prints what it changes, asks (or needs `yes` where there is nobody to ask), and does it. Answers
 * whether it was loaded; throws when another load or another instance keeps the plan for longer than a minute and a half.
 */
export async function loadInto(stores: Stores, order: LoadInto): Promise<boolean> {
  const { plan, answered, print } = order;
  const view = await viewAgainst(stores, plan, order, order.answers);
  checkAnswers(view, order.answers);
  const { diff } = view.again;
  const left = leftIn(order.answers, diff.missing);
  const choices = { missing: left.length > 0 && order.missing === 'keep' ? left : order.missing, answered };
  print(describeDiff(plan, diff, choices));
  if (!order.yes && !(await isMeant())) return false;
  const deps = { ...stores, log: makeLog('warn') };
  const by = { id: '', name: 'the command line', chat: '' };
  const started = await startReload(deps, view, choices, by);
  if (started.outcome !== 'started')
    throw new Error('another file is being loaded into this plan: try again in a minute');
  const owner = `command line ${randomUUID()}`;
  for (let waited = 0; ; waited += 1_000) {
    if (await stores.leases.takeLease(plan.id, owner, LEASE_SECONDS)) break;
    if (waited >= WAIT_MS)
      throw new Error('another instance is at work on this plan; it will finish the load by itself');
    await pause(1_000);
  }
  try {
    await goOnWithReload(deps, plan.id);
  } finally {
    await stores.leases.dropLease(plan.id, owner);
  }
  return true;
}

async function isMeant(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await ask.question('Load it? (yes or no) ')).trim());
  } finally {
    ask.close();
  }
}

/** What a file changes in a plan, for people. */
export function describeDiff(plan: Plan, diff: ReloadDiff, choices?: ReloadChoices): string {
  const { matches, added, missing, noRow, leads, gone } = diff;
  const moved = matches.filter(({ before, fields }) => before.ref !== fields.ref);
  const changed = matches.filter(({ changes }) => changes.length > 0);
  const contested = matches.filter((match) => match.contested);
  const back = matches.filter((match) => match.back);
  const refs = new Set(noRow.map(({ ref }) => ref));
  const lost = [
    ...noRow.map(({ ref, perhaps }) => (perhaps === null ? ref : `${ref} (perhaps goes on as ${perhaps})`)),
    ...missing.filter(({ ref }) => !refs.has(ref)).map(({ ref }) => `${ref} (its ref is another's now)`),
  ];
  const list = (title: string, items: readonly string[], n: number = items.length): string[] =>
    items.length === 0 ? [] : [`${title}: ${n}`, ...items.map((item) => `  ${item}`)];
  const becomes =
    choices === undefined
      ? ''
      : choices.missing === 'leave'
        ? ' (they leave the plan)'
        : choices.missing === 'keep'
          ? ' (they stay; --missing leave takes them out)'
          : ` (${choices.missing.length} of them leave the plan)`;
  const wins =
    choices === undefined
      ? ''
      : choices.answered === 'ours'
        ? ' (what was said there stays)'
        : " (the file's is taken)";
  const sorted = [...changed].sort((a, b) => compareRefs(a.fields.ref, b.fields.ref));
  return [
    `Against “${plan.title}”: ${matches.length} actions matched.`,
    ...list(
      'New',
      added.map(({ ref, title }) => `${ref} ${title}`.trim()),
    ),
    ...list(
      'Back in the plan',
      back.map(({ fields }) => fields.ref),
    ),
    ...list(
      'Renumbered',
      moved.map(({ before, fields, by }) =>
        by === 'dates'
          ? `${before.ref} → ${fields.ref}, going by the dates of the rows around it: please check`
          : `${before.ref} → ${fields.ref}, going by its words`,
      ),
    ),
    ...list(`In the plan, with no row in the file${becomes}`, lost, Math.max(missing.length, noRow.length)),
    ...list(
      'Groups with other leads',
      leads.map(
        ({ group, left, joined }) =>
          `${group}: ${[...left.map((name) => `−${name}`), ...joined.map((name) => `+${name}`)].join(', ')}`,
      ),
    ),
    ...list(
      'Named nowhere any more',
      gone.map(({ name, actions }) => `${name}, who led ${actions}`),
    ),
    ...list(
      `Answered in Steward since the file's month${wins}`,
      contested.map(({ fields }) => fields.ref),
    ),
    ...list(
      'Changed',
      sorted.map(({ fields, changes }) => `${fields.ref}: ${changes.map(({ field }) => field).join(', ')}`),
    ),
  ].join('\n');
}
