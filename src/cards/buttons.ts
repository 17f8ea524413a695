import type { Words } from '../words/words';
import { cut, plain } from './escape';
import type { MonthFacts } from './facts';
import type { Page } from './size';
import type { VerbName } from './verbs';

/** What a button sends: its verb, and names of things. Everything is parsed by `verbs.ts` when it comes back. */
export type ButtonData = { readonly verb: VerbName } & Readonly<Record<string, string | number | boolean>>;

/** What every button of a month's card names: the month, and the message that the card is. */
export function monthNamed({ plan, period, message }: Pick<MonthFacts, 'plan' | 'period' | 'message'>): {
  readonly plan: string;
  readonly period: string;
  readonly message?: string;
} {
  return { plan, period, ...(message === undefined ? {} : { message }) };
}

/** As {@link ButtonData}, for a button that opens a dialog. */
export interface DialogData {
  readonly verb: VerbName;
  readonly msteams: { readonly type: 'task/fetch' };
  readonly [name: string]: unknown;
}

export interface ButtonStyle {
  /** Says more than the title: read aloud, and shown on hovering. */
  readonly tooltip?: string;
  readonly style?: 'positive' | 'destructive';
  /** `none`: the button sends no fields and asks none to be valid, as a way back should. */
  readonly associatedInputs?: 'auto' | 'none';
}

/** An Action.Submit as Teams takes it. */
export interface SubmitButton extends ButtonStyle {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly data: ButtonData | DialogData;
}

/** An Action.Execute with the Action.Submit that clients fall back on. */
export interface ExecuteButton extends ButtonStyle {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: VerbName;
  readonly data: ButtonData;
  readonly fallback: SubmitButton;
}

export type Button = ExecuteButton | SubmitButton;

/** Longest title of a button, in characters: phones cut longer ones. */
const TITLE_LIMIT = 40;
const TOOLTIP_LIMIT = 120;

/** A button that changes the card it stands on. Some clients fail on Execute: they get the same as a Submit. */
export function executeButton(title: string, data: ButtonData, style: ButtonStyle = {}): ExecuteButton {
  const fallback = submitButton(title, data, style);
  return { ...fallback, type: 'Action.Execute', verb: data.verb, data, fallback };
}

/** A button inside a dialog, whose card is answered by `task/submit`. */
export function submitButton(title: string, data: ButtonData, style: ButtonStyle = {}): SubmitButton {
  const tooltip = style.tooltip === undefined ? {} : { tooltip: cut(plain(style.tooltip), TOOLTIP_LIMIT) };
  return { type: 'Action.Submit', title: cut(plain(title), TITLE_LIMIT), ...style, ...tooltip, data };
}

/** A button that opens a dialog (`task/fetch`) and leaves the card as it is. */
export function dialogButton(title: string, data: ButtonData, style: ButtonStyle = {}): SubmitButton {
  return { ...submitButton(title, data, style), data: { msteams: { type: 'task/fetch' }, ...data } };
}

/** The ways on and back of a list in pages; `make` is given a title and the page to show. */
export function pageButtons(
  page: Page<unknown>,
  words: Words,
  make: (title: string, to: number) => Button,
): Button[] {
  const next = page.next > 0 ? [make(words.say('page.next', { n: page.next }), page.number + 1)] : [];
  const first = page.number > 0 ? [make(words.say('page.first'), 0)] : [];
  return [...next, ...first];
}

/** A ref as a button's data carries it: the parser takes no longer one. */
export function refData(ref: string): string {
  return ref.slice(0, 40);
}
