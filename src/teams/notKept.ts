import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import { periodOf } from './periods';
import type { InvokeAnswer, TurnDeps } from './turn';

/** Why a reply was not even looked at, whatever it was about. */
export type NotLookedAt =
  | { readonly outcome: 'no-plan' | 'stranger' }
  | { readonly outcome: 'not-open'; readonly plan: Plan };

/** Says so: there is no plan here, they are nobody of its team, or the month is not open. */
export function notLookedAt(
  { words }: Pick<TurnDeps, 'words'>,
  period: Period,
  outcome: NotLookedAt,
): InvokeAnswer {
  switch (outcome.outcome) {
    case 'no-plan':
      return { kind: 'sentence', text: words.say('chat.noPlanHere') };
    case 'stranger':
      return { kind: 'sentence', text: words.say('chat.stranger') };
    case 'not-open':
      return {
        kind: 'sentence',
        text: words.say('chat.monthNotOpen', { period: periodOf(outcome.plan, period, words) }),
      };
  }
}
