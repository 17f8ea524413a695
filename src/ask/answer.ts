import type { Counts } from '../domain/figures';
import type { IsoDate, Period } from '../domain/period';
import type { Action, Group, LeadKey, NamedLead } from '../domain/plan';
import type { Move } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import type { StatusScale } from '../domain/status';
import type {
  CommandQuestion,
  CompareQuestion,
  CountQuestion,
  GroupQuestion,
  LeadsQuestion,
  ListQuestion,
  PersonQuestion,
  PositionAt,
  RankQuestion,
  Who,
} from './question';

/** What a question is answered from. Only what {@link neededOf} asks for need be there. */
export interface AskedData {
  /** All of the plan, or those that {@link neededOf} limits it to. In any order. */
  readonly actions: readonly Action[];
  readonly groups: readonly Group[];
  readonly scale: StatusScale;
  /** In the plan's time zone. */
  readonly today: IsoDate;
  /** The period that "this month" is: the latest opened, or today's month. */
  readonly period: Period;
  /** The period that the loaded file speaks of: what nobody has answered yet has stood unchanged since then. */
  readonly loadedIn: Period;
  /** The leads that the asker answers for. */
  readonly mine: readonly LeadKey[];
  /** The positions that were asked for, `now` excepted. One that is missing does not exist. */
  readonly positions: ReadonlyMap<PositionAt, PastPosition>;
}

/** The plan at an earlier moment. */
export interface PastPosition {
  /** What it is the position of: where none was published for the period asked about, the caller may give the latest before it. */
  readonly at: Period | 'loaded';
  readonly snapshots: readonly Snapshot[];
}

/** What has to be read to answer a question; read no more than that. */
export interface Needs {
  /** `mine`: only those of the asker's own leads. `leads`: only those of these. */
  readonly actions:
    | { readonly of: 'none' | 'mine' | 'all' }
    | { readonly of: 'leads'; readonly leads: readonly LeadKey[] }
    | { readonly of: 'ref'; readonly ref: string };
  /** Never `now`. */
  readonly positions: readonly PositionAt[];
  /** Every update of the action that was asked for. */
  readonly updates: boolean;
}

/** The answer, worked out. Every list is whole: paging is the card's business. */
export type AnswerData =
  | ListAnswer
  | CountAnswer
  | RankAnswer
  | ActionAnswer
  | LeadsAnswer
  | GroupAnswer
  | PersonAnswer
  | CompareAnswer
  | MissingAnswer
  | { readonly kind: 'command'; readonly question: CommandQuestion };

export interface ListAnswer {
  readonly kind: 'list';
  readonly question: ListQuestion;
  /** In the order asked for, cut to the number asked for. */
  readonly actions: readonly Action[];
  /** How many there are before the cut. */
  readonly matching: number;
  /** What they are out of. */
  readonly scope: Scope;
  /** By status, of all that match. */
  readonly counts: Counts;
  /** The step each made, where the question was about movement. */
  readonly moves: readonly Move[];
  /** The positions that were compared; null where none were. */
  readonly compared: Compared | null;
}

/** "of your 11", "of the 12 in Priority 5", "of 90": how many there are by the question's people, groups and refs alone. */
export interface Scope {
  readonly of: 'mine' | 'lead' | 'group' | 'other' | 'plan';
  readonly total: number;
}

export interface Compared {
  readonly from: Period | 'loaded' | 'now';
  readonly to: Period | 'loaded' | 'now';
}

export interface CountAnswer {
  readonly kind: 'count';
  readonly question: CountQuestion;
  readonly n: number;
  readonly scope: Scope;
  readonly counts: Counts;
  /** The actions counted, in ref order, so that they can be shown on request. */
  readonly actions: readonly Action[];
}

export interface RankAnswer {
  readonly kind: 'rank';
  readonly question: RankQuestion;
  readonly rows: readonly RankRow[];
  /** How many actions match, each counted once however many leads it has. */
  readonly n: number;
}

export interface RankRow {
  /** A group's ref or a lead's key; empty for actions that nobody leads. */
  readonly key: string;
  /** A group's title or a lead's name. */
  readonly name: string;
  readonly n: number;
  /** How many actions the group or the lead has altogether. */
  readonly of: number;
  /** In ref order. */
  readonly actions: readonly Action[];
}

/** Of an action or its history. */
export interface ActionAnswer {
  readonly kind: 'action';
  readonly history: boolean;
  readonly ref: string;
  /** Refs repeat: there may be several, or none. */
  readonly actions: readonly Action[];
  /** Where there is none: up to three refs that are spelled nearly so, or that begin with it. */
  readonly near: readonly string[];
}

export interface LeadsAnswer {
  readonly kind: 'leads';
  readonly question: LeadsQuestion;
  /** The group asked about; null where actions were. */
  readonly group: Group | null;
  /** The actions asked about, in ref order: each has its leads in it. */
  readonly actions: readonly Action[];
  /** Everybody who is asked for them, by name; or the group's leads as the plan prints them. */
  readonly leads: readonly NamedLead[];
}

export interface GroupAnswer {
  readonly kind: 'group';
  readonly question: GroupQuestion;
  /** Null where the plan has no such group. */
  readonly group: Group | null;
  readonly standing: Standing;
}

export interface PersonAnswer {
  readonly kind: 'person';
  readonly question: PersonQuestion;
  readonly who: Who;
  readonly standing: Standing;
  /** The groups that they lead. */
  readonly groups: readonly Group[];
}

/** How a set of actions stands. */
export interface Standing {
  /** In ref order. */
  readonly actions: readonly Action[];
  readonly counts: Counts;
  readonly live: number;
  /** Ids, in the order of how late they are. */
  readonly overdue: readonly string[];
  /** Ids of live ones without an update in the period. */
  readonly unanswered: readonly string[];
  /** Mean of the percentages given, rounded; null where none was. */
  readonly percent: number | null;
}

export interface CompareAnswer {
  readonly kind: 'compare';
  readonly question: CompareQuestion;
  readonly compared: Compared;
  readonly before: Counts;
  readonly after: Counts;
  /** In ref order; those whose status moved. */
  readonly moves: readonly Move[];
  /** Actions of the later position that the earlier has not, and the other way round, by ref. */
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/** The question needs a position that does not exist. */
export interface MissingAnswer {
  readonly kind: 'missing';
  readonly positions: readonly PositionAt[];
}
