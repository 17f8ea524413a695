import { differenceInCalendarDays, parseISO } from 'date-fns';
import { type Message, newMessage } from './message';
import type { OtherAsk } from './otherAsk';
import type { IsoDate, Period } from './period';
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
  /** Who answers in the lead's place for a time, given last; it may have run out. Null or absent: nobody. */
  readonly cover?: Cover | null;
}

/** Who answers in a lead's place, and until the end of which day (plan's zone). */
export interface Cover {
  readonly person: string;
  /** Their name when the cover was given, for lists and sentences. */
  readonly name: string;
  readonly until: IsoDate;
}

/** Who answers for a lead: the person matched, or the programme officer who said so; null when nobody does. */
export function answererOf(record: LeadRecord): string | null {
  return record.person ?? record.answeredBy;
}

/** Longest cover in days: more is a slip of the year, or somebody to hand over to. */
const LONGEST_COVER_DAYS = 366;

/** Whether a cover given on a day may last until the end of another: not before it, and at most a year after. */
export function isCoverDay(until: IsoDate, today: IsoDate): boolean {
  const days = differenceInCalendarDays(parseISO(until), parseISO(today));
  return days >= 0 && days <= LONGEST_COVER_DAYS;
}

/** A lead's cover if it holds on a day in the plan's zone; null otherwise. */
export function coverOn(record: LeadRecord, today: IsoDate): Cover | null {
  return record.cover && record.cover.until >= today ? record.cover : null;
}

/** Who is asked for a lead on a day in the plan's zone: whoever covers for them, or else who answers for them; null when nobody does. Without a day no cover counts. */
export function askedFor(record: LeadRecord, today?: IsoDate): string | null {
  const cover = today === undefined ? null : coverOn(record, today);
  return cover?.person ?? answererOf(record);
}

/** One ask of a cycle, before it is sent. */
export interface DuePrompt {
  /** The person asked; null when nobody was found for the lead. */
  readonly person: string | null;
  readonly leads: readonly LeadKey[];
  readonly actions: readonly string[];
  /** What is asked beside actions, by {@link OtherAsk.key}. */
  readonly others: readonly string[];
}

/**
 * Who is to be asked about what on a day in the plan's zone: one prompt for each person, whatever number of names the plan knows them by
 * or covers they have taken on, and one for each lead whom no person was found for, so that nobody is forgotten in silence. Ordered by
 * the first lead's key. Without a day no cover counts.
 */
