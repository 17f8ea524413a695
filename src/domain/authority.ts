import type { IsoDate } from './period';
import { type Action, askedLeads, type LeadKey, type Plan } from './plan';

/** That somebody answers in a lead's place until the end of a day in the plan's zone. It runs out by itself. */
export interface Covering {
  readonly lead: LeadKey;
  readonly until: IsoDate;
}

/** Somebody as one plan knows them: which of its leads they are and which they answer for. */
export interface Member {
  readonly plan: string;
  /** Leads of the plan that were matched to this person (two, when the plan spells one person two ways). */
  readonly leads: readonly LeadKey[];
  /** Leads that nobody was found for and that this person said they answer for. */
  readonly answersFor: readonly LeadKey[];
  /** False once they have left the plan's team: then they read and change nothing. */
  readonly present: boolean;
  /** Leads whom they answer in the place of, for a time. Those that have run out count for nothing. Absent: none. */
  readonly covers?: readonly Covering[];
  /** Named by a programme officer as somebody who may read the plan without being in its team. Absent: no. */
  readonly reader?: boolean;
}

/** In what capacity somebody may answer for an action. A deputy answers in the place of one of its leads. */
export type Capacity = 'lead' | 'deputy' | 'group-lead' | 'officer';

/** Whether somebody is a programme officer of the plan. */
export function isOfficer(plan: Plan, personId: string): boolean {
  return plan.officers.includes(personId);
}

/** Whether somebody may read the plan: the people of its team, its programme officers, and whom they named. */
export function mayRead(plan: Plan, personId: string, member: Member | null): boolean {
  return actsAsOfficer(plan, personId, member) || belongs(member);
}

/** Whether somebody is a programme officer who has not left the team: the office does not outlast it, but it waits for them there. */
function actsAsOfficer(plan: Plan, personId: string, member: Member | null): boolean {
  return isOfficer(plan, personId) && (member?.present ?? true);
}

/** Whether a membership lets somebody read: they are in the team, or named as a reader. */
export function belongs(member: Member | null): boolean {
  return member !== null && (member.present || member.reader === true);
}

/** The leads whom a member answers in the place of on a day in the plan's zone; none once they have left the team. */
export function coveredOn(member: Member | null, today: IsoDate): readonly LeadKey[] {
  if (!member?.present) return [];
  return (member.covers ?? []).filter(({ until }) => until >= today).map(({ lead }) => lead);
}

/**
 * In what capacity somebody may change an action on a day in the plan's zone; null when they may not. The nearest to the action
 * comes first. Without a day no cover counts.
 */
export function capacityFor(
  plan: Plan,
  action: Pick<Action, 'leads' | 'groupLeads'>,
  personId: string,
  member: Member | null,
  today?: IsoDate,
): Capacity | null {
  const mine = member?.present ? [...member.leads, ...member.answersFor] : [];
  const covered = today === undefined ? [] : coveredOn(member, today);
  const asked = askedLeads(action);
  if (asked.some(({ key }) => mine.includes(key))) return 'lead';
  if (asked.some(({ key }) => covered.includes(key))) return 'deputy';
  if (action.groupLeads.some(({ key }) => mine.includes(key))) return 'group-lead';
  if (action.groupLeads.some(({ key }) => covered.includes(key))) return 'deputy';
  return actsAsOfficer(plan, personId, member) ? 'officer' : null;
}
