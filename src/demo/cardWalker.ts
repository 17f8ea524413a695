/** Reads cards as a person would: what they say, what can be typed, what can be pressed. Knows no card of Steward's in particular. */

/** An Adaptive Card as it came over the wire. */
export type Card = Readonly<Record<string, unknown>>;

/** A button of a card. */
export interface CardButton {
  /** `Action.Execute`, `Action.Submit`, … */
  readonly type: string;
  readonly title: string;
  readonly tooltip: string;
  readonly verb: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether what was typed is sent along; `associatedInputs: "none"` says no. */
  readonly sendsInputs: boolean;
}

/** A field of a card. */
export interface CardInput {
  /** `Input.Text`, `Input.Number`, … */
  readonly type: string;
  readonly id: string;
  readonly label: string;
  /** What stands in it, as text; empty when nothing does. */
  readonly value: string;
  readonly isMultiline: boolean;
  /** Of a choice set; empty for other fields. */
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly errorMessage: string;
}

/** How to find a button: all that is given must fit. Texts must be the whole title; patterns may be a part. */
export interface ButtonQuery {
  readonly title?: string | RegExp;
  readonly verb?: string;
  /** The action's ref, which stands in the button's title, tooltip or data. */
  readonly ref?: string;
}

/** The fields of an action's form, found by kind as people find them. */
export interface ActionForm {
  readonly percent: CardInput;
  readonly status: CardInput;
  readonly narrative: CardInput;
  readonly revised: CardInput | null;
  /** All multiline fields, the narrative first. */
  readonly texts: readonly CardInput[];
  /** Buttons that save, in order. */
  readonly saves: readonly CardButton[];
}

/** What a person types: field id to value. */
export type Inputs = Readonly<Record<string, string>>;

/** Every button in the order of reading; what stands in for another (`fallback`) and what presses itself (`refresh`) is left out. */
export function buttonsOf(card: Card): CardButton[] {
  return partsOf(card)
    .filter((part) => typeOf(part).startsWith('Action.'))
    .map((part) => ({
      type: typeOf(part),
      title: textAt(part, 'title'),
      tooltip: textAt(part, 'tooltip'),
      verb: typeof part.verb === 'string' ? part.verb : null,
      data: isObject(part.data) ? part.data : {},
      sendsInputs: part.associatedInputs !== 'none',
    }));
}

/** Every field in the order of reading. */
export function inputsOf(card: Card): CardInput[] {
  return partsOf(card)
    .filter((part) => typeOf(part).startsWith('Input.'))
    .map((part) => ({
      type: typeOf(part),
      id: textAt(part, 'id'),
      label: textAt(part, 'label'),
      value: textAt(part, 'value'),
      isMultiline: part.isMultiline === true,
      choices: (Array.isArray(part.choices) ? part.choices : [])
        .filter(isObject)
        .map((choice) => ({ title: textAt(choice, 'title'), value: textAt(choice, 'value') })),
      errorMessage: textAt(part, 'errorMessage'),
    }));
}

/** What stands in the card's fields: what is sent when nobody types anything. */
export function valuesOf(card: Card): Record<string, string> {
  return Object.fromEntries(inputsOf(card).map((input) => [input.id, input.value]));
}

/** Everything that the card says, one piece a line, in the order of reading: texts, facts, labels, buttons. */
export function textOf(card: Card): string {
  return partsOf(card).flatMap(wordsOf).join('\n');
}

/** The first button that fits, or null. */
export function findButton(card: Card, query: ButtonQuery): CardButton | null {
  return buttonsOf(card).find((button) => fits(button, query)) ?? null;
}

/** The form on a card, or null where there is none: a number, a choice of statuses and a multiline text are one. */
export function formOf(card: Card): ActionForm | null {
  const inputs = inputsOf(card);
  const texts = inputs.filter((input) => input.type === 'Input.Text' && input.isMultiline);
  const percent = inputs.find((input) => input.type === 'Input.Number');
  const status = inputs.find((input) => input.type === 'Input.ChoiceSet');
  const narrative = texts[0];
  if (!percent || !status || !narrative) return null;
  return {
    percent,
    status,
    narrative,
    revised: inputs.find((input) => input.type === 'Input.Date') ?? null,
    texts,
    saves: buttonsOf(card).filter((button) => button.title.startsWith('Save')),
  };
}

/** What Teams sends of a pressed button: its own data, with the fields over it. */
export function dataSent(button: CardButton, card: Card, typed: Inputs = {}): Record<string, unknown> {
  return button.sendsInputs ? { ...button.data, ...valuesOf(card), ...typed } : { ...button.data };
}

function fits(button: CardButton, { title, verb, ref }: ButtonQuery): boolean {
  if (title instanceof RegExp && !title.test(button.title)) return false;
  if (typeof title === 'string' && title !== button.title) return false;
  if (verb !== undefined && verb !== button.verb && verb !== button.data.verb) return false;
  return ref === undefined || namesRef(button, ref);
}

function namesRef(button: CardButton, ref: string): boolean {
  if (button.data.ref === ref) return true;
  // 1.2.2 must not be found in 11.2.2 or 1.2.21.
  const whole = new RegExp(`(^|[^\\w.])${ref.replaceAll('.', '\\.')}($|[^\\w.]|\\.($|\\s))`);
  return whole.test(button.title) || whole.test(button.tooltip);
}

/** Keys that hold no part of what is shown. */
const NOT_SHOWN = new Set([
  'fallback',
  'data',
  'refresh',
  'authentication',
  'msteams',
  'metadata',
  'choices',
]);

/** The card and all that is nested in it, in the order of reading. */
function partsOf(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(partsOf);
  if (!isObject(node)) return [];
  const nested = Object.entries(node).filter(([key]) => !NOT_SHOWN.has(key));
  return [node, ...nested.flatMap(([, value]) => (typeof value === 'object' ? partsOf(value) : []))];
}

function wordsOf(part: Record<string, unknown>): string[] {
  const words = ['text', 'title', 'label', 'value', 'placeholder', 'errorMessage', 'altText']
    .map((key) => textAt(part, key))
    .filter((text) => text !== '');
  const inlines = Array.isArray(part.inlines)
    ? part.inlines.filter((run): run is string => typeof run === 'string')
    : [];
  const choices = Array.isArray(part.choices)
    ? part.choices.filter(isObject).map((choice) => textAt(choice, 'title'))
    : [];
  return [...words, ...inlines, ...choices];
}

function typeOf(part: Record<string, unknown>): string {
  return textAt(part, 'type');
}

function textAt(part: Record<string, unknown>, key: string): string {
  const value = part[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
