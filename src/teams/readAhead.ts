import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PlanStore } from '../app/ports';
import { periodNow } from '../app/viewPosition';
import { neededOf } from '../ask/neededOf';
import type { Question } from '../ask/question';
import { type AskContext, type Reading as Read, readQuestion } from '../ask/readQuestion';
import { dayIn } from '../domain/calendar';
import { periodOfDate } from '../domain/period';
import type { Plan } from '../domain/plan';
import { scaleAt } from '../domain/status';
import type { Incoming } from './activity';
import type { Likely } from './memory';
import type { TurnDeps } from './turn';

/*
 * Storage takes its time to say who asks and what their plan is. Meanwhile the text is read, with what the plan was when somebody last asked; or it was
 * said before, as the questions are that Steward suggests, and was taken for something then. And where it asks for the asker's own actions, those of the
 * leads whom they answered for last are read already. Whatever turns out to be another now is read again, and nothing of it is shown before it
 * is known who asks.
 */

/** What a text was taken for, and what it was read with. */
export interface TextRead {
  readonly context: AskContext;
  readonly previous: Question | undefined;
  readonly read: Read;
}

/** What a text is read with, as far as the plan says it by itself. */
function contextOf(deps: Pick<TurnDeps, 'clock'>, plan: Plan): AskContext {
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const period = periodNow(plan, periodOfDate(today));
  return {
    scale: scaleAt(plan.scales, period),
    groups: plan.groups,
    today,
    period,
    measures: (plan.measures ?? 0) + (plan.reports ?? 0) > 0,
  };
}

/** What somebody asked last, where they ask now. */
function previousOf(deps: Pick<TurnDeps, 'memory'>, { place, caller }: Incoming): Question | undefined {
  return deps.memory.recall(place.conversation, caller.userId);
}

/** What is known before it is known who asks. */
export interface Ahead {
  readonly reading: TextRead;
  /** The plans, of which the actions that the text asks for are being read. */
  readonly plans: PlanStore;
}

/** Reads a text, and what it asks for, by what the asker's last turn was about; null where they had none. Never throws. */
export async function readAhead(
  deps: Pick<TurnDeps, 'memory' | 'plans'>,
  incoming: Incoming,
  text: string,
): Promise<Ahead | null> {
  const { tenant, userId } = incoming.caller;
  const likely = deps.memory.likely(tenant, userId);
  const context = likely && deps.memory.lastContext(likely.plan);
  if (!likely || !context || text === '') return null;
  const previous = previousOf(deps, incoming);
  let reading = deps.memory.lastReading(likely.plan, text);
  if (!reading || !isReadWith(reading, context, previous)) {
    // What was asked of storage is to be on its way before the thread is kept.
    await setImmediate();
    reading = { context, previous, read: readQuestion(text, context, previous) };
  }
  const { read } = reading;
  const isOwn = read.kind === 'question' && neededOf(read.question).actions.of === 'mine';
  return { reading, plans: isOwn ? withActionsOf(deps.plans, likely) : deps.plans };
}

/** The plans as they are, with the actions of some leads on their way. */
function withActionsOf(plans: PlanStore, { plan, leads }: Likely): PlanStore {
  const onTheWay = new Map(leads.map((lead) => [lead, plans.readActionsOfLead(plan, lead)]));
  // Whoever asks for them hears of a failure; it may be that nobody does.
  for (const actions of onTheWay.values()) actions.catch(() => undefined);
  const readActionsOfLead: PlanStore['readActionsOfLead'] = (id, lead) =>
    (id === plan ? onTheWay.get(lead) : undefined) ?? plans.readActionsOfLead(id, lead);
  return Object.assign(Object.create(plans) as PlanStore, { readActionsOfLead });
}

/** Reads a text about a plan, unless `ahead` was read with the same. */
export function readNow(
  deps: Pick<TurnDeps, 'memory' | 'clock'>,
  { plan, incoming }: { readonly plan: Plan; readonly incoming: Incoming },
  text: string,
  ahead: TextRead | null,
): TextRead {
  const context = deps.memory.noteContext(plan.id, contextOf(deps, plan));
  const previous = previousOf(deps, incoming);
  const reading =
    ahead && isReadWith(ahead, context, previous)
      ? ahead
      : { context, previous, read: readQuestion(text, context, previous) };
  deps.memory.noteReading(plan.id, text, reading);
  return reading;
}

function isReadWith(reading: TextRead, context: AskContext, previous: Question | undefined): boolean {
  return reading.context === context && isDeepStrictEqual(reading.previous, previous);
}
