import { dayIn } from '../domain/calendar';
import type { Message } from '../domain/message';
import { type Period, periodOfDate } from '../domain/period';
import { type Action, askedLeads, isLive, type NamedLead, type Plan } from '../domain/plan';
import {
  askedAs,
  askedFor,
  asksSomething,
  leaderless,
  promptPrefix,
  unanswered,
  unansweredOthers,
} from '../domain/prompt';
import { scaleAt } from '../domain/status';
import { memberOf } from './people';
import type { Deps, Person } from './ports';
import { readOtherAsks } from './readOthers';

/** Somebody who was to be asked in a period, and how far they are. */
export interface Asked {
  /** The lead's name as the plan prints it. */
  readonly name: string;
  readonly prompt: Message;
  /** Actions, readings and reports without an answer yet, and all that were asked for. */
  readonly left: number;
  readonly of: number;
  readonly reminded: number;
  /** The lead is nobody in the team, and a programme officer answers. */
  readonly officerAnswers: boolean;
  /** Name of whoever was asked in the lead's place; null when nobody covers. */
  readonly coveredBy: string | null;
}

/** Everybody who was to be asked in a period, by name, and the live actions that nobody can be asked about. */
export async function readLedger(
  deps: Pick<Deps, 'plans' | 'months' | 'measures'>,
  plan: Plan,
  period: Period,
): Promise<{ readonly asked: readonly Asked[]; readonly leaderless: readonly Action[] }> {
  const [prompts, reminders, list, leads, others] = await Promise.all([
    deps.months.readMessages(plan.id, promptPrefix(period)),
    deps.months.readMessages(plan.id, `reminder|${period}|`),
    deps.plans.readActions(plan.id),
    deps.plans.readLeads(plan.id),
    readOtherAsks(deps, plan),
  ]);
  const scale = scaleAt(plan.scales, period);
  const actions = new Map(list.map((action) => [action.id, action]));
  const byKey = new Map(leads.map(({ value }) => [value.lead.key, value]));
  const asked = prompts
    .map(({ value }) => value)
    .filter(asksSomething)
    .flatMap((prompt) => askedAs(prompt, byKey, actions, others).map((part) => ({ prompt, part })))
    .map(({ prompt, part }): Asked => {
      const records = part.leads.flatMap((key) => byKey.get(key) ?? []);
      return {
        name: records.map(({ lead }) => lead.name).join(', '),
        prompt,
        left:
          unanswered({ ...prompt, actions: part.actions }, actions, scale).length +
          unansweredOthers({ ...prompt, others: part.others }, others).length,
        of: part.actions.length + part.others.length,
        reminded: reminders.filter(({ value }) => value.to === prompt.to && value.state === 'sent').length,
        officerAnswers: records.length > 0 && records.every(({ settled }) => settled === 'nobody'),
        coveredBy: part.covered ? (records[0]?.cover?.name ?? '') : null,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { asked, leaderless: leaderless(list, scale) };
}

/** Why a lead of live actions can't be reached, and so what is to be done about it. */
export type OutOfReach =
  /** Nobody was found for the name: settle who it is (`proposed` may say). */
  | 'nobody'
  /** They have left the team: hand over, or have them added again. */
  | 'left'
  /** They have not installed Steward, or took it out: they add it, or IT does for them. */
  | 'not-installed'
  /** They have blocked Steward: they unblock it in Teams. */
  | 'blocked'
  /** Their organisation does not let them use Steward: IT allows the app for them in the Teams admin centre. */
  | 'disabled'
  /** Teams refused for another reason: the log has Teams' own words. */
  | 'refused';

/** A lead of live actions whom no message reaches. */
export interface Unreached {
  readonly lead: NamedLead;
  readonly why: OutOfReach;
  /** Whoever would be asked (the deputy while a cover holds); null when nobody is known. */
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Live actions that wait for them, in ref order. */
  readonly actions: readonly Action[];
  /** Names of people with a like name, best first, where nobody was found. */
  readonly proposed: readonly string[];
}

/**
 * "Who can't you reach?": the leads whom a month would ask today and whom no message reaches, most actions first, and the live actions
 * that name nobody at all. Somebody whom nothing was ever sent to counts as reachable: nothing speaks against it.
 */
export async function readUnreachable(
  deps: Pick<Deps, 'plans' | 'measures' | 'people' | 'clock'>,
  plan: Plan,
): Promise<{ readonly leads: readonly Unreached[]; readonly leaderless: readonly Action[] }> {
  const [list, records, people, others] = await Promise.all([
    deps.plans.readActions(plan.id),
    deps.plans.readLeads(plan.id),
    deps.people.readMembers(plan.binding?.tenant ?? '', plan.id),
    readOtherAsks(deps, plan),
  ]);
  const today = dayIn(plan.calendar.zone, deps.clock.now());
  const scale = scaleAt(plan.scales, plan.latest ?? periodOfDate(today));
  const byId = new Map(people.map((person) => [person.id, person]));
  const live = list.filter((action) => isLive(action, scale));
  const leads = records
    .flatMap(({ value: record }): Unreached[] => {
      const actions = live.filter((action) => askedLeads(action).some(({ key }) => key === record.lead.key));
      const asked = askedFor(record, today);
      const person = asked === null ? null : (byId.get(asked) ?? null);
      const why = reachOf(asked, person, plan);
      const isAsked =
        actions.length > 0 || others.some(({ leads }) => leads.some(({ key }) => key === record.lead.key));
      if (!isAsked || why === null) return [];
      const named = person ? { id: person.id, name: person.name } : null;
      const proposed = record.proposed.flatMap((id) => byId.get(id)?.name ?? []);
      return [{ lead: record.lead, why, person: named, actions, proposed }];
    })
    .sort((a, b) => b.actions.length - a.actions.length || a.lead.name.localeCompare(b.lead.name, 'en'));
  return { leads, leaderless: leaderless(list, scale) };
}

function reachOf(asked: string | null, person: Person | null, plan: Plan): OutOfReach | null {
  if (asked === null) return 'nobody';
  if (!memberOf(person, plan.id)?.present) return 'left';
  return person?.unreachable ?? null;
}
