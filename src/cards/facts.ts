import type { Answer, Finding } from '../domain/checks';
import type { FigureKey } from '../domain/figures';
import type { Measure, ReadingDoubt, ReadingFault } from '../domain/measure';
import type { Unreachable } from '../domain/message';
import type { IsoDate, Period, PeriodMonths } from '../domain/period';
import type { Action, NamedLead } from '../domain/plan';
import type { GroupReport, ReportSaid, ReturnFault } from '../domain/planDetail';
import type { Position } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import type { StatusKey, StatusScale } from '../domain/status';

/** What each card is made from: facts of the domain, no words. `cards/*.ts` turns them into views and cards. */

/** An Adaptive Card as Teams takes it (version 1.5). */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly body: readonly unknown[];
  readonly [property: string]: unknown;
}

/** How a card's reader sees time: dates are shown in the plan's zone. */
export interface Reader {
  /** IANA time zone of the plan. */
  readonly zone: string;
  /** Today in that zone. */
  readonly today: IsoDate;
  /** How many months a period of the plan has. Absent: one. */
  readonly periodMonths?: PeriodMonths;
}

/** A measure in its owner's month. */
export interface ReadingRow {
  readonly measure: Measure;
  /** Whether it was read in this period. */
  readonly answered: boolean;
  /** Name of who read it, when it was somebody else. */
  readonly answeredBy: string | null;
  /** What stood in its field, and what is wrong with it, when it was not kept; null to begin with. */
  readonly typed: TypedReading | null;
}

/** A reading that came back. */
export interface TypedReading {
  readonly text: string;
  readonly fault: ReadingFault | null;
  readonly doubts: readonly ReadingDoubt[];
  /** Somebody else read it meanwhile. */
  readonly newer: boolean;
}

/** What a group's leads are asked to tell the board. */
export interface ReportRow {
  readonly report: GroupReport;
  readonly groupTitle: string;
  readonly answered: boolean;
  readonly answeredBy: string | null;
}

/** The form in which a group's leads say it. */
export interface ReportFacts extends Reader {
  readonly plan: string;
  readonly period: Period;
  readonly report: GroupReport;
  readonly groupTitle: string;
  readonly state: 'open' | 'late';
  /** Page of the list to go back to. */
  readonly page: number;
  /** Which part of the business as usual, from 0; the recommendation stands in the first. */
  readonly part: number;
  readonly typed: ReportSaid | null;
  readonly faults: readonly ReturnFault[];
  /** Another lead said something meanwhile. */
  readonly newer: boolean;
}

/** One action in a lead's month. */
export interface MonthRow {
  readonly action: Action;
  readonly groupTitle: string;
  /** Whether it was answered for in this period; then `action.was` tells what it said before. */
  readonly answered: boolean;
  /** Name of who answered, when it was somebody else (a co-lead, a programme officer). */
  readonly answeredBy: string | null;
}

/** A lead's month: one card for all their live actions. */
export interface MonthFacts extends Reader {
  readonly plan: string;
  readonly planTitle: string;
  readonly period: Period;
  readonly scale: StatusScale;
  /** UTC instant that the month closes at. */
  readonly closes: Date;
  /** `late`: closed, still taken and marked late. */
  readonly state: 'open' | 'late';
  /** Teams user id of the lead, for whom alone the card refreshes itself; null leaves refresh out. */
  readonly userId: string | null;
  /** All the actions asked for, in ref order; the card pages them. */
  readonly rows: readonly MonthRow[];
  /** What is asked beside actions. Absent: nothing. */
  readonly readings?: readonly ReadingRow[];
  readonly reports?: readonly ReportRow[];
  /** 0 is the first page; out of range shows the nearest. */
  readonly page: number;
  /** Where everything on that page is answered, go on to the next one where something is not. */
  readonly onward: boolean;
  /** The lead's delivered and closed actions, which are not asked for. */
  readonly delivered: readonly Action[];
  readonly showDelivered: boolean;
  /** A sentence to show above the list: what was just saved, or why something was not. */
  readonly note: string | null;
  /** `reminder` begins with what is left. */
  readonly kind: 'first' | 'reminder';
  /** Key of the message that the card is, where Steward sends it of its own accord: a press of a button then proves that it arrived. */
  readonly message?: string;
}

/** What stood in the form's fields, as they came: everything typed is kept when a reply is refused. */
export interface Typed {
  readonly percent: string;
  readonly status: string;
  readonly narrative: string;
  readonly revised: string;
  readonly barriers: string;
  readonly ask: string;
}

