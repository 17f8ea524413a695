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

/** What somebody is to a plan; to an action or to leads, where a deed is about those. One person may be several. */
export type Role =
  /** A programme officer who has not left the team. */
  | 'officer'
  /** A lead of the action (one of several, or the group's lead where it names none), or of all the leads that it is about. */
  | 'lead'
  /** Who answers in the place of one of those, today. */
  | 'deputy'
  /** A lead of the action's group. */
  | 'group-lead'
  /** One of the plan's team. */
  | 'team'
  /** Named by a programme officer as somebody who may read. */
  | 'reader';

/** What there is to do in a plan. */
export type Deed =
  /** Ask, see cards, open figures, search. */
  | 'read'
  /** Take the plan away as a file. */
  | 'export'
  /** Post an answer in the board's channel. */
  | 'share'
  /** Say how an action stands, or take that back. About an action. */
  | 'answer'
  /** Give actions to somebody else. About the leads who give them up. */
  | 'hand-over'
  /** Say who answers in a lead's place. About those leads. */
  | 'cover'
  /** End that before its day. About those leads. */
  | 'end-cover'
  /** Open, close, preview and publish a month. */
  | 'run-month'
  | 'remind'
  /** Answer in the place of any lead. */
  | 'answer-for'
  /** Say who a name of the plan is. */
  | 'settle-names'
  | 'set-channel'
  /** Load a plan, or a newer version of it. */
  | 'load-plan'
  /** Give and take the office. */
  | 'name-officers'
  /** Say who may read without being in the team. */
  | 'name-readers'
  | 'see-audit'
  /** See who was asked, and what became of it. */
  | 'see-ledger'
  /** Say that words may be published. */
  | 'clear-words';

const OFFICER: readonly Role[] = ['officer'];

/** Who may do what: the whole of it. Chat, buttons, dialogs, searches, files and the use cases behind them all ask here, by {@link may}. */
export const RIGHTS: Readonly<Record<Deed, readonly Role[]>> = {
  read: ['officer', 'team', 'reader'],
  export: ['officer', 'team', 'reader'],
  share: ['officer', 'team'],
  answer: ['lead', 'deputy', 'group-lead', 'officer'],
  'hand-over': ['lead', 'officer'],
  cover: ['lead', 'officer'],
  'end-cover': ['lead', 'deputy', 'officer'],
  'run-month': OFFICER,
  remind: OFFICER,
  'answer-for': OFFICER,
  'settle-names': OFFICER,
  'set-channel': OFFICER,
  'load-plan': OFFICER,
  'name-officers': OFFICER,
  'name-readers': OFFICER,
  'see-audit': OFFICER,
  'see-ledger': OFFICER,
  'clear-words': OFFICER,
};

/** Who somebody is when they ask: from the activity, and from what is kept of them; never from what they say. */
export interface Standing {
  readonly plan: Plan;
  readonly person: string;
  readonly member: Member | null;
  /** A day in the plan's zone. Without one no cover counts. */
  readonly today?: IsoDate;
}

/** What a deed is about, where it is not the plan as a whole: an action, or leads. Not both: leading one of an action's names is not leading the other. */
export type About =
  | { readonly action?: Pick<Action, 'leads' | 'groupLeads'>; readonly leads?: never }
  | { readonly leads: readonly LeadKey[]; readonly action?: never };

/** Whether somebody may do something. */
export function may(deed: Deed, standing: Standing, about: About = {}): boolean {
  const roles = rolesOf(standing, about);
  return RIGHTS[deed].some((role) => roles.has(role));
}

/** Everything that somebody is to the plan, and to what it is about. */
export function rolesOf(standing: Standing, { action, leads }: About = {}): ReadonlySet<Role> {
  const { plan, person, member } = standing;
  const roles = new Set<Role>();
  if (actsAsOfficer(plan, person, member)) roles.add('officer');
  if (member?.present) roles.add('team');
  if (member?.reader) roles.add('reader');
  const toAction = action && roleFor(action, standing);
  if (toAction) roles.add(toAction);
  if (leads && leads.length > 0) {
    const { mine, covered } = namesOf(standing);
    if (leads.every((key) => mine.includes(key))) roles.add('lead');
    else if (leads.every((key) => mine.includes(key) || covered.includes(key))) roles.add('deputy');
  }
  return roles;
}

/** In what capacity somebody may answer for an action. A deputy answers in the place of one of its leads. */
export type Capacity = Extract<Role, 'lead' | 'deputy' | 'group-lead' | 'officer'>;

/** Whether somebody has the office, though they may have left the team; to act they must be there: see {@link may}. */
export function isOfficer(plan: Plan, personId: string): boolean {
  return plan.officers.includes(personId);
}

/** Whether somebody may read the plan: the people of its team, its programme officers, and whom they named. */
export function mayRead(plan: Plan, personId: string, member: Member | null): boolean {
  return may('read', { plan, person: personId, member });
}

/** Whether somebody is a programme officer who has not left the team: the office does not outlast it, but it waits for them there. */
export function actsAsOfficer(plan: Plan, personId: string, member: Member | null): boolean {
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
  const standing: Standing = { plan, person: personId, member, ...(today === undefined ? {} : { today }) };
  if (!may('answer', standing, { action })) return null;
  return roleFor(action, standing) ?? 'officer';
}

/** What somebody is to an action by its leads: the nearest that they are. */
function roleFor(
  action: Pick<Action, 'leads' | 'groupLeads'>,
  standing: Standing,
): Exclude<Capacity, 'officer'> | null {
  const { mine, covered } = namesOf(standing);
  const asked = askedLeads(action);
  if (asked.some(({ key }) => mine.includes(key))) return 'lead';
  if (asked.some(({ key }) => covered.includes(key))) return 'deputy';
  if (action.groupLeads.some(({ key }) => mine.includes(key))) return 'group-lead';
  if (action.groupLeads.some(({ key }) => covered.includes(key))) return 'deputy';
  return null;
}

/** Under which names of leads somebody answers: as their own, and in another's place. */
function namesOf({ member, today }: Standing): { mine: readonly LeadKey[]; covered: readonly LeadKey[] } {
  return {
    mine: member?.present ? [...member.leads, ...member.answersFor] : [],
    covered: today === undefined ? [] : coveredOn(member, today),
  };
}
