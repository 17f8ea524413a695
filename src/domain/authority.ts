import type { Action, LeadKey, Plan } from './plan';

/** Somebody as one plan knows them: which of its leads they are and which they answer for. */
export interface Member {
  readonly plan: string;
  /** Leads of the plan that were matched to this person (two, when the plan spells one person two ways). */
  readonly leads: readonly LeadKey[];
  /** Leads that nobody was found for and that this person said they answer for. */
  readonly answersFor: readonly LeadKey[];
  /** False once they have left the plan's team: then they read and change nothing. */
  readonly present: boolean;
}

/** In what capacity somebody may answer for an action. */
export type Capacity = 'lead' | 'group-lead' | 'officer';

/** Whether somebody is a programme officer of the plan. */
export function isOfficer(plan: Plan, personId: string): boolean {
  return plan.officers.includes(personId);
}

/** Whether somebody may read the plan: the people of its team, and its programme officers. */
export function mayRead(plan: Plan, personId: string, member: Member | null): boolean {
  return isOfficer(plan, personId) || (member?.present ?? false);
}

/** In what capacity somebody may change an action; null when they may not. The nearest to the action comes first. */
export function capacityFor(
  plan: Plan,
  action: Pick<Action, 'leads' | 'groupLeads'>,
  personId: string,
  member: Member | null,
): Capacity | null {
  const mine = member?.present ? [...member.leads, ...member.answersFor] : [];
  if (action.leads.some(({ key }) => mine.includes(key))) return 'lead';
  if (action.groupLeads.some(({ key }) => mine.includes(key)))
    return action.leads.length === 0 ? 'lead' : 'group-lead';
  return isOfficer(plan, personId) ? 'officer' : null;
}
