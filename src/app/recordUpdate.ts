import { type Capacity, capacityFor, coveredOn, type Member } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { type Answer, checkAnswer, type Finding } from '../domain/checks';
import { type Cycle, isLate } from '../domain/cycle';
import type { IsoDate, Period } from '../domain/period';
import { type Action, askedLeads, type Plan } from '../domain/plan';
import { scaleAt } from '../domain/status';
import {
  applyAnswer,
  applyNoChange,
  isRepeat,
  needsSentence,
  type Saying,
  type Update,
} from '../domain/update';
import type { Caller } from './people';
import { Conflict, type Deps, type Person, type Stored } from './ports';
import { readReplied } from './readReplied';

/** What somebody says of one action. */
export interface Reply {
  readonly plan: string;
  readonly period: Period;
  readonly action: string;
  /** Version of the action that they were looking at. */
  readonly version: number;
  readonly said: Answer | 'no-change';
  /** Faults of the typing itself, found before there was an answer to check: a date that is none. */
  readonly unread: readonly Finding[];
  /** They were asked about contradictions and meant what they said. */
  readonly anyway: boolean;
  /** The conversation that it came from, for the audit. */
  readonly chat: string;
}

/** What became of a reply. */
export type ReplyOutcome =
  /** Kept; `repeat` when the same tap had been kept before. */
  | {
      readonly outcome: 'saved';
      readonly found: Found;
      readonly action: Action;
      readonly late: boolean;
      readonly repeat: boolean;
    }
  /** Must be mended (`refused`) or confirmed (`asked`) before it is kept. Nothing was changed. */
  | {
      readonly outcome: 'refused';
      readonly found: Found;
      readonly refused: readonly Finding[];
      readonly asked: readonly Finding[];
      readonly wantsSentence: boolean;
    }
  /** Somebody answered meanwhile: their words are shown, nothing was overwritten. */
  | { readonly outcome: 'newer'; readonly found: Found; readonly by: string; readonly at: string }
  | { readonly outcome: 'not-yours'; readonly found: Found }
  | { readonly outcome: 'stranger' | 'no-plan' }
  | { readonly outcome: 'no-action'; readonly plan: Plan }
  | { readonly outcome: 'not-open'; readonly plan: Plan }
  /** A later month is open: its card is the one to answer. */
  | { readonly outcome: 'superseded'; readonly plan: Plan; readonly latest: Period };

/** What a reply is about, as read once. */
export interface Found {
  readonly plan: Plan;
  readonly action: Action;
  readonly cycle: Cycle;
  readonly person: Person | null;
}

/** How often a reply is tried again when another wrote the same action at the same moment. */
const ATTEMPTS = 4;

/**
 * Takes a reply: reads what it is about, lets the domain decide, and commits it whole in
 * one transaction. Who says it comes from the Teams activity, never from the card.
 */
export async function recordUpdate(
  deps: Pick<Deps, 'plans' | 'months' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: Reply,
): Promise<ReplyOutcome> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await tryOnce(deps, caller, reply);
    } catch (error) {
      if (!(error instanceof Conflict) || tried >= ATTEMPTS) throw error;
    }
  }
}

