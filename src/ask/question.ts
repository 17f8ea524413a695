import type { FigureKey } from '../domain/figures';
import type { IsoDate, Period } from '../domain/period';
import type { LeadKey } from '../domain/plan';
import type { StatusKey } from '../domain/status';

/**
 * What somebody asks of the plan, once their English was read. Plain data, so that it can be kept as the question that the next one
 * refines; nothing in it depends on who asks (`me` stays `me`) or on what the plan's actions say.
 */
export type Question =
  | ListQuestion
  | CountQuestion
  | RankQuestion
  | ActionQuestion
  | HistoryQuestion
  | LeadsQuestion
  | GroupQuestion
  | PersonQuestion
  | CompareQuestion
  | CommandQuestion;

/** "Show my amber actions": the actions for which every condition holds; all of the plan where there is none. */
export interface ListQuestion {
  readonly kind: 'list';
  readonly conditions: readonly Condition[];
  /** Null for the order of refs. */
  readonly order: Order | null;
  /** How many of them at most ("five most overdue"); null for all. */
  readonly limit: number | null;
  /** `cards`: rows with what stands in them. `titles`: ref and title alone. */
  readonly shape: 'cards' | 'titles';
  /** Counted from 0; "next" asks for the one after. How many rows a page has is the card's business. */
  readonly page: number;
}

/** "How many amber in priority 5?" */
export interface CountQuestion {
  readonly kind: 'count';
  readonly conditions: readonly Condition[];
}

/** "Which priority has most reds?", "who has most overdue?", "amber actions by priority". */
export interface RankQuestion {
  readonly kind: 'rank';
  readonly by: 'group' | 'lead';
  readonly conditions: readonly Condition[];
  /** `plain`: groups in ref order, leads by name, those with none left out. */
  readonly order: 'most' | 'fewest' | 'plain';
  /** How many rows at most; null for all. "Which priority" asks for all of them too: the first is the answer. */
  readonly limit: number | null;
}

/** "1.3.2", "tell me about 5.1.4": one action in full. */
export interface ActionQuestion {
  readonly kind: 'action';
  readonly ref: string;
}

/** "History of 5.1.4": every update of it. */
export interface HistoryQuestion {
  readonly kind: 'history';
  readonly ref: string;
}

/** "Who leads 7.3.1?", "who leads priority 5?" */
export interface LeadsQuestion {
  readonly kind: 'leads';
  readonly of:
    | { readonly kind: 'action'; readonly ref: string }
    | { readonly kind: 'group'; readonly group: string }
    | { readonly kind: 'actions'; readonly conditions: readonly Condition[] };
}

/** "How is priority 5 doing?" */
export interface GroupQuestion {
  readonly kind: 'group';
  /** Its ref, as the plan has it. */
  readonly group: string;
}

/** "What does [name] lead?" */
export interface PersonQuestion {
  readonly kind: 'person';
  readonly who: Who;
}

/** "Compare September with March 2023": what moved from one position to the other. */
export interface CompareQuestion {
  readonly kind: 'compare';
  /** The earlier of the two. */
  readonly from: PositionAt;
  readonly to: PositionAt;
  /** Which actions are compared; all of the plan where there is no condition. */
  readonly conditions: readonly Condition[];
}

/** Something that is to be done, or a card that is no question of the plan's actions. */
export interface CommandQuestion {
  readonly kind: 'command';
  readonly command: Command;
}

/**
 * A position of the plan: as published for a period, the last one published before this period (as loaded where there is none), as it
 * was loaded, or as it stands now.
 */
export type PositionAt = Period | 'last' | 'loaded' | 'now';

/** In what order actions are listed. Ties, and what lacks the value, go by ref; what lacks the value comes last. */
export type Order =
  | 'most-overdue'
  | 'due-soonest'
  | 'due-latest'
  | 'percent-lowest'
  | 'percent-highest'
  | 'most-slipped'
  | 'worst'
  | 'best'
  | 'longest-unchanged'
  | 'newest-update';

