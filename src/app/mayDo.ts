import { type About, type Deed, may } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import type { Plan } from '../domain/plan';
import { memberOf } from './people';
import type { Deps } from './ports';
import type { Doer } from './readAudit';

/** Who does something where nobody is named: IT at the command line, which has the storage itself and needs no name to a plan. */
export const COMMAND_LINE: Doer = { id: '', name: 'the command line', chat: '' };

/** Whether somebody may do something, by what is kept of them now (one point read). The command line may do all. */
export async function mayDo(
  deps: Pick<Deps, 'people' | 'clock'>,
  plan: Plan,
  by: Doer,
  deed: Deed,
  about: About = {},
): Promise<boolean> {
  if (by === COMMAND_LINE) return true;
  if (!plan.binding) return false;
  const person = await deps.people.readPerson(plan.binding.tenant, by.id);
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  return may(deed, { plan, person: by.id, member: memberOf(person?.value, plan.id), today }, about);
}
