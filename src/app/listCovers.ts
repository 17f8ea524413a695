import { dayIn } from '../domain/calendar';
import type { IsoDate } from '../domain/period';
import type { LeadKey, Plan } from '../domain/plan';
import { coverOn } from '../domain/prompt';
import type { Deps } from './ports';

/** That somebody answers in a lead's place now. */
export interface CoverNow {
  readonly lead: LeadKey;
  readonly name: string;
  readonly deputy: { readonly id: string; readonly name: string };
  readonly until: IsoDate;
}

/** Who covers for whom today (plan's zone), by the lead's name. One query. */
export async function listCovers(deps: Pick<Deps, 'plans' | 'clock'>, plan: Plan): Promise<CoverNow[]> {
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  return (await deps.plans.readLeads(plan.id))
    .flatMap(({ value }) => {
      const cover = coverOn(value, today);
      if (!cover) return [];
      const { key, name } = value.lead;
      return [{ lead: key, name, deputy: { id: cover.person, name: cover.name }, until: cover.until }];
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
