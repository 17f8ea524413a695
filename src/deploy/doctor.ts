import { setTimeout } from 'node:timers/promises';
import { memberOf } from '../app/people';
import type { Deps } from '../app/ports';
import { dayIn, type IsBankHoliday } from '../domain/calendar';
import { nextDue } from '../domain/cycle';
import { periodOfDate } from '../domain/period';
import type { Plan } from '../domain/plan';
import { leaderless } from '../domain/prompt';
import { scaleAt } from '../domain/status';

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at: `storage`, `the plan “…”`. */
  readonly about: string;
  /** `right`; `look` for what may be meant so; `wrong` for what stops Steward from working. */
  readonly state: 'right' | 'look' | 'wrong';
  /** What was found and, unless all is right, what to do about it. */
  readonly says: string;
}

/** How long one look at something outside may take, in milliseconds. */
const PATIENCE_MS = 10_000;
/** How long a whole check may take, in milliseconds: storage that can't be reached is asked again and again by its client. */
const LOOK_MS = 20_000;

/**
 * Runs a check; what it throws is a finding too, and so is no answer within `patience` milliseconds: one fault hides no other. `toDo` says what
 * to do about either.
 */
export async function look(
  about: string,
  toDo: string,
  check: () => Promise<readonly Finding[]>,
  patience = LOOK_MS,
): Promise<readonly Finding[]> {
  const bell = new AbortController();
  const silence = setTimeout(patience, null, { signal: bell.signal }).then((): never => {
    throw new Error(`No answer within ${Math.round(patience / 1000)} seconds`);
  });
  // It is rung off when the check was faster.
  silence.catch(() => undefined);
  try {
    return await Promise.race([check(), silence]);
  } catch (error) {
    return [{ about, state: 'wrong', says: `${reasonOf(error)}. ${toDo}` }];
  } finally {
    bell.abort();
  }
}

/** Writes a row, reads it and takes it away: what Steward does all day. Throws what storage throws. */
export async function checkStorage(table: {
  write(partition: string, writes: readonly ProbeWrite[]): Promise<unknown>;
  read(partition: string, row: string): Promise<unknown>;
}): Promise<readonly Finding[]> {
  const row = 'probe';
  await table.write('doctor', [{ op: 'put', row, cells: { probe: true } }]);
  const there = await table.read('doctor', row);
  await table.write('doctor', [{ op: 'delete', row }]);
  return [
    there
      ? { about: 'storage', state: 'right', says: 'A row can be written, read and deleted.' }
      : {
          about: 'storage',
          state: 'wrong',
          says: 'A row that was written was not there afterwards. Look at the storage account in the Azure portal.',
        },
  ];
}

type ProbeWrite =
  | { readonly op: 'put'; readonly row: string; readonly cells: Readonly<Record<string, boolean>> }
  | { readonly op: 'delete'; readonly row: string };

/** Asks for a token as the bot would before it sends. `signIn` gives the token; it throws what Entra says. */
export async function checkSignIn(signIn: () => Promise<string>): Promise<readonly Finding[]> {
  const token = await signIn();
  return [
    token
      ? { about: 'the bot’s sign-in', state: 'right', says: 'Entra gives a token for the Teams service.' }
      : { about: 'the bot’s sign-in', state: 'wrong', says: 'Entra gave no token and no reason. Try again.' },
  ];
}

/** Whether the keys that Teams signs with can be fetched: without them nobody is believed. */
export async function checkKeys(metadataUrl: string): Promise<readonly Finding[]> {
  const about = 'Teams’ signing keys';
  const answer = await fetch(metadataUrl, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  const metadata = answer.ok ? ((await answer.json()) as { jwks_uri?: unknown }) : {};
  if (typeof metadata.jwks_uri === 'string')
    return [{ about, state: 'right', says: `They can be found by ${new URL(metadataUrl).hostname}.` }];
  const host = new URL(metadataUrl).hostname;
  return [{ about, state: 'wrong', says: `${host} answered ${answer.status}. Let the machine reach it.` }];
}

/** Looks at a running Steward from outside: alive, ready, and closed to whoever has no token. */
export async function checkUrl(url: string): Promise<readonly Finding[]> {
  const about = `Steward at ${url}`;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, url), { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS), ...init });
  const [alive, ready, stranger] = await Promise.all([
    ask('/healthz'),
    ask('/readyz'),
    ask('/api/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"type":"message"}',
    }),
  ]);
  const findings: Finding[] = [];
  if (!alive.ok)
    findings.push({
      about,
      state: 'wrong',
      says: `It does not answer /healthz as Steward does (${alive.status}). Is this its address?`,
    });
  else if (!ready.ok)
    findings.push({
      about,
      state: 'wrong',
      says: `It runs, and is not ready (${ready.status}): storage does not answer it. Look at its log.`,
    });
  else findings.push({ about, state: 'right', says: 'It runs and is ready.' });
  findings.push(
    stranger.status === 401
      ? { about, state: 'right', says: 'It turns away a message without a token (401).' }
      : {
          about,
          state: 'wrong',
          says: `It answered ${stranger.status} to a message without a token, where 401 is right. Stop it: this is not Steward in production.`,
        },
  );
  if (new URL(url).protocol !== 'https:')
    findings.push({ about, state: 'look', says: 'Teams calls https:// alone. Put TLS in front of it.' });
  return findings;
}

