import { parseQuestion } from '../../../src/ask/questionSchema';
import type { AdaptiveCard } from '../../../src/cards/facts';
import { CARD_LIMIT, weightOf } from '../../../src/cards/size';
import { verbSchema } from '../../../src/cards/verbs';
import { english } from '../../../src/words/words';

type Json = Readonly<Record<string, unknown>>;

/** What Teams, a phone or a screen reader would not bear in an answer's card, as sentences; none when all is well. */
export function faultsOf(card: AdaptiveCard): string[] {
  const parts = partsOf(card);
  return [
    ...(weightOf(card) > CARD_LIMIT ? [`weighs ${weightOf(card)} bytes`] : []),
    ...(card.version === '1.5' ? [] : ['is not version 1.5']),
    ...(isText(card.speak) && isText(card.fallbackText) ? [] : ['has nothing to speak or to fall back on']),
    ...parts.flatMap(faultsOfPart),
  ];
}

/** All objects of a card that have a type, in any depth; the fallbacks of actions are looked at with the action. */
export function partsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (!isObject(value)) return [];
  const inner = Object.entries(value).filter(
    ([key]) => key !== 'data' && !(isAction(value) && key === 'fallback'),
  );
  return [...(typeof value.type === 'string' ? [value] : []), ...inner.flatMap(([, part]) => partsOf(part))];
}

/** Every button of a card. */
export function buttonsOf(card: AdaptiveCard): Json[] {
  return partsOf(card).filter(isAction);
}

/** All text that a card shows, piece by piece. */
export function textsOf(card: AdaptiveCard): string[] {
  return partsOf(card).flatMap(({ type, text }) =>
    (type === 'TextRun' || type === 'TextBlock') && typeof text === 'string' ? [text] : [],
  );
}

function faultsOfPart(part: Json): string[] {
  const type = String(part.type);
  if (type.startsWith('Action.')) return faultsOfButton(part);
  if (type.startsWith('Input.')) return ['holds an input'];
  if (type.startsWith('Chart.')) return isObject(part.fallback) ? [] : ['has a chart without a fallback'];
  switch (type) {
    case 'TextBlock':
      return isOurs(part.text) ? [] : [`shows “${part.text}” where markdown is read`];
    case 'TextRun':
      return typeof part.text === 'string' && !UNSAFE.test(part.text) ? [] : ['has a run of unsafe text'];
    case 'RichTextBlock':
      return Array.isArray(part.inlines) && part.inlines.length > 0 ? [] : ['has a block without text'];
    case 'ActionSet':
      return Array.isArray(part.actions) && part.actions.length <= 6
        ? []
        : ['has more than six buttons in a row'];
    default:
      return [];
  }
}

function faultsOfButton(button: Json): string[] {
  const { title, data, fallback, tooltip } = button;
  const parsed = verbSchema.safeParse(data);
  const sameBelow = isObject(fallback) && fallback.type === 'Action.Submit' && fallback.title === title;
  return [
    ...(isText(title) && String(title).length <= 40 ? [] : [`has a button titled “${title}”`]),
    ...(tooltip === undefined || isText(tooltip) ? [] : ['has a button with an empty tooltip']),
    ...(button.type === 'Action.Execute' ? [] : ['has a button that does not change its card']),
    ...(sameBelow && JSON.stringify(fallback.data) === JSON.stringify(data)
      ? []
      : ['has a fallback of its own']),
    ...(parsed.success && parsed.data.verb === button.verb
      ? []
      : [`sends what is not read: ${JSON.stringify(data)}`]),
    ...(parsed.success ? questionsIn(parsed.data) : [])
      .filter((q) => parseQuestion(q) === null)
      .map((q) => `asks what is not understood: ${q}`),
  ];
}

function questionsIn(data: object): string[] {
  return Object.entries(data).flatMap(([key, value]) =>
    (key === 'q' || key === 'from') && typeof value === 'string' ? [value] : [],
  );
}

/** Control characters, turns of the writing direction, and what clients read as a date function. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\{\{\s*(?:DATE|TIME)\s*\(/i;

/** Whether a text is one of our own words, with nothing of anybody's in it. */
function isOurs(text: unknown): boolean {
  return isText(text) && allLabels(english.labels).has(String(text));
}

function allLabels(tree: Readonly<Record<string, unknown>>): Set<string> {
  return new Set(
    Object.values(tree).flatMap((value) =>
      isObject(value) ? [...allLabels(value)] : typeof value === 'string' ? [value] : [],
    ),
  );
}

function isAction(value: Json): boolean {
  return typeof value.type === 'string' && value.type.startsWith('Action.');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
