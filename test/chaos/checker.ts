import type { Row } from '../../src/storage/table';
import type { Request } from './fakeTeams';

/*
 * Holds what a run left behind against what Steward promises. It reads raw rows and Teams' own log with code of its own: nothing of the
 * product is asked, so that a fault of a reader can't hide one of a writer.
 */

/** A reply whose sender was told that it is saved. */
export interface Accepted {
  readonly action: string;
  readonly period: string;
  readonly person: string;
  /** Its words, which no other reply has; null for "No change". */
  readonly words: string | null;
  readonly percent: number | null;
  /** Version that it was typed on. */
  readonly version: number;
}

/** A hand-over that its sayer was told of as done. */
export interface HandedOver {
  readonly action: string;
  readonly to: string;
}

/** A reminder at the moment at which it was delivered, with the plan's rows as they stood. */
export interface RemindedAt {
  readonly request: Request;
  readonly rows: readonly Row[];
  /** An answer since then (ms since 1970) may have crossed it on its way: a moment before, or before the machines slept. */
  readonly crossing: number;
}

export interface Evidence {
  readonly plan: string;
  /** Every row of the table `plans` and of the partition of the tenant in `people`. */
  readonly rows: readonly Row[];
  readonly requests: readonly Request[];
  readonly accepted: readonly Accepted[];
  readonly handedOver: readonly HandedOver[];
  readonly reminded: readonly RemindedAt[];
  /** For each period that was opened: live actions with the leads who were to be asked, as first seen. */
  readonly openings: ReadonlyMap<
    string,
    readonly { readonly action: string; readonly leads: readonly string[] }[]
  >;
  /** Rows that are never changed, as first seen. */
  readonly kept: ReadonlyMap<string, string>;
  /** The plan's time in the end, in milliseconds since 1970. */
  readonly now: number;
  /** Whether instances' clocks agree, so that the shared rate can be held exactly. */
  readonly clocksAgree: boolean;
}

