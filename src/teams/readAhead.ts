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
 * they last asked; where the plan has become another since, it is read again.
 */

/** A reading, and what it was read with. */
export interface ReadAhead {
  readonly context: AskContext;
  readonly previous: Question | undefined;
  readonly read: Read;
}

/** What a text is read with, as far as the plan says it by itself. */
export function contextOf(deps: Pick<TurnDeps, 'clock'>, plan: Plan): AskContext {
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
export function previousOf(
  deps: Pick<TurnDeps, 'memory'>,
  { place, caller }: Incoming,
): Question | undefined {
  return deps.memory.recall(place.conversation, caller.userId);
}

/** Reads a text as the asker's likely plan was last seen, once what was asked of storage is on its way; null where no plan is likely. Never throws. */
export async function readAhead(
  deps: Pick<TurnDeps, 'memory'>,
  incoming: Incoming,
  text: string,
): Promise<ReadAhead | null> {
  const { tenant, userId } = incoming.caller;
  const likely = deps.memory.likelyPlan(tenant, userId);
  const context = likely === undefined ? undefined : deps.memory.lastContext(likely);
  if (!context || text === '') return null;
  await setImmediate();
  const previous = previousOf(deps, incoming);
  return { context, previous, read: readQuestion(text, context, previous) };
}

/** The reading of a text: the one that was made ahead, if it was made with the same. */
export function readWith(
  text: string,
  context: AskContext,
  previous: Question | undefined,
  ahead: ReadAhead | null,
): Read {
  const isSame = ahead?.previous === previous && isDeepStrictEqual(ahead?.context, context);
  return ahead && isSame ? ahead.read : readQuestion(text, context, previous);
}