/** Whom actions are asked of. */
export type Who =
  /** Whoever asks: in a channel too. */
  | { readonly kind: 'me' }
  /** A person of the plan, by every key that it knows them by, and their name as the plan prints it. */
  | { readonly kind: 'lead'; readonly leads: readonly LeadKey[]; readonly name: string }
  /** Everybody with a role, and the role as the plan prints it. */
  | { readonly kind: 'role'; readonly leads: readonly LeadKey[]; readonly role: string }
  /** The leads that stand with a group, by the group's ref. */
  | { readonly kind: 'group-leads'; readonly group: string }
  /** No lead of its own: its group’s leads are asked for it, if it has any. */
  | { readonly kind: 'nobody' };

/** Something that holds of an action or does not. */
export type Condition =
  /** One of these is asked for it. */
  | { readonly kind: 'who'; readonly who: readonly Who[] }
  /** More than one person is asked for it, and this one among them where one was named. */
  | { readonly kind: 'shared'; readonly with: Who | null }
  /** Its status is one of these; `none` is "No status". */
  | { readonly kind: 'status'; readonly statuses: readonly FigureKey[] }
  /** It is in one of these groups, by their refs. */
  | { readonly kind: 'group'; readonly groups: readonly string[] }
  /** Its ref is in one of these ranges, in the order of refs, both ends included: `1.2` takes in `1.2.1`. */
  | { readonly kind: 'refs'; readonly ranges: readonly RefRange[] }
  /**
   * Each of these phrases stands in its title, narrative, barriers or ask of the board, whatever the case. Unless they are `exact`
   * (they stood in quotation marks), a phrase that no action has is taken as its words, which may then stand anywhere.
   */
  | { readonly kind: 'text'; readonly phrases: readonly string[]; readonly exact?: boolean | undefined }
  /** Live, and due on one of these days, both included; null for no end. */
  | { readonly kind: 'due'; readonly from: IsoDate | null; readonly to: IsoDate | null }
  /** Live, and its due day is past; by how much, where that was said. */
  | { readonly kind: 'overdue'; readonly by: Measure | null }
  /** Revised later than planned, whatever the status; by how much, where that was said. */
  | { readonly kind: 'slipped'; readonly by: Measure | null }
  /** Live, and no due day can be read: "Ongoing", "Rolling", or nothing. `ongoing` asks for such a word. */
  | { readonly kind: 'undated'; readonly ongoing: boolean }
  | { readonly kind: 'phase'; readonly phase: 'live' | 'done' | 'closed' }
  /** An accepted update in one of these periods, both included; `to` null for until now. */
  | { readonly kind: 'updated'; readonly from: Period; readonly to: Period | null }
  /** Live, and no accepted update in any of these periods: `to` null for until now. */
  | { readonly kind: 'silent'; readonly from: Period; readonly to: Period | null }
  /** Live, and nothing but "No change" (or nothing at all) for so many months. */
  | { readonly kind: 'unchanged'; readonly months: number }
  | MovedCondition
  /** Its status was one of these at an earlier position, whatever it is now. */
  | { readonly kind: 'stood'; readonly statuses: readonly FigureKey[]; readonly at: PositionAt }
  /** `full-not-done`: 100% but not delivered. `done-not-full`: delivered with less than 100%. */
  | { readonly kind: 'contradiction'; readonly which: 'full-not-done' | 'done-not-full' | 'any' }
  /** Its percentage complete, where it has one, compares so. */
  | { readonly kind: 'percent'; readonly is: Comparator; readonly than: number }
  /** No percentage was given or could be read. */
  | { readonly kind: 'no-percent' }
  /** Whether it has words in this field. */
  | { readonly kind: 'has'; readonly field: 'narrative' | 'barriers' | 'ask' }
  | { readonly kind: 'not'; readonly of: Condition }
  /** "red or overdue": one of them holds. */
  | { readonly kind: 'any'; readonly of: readonly Condition[] };

/** A condition of one kind. */
export type ConditionOf<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;

/** Its status was another at `from` than it is at `to`. */
export interface MovedCondition {
  readonly kind: 'moved';
  readonly direction: 'better' | 'worse' | 'any';
  /** What it left; null for whatever. */
  readonly left: readonly FigureKey[] | null;
  /** What it became; null for whatever. */
  readonly became: readonly FigureKey[] | null;
  readonly from: PositionAt;
  readonly to: PositionAt;
}

