import type { ReplyOutcome } from '../app/recordUpdate';
import { actionName, monthName, standing } from '../cards/format';
import { readerOf } from '../cards/present';
import type { Action, Plan } from '../domain/plan';
import { scaleAt } from '../domain/status';
import type { TurnDeps } from './turn';

/** The line that says what was saved: the step from what it said before, or whose words are carried over. */
export function savedNote(
  deps: TurnDeps,
  plan: Plan,
  { action, late, repeat, found }: Extract<ReplyOutcome, { outcome: 'saved' }>,
): string {
  const { words } = deps;
  if (repeat) return words.say('chat.savedBefore');
  const scale = scaleAt(plan.scales, found.cycle.period);
  const name = actionName(action, words);
  const before = standing(scale, standingOf(found.action), words);
  const after = standing(scale, standingOf(action), words);
  if (action.unchangedFor > 0) {
    const { today } = readerOf(plan, deps.clock.now());
    const carried = action.narrativeFrom
      ? monthName(action.narrativeFrom, today, words)
      : action.narrative
        ? words.say('chat.thePlan')
        : 'none';
    return words.say('chat.savedSame', { action: name, standing: after, carried });
  }
  const step = before === after ? after : words.say('status.step', { from: before, to: after });
  return words.say(late ? 'chat.savedLate' : 'chat.savedNote', { action: name, step });
}

function standingOf({ status, percent }: Action) {
  return { status: status.key, percent };
}