/** Whether the app that is uploaded to Teams belongs to this bot. */
export async function checkApp(zip: Uint8Array, botId: string): Promise<readonly Finding[]> {
  const about = 'the Teams app';
  const { strFromU8, unzipSync } = await import('fflate');
  const manifest = unzipSync(zip, {
    filter: ({ name, originalSize }) => name === 'manifest.json' && originalSize < 1_000_000,
  })['manifest.json'];
  if (!manifest)
    return [
      { about, state: 'wrong', says: 'There is no manifest.json in it. Make it with: npm run package' },
    ];
  const { bots } = JSON.parse(strFromU8(manifest)) as { bots?: readonly { botId?: unknown }[] };
  const found = String(bots?.[0]?.botId ?? 'no bot');
  return [
    found.toLowerCase() === botId.toLowerCase()
      ? { about, state: 'right', says: 'It names this bot.' }
      : {
          about,
          state: 'wrong',
          says: `It names the bot ${found}, and BOT_APP_ID is ${botId}. Pack it again.`,
        },
  ];
}

type PlanDeps = Pick<Deps, 'plans' | 'months' | 'people' | 'clock'> & {
  readonly isBankHoliday: IsBankHoliday;
};

/** Whether each plan can have its month: bound, with an officer, its leads known and reachable. */
export async function checkPlans(deps: PlanDeps): Promise<readonly Finding[]> {
  const plans = await deps.plans.listPlans();
  if (plans.length === 0)
    return [{ about: 'plans', state: 'look', says: 'None is stored yet. Load one with: steward load FILE' }];
  const findings: Finding[] = [];
  for (const { id } of plans) {
    const plan = (await deps.plans.readPlan(id))?.value;
    if (plan) findings.push(...(await checkPlan(deps, plan)));
  }
  return findings;
}

async function checkPlan(deps: PlanDeps, plan: Plan): Promise<Finding[]> {
  const about = `the plan “${plan.title}”`;
  if (!plan.binding)
    return [
      { about, state: 'look', says: 'It lives in no team yet. Add Steward to the plan’s team in Teams.' },
    ];
  const { tenant, teamName, team } = plan.binding;
  const [leads, members, actions, cycles] = await Promise.all([
    deps.plans.readLeads(plan.id),
    deps.people.readMembers(tenant, plan.id),
    deps.plans.readActions(plan.id),
    deps.months.readCycles(plan.id),
  ]);
  const now = deps.clock.now();
  const findings: Finding[] = [];
  const note = (state: Finding['state'], says: string): void => {
    findings.push({ about, state, says });
  };
  if (plan.officers.length === 0)
    note('wrong', 'It has no programme officer. Name one with: steward officer add NAME');
  const unmatched = leads.filter(({ value }) => value.person === null && value.answeredBy === null);
  if (unmatched.length > 0)
    note(
      'look',
      `Of ${leads.length} leads, ${unmatched.length} matched to nobody. The programme officer says “settle the leads” in Teams.`,
    );
  const unreachable = members.filter((person) => memberOf(person, plan.id)?.present && person.unreachable);
  if (unreachable.length > 0)
    note(
      'look',
      `People who can’t be reached: ${unreachable.length}. The programme officer asks “who can’t you reach?” in Teams.`,
    );
  const alone = leaderless(actions, scaleAt(plan.scales, periodOfDate(dayIn(plan.calendar.zone, now))));
  if (alone.length > 0)
    note('look', `Live actions without a lead, which nobody is asked about: ${refsOf(alone)}.`);
  const kept = plan.retention
    ? `What is said is kept for ${plan.retention.months} months.`
    : 'What is said is kept as long as the plan is stored. The council may want less: steward retention --months N';
  const logged = plan.logReading ? ' Who asks for what is written down.' : '';
  const next = nextDue(plan, cycles, now, deps.isBankHoliday);
  const due = next ? ` The next step of its month is due on ${dayIn(plan.calendar.zone, next)}.` : '';
  if (findings.length === 0)
    note('right', `It lives in ${teamName || `the team ${team}`} and has all that it needs.${due}`);
  note('right', `${kept}${logged}`);
  return findings;
}

/** Refs for a sentence, the first ten. */
function refsOf(actions: readonly { readonly ref: string }[]): string {
  const refs = actions.map(({ ref }) => ref);
  const more = refs.length > 10 ? ` and ${refs.length - 10} more` : '';
  return `${refs.slice(0, 10).join(', ')}${more}`;
}

/** An error in a sentence, with what lies behind it: `fetch failed` alone helps nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause =
    error.cause instanceof Error
      ? `: ${error.cause.message || (error.cause as NodeJS.ErrnoException).code}`
      : '';
  const [first = ''] = `${error.message}${cause}`.split('\n');
  return first.replace(/\.$/, '');
}

/** The findings as people read them, what is wrong first. */
export function describeFindings(findings: readonly Finding[]): string {
  const marks = { wrong: 'WRONG', look: 'look', right: 'right' } as const;
  const order = ['wrong', 'look', 'right'] as const;
  const lines = order.flatMap((state) =>
    findings
      .filter((finding) => finding.state === state)
      .map(({ about, says }) => `${marks[state].padEnd(6)} ${about}: ${says}`),
  );
  const wrong = findings.filter(({ state }) => state === 'wrong').length;
  const end =
    wrong === 0 ? 'Nothing stops Steward from working.' : `${wrong} to mend before Steward can work.`;
  return [...lines, end].join('\n');
}