/** Refs from one to another; one ref has the same at both ends. */
export interface RefRange {
  readonly from: string;
  readonly to: string;
}

export type Comparator = '<' | '<=' | '=' | '>=' | '>';

/** More than three months: `{ is: '>', n: 3, unit: 'month' }`. */
export interface Measure {
  readonly is: Comparator;
  readonly n: number;
  readonly unit: TimeUnit;
}

export type TimeUnit = 'day' | 'week' | 'month' | 'year';

/** What an update says, where it was said; everything null is a bare "update 1.3.2". */
export interface SaidValues {
  readonly percent: number | null;
  readonly status: StatusKey | null;
  /** The words as they were typed. */
  readonly narrative: string | null;
  readonly revised: IsoDate | null;
}

/** Somebody who was named: of the plan, or by a name that nobody of it has. */
export type Named = Who | { readonly kind: 'unknown'; readonly name: string };

/** Whether whoever was named is of the plan. */
export function isKnownWho(who: Named): who is Who {
  return who.kind !== 'unknown';
}

/** What somebody wants done. A period is null where none was named. */
export type Command =
  | { readonly do: 'help' | 'post-here' | 'settle' | 'play' }
  | { readonly do: 'summary'; readonly period: Period | null }
  | { readonly do: 'open' | 'close' | 'preview'; readonly period: Period | null }
  /** Who has not replied; `who` where one person was asked about. */
  | { readonly do: 'silent'; readonly period: Period | null; readonly who: Who | null }
  | { readonly do: 'publish'; readonly period: Period | null; readonly again: boolean }
  /** "Update 1.3.2 to 60% amber: …", "mark 5.1.6 blue". */
  | { readonly do: 'update'; readonly ref: string; readonly says: SaidValues }
  /** "No change on 2.2.3", with a sentence perhaps; `ref` null for the action in view. */
  | { readonly do: 'no-change'; readonly ref: string | null; readonly narrative: string | null }
  /** "Hand 1.3.2 to [name]", "hand all of [name]'s actions to [name]". */
  | { readonly do: 'hand-over'; readonly what: HandedOver; readonly to: Named }
  /** "[name] covers for me until 3 January"; `until` is the last day, null where none was named. */
  | { readonly do: 'cover'; readonly of: Named; readonly by: Named; readonly until: IsoDate | null }
  /** "Answer for [name]: …". `ref` null where no action was named. */
  | {
      readonly do: 'answer-for';
      readonly who: Named;
      readonly ref: string | null;
      readonly says: SaidValues;
    }
  | { readonly do: 'undo'; readonly ref: string | null }
  /** `who` null for everyone who has not replied. */
  | { readonly do: 'remind'; readonly who: Named | null }
  | { readonly do: 'unreachable' }
  /** "How are the measures doing?", "measures off target", "KPI 2"; `ref` null for all of them. */
  | {
      readonly do: 'measures';
      readonly which: WhichMeasures;
      readonly ref: string | null;
      /** Some words of a measure's name: "how is advice in time doing?" Absent where none was named. */
      readonly named?: string;
    }
  /** What the board is asked to decide. */
  | { readonly do: 'decisions' };

export type WhichMeasures = 'all' | 'off' | 'on' | 'unread';

export type HandedOver =
  | { readonly kind: 'action'; readonly ref: string }
  | { readonly kind: 'all-of'; readonly who: Named };

/** A list with nothing said about order, number or shape. */
export function listOf(conditions: readonly Condition[]): ListQuestion {
  return { kind: 'list', conditions, order: null, limit: null, shape: 'cards', page: 0 };
}

/** An update that says nothing yet. */
export const NOTHING_SAID: SaidValues = { percent: null, status: null, narrative: null, revised: null };

/** The conditions that a question puts to actions; none where it is of another kind. */
export function conditionsOf(question: Question): readonly Condition[] {
  if (question.kind === 'leads') return question.of.kind === 'actions' ? question.of.conditions : [];
  return 'conditions' in question ? question.conditions : [];
}
