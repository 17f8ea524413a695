import type { IsoDate, Period } from './period';
import type { LeadKey } from './plan';

/** Somebody as the audit keeps them: the name as it was then, so that it still says who when they have gone. */
export interface Named {
  /** A person's id; empty for the command line. */
  readonly id: string;
  readonly name: string;
}

/** What was changed beside the updates themselves: who may do what, who answers for whom, what was taken back. */
export type AuditedChange =
  /** An action went from one lead to another. */
  | {
      readonly kind: 'handed-over';
      readonly action: string;
      readonly ref: string;
      readonly from: { readonly lead: LeadKey; readonly name: string };
      readonly to: { readonly lead: LeadKey; readonly name: string; readonly person: string };
    }
  /** A measure, or what a group's leads report to the board, went from one lead to another; `name` is the measure's, or the group's ref. */
  | {
      readonly kind: 'other-handed-over';
      readonly what: 'measure' | 'report';
      readonly name: string;
      readonly from: { readonly lead: LeadKey; readonly name: string };
      readonly to: { readonly lead: LeadKey; readonly name: string; readonly person: string };
    }
  /** Somebody may answer in a lead's place until the end of a day (plan's zone). */
  | {
      readonly kind: 'cover-given';
      readonly lead: LeadKey;
      readonly name: string;
      readonly to: Named;
      readonly until: IsoDate;
    }
  /** A cover was ended before its day. One that ran out by itself leaves no entry. */
  | { readonly kind: 'cover-ended'; readonly lead: LeadKey; readonly name: string; readonly from: Named }
  /** An update (of that version) was taken back by its own author. */
  | {
      readonly kind: 'undone';
      readonly action: string;
      readonly ref: string;
      readonly version: number;
      readonly period: Period;
    }
  | { readonly kind: 'reader-named' | 'reader-removed'; readonly who: Named }
  | { readonly kind: 'officer-added' | 'officer-removed'; readonly who: Named }
  /** Who a lead is: a person, or nobody (null), for whom whoever said so answers. */
  | {
      readonly kind: 'lead-settled';
      readonly lead: LeadKey;
      readonly name: string;
      readonly to: Named | null;
    }
  /** What was last said of an action may be published, as it stood. */
  | { readonly kind: 'words-cleared'; readonly action: string; readonly ref: string }
  | { readonly kind: 'channel-set'; readonly channel: string; readonly name: string }
  /** A file was loaded: a team's first plan, or a new version of it. */
  | {
      readonly kind: 'plan-loaded';
      readonly file: string;
      readonly load: string;
      readonly how: 'first' | 'again';
      readonly added: number;
      readonly changed: number;
      readonly left: number;
    }
  /** What a load did to one action. What leads answer for is in the update of the same moment. */
  | {
      readonly kind: 'action-loaded';
      readonly action: string;
      readonly ref: string;
      readonly load: string;
      readonly how: 'added' | 'changed' | 'left' | 'back';
      readonly changes: readonly {
        readonly field: string;
        readonly before: string;
        readonly after: string;
      }[];
    }
  /** When a month opens, how many months it is about, who publishes it. */
  | {
      readonly kind: 'calendar-set';
      readonly opensDay: number;
      readonly months: number;
      readonly publishes: 'officer' | 'itself';
    }
  /** The totals of a month from before Steward were typed in. */
  | { readonly kind: 'totals-typed'; readonly period: Period; readonly total: number }
  /** The plan was taken from its team: its people and programme officers were forgotten. */
  | { readonly kind: 'freed'; readonly team: string }
  /** Somebody's name was taken out of everything: this stands in its place. */
  | { readonly kind: 'person-erased'; readonly alias: string }
  /** A whole plan was deleted. A line of the installation's own audit, since the plan's goes with it. */
  | { readonly kind: 'plan-deleted'; readonly plan: string; readonly title: string }
  /** How many months words are kept; null for as long as the plan is stored. */
  | { readonly kind: 'retention-set'; readonly months: number | null }
  /** Whether it is written down who asks for what. */
  | { readonly kind: 'reading-log-set'; readonly on: boolean }
  | { readonly kind: 'reminded'; readonly period: Period; readonly people: readonly Named[] };

/** In whose name the lines are kept that outlive a plan. No plan's id has these letters. */
export const INSTALLATION = 'installation';

/** One line of a plan's audit. Written once, never changed. Updates are their own audit and have no line here. */
export interface AuditEntry {
  readonly id: string;
  /** UTC ISO, by the clock of the plan's world. */
  readonly at: string;
  readonly by: Named;
  /** Teams conversation that it was said in; empty for the command line. */
  readonly chat: string;
  readonly what: AuditedChange;
}