export function promptsDue(
  actions: readonly Action[],
  records: readonly LeadRecord[],
  scale: StatusScale,
  today?: IsoDate,
  others: readonly OtherAsk[] = [],
): DuePrompt[] {
  const byLead = new Map(records.map((record) => [record.lead.key, record]));
  const due = new Map<
    string,
    { person: string | null; leads: Set<LeadKey>; actions: Set<string>; others: Set<string> }
  >();
  const promptFor = (key: LeadKey) => {
    const record = byLead.get(key);
    const person = record ? askedFor(record, today) : null;
    const name = person ?? `lead|${key}`;
    const prompt = due.get(name) ?? { person, leads: new Set(), actions: new Set(), others: new Set() };
    prompt.leads.add(key);
    due.set(name, prompt);
    return prompt;
  };
  for (const action of actions)
    if (isLive(action, scale))
      for (const { key } of askedLeads(action)) promptFor(key).actions.add(action.id);
  for (const other of others) for (const { key } of other.leads) promptFor(key).others.add(other.key);
  return [...due.values()]
    .map((prompt) => ({
      person: prompt.person,
      leads: [...prompt.leads].sort(),
      actions: [...prompt.actions],
      others: [...prompt.others],
    }))
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
    ...(prompt.others.length > 0 ? { others: prompt.others } : {}),
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

/** What a prompt asks beside actions that has no answer in its period yet; what is gone since counts as answered. */
export function unansweredOthers(
  prompt: Pick<Message, 'others' | 'period'>,
  others: readonly OtherAsk[],
): OtherAsk[] {
  const asked = others.filter(({ key }) => prompt.others?.includes(key));
  return asked.filter(({ answeredIn }) => answeredIn !== prompt.period);
}

/** Whether a prompt asks about anything (any more). */
export function asksSomething({ actions, others }: Pick<Message, 'actions' | 'others'>): boolean {
  return actions.length > 0 || (others ?? []).length > 0;
}

/** The actions of a list that a period asks for and has no answer to yet. */
export function unansweredIn(actions: readonly Action[], period: Period, scale: StatusScale): Action[] {
  return actions.filter((action) => action.updatedIn !== period && isLive(action, scale));
}

/** A part of a prompt: what it asks in the place of one of the people behind its leads. */
export interface AskedAs {
  /** The names of one person; empty when the prompt names none any more. */
  readonly leads: readonly LeadKey[];
  readonly actions: readonly string[];
  /** What it asks beside actions. */
  readonly others: readonly string[];
  /** Whether whom it was sent to covers for them. */
  readonly covered: boolean;
}

/**
 * Takes a prompt apart by the people whom it asks as: the one it was sent to (under all names that the plan knows them by), and
 * each lead whom they cover for, so that lists and figures still name the lead. An action that is none of these leads' any more
 * goes with the first part. There is at least one part; parts that ask nothing are left out but for the first.
 */
export function askedAs(
  prompt: Pick<Message, 'to' | 'leads' | 'actions' | 'others'>,
  records: ReadonlyMap<LeadKey, LeadRecord>,
  actions: ReadonlyMap<string, Action>,
  others: readonly OtherAsk[] = [],
): AskedAs[] {
  const byPerson = new Map<string, LeadKey[]>();
  for (const key of prompt.leads) {
    const record = records.get(key);
    const isCovered = record?.cover?.person === prompt.to && answererOf(record) !== prompt.to;
    const behind = isCovered ? `for ${record.person ?? record.answeredBy ?? key}` : 'own';
    byPerson.set(behind, [...(byPerson.get(behind) ?? []), key]);
  }
  const ownFirst = [...byPerson].sort(([a], [b]) => Number(b === 'own') - Number(a === 'own'));
  const isOf = (asked: readonly { readonly key: string }[] | undefined, leads: readonly LeadKey[]) =>
    asked?.some(({ key }) => leads.includes(key)) ?? false;
  const parts = ownFirst.map(([behind, leads]) => ({
    leads,
    covered: behind !== 'own',
    actions: prompt.actions.filter((id) => {
      const action = actions.get(id);
      return action !== undefined && isOf(askedLeads(action), leads);
    }),
    others: (prompt.others ?? []).filter((key) =>
      isOf(others.find((other) => other.key === key)?.leads, leads),
    ),
  }));
  const [first = { leads: [], covered: false, actions: [], others: [] }, ...rest] = parts;
  const whole = {
    ...first,
    actions: withUnplaced(
      prompt.actions,
      first.actions,
      parts.flatMap((part) => part.actions),
    ),
    others: withUnplaced(
      prompt.others ?? [],
      first.others,
      parts.flatMap((part) => part.others),
    ),
  };
  return [whole, ...rest].filter((part, at) => at === 0 || asksSomething(part));
}

/** What the first part has, and what no part has. */
function withUnplaced(all: readonly string[], own: readonly string[], placed: readonly string[]): string[] {
  const [isOwn, isPlaced] = [new Set(own), new Set(placed)];
  return all.filter((one) => isOwn.has(one) || !isPlaced.has(one));
}

/**
 * The message that reminds one person: the `n`-th of its period by the calendar, or the one of a day (plan's zone) by hand, of which
 * there can be no second.
 */
export function reminderMessage(period: Period, n: number | IsoDate, prompt: Message): Message {
  return newMessage({
    key: `reminder|${period}|${n}|${prompt.to ?? ''}`,
    kind: 'reminder',
    period,
    to: prompt.to,
    leads: prompt.leads,
    actions: prompt.actions,
    ...(prompt.others ? { others: prompt.others } : {}),
  });
}
