import type { Command } from '../ask/question';
import type { VerbName } from '../cards/verbs';
import type { Deed } from '../domain/authority';
import type { Period } from '../domain/period';
import type { WantedPapers } from './exporting';

/**
 * What each way of asking Steward for something comes to, as a deed of `domain/authority.ts`: with a new one, it does not compile until it
 * is said here what it is.
 */
export interface Wanted {
  readonly deed: Deed;
  /**
   * `plan`: looked at before anything is done. Else the deed is about an action or a lead (of a measure or a group's report, too), so
   * whoever finds those looks; that the plan may be read at all is looked at before, always. `draft`: a plan that was sent and is no plan
   * yet; it is its sender's alone, and the deed is looked at again when it is to be loaded.
   */
  readonly of: 'plan' | 'action' | 'lead' | 'draft';
}

/** What is typed as an order. Everything else that is typed is a question, which is reading. */
export const COMMAND_DEEDS: Readonly<Record<Command['do'], Wanted>> = {
  help: { deed: 'read', of: 'plan' },
  summary: { deed: 'read', of: 'plan' },
  silent: { deed: 'read', of: 'plan' },
  unreachable: { deed: 'read', of: 'plan' },
  measures: { deed: 'read', of: 'plan' },
  decisions: { deed: 'read', of: 'plan' },
  open: { deed: 'run-month', of: 'plan' },
  close: { deed: 'run-month', of: 'plan' },
  preview: { deed: 'run-month', of: 'plan' },
  publish: { deed: 'run-month', of: 'plan' },
  // The demo's alone, where there is one person, who is the officer.
  play: { deed: 'run-month', of: 'plan' },
  'post-here': { deed: 'set-channel', of: 'plan' },
  settle: { deed: 'settle-names', of: 'plan' },
  'answer-for': { deed: 'answer-for', of: 'plan' },
  remind: { deed: 'remind', of: 'plan' },
  update: { deed: 'answer', of: 'action' },
  'no-change': { deed: 'answer', of: 'action' },
  undo: { deed: 'answer', of: 'action' },
  'hand-over': { deed: 'hand-over', of: 'lead' },
  cover: { deed: 'cover', of: 'lead' },
};

/** What a card's buttons, and the buttons of a dialog, ask for. */
export const VERB_DEEDS: Readonly<Record<VerbName, Wanted>> = {
  month: { deed: 'read', of: 'plan' },
  ask: { deed: 'read', of: 'plan' },
  figure: { deed: 'read', of: 'plan' },
  share: { deed: 'share', of: 'plan' },
  settlePage: { deed: 'settle-names', of: 'plan' },
  settle: { deed: 'settle-names', of: 'plan' },
  ledger: { deed: 'see-ledger', of: 'plan' },
  audit: { deed: 'see-audit', of: 'plan' },
  form: { deed: 'answer', of: 'action' },
  save: { deed: 'answer', of: 'action' },
  noChange: { deed: 'answer', of: 'action' },
  readings: { deed: 'answer', of: 'lead' },
  reportForm: { deed: 'answer', of: 'lead' },
  reportSave: { deed: 'answer', of: 'lead' },
  reportNone: { deed: 'answer', of: 'lead' },
  draft: { deed: 'load-plan', of: 'draft' },
  draftKeep: { deed: 'load-plan', of: 'draft' },
  draftLoad: { deed: 'load-plan', of: 'draft' },
  draftChoose: { deed: 'load-plan', of: 'draft' },
  draftLeave: { deed: 'load-plan', of: 'draft' },
};

/** Searching from the compose box, with what it finds to insert. */
export const SEARCH_DEED: Deed = 'read';

/** What is typed in few fixed sentences, and read before questions are. */
export type FixedOrder =
  | { readonly do: 'ledger'; readonly period: Period | null; readonly page: number }
  | { readonly do: 'left' }
  | { readonly do: 'clear'; readonly what: string }
  | { readonly do: 'export'; readonly papers: WantedPapers };

export const FIXED_DEEDS: Readonly<Record<FixedOrder['do'], Wanted>> = {
  ledger: { deed: 'see-ledger', of: 'plan' },
  left: { deed: 'read', of: 'plan' },
  clear: { deed: 'clear-words', of: 'plan' },
  export: { deed: 'export', of: 'plan' },
};

/** What is typed about who may do what: see `rights.ts`. */
export type RightOrder =
  | { readonly do: 'officer'; readonly who: string; readonly is: boolean }
  | { readonly do: 'reader'; readonly who: string; readonly is: boolean }
  | { readonly do: 'officers' | 'readers' | 'covers' | 'audit' }
  | { readonly do: 'end-cover'; readonly by: string; readonly of: string | null };

export const RIGHT_DEEDS: Readonly<Record<RightOrder['do'], Wanted>> = {
  officer: { deed: 'name-officers', of: 'plan' },
  reader: { deed: 'name-readers', of: 'plan' },
  officers: { deed: 'read', of: 'plan' },
  readers: { deed: 'read', of: 'plan' },
  covers: { deed: 'read', of: 'plan' },
  audit: { deed: 'see-audit', of: 'plan' },
  'end-cover': { deed: 'end-cover', of: 'lead' },
};
