import type { DraftAnswers } from './draft';
import { likeNames, MOST_PAIRS } from './likeNames';
import type { EditDistance } from './nameLikeness';
import { checksumOf, leadKeyOf, matchName, type RosterPerson } from './people';
import type { Period } from './period';
import type { LeadKey, TargetDate } from './plan';
import type { ActionMatch } from './planDiff';
import { parentOf } from './renumbered';
import { STATUS_KEYS, type StatusKey } from './status';
import { readTargetDate } from './targetDate';
import type { FullPlan } from './understood';

/** The answer that two like names are two people; any other is the spelling to keep. */
export const TWO_PEOPLE = 'two';
/** The answer that a lead is nobody of the team: whoever sent the file answers for them. */
export const NOBODY_HERE = 'nobody';
/** The answer that a word in the status column is no status. */
export const NO_STATUS = 'none';

/** The answers to whether rows were renumbered; where there is none, they are taken to be. */
export const RENUMBERED = 'yes';
export const NOT_RENUMBERED = 'no';

/** Something in a file that only a person can settle. Its id stays the same while the file does. */
export type DraftQuestion =
  /** Two spellings that may be one person's; `known`: the one that the stored plan has. */
  | {
      readonly kind: 'name';
      readonly id: string;
      readonly first: string;
      readonly second: string;
      readonly known: string | null;
    }
  /** A date with more than one meaning. */
  | {
      readonly kind: 'date';
      readonly id: string;
      readonly text: string;
      readonly refs: readonly string[];
      readonly options: readonly DateOption[];
    }
  /** A word in the status column that stands for no status. */
  | { readonly kind: 'status'; readonly id: string; readonly text: string; readonly refs: readonly string[] }
  /** Rows that seem to be renumbered, going by their dates alone. */
  | {
      readonly kind: 'moved';
      readonly id: string;
      /** What their refs have in common. */
      readonly parent: string;
      readonly moves: readonly { readonly before: string; readonly after: string }[];
    }
  /** A lead whose name nobody in the team has. */
  | {
      readonly kind: 'lead';
      readonly id: string;
      readonly lead: { readonly key: LeadKey; readonly name: string; readonly role: string | null };
      readonly proposed: readonly RosterPerson[];
      readonly actions: number;
    };

/** A meaning of a date: a year for one that lacks it, or how often it repeats. */
export type DateOption =
  | { readonly value: string; readonly year: number }
  | { readonly value: string; readonly often: 'twice' | 'every second'; readonly unit: string };

/** What the questions are asked against. */
export interface AskedAgainst {
  /** Names of leads that the stored plan has; none for a first plan. */
  readonly known: readonly string[];
  /** Leads that somebody is settled for already. */
  readonly settled: ReadonlySet<LeadKey>;
  /** The team's people; null while Teams has not given them. */
  readonly roster: readonly RosterPerson[] | null;
  /** This month, for the years that a date without one may mean. */
  readonly period: Period;
}

/** Questions of one kind at most: who has more has a list of another kind than a plan's. */
const MOST_OF_A_KIND = 100;

/**
 * What a person has to settle before the file says what it means, the names first, since they decide who the leads are. Questions about leads
 * are those that are left after the names were settled. Whatever is left open is loaded as it is printed.
 */
export function draftQuestions(
  plan: FullPlan,
  answers: DraftAnswers,
  against: AskedAgainst,
  distance: EditDistance,
): DraftQuestion[] {
  return [
    ...nameQuestions(plan, against, distance),
    ...dateQuestions(plan, against.period),
    ...statusQuestions(plan),
    ...leadQuestions(settledPlan(plan, answers), against, distance),
  ];
}

/** The plan as the answers make it. Pure: what has no answer stays as it was printed. */
export function settledPlan(plan: FullPlan, answers: DraftAnswers): FullPlan {
  const spelling = spellings(plan, answers);
  const named = <T extends { readonly name: string }>(leads: readonly T[]): T[] =>
    leads.map((lead) => ({ ...lead, name: spelling.get(lead.name) ?? lead.name }));
  const date = (target: TargetDate | null): TargetDate | null => (target ? dated(target, answers) : null);
  return {
    ...plan,
    groups: plan.groups.map((group) => ({ ...group, leads: named(group.leads) })),
    measures: plan.measures.map((measure) => ({ ...measure, owners: named(measure.owners) })),
    actions: plan.actions.map((action) => ({
      ...action,
      leads: named(action.leads),
      planned: date(action.planned),
      revised: date(action.revised),
      status: { ...action.status, key: action.status.key ?? statusAnswer(action.status.text, answers) },
    })),
  };
}

