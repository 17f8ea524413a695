import { identify } from '../app/people';
import type { Person } from '../app/ports';
import type { Standing } from '../domain/authority';
import type { Plan } from '../domain/plan';
import type { Incoming } from './activity';
import { sentence } from './invokeAnswer';
import { type InvokeAnswer, type Reading, standingIn, type TurnDeps } from './turn';

/** Somebody who may read the plan that a button is about. */
export interface Presser {
  readonly incoming: Incoming;
  readonly plan: Plan;
  readonly person: Person;
  readonly standing: Standing;
  readonly officer: boolean;
}

/** Who presses, by the activity's caller, and the plan as it stands now; or the sentence for somebody who may not read it. */
export async function readPresser(
  deps: TurnDeps,
  incoming: Incoming,
  planId: string,
): Promise<Presser | InvokeAnswer> {
  const [person, found] = await Promise.all([identify(deps, incoming.caller), deps.plans.readPlan(planId)]);
  const plan = found?.value;
  if (!plan || plan.binding?.tenant !== incoming.caller.tenant)
    return sentence(deps.words.say('chat.noPlanHere'));
  if (!person) return sentence(deps.words.say('chat.stranger'));
  const { standing, officer, reader } = standingIn(deps, plan, person.value.id, person.value);
  if (!standing || !reader) return sentence(deps.words.say('chat.stranger'));
  return { incoming, plan, person: person.value, standing, officer };
}

/** The presser as somebody who asks by words: with the same rights, and no more. */
export function readingOf({ incoming, plan, person, standing, officer }: Presser): Reading {
  return {
    incoming,
    person: { value: person, etag: '' },
    plan,
    standing,
    officer,
    reader: true,
  };
}
