import type { Content } from '../app/ports';
import { dayIn } from '../domain/calendar';
import { type IsoDate, type Period, periodOfDate } from '../domain/period';
import { type Action, askedLeads, type Plan } from '../domain/plan';
import type { WordKey, WordValues } from '../words/words';
import { meantPeriod } from './periods';
import type { TurnDeps } from './turn';

/* What every answer needs: a sentence as a message, and what day and month it is where the plan is. */

/** That an action is somebody else's to answer for. */
export function notYours(deps: Pick<TurnDeps, 'words'>, action: Action): Content & { text: string } {
  const leads = askedLeads(action).map(({ name }) => name);
  if (leads.length === 0) return say(deps, 'chat.notYoursNobody', { ref: action.ref });
  return say(deps, 'chat.notYours', { ref: action.ref, leads: leads.join(', ') });
}

/** That only a programme officer may, with the names of those there are. */
export async function notOfficer(deps: TurnDeps, plan: Plan): Promise<Content> {
  const tenant = plan.binding?.tenant ?? '';
  const people = await Promise.all(plan.officers.map((id) => deps.people.readPerson(tenant, id)));
  const names = people.flatMap((person) => (person?.value.name ? [person.value.name] : []));
  return say(deps, 'chat.notOfficer', { officers: names.length > 0 ? names.join(', ') : 'none' });
}

/** A sentence as a message. */
export function say(
  deps: Pick<TurnDeps, 'words'>,
  key: WordKey,
  values: WordValues = {},
): Content & { text: string } {
  const text = deps.words.say(key, values);
  return { summary: text, text };
}

/** Today where the plan is. */
export function todayOf(deps: Pick<TurnDeps, 'clock'>, plan: Plan): IsoDate {
  return dayIn(plan.calendar.zone, deps.clock.now());
}

/** The period that today belongs to, where the plan is. */
export function monthNow(deps: Pick<TurnDeps, 'clock'>, plan: Plan): Period {
  return meantPeriod(plan, periodOfDate(todayOf(deps, plan)));
}

/** The period that was opened last; before the first one, today's. */
export function latestOf(deps: Pick<TurnDeps, 'clock'>, plan: Plan): Period {
  return plan.latest ?? monthNow(deps, plan);
}