interface Named {
  readonly key: string;
}
interface ActionRow {
  readonly id: string;
  readonly leads: readonly Named[];
  readonly groupLeads: readonly Named[];
  readonly status: { readonly key: string | null };
  readonly percent: number | null;
  readonly see: readonly string[];
  readonly version: number;
  readonly updatedIn: string | null;
  readonly left?: unknown;
}
interface UpdateRow {
  readonly action: string;
  readonly version: number;
  readonly period: string;
  readonly at: string;
  readonly by: { readonly id: string };
  readonly kind: string;
  readonly before: { readonly status: string | null };
  readonly after: {
    readonly status: string | null;
    readonly percent: number | null;
    readonly narrative: string;
  };
}
interface MessageRow {
  readonly key: string;
  readonly kind: string;
  readonly period: string | null;
  readonly to: string | null;
  readonly leads: readonly string[];
  readonly actions: readonly string[];
  readonly state: string;
}
interface WhoRow {
  readonly lead: Named;
  readonly person: string | null;
  readonly answeredBy: string | null;
  readonly cover?: { readonly person: string; readonly until: string } | null;
}
interface PositionRow {
  readonly period: string;
  readonly total: number;
  readonly figures: readonly { readonly key: string; readonly count: number; readonly share: number }[];
  readonly groups: readonly {
    readonly ref: string;
    readonly total: number;
    readonly counts: Record<string, number>;
  }[];
  readonly comparisons: readonly { readonly with: string; readonly delta: Record<string, number> }[];
  readonly moves: readonly {
    readonly id: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  readonly red: readonly string[];
}
interface SnapshotRow {
  readonly id: string;
  readonly group: string;
  readonly status: string | null;
}
interface CycleRow {
  readonly period: string;
  readonly state: string;
  readonly closes: string;
  readonly prompted: boolean;
}

/** Rows that are written once: replies, the audit, published figures. */
const FROZEN = /^(update|audit|position|snapshot|reading|return)\|/;
/** States in which a message is done with. */
const DONE = new Set(['sent', 'unreachable', 'unconfirmed', 'not-needed']);
/** Every promise that does not hold, as a sentence; none when all is well. */
export function violationsOf(evidence: Evidence): string[] {
  const facts = readFacts(evidence);
  return [
    ...brokenUpdates(evidence, facts),
    ...brokenReplies(evidence, facts),
    ...brokenFrozen(evidence),
    ...brokenIndex(evidence, facts),
    ...brokenAudit(evidence),
    ...brokenMessages(evidence, facts),
    ...brokenAsking(evidence, facts),
    ...brokenReminders(evidence),
    ...brokenFigures(evidence, facts),
    ...brokenMonths(evidence, facts),
    ...brokenLimits(evidence),
  ];
}

/** The rows that must never change, with what they say: to be kept when first seen. */
export function frozenRows(rows: readonly Row[]): [string, string][] {
  const present = new Set(rows.map(({ row }) => row));
  // Snapshots are written before their position, which vouches for them: without it they are a beginning that is begun anew.
  const isVouched = (row: string): boolean =>
    !row.startsWith('snapshot|') ||
    row.startsWith('snapshot|loaded|') ||
    present.has(`position|${row.split('|')[1]}`);
  return rows
    .filter(({ row }) => FROZEN.test(row) && isVouched(row))
    .map(({ partition, row, cells }) => [`${partition} ${row}`, bodyOf(cells)]);
}

/** Live actions with those to be asked, for each period whose prompts are all written. */
export function openingsIn(rows: readonly Row[], plan: string) {
  const mine = rows.filter(({ partition }) => partition === plan);
  const periods = read<CycleRow>(mine, 'cycle|').flatMap(({ period, prompted }) =>
    prompted ? [period] : [],
  );
  const asked = read<ActionRow>(mine, 'action|')
    .filter(isLive)
    .map((action) => ({ action: action.id, leads: leadsOf(action).map(({ key }) => key) }));
  return periods.map((period) => [period, asked] as const);
}

type Facts = ReturnType<typeof readFacts>;

function readFacts({ rows, plan }: Evidence) {
  const mine = rows.filter(({ partition }) => partition === plan);
  return {
    mine,
    latest: read<{ latest: string | null }>(mine, 'plan')[0]?.latest ?? null,
    actions: read<ActionRow>(mine, 'action|'),
    updates: read<UpdateRow>(mine, 'update|'),
    messages: read<MessageRow>(mine, 'message|'),
    who: read<WhoRow>(mine, 'who|'),
    positions: read<PositionRow>(mine, 'position|'),
    cycles: read<CycleRow>(mine, 'cycle|'),
  };
}

/** Versions without a gap, and the action says what its last update said. */
function brokenUpdates(_: Evidence, { actions, updates }: Facts): string[] {
  return actions.flatMap((action) => {
    const own = updates.filter((update) => update.action === action.id).sort((a, b) => a.version - b.version);
    const versions = own.map(({ version }) => version).join(' ');
    const expected = Array.from({ length: action.version }, (_, n) => n + 1).join(' ');
    if (versions !== expected) return [`${action.id} has version ${action.version}, and updates ${versions}`];
    const last = own.at(-1);
    if (!last || (last.after.status === action.status.key && last.after.percent === action.percent))
      return [];
    return [`${action.id} does not say what its last update said`];
  });
}

/** Whoever was told "saved" finds what they said, once, in the rows. */
function brokenReplies({ accepted }: Evidence, { updates }: Facts): string[] {
  return accepted.flatMap((reply) => {
    const same = updates.filter(({ action, period, by, kind, version, after }) =>
      reply.words === null
        ? action === reply.action &&
          kind === 'no-change' &&
          by.id === reply.person &&
          version === reply.version + 1
        : after.narrative === reply.words &&
          kind === 'answer' &&
          action === reply.action &&
          period === reply.period,
    );
    const what = `the reply of ${reply.person} for ${reply.action} (${reply.words ?? 'no change'})`;
    if (same.length !== 1) return [`${what} was answered as saved and is there ${same.length} times`];
    const [kept] = same;
    if (kept && kept.by.id === reply.person && (reply.words === null || kept.after.percent === reply.percent))
      return [];
    return [`${what} is kept otherwise than it was said`];
  });
}

function brokenFrozen({ rows, kept }: Evidence): string[] {
  const now = new Map(rows.map(({ partition, row, cells }) => [`${partition} ${row}`, cells]));
  return [...kept].flatMap(([name, body]) => {
    const cells = now.get(name);
    if (!cells) return [`${name} was there and is gone`];
    return bodyOf(cells) === body ? [] : [`${name} was changed`];
  });
}

/** "My actions" are the actions. */
function brokenIndex({ rows, plan }: Evidence, { mine, actions }: Facts): string[] {
  const bodies = new Map(mine.map(({ row, cells }) => [row, bodyOf(cells)]));
  const expected = new Set(
    actions
      .filter(({ left }) => left === undefined)
      .flatMap((action) => leadsOf(action).map(({ key }) => `lead|${key}|${action.id}`)),
  );
  const present = mine.map(({ row }) => row).filter((row) => row.startsWith('lead|'));
  const due = rows.filter(
    ({ partition, row }) => partition === 'index' && row.startsWith('due|') && row.endsWith(`|${plan}`),
  );
  const line = rows.find(({ partition, row }) => partition === 'index' && row === `plan|${plan}`);
  const look = String(line?.cells.look ?? '');
  return [
    ...[...expected].filter((row) => !bodies.has(row)).map((row) => `${row} is missing`),
    ...present.filter((row) => !expected.has(row)).map((row) => `${row} should not be there`),
    ...present
      .filter((row) => expected.has(row) && bodies.get(row) !== bodies.get(`action|${row.split('|')[2]}`))
      .map((row) => `${row} does not say what its action says`),
    ...(due.map(({ row }) => row).join(' ') === (look ? `due|${look}|${plan}` : '')
      ? []
      : [`the order of what is due says ${due.map(({ row }) => row).join(' ')} and the plan's line ${look}`]),
  ];
}

/** A hand-over that was answered as done is in the audit, and nothing is there twice. */
function brokenAudit({ rows, plan, handedOver }: Evidence): string[] {
  interface Entry {
    readonly at: string;
    readonly what: {
      readonly kind: string;
      readonly action?: string;
      readonly version?: number;
      readonly load?: string;
      readonly from?: { readonly lead: string };
      readonly to?: { readonly person?: string; readonly lead?: string };
    };
  }
  const mine = rows.filter(({ partition }) => partition === plan);
  const entries = read<Entry>(mine, 'audit|').map(({ what }) => what);
  const once = entries
    .filter(({ kind }) => kind === 'undone' || kind === 'action-loaded' || kind === 'plan-loaded')
    .map(({ kind, action, version, load }) => [kind, action, version, load].join(' '));
  return [
    ...once.filter((one, at) => once.indexOf(one) !== at).map((one) => `the audit says twice: ${one}`),
    ...handedOver
      .filter(
        ({ action, to }) =>
          !entries.some(
            (entry) => entry.kind === 'handed-over' && entry.action === action && entry.to?.person === to,
          ),
      )
      .map(({ action, to }) => `the audit does not say that ${action} was handed to ${to}`),
  ];
}

/** What a summary says that a message is; the period as `2023-09`. */
function kindOf(summary: string): { kind: string; period: string } {
  const month = /^(\w+ \d{4}) update: /.exec(summary) ?? /^(\w+ \d{4}) update /.exec(summary);
  const reminder = /^Reminder: .*of the (\w+ \d{4}) update/.exec(summary);
  const post = /^Position at (\w+ \d{4}): /.exec(summary);
  if (reminder) return { kind: 'reminder', period: periodOf(reminder[1]) };
  if (post) return { kind: 'post', period: periodOf(post[1]) };
  if (month && / update: /.test(summary)) return { kind: 'prompt', period: periodOf(month[1]) };
  return { kind: 'other', period: '' };
}

function periodOf(name = ''): string {
  const at = new Date(`1 ${name} UTC`);
  return at.toISOString().slice(0, 7);
}

/**
 * What was delivered against what the rows say: of each person, kind and period as many as are `sent`, and one more at most for each that is
 * `unconfirmed`; nothing is still on its way.
 */
function brokenMessages({ requests }: Evidence, { messages }: Facts): string[] {
  const arrived = new Map<string, number>();
  for (const { done, summary, operation, person } of requests) {
    if (!done || summary === null || (operation !== 'send' && operation !== 'create')) continue;
    const { kind, period } = kindOf(summary);
    const name = [kind, period, person ?? 'channel'].join(' ');
    arrived.set(name, (arrived.get(name) ?? 0) + 1);
  }
  const said = new Map<string, { sent: number; unconfirmed: number }>();
  for (const { kind, period, to, state } of messages) {
    const known = kind === 'prompt' || kind === 'reminder' || kind === 'post';
    const person = to === 'channel' || to === 'team' ? 'channel' : to;
    const name = known ? [kind, period, person].join(' ') : ['other', '', person].join(' ');
    const count = said.get(name) ?? { sent: 0, unconfirmed: 0 };
    if (state === 'sent') count.sent += 1;
    if (state === 'unconfirmed') count.unconfirmed += 1;
    said.set(name, count);
  }
  const names = new Set([...arrived.keys(), ...said.keys()]);
  return [
    ...messages
      .filter(({ state }) => !DONE.has(state))
      .map(({ key, state }) => `${key} is still ${state} when all is quiet`),
    ...[...names].flatMap((name) => {
      const { sent, unconfirmed } = said.get(name) ?? { sent: 0, unconfirmed: 0 };
      const came = arrived.get(name) ?? 0;
      if (came >= sent && came <= sent + unconfirmed) return [];
      return [
        `${name}: ${came} were delivered, while ${sent} are said to be sent and ${unconfirmed} unconfirmed`,
      ];
    }),
    ...[...arrived]
      .filter(([name, came]) => name.startsWith('prompt ') && came > 1)
      .map(([name, came]) => `${name}: asked ${came} times`),
  ];
}

/** Whoever was to be asked at the opening was asked, or is listed with the reason. */
function brokenAsking({ openings }: Evidence, { messages, who, updates, latest, actions }: Facts): string[] {
  const answerers = new Map(
    who.map((record) => [record.lead.key, [record.person, record.answeredBy, record.cover?.person]] as const),
  );
  return [...openings].flatMap(([period, asked]) => {
    const prompts = messages.filter((message) => message.kind === 'prompt' && message.period === period);
    return asked.flatMap(({ action, leads }) =>
      leads.flatMap((lead) => {
        const mine = prompts.filter(
          ({ leads: as, to, actions: about }) =>
            as.includes(lead) || (to !== null && answerers.get(lead)?.includes(to)) || about.includes(action),
        );
        const answers = updates
          .filter((update) => update.action === action && update.period === period)
          .sort((a, b) => a.version - b.version);
        const isAnswered = answers.length > 0;
        // Delivered when the month opened, and answered as no longer so before it was first looked at here.
        const wasDelivered = ['blue', 'grey'].includes(answers[0]?.before.status ?? '');
        if (mine.length === 0)
          return wasDelivered ? [] : [`nobody was asked for ${action} in ${period}, though ${lead} leads it`];
        const isElsewhere = !actions.some(
          (one) => one.id === action && isLive(one) && leadsOf(one).some(({ key }) => key === lead),
        );
        const isSpared = mine.every(({ state }) => state === 'not-needed');
        if (!isSpared || isAnswered || isElsewhere || latest !== period) return [];
        return [`${lead} was not asked for ${action} in ${period}: it was taken for needless`];
      }),
    );
  });
}

/** Nobody is reminded who had answered for everything. */
function brokenReminders({ reminded, plan }: Evidence): string[] {
  return reminded.flatMap(({ request, rows, crossing }) => {
    const { kind, period } = kindOf(request.summary ?? '');
    if (kind !== 'reminder') return [];
    const mine = rows.filter(({ partition }) => partition === plan);
    const leads = read<WhoRow>(mine, 'who|')
      .filter(({ person, answeredBy, cover }) =>
        [person, answeredBy, cover?.person].includes(request.person ?? ''),
      )
      .map(({ lead }) => lead.key);
    // They left the team at that very moment.
    if (leads.length === 0) return [];
    const own = read<ActionRow>(mine, 'action|').filter(
      (action) => action.left === undefined && leadsOf(action).some(({ key }) => leads.includes(key)),
    );
    if (own.some((action) => isLive(action) && action.updatedIn !== period)) return [];
    const ids = own.map(({ id }) => id);
    const isRace = read<UpdateRow>(mine, 'update|').some(
      ({ action, at }) => ids.includes(action) && Date.parse(at) >= crossing,
    );
    return isRace ? [] : [`${request.person} was reminded of ${period} and had answered for everything`];
  });
}

/** A published position follows from its snapshots, and each change from the actions that moved. */
function brokenFigures({ requests }: Evidence, { mine, positions }: Facts): string[] {
  const snapshots = (period: string) => read<SnapshotRow>(mine, `snapshot|${period}|`);
  return positions.flatMap((position) => {
    const { period, total, figures, comparisons, moves, red, groups } = position;
    const actions = snapshots(period);
    const counts = countOf(actions);
    const faults: string[] = [];
    const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
    if (sum(figures.map(({ count }) => count)) !== total || total !== actions.length)
      faults.push(
        `figures add up to ${sum(figures.map(({ count }) => count))} of ${total}, snapshots are ${actions.length}`,
      );
    for (const { key, count } of figures)
      if (count !== (counts.get(key) ?? 0))
        faults.push(`${key} is ${count}, its snapshots say ${counts.get(key) ?? 0}`);
    if (total > 0 && sum(figures.map(({ share }) => share)) !== 100)
      faults.push('shares do not add up to 100');
    const reds = actions.filter(({ status }) => status === 'red').map(({ id }) => id);
    if ([...reds].sort().join() !== [...red].sort().join())
      faults.push('the red items are not those that are red');
    for (const group of groups) {
      const own = countOf(actions.filter((action) => action.group === group.ref));
      if (sum([...own.values()]) !== group.total) faults.push(`group ${group.ref} is ${group.total}`);
    }
    for (const { with: earlier, delta } of comparisons) {
      const before = positions.find((one) => one.period === earlier);
      if (!before) continue;
      const then = new Map(before.figures.map(({ key, count }) => [key, count]));
      for (const [key, change] of Object.entries(delta)) {
        const difference =
          key === 'total' ? total - before.total : (counts.get(key) ?? 0) - (then.get(key) ?? 0);
        if (difference !== change)
          faults.push(`${key} since ${earlier} is said to be ${change}, and is ${difference}`);
      }
    }
    const published = comparisons.find((one) => positions.some((other) => other.period === one.with));
    faults.push(...unexplained(actions, snapshots(published?.with ?? 'loaded'), moves));
    const posts = requests.filter(({ done, summary }) => done && summary && kindOf(summary).kind === 'post');
    for (const { summary } of posts.filter((post) => kindOf(post.summary ?? '').period === period)) {
      const [, reds = '', all = ''] = /: (\d+) .* of (\d+)$/.exec(summary ?? '') ?? [];
      if (Number(reds) !== red.length || Number(all) !== total)
        faults.push(`the post says ${summary}, the position ${red.length} of ${total}`);
    }
    return faults.map((fault) => `the position at ${period}: ${fault}`);
  });
}

/** Every change of a count is a move of an action that was there before and is now, or one that came or went. */
function unexplained(
  now: readonly SnapshotRow[],
  before: readonly SnapshotRow[],
  moves: PositionRow['moves'],
): string[] {
  const then = new Map(before.map((snapshot) => [snapshot.id, snapshot.status]));
  const moved = now.filter(({ id, status }) => then.has(id) && then.get(id) !== status);
  const said = moves.map(({ id, from, to }) => `${id} ${from} ${to}`).sort();
  const found = moved.map(({ id, status }) => `${id} ${then.get(id)} ${status}`).sort();
  return said.join() === found.join()
    ? []
    : [`moves are said to be [${said.join(', ')}], and are [${found.join(', ')}]`];
}

/** No month is stuck: closed when its time had come, published when somebody said so, opened when the calendar says. */
function brokenMonths({ now, rows, plan }: Evidence, { cycles, positions, latest }: Facts): string[] {
  const bound = rows.some(
    ({ partition, row, cells }) => partition === 'index' && row === `plan|${plan}` && cells.bound,
  );
  const today = new Date(now).toISOString().slice(0, 10);
  const stuck = rows.filter(
    ({ partition, row, cells }) => partition === 'index' && row === `plan|${plan}` && cells.stuckAt,
  );
  return [
    ...cycles
      .filter(({ state, closes }) => state === 'open' && Date.parse(closes) < now - 60_000)
      .map(({ period, closes }) => `${period} was to close at ${closes} and is open`),
    ...cycles
      .filter(({ state }) => state === 'publishing')
      .map(({ period }) => `${period} is still being published`),
    ...cycles
      .filter(({ state, period }) => state === 'published' && !positions.some((one) => one.period === period))
      .map(({ period }) => `${period} is published without figures`),
    ...cycles
      .filter(({ period, prompted, state }) => period === latest && !prompted && state === 'open')
      .map(({ period }) => `nobody has seen to the prompts of ${period}`),
    // The twentieth, a weekend and Easter or Christmas later at most.
    ...(bound && Number(today.slice(8)) >= 27 && (latest === null || latest < today.slice(0, 7))
      ? [`it is ${today}, and ${latest ?? 'nothing'} is the last month that was opened`]
      : []),
    ...stuck.map(({ cells }) => `the plan is stuck: ${cells.stuckReason}`),
  ];
}

const WINDOWS: readonly (readonly [ms: number, most: number])[] = [
  [1_000, 7],
  [2_000, 8],
  [30_000, 60],
  [3_600_000, 1_800],
];

/** Never more than Teams allows, in a conversation and in the tenant. */
function brokenLimits({ requests, clocksAgree }: Evidence): string[] {
  const byPlace = new Map<string, Request[]>();
  for (const request of requests) {
    const { operation, conversation, process } = request;
    // The windows of a conversation are kept by each process: two of them answer one person at the same moment but rarely.
    const place = `${conversation} by ${process}`;
    if (operation !== 'read' && conversation !== null)
      byPlace.set(place, [...(byPlace.get(place) ?? []), request]);
  }
  const tenant =
    clocksAgree &&
    mostWithin(
      requests.map(({ at }) => at),
      1_000,
    ) > 50;
  return [
    ...[...byPlace].flatMap(([place, own]) =>
      WINDOWS.filter(
        ([ms, most]) =>
          mostWithin(
            own.map(({ at }) => at),
            ms,
          ) > most,
      ).map(([ms, most]) => `more than ${most} requests within ${ms} ms in ${place}`),
    ),
    ...(tenant ? ['more than 50 requests in a second in the tenant'] : []),
  ];
}

/** Most instants within any window of so many milliseconds. */
export function mostWithin(instants: readonly number[], ms: number): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let most = 0;
  for (let last = 0, first = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= ms) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function countOf(snapshots: readonly SnapshotRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of snapshots) counts.set(status ?? 'none', (counts.get(status ?? 'none') ?? 0) + 1);
  return counts;
}

function leadsOf({ leads, groupLeads }: ActionRow): readonly Named[] {
  return leads.length > 0 ? leads : groupLeads;
}

function isLive({ left, see, status, percent }: ActionRow): boolean {
  if (left !== undefined || status.key === 'blue' || status.key === 'grey') return false;
  return !(see.length > 0 && status.key === null && percent === null);
}

function read<T>(rows: readonly Row[], prefix: string): T[] {
  return rows
    .filter(({ row }) => (prefix.endsWith('|') ? row.startsWith(prefix) : row === prefix))
    .map(({ cells }) => JSON.parse(bodyOf(cells)) as T);
}

function bodyOf(cells: Row['cells']): string {
  let body = '';
  for (let piece = 0; cells[`body${piece}`] !== undefined; piece += 1) body += String(cells[`body${piece}`]);
  return body;
}