async function tryOnce(
  deps: Pick<Deps, 'plans' | 'months' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: Reply,
): Promise<ReplyOutcome> {
  const replied = await readReplied(deps, caller, reply, () =>
    deps.plans.readAction(reply.plan, reply.action),
  );
  if ('outcome' in replied) return replied;
  const { plan, asked: action, cycle, person, member, by } = replied;
  // What has left the plan is not answered for any more.
  if (!action || action.value.left) return { outcome: 'no-action', plan };
  if (!cycle) return { outcome: 'not-open', plan };
  const found: Found = { plan, action: action.value, cycle, person };
  const now = deps.clock.now();
  const today = dayIn(plan.calendar.zone, now);
  const capacity = capacityFor(plan, action.value, by.id, member, today);
  if (!capacity) return { outcome: 'not-yours', found };
  const { latest } = plan;
  if (latest !== null && latest > reply.period) return { outcome: 'superseded', plan, latest };

  const newer =
    action.value.version > reply.version ? await newerUpdate(deps, reply, by.id, action.value) : null;
  if (newer?.kind === 'repeat')
    return { outcome: 'saved', found, action: action.value, late: newer.late, repeat: true };
  if (newer) return { outcome: 'newer', found, by: newer.by, at: newer.at };

  const late = isLate(cycle, now);
  const scale = scaleAt(plan.scales, reply.period);
  const answer = reply.said === 'no-change' ? sameAgain(action.value) : reply.said;
  const findings = checkAnswer(answer, { action: action.value, scale, period: reply.period, today });
  const wantsSentence = reply.said === 'no-change' && needsSentence(action.value, reply.period);
  // "No change" is one tap: what may be contradictory stands already and is not asked about again, but what would be refused is.
  const refused =
    reply.said === 'no-change' ? withoutOldWords(findings.refused) : [...findings.refused, ...reply.unread];
  const asked = reply.said === 'no-change' || reply.anyway ? [] : findings.asked;
  if (refused.length > 0 || asked.length > 0 || wantsSentence)
    return { outcome: 'refused', found, refused, asked, wantsSentence };

  const saying: Saying = {
    period: reply.period,
    at: now,
    by,
    onBehalfOf: spokenFor(action.value, capacity, member, today),
    chat: reply.chat,
    late,
    savedAnyway: reply.anyway ? findings.asked.map(({ code }) => code) : [],
  };
  const next =
    reply.said === 'no-change'
      ? applyNoChange(action.value, saying)
      : applyAnswer(action.value, reply.said, saying);
  await save(deps, reply.plan, action, next);
  deps.log.info({ plan: reply.plan, period: reply.period, kind: next.update.kind, late }, 'update accepted');
  return { outcome: 'saved', found, action: next.action, late, repeat: false };
}

async function save(
  deps: Pick<Deps, 'plans'>,
  plan: string,
  before: Stored<Action>,
  next: { readonly action: Action; readonly update: Update },
): Promise<void> {
  await deps.plans.saveUpdate(plan, before, next.action, next.update);
}

/**
 * What was said since the version that the reply was typed on: the same tap kept before, or somebody's newer answer. The first update after that
 * version tells a repeat, however much was said since; but what its author took back right after is kept no longer.
 */
async function newerUpdate(
  deps: Pick<Deps, 'plans'>,
  reply: Reply,
  id: string,
  action: Action,
): Promise<{ kind: 'repeat'; late: boolean } | { kind: 'other'; by: string; at: string }> {
  const first = await deps.plans.readUpdate(reply.plan, reply.action, reply.version + 1);
  if (first && first.period === reply.period && isRepeat(first, reply.said, id)) {
    const second =
      action.version > first.version
        ? await deps.plans.readUpdate(reply.plan, reply.action, first.version + 1)
        : null;
    if (second?.kind !== 'undo') return { kind: 'repeat', late: first.late };
  }
  if (action.wrote?.kind !== 'undo')
    return { kind: 'other', by: action.updatedBy ?? '', at: action.updatedAt ?? '' };
  const last = await deps.plans.readUpdate(reply.plan, reply.action, action.version);
  return { kind: 'other', by: last?.by.name ?? '', at: last?.at ?? action.wrote.at };
}

/** What "No change" says again. The old words are carried over, not said anew. */
function sameAgain(action: Action): Answer {
  return {
    percent: action.percent,
    status: action.status.key,
    narrative: action.narrative,
    revised: null,
    barriers: action.barriers,
    ask: action.ask,
  };
}

/** Only what the state itself lacks stops "No change": a status, what red needs. What was accepted once is not refused again for its words. */
function withoutOldWords(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ code }) => code === 'status-missing' || code === 'red-without-barriers' || code === 'red-without-ask',
  );
}

/** The lead whom somebody else's reply is given for; null when they are the lead themselves. */
function spokenFor(action: Action, capacity: Capacity, member: Member | null, today: IsoDate): string | null {
  const asked = askedLeads(action);
  if (capacity === 'lead' && asked.some(({ key }) => member?.leads.includes(key))) return null;
  const spoken = [...(member?.answersFor ?? []), ...coveredOn(member, today)];
  const named = [...asked, ...action.groupLeads].find(({ key }) => spoken.includes(key)) ?? asked[0];
  return named?.name ?? null;
}
