import { type Message, newMessage } from './message';
import type { Period } from './period';
import { type Action, askedLeads, isLive, type LeadKey, type NamedLead } from './plan';
import type { StatusScale } from './status';

/** A lead of the plan and what is known of the person behind the name. */
export interface LeadRecord {
  readonly lead: NamedLead;
  /** The person matched to the name; null while nobody is. */
  readonly person: string | null;
  /** How that came about; `nobody` when a programme officer (`answeredBy`) answers for the lead. */
  readonly settled: 'exact' | 'chosen' | 'nobody' | null;
  /** The programme officer who answers; null unless settled as `nobody`. */
  readonly answeredBy: string | null;
  /** Ids of people with a like name, best first: a question, never an answer. */
  readonly proposed: readonly string[];
}

/** Who answers for a lead: the person matched, or the programme officer who said so; null when nobody does. */
export function answererOf(record: LeadRecord): string | null {
  return record.person ?? record.answeredBy;
}

/** One ask of a cycle, before it is sent. */
export interface DuePrompt {
  /** The person asked; null when nobody was found for the lead. */
  readonly person: string | null;
  readonly leads: readonly LeadKey[];
  readonly actions: readonly string[];
}

/**
 * Who is to be asked about what: one prompt for each person, whatever number of names the plan knows them by, and one for each
 * lead whom no person was found for, so that nobody is forgotten in silence. Ordered by the first lead's key.
 */
export function promptsDue(
  actions: readonly Action[],
  records: readonly LeadRecord[],
  scale: StatusScale,
): DuePrompt[] {
  const byLead = new Map(records.map((record) => [record.lead.key, record]));
  const due = new Map<string, { person: string | null; leads: Set<LeadKey>; actions: Set<string> }>();
  for (const action of actions) {
    if (!isLive(action, scale)) continue;
    for (const { key } of askedLeads(action)) {
      const record = byLead.get(key);
      const person = record ? answererOf(record) : null;
      const name = person ?? `lead|${key}`;
      const prompt = due.get(name) ?? { person, leads: new Set(), actions: new Set() };
      prompt.leads.add(key);
      prompt.actions.add(action.id);
      due.set(name, prompt);
    }
  }
  return [...due.values()]
    .map(({ person, leads, actions: asked }) => ({ person, leads: [...leads].sort(), actions: [...asked] }))
    .sort((a, b) => (a.leads[0] ?? '').localeCompare(b.leads[0] ?? ''));
}

/** Live actions with no lead of their own and none of their group's: nobody can be asked about them. */
export function leaderless(actions: readonly Action[], scale: StatusScale): Action[] {
  return actions.filter((action) => isLive(action, scale) && askedLeads(action).length === 0);
}

/** Where the prompts of a period stand among the plan's messages. */
export function promptPrefix(period: Period): string {
  return `prompt|${period}|`;
}

/** The key of the prompt for a person, or for a lead without one. */
export function promptKey(period: Period, prompt: Pick<DuePrompt, 'person' | 'leads'>): string {
  return promptPrefix(period) + (prompt.person ?? `lead|${prompt.leads[0] ?? ''}`);
}

/** The message that asks. A lead without a person can't be reached, and is listed so from the start. */
export function promptMessage(period: Period, prompt: DuePrompt): Message {
  return newMessage({
    key: promptKey(period, prompt),
    kind: 'prompt',
    period,
    to: prompt.person,
    leads: prompt.leads,
    actions: prompt.actions,
    ...(prompt.person === null ? { state: 'unreachable', why: 'not-matched' } : {}),
  });
}

/** The actions of a prompt that have no answer in its period yet; those delivered, closed or gone since count as answered. */
export function unanswered(
  prompt: Pick<Message, 'actions' | 'period'>,
  actions: ReadonlyMap<string, Action>,
  scale: StatusScale,
): Action[] {
  if (!prompt.period) return [];
  const asked = prompt.actions.flatMap((id) => actions.get(id) ?? []);
  return unansweredIn(asked, prompt.period, scale);
}

/** The actions of a list that a period asks for and has no answer to yet. */
export function unansweredIn(actions: readonly Action[], period: Period, scale: StatusScale): Action[] {
  return actions.filter((action) => action.updatedIn !== period && isLive(action, scale));
}

/** The message that reminds: the `n`-th of its period, to one person. */
export function reminderMessage(period: Period, n: number, prompt: Message): Message {
  return newMessage({
    key: `reminder|${period}|${n}|${prompt.to ?? ''}`,
    kind: 'reminder',
    period,
    to: prompt.to,
    leads: prompt.leads,
    actions: prompt.actions,
  });
}
