import { identify } from '../app/people';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { Incoming } from './activity';
import { sentence } from './invokeAnswer';
import { monthNotOpen, showMonth } from './leadsMonth';
import type { InvokeAnswer, TurnDeps } from './turn';

/** Why a reply was not even looked at, whatever it was about. */
export type NotTaken =
  | { readonly outcome: 'no-plan' | 'stranger' }
  | { readonly outcome: 'not-open'; readonly plan: Plan }
  | { readonly outcome: 'superseded'; readonly plan: Plan };

/** Says so: there is no plan here, they are nobody of its team, or the month is not open. One that has given way is answered with the later month. */
export async function notTaken(
  deps: TurnDeps,
  incoming: Incoming,
  period: Period,
  outcome: NotTaken,
): Promise<InvokeAnswer> {
  const { words } = deps;
  switch (outcome.outcome) {
    case 'no-plan':
      return sentence(words.say('chat.noPlanHere'));
    case 'stranger':
      return sentence(words.say('chat.stranger'));
    case 'not-open':
      return monthNotOpen(deps, outcome.plan, period);
    case 'superseded': {
      const person = await identify(deps, incoming.caller);
      if (!person) return sentence(words.say('chat.stranger'));
      return showMonth(deps, outcome.plan, person.value, period, {});
    }
  }
}