/** The form of one action. It never refreshes itself: that would throw away what is being typed. */
export interface FormFacts extends Reader {
  readonly plan: string;
  readonly period: Period;
  readonly scale: StatusScale;
  readonly action: Action;
  readonly groupTitle: string;
  readonly state: 'open' | 'late';
  /** How many of the actions asked for are left, this one included. */
  readonly left: number;
  /** Page of the list to go back to. */
  readonly page: number;
  /** null on first opening: the fields then show what the plan says (but never the old narrative). */
  readonly typed: Typed | null;
  readonly refused: readonly Finding[];
  readonly asked: readonly Finding[];
  /** A newer update than the one that the form was opened on: shown, never overwritten unasked. */
  readonly newer: { readonly by: string /** UTC, ISO. */; readonly at: string } | null;
  /** Version of the action that the next save will be based on. */
  readonly version: number;
  /** The third "No change" running asks for a sentence. */
  readonly wantsSentence: boolean;
  /** What "Save anyway" goes on to, as the button that was refused would have; without it, the next action while any is left. */
  readonly after?: 'list' | 'next';
}

/** The board's post, its preview before publication, and the answer to "summary". */
export interface PostFacts extends Reader {
  readonly plan: string;
  readonly planTitle: string;
  /** `post` is published; `preview` is what would be published now; `now` is the position today, no month being published. */
  readonly kind: 'post' | 'preview' | 'now';
  readonly position: Position;
  /** Every action of the position, by id. */
  readonly actions: ReadonlyMap<string, Snapshot>;
  /** Refs whose words are kept back, for the programme officer's preview to name. Absent: none. */
  readonly keptBack?: readonly string[];
}

/** What a button of the post opens. */
export type Opened =
  | { readonly what: 'status'; readonly key: FigureKey; readonly group?: string }
  | { readonly what: 'group'; readonly group: string }
  | { readonly what: 'groups' }
  | { readonly what: 'moves' }
  | { readonly what: 'carried' }
  | { readonly what: 'silences' }
  | { readonly what: 'total' }
  | { readonly what: 'measures' }
  | { readonly what: 'decisions' };

/** The dialog with the actions behind a figure. */
export interface FigureFacts extends Reader {
  readonly plan: string;
  /** The period as the pressed button named it: paging sends it back as it is. */
  readonly period: Period | 'now';
  readonly opened: Opened;
  readonly position: Position;
  readonly actions: ReadonlyMap<string, Snapshot>;
  readonly page: number;
}

/** A lead of the plan and whether a person was found for them. */
export interface LeadMatch {
  readonly lead: NamedLead;
  readonly actions: number;
  /** People proposed for the name, best first: never assumed. */
  readonly proposed: readonly { readonly id: string; readonly name: string }[];
}

/** Greeting in the team's General channel. */
export interface GreetingFacts {
  readonly plan: string;
  readonly planTitle: string;
  readonly actions: number;
  /** How many of them are live. */
  readonly live: number;
  readonly groups: number;
  readonly leads: number;
  readonly matched: number;
  readonly unmatched: readonly LeadMatch[];
  readonly officer: string;
  readonly channelName: string;
}

/** The programme officer's card to settle names: a few leads at a time. */
export interface SettleFacts {
  readonly plan: string;
  readonly unmatched: readonly LeadMatch[];
  /** Everybody in the team, by name. */
  readonly roster: readonly { readonly id: string; readonly name: string }[];
  readonly page: number;
  readonly note: string | null;
}

/** Who has not answered. */
export interface SilentFacts extends Reader {
  readonly plan: string;
  readonly period: Period;
  readonly asked: number;
  readonly silent: readonly {
    readonly name: string;
    readonly left: number;
    readonly of: number;
    /** What became of the ask. */
    readonly outcome: 'sent' | 'planned' | 'unconfirmed' | 'unreachable' | 'not-matched' | 'officer-answers';
    readonly reminded: number;
  }[];
  /** Live actions with nobody to ask. */
  readonly leaderless: readonly { readonly ref: string; readonly title: string }[];
}

/** The answer to "open the September 2023 update", preflight included. */
export interface OpenedFacts extends Reader {
  /** UTC instant that it was opened at, where it was open before it was asked for; null when it was opened just now. */
  readonly since: Date | null;
  readonly plan: string;
  readonly period: Period;
  readonly closes: Date;
  readonly asked: number;
  readonly actions: number;
  readonly unreachable: readonly {
    readonly name: string;
    readonly actions: number;
    readonly why: Unreachable;
  }[];
  readonly officerAnswers: readonly { readonly name: string; readonly actions: number }[];
  readonly leaderless: readonly { readonly ref: string; readonly title: string }[];
}

/** Help: what can be said here, with examples. */
export interface HelpFacts {
  readonly place: 'personal' | 'channel';
  readonly officer: boolean;
  readonly lead: boolean;
  readonly demo: boolean;
  /** Whether the plan has measures. */
  readonly measures: boolean;
  /** A period and a ref for the examples. */
  readonly period: Period;
  readonly ref: string | null;
}

export type { Answer, StatusKey };