/** Names of leads as printed, groups' and actions' and owners'. */
export function namesIn(plan: Pick<FullPlan, 'groups' | 'actions' | 'measures'>): string[] {
  const leads = [
    ...plan.groups.flatMap((group) => group.leads),
    ...plan.actions.flatMap((action) => action.leads),
    ...plan.measures.flatMap((measure) => measure.owners),
  ];
  return [...new Set(leads.map(({ name }) => name))];
}

function nameQuestions(plan: FullPlan, { known }: AskedAgainst, distance: EditDistance): DraftQuestion[] {
  const printed = namesIn(plan);
  const keys = new Set(printed.map(leadKeyOf));
  // A name that the plan has and the file does not is compared too: "Anne Cole" may be the plan's "Ann Cole".
  const only = known.filter((name) => !keys.has(leadKeyOf(name)));
  const isPrinted = new Set(printed);
  const pairs = likeNames([...printed, ...only], distance);
  if (pairs.length > MOST_PAIRS) return [];
  return pairs
    .filter(({ first, second }) => leadKeyOf(first) !== leadKeyOf(second))
    .filter(({ first, second }) => isPrinted.has(first) || isPrinted.has(second))
    .slice(0, MOST_OF_A_KIND)
    .map(({ first, second }) => ({
      kind: 'name',
      id: nameId(first, second),
      first,
      second,
      known: only.find((name) => name === first || name === second) ?? null,
    }));
}

function nameId(first: string, second: string): string {
  return `n${checksumOf([first, second].sort().join('|'))}`;
}

/** Which spelling each name is kept under. A chain of likes ends in one name. */
function spellings(plan: FullPlan, answers: DraftAnswers): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  const kept = Object.entries(answers).filter(([id, value]) => id.startsWith('n') && value !== TWO_PEOPLE);
  if (kept.length === 0) return chosen;
  const printed = namesIn(plan);
  const wanted = new Map(kept);
  const others = [...printed, ...wanted.values()];
  for (const first of printed) {
    for (const second of others) {
      const keep = first === second ? undefined : wanted.get(nameId(first, second));
      if (keep !== undefined && keep !== first && (keep === second || printed.includes(keep)))
        chosen.set(first, keep);
    }
  }
  const end = (name: string): string => {
    let at = name;
    for (let steps = 0; steps < 10; steps += 1) at = chosen.get(at) ?? at;
    return at;
  };
  return new Map([...chosen.keys()].map((name) => [name, end(name)]));
}

const UNSURE = /\bbi-?\s?(annual(?:ly)?|monthly|weekly|yearly|termly)\b/i;
const MONTH =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?![\s-]*(?:19|20)?\d\d\b)/i;
const UNITS: Readonly<Record<string, string>> = {
  annual: 'year',
  annually: 'year',
  yearly: 'year',
  monthly: 'month',
  weekly: 'week',
  termly: 'term',
};

function dateQuestions(plan: FullPlan, period: Period): DraftQuestion[] {
  const byText = new Map<string, string[]>();
  for (const { ref, planned, revised } of plan.actions)
    for (const date of [planned, revised])
      if (date && optionsFor(date, period).length > 0)
        byText.set(date.text, [...(byText.get(date.text) ?? []), ref]);
  return [...byText].slice(0, MOST_OF_A_KIND).map(([text, refs]) => ({
    kind: 'date',
    id: dateId(text),
    text,
    refs,
    options: optionsFor({ text, due: null }, period),
  }));
}

function dateId(text: string): string {
  return `d${checksumOf(text)}`;
}

function optionsFor(date: Pick<TargetDate, 'text' | 'due'>, period: Period): readonly DateOption[] {
  const unsure = UNSURE.exec(date.text)?.[1]?.toLowerCase();
  if (unsure !== undefined) {
    const unit = UNITS[unsure] ?? 'month';
    return [
      { value: 'twice', often: 'twice', unit },
      { value: 'every-second', often: 'every second', unit },
    ];
  }
  if (date.due !== null || !MONTH.test(date.text)) return [];
  const year = Number(period.slice(0, 4));
  return [year - 1, year, year + 1, year + 2]
    .filter((one) => withYear(date.text, one)?.due)
    .map((one) => ({ value: String(one), year: one }));
}

/** The date as it reads once its months have the year; null where even that names no day. */
function withYear(text: string, year: number): TargetDate | null {
  const months = new RegExp(MONTH.source, 'gi');
  const read = readTargetDate(text.replace(months, (month) => `${month} ${year}`));
  return read?.due ? { ...read, text } : null;
}

