import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { periodNow } from '../app/viewPosition';
import type { Question } from '../ask/question';
import { type AskContext, type Reading as Read, readQuestion } from '../ask/readQuestion';
import { dayIn } from '../domain/calendar';
import { periodOfDate } from '../domain/period';
import type { Plan } from '../domain/plan';
import { scaleAt } from '../domain/status';
import type { Incoming } from './activity';
import type { TurnDeps } from './turn';

/*
 * Reading a text takes about as long as storage takes to say who asks and what their plan is. So it is read meanwhile, with what the plan was when
 * somebody last asked; or it was said before, as the questions are that Steward suggests, and was taken for something then. Where what it was read
 * with is another now, it is read again.
 */

/** What a text was taken for, and what it was read with. */
export interface ReadAhead {
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

/**
 * What a text is taken for, as the asker's likely plan was last seen: as before, or read now that what was asked of storage is on its way. Null where
 * no plan is likely. Never throws.
 */
export async function readAhead(
  deps: Pick<TurnDeps, 'memory'>,
  incoming: Incoming,
  text: string,
): Promise<ReadAhead | null> {
  const { tenant, userId } = incoming.caller;
  const likely = deps.memory.likelyPlan(tenant, userId);
  const context = likely === undefined ? undefined : deps.memory.lastContext(likely);
  if (likely === undefined || !context || text === '') return null;
  const previous = previousOf(deps, incoming);
  const known = deps.memory.lastReading(likely, text);
  if (known && isReadWith(known, context, previous)) return known;
  await setImmediate();
  return { context, previous, read: readQuestion(text, context, previous) };
}

/** Reads a text about a plan, unless it was read ahead with the same. */
export function readNow(
  deps: Pick<TurnDeps, 'memory' | 'clock'>,
  { plan, incoming }: { readonly plan: Plan; readonly incoming: Incoming },
  text: string,
  ahead: ReadAhead | null,
): ReadAhead {
  const context = deps.memory.noteContext(plan.id, contextOf(deps, plan));
  const previous = previousOf(deps, incoming);
  const reading =
    ahead && isReadWith(ahead, context, previous)
      ? ahead
      : { context, previous, read: readQuestion(text, context, previous) };
  deps.memory.noteReading(plan.id, text, reading);
  return reading;
}

function isReadWith(reading: ReadAhead, context: AskContext, previous: Question | undefined): boolean {
  return reading.context === context && isDeepStrictEqual(reading.previous, previous);
}