function dated(date: TargetDate, answers: DraftAnswers): TargetDate {
  const answer = answers[dateId(date.text)];
  if (answer === undefined) return date;
  const unsure = UNSURE.exec(date.text)?.[1]?.toLowerCase();
  if (unsure !== undefined) {
    const unit = UNITS[unsure] ?? 'month';
    if (answer === 'twice') return { ...date, recurrence: `twice a ${unit}` };
    return answer === 'every-second' ? { ...date, recurrence: `every second ${unit}` } : date;
  }
  return date.due === null && /^\d{4}$/.test(answer) ? (withYear(date.text, Number(answer)) ?? date) : date;
}

function statusQuestions({ actions }: FullPlan): DraftQuestion[] {
  const byText = new Map<string, { text: string; refs: string[] }>();
  for (const { ref, status, see } of actions) {
    const folded = foldText(status.text);
    // What points at another action, or says that nothing applies, is no status that anybody would know better.
    if (status.key !== null || see.length > 0 || /^(?:|[-–—]|n\/?a|tbc|nil)$/.test(folded)) continue;
    const known = byText.get(folded) ?? { text: status.text, refs: [] };
    known.refs.push(ref);
    byText.set(folded, known);
  }
  return [...byText.values()].slice(0, MOST_OF_A_KIND).map(({ text, refs }) => ({
    kind: 'status',
    id: statusId(text),
    text,
    refs,
  }));
}

function statusId(text: string): string {
  return `s${checksumOf(foldText(text))}`;
}

function statusAnswer(text: string, answers: DraftAnswers): StatusKey | null {
  const answer = text === '' ? undefined : answers[statusId(text)];
  return STATUS_KEYS.find((key) => key === answer) ?? null;
}

/** Questions about rows that were matched by their dates alone. They are asked of the diff before any answer. */
export function movedQuestions(moved: readonly ActionMatch[]): DraftQuestion[] {
  const byParent = new Map<string, ActionMatch[]>();
  for (const match of moved)
    if (match.by === 'dates')
      byParent.set(parentOf(match.before), [...(byParent.get(parentOf(match.before)) ?? []), match]);
  return [...byParent].slice(0, MOST_OF_A_KIND).map(([parent, moves]) => ({
    kind: 'moved',
    id: movedId(parent),
    parent,
    moves: moves.map(({ before, after }) => ({ before, after })),
  }));
}

function movedId(parent: string): string {
  return `m${checksumOf(parent)}`;
}

/** The parents whose rows somebody said were not renumbered. */
export function notRenumbered(
  questions: readonly DraftQuestion[],
  answers: DraftAnswers,
): ReadonlySet<string> {
  return new Set(
    questions.flatMap((question) =>
      question.kind === 'moved' && answers[question.id] === NOT_RENUMBERED ? [question.parent] : [],
    ),
  );
}

/** The id of the question who a lead is. */
export function leadQuestionId(key: LeadKey): string {
  return `l${checksumOf(key)}`;
}

function leadQuestions(plan: FullPlan, against: AskedAgainst, distance: EditDistance): DraftQuestion[] {
  const { roster, settled } = against;
  if (!roster) return [];
  const groupLeads = new Map(plan.groups.map(({ ref, leads }) => [ref, leads]));
  const counts = new Map<LeadKey, number>();
  for (const action of plan.actions) {
    const asked = action.leads.length > 0 ? action.leads : (groupLeads.get(action.group) ?? []);
    for (const key of new Set(asked.map(({ name }) => leadKeyOf(name))))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return leadsOfPlan(plan)
    .filter(({ key }) => !settled.has(key))
    .flatMap((lead): DraftQuestion[] => {
      const match = matchName(lead.name, roster, distance);
      if (match.kind === 'exact') return [];
      const proposed = match.kind === 'proposed' ? match.people : [];
      const actions = counts.get(lead.key) ?? 0;
      return [{ kind: 'lead', id: leadQuestionId(lead.key), lead, proposed, actions }];
    })
    .slice(0, MOST_OF_A_KIND);
}

/** Everybody whom the plan names as a lead, once, with the first role that is given. */
export function leadsOfPlan(plan: Pick<FullPlan, 'groups' | 'actions' | 'measures'>) {
  const byKey = new Map<LeadKey, { key: LeadKey; name: string; role: string | null }>();
  const named = [
    ...plan.groups.flatMap(({ leads }) => leads),
    ...plan.actions.flatMap(({ leads }) => leads),
    ...plan.measures.flatMap(({ owners }) => owners),
  ];
  for (const { name, role } of named) {
    const key = leadKeyOf(name);
    const known = byKey.get(key);
    if (!known || (known.role === null && role !== null))
      byKey.set(key, { key, name: known?.name ?? name, role });
  }
  return [...byKey.values()];
}

function foldText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
