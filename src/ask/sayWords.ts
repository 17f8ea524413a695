import type askWords from '../../cards/words/en.ask.json';
import type { FigureKey } from '../domain/figures';
import type { IsoDate, Period } from '../domain/period';
import { DEFAULT_SCALE, type StatusScale, statusOn } from '../domain/status';
import type { PositionAt, Who } from './question';

/** The keys of the words that saying back needs; they stand in `cards/words/<language>.ask.json`. */
export type AskWordKey = keyof typeof askWords;

/** Says the message of a key with its places filled in. */
export type Say = (key: AskWordKey, values?: Readonly<Record<string, string | number>>) => string;

/** What a place of a message that may be left out is filled with then. */
export const NONE = 'none';

/** Somebody by name, as in "led by …". */
export function whoName(who: Who, say: Say): string {
  switch (who.kind) {
    case 'me':
      return say('ask.who.you');
    case 'lead':
      return who.name;
    case 'role':
      return say('ask.who.role', { role: who.role });
    case 'group-leads':
      return say('ask.who.groupLeads', { group: who.group });
    case 'nobody':
      return say('ask.who.nobody');
  }
}

/** `red or amber`, by the labels of the plan's scale. */
export function statusNames(keys: readonly FigureKey[], scale: StatusScale, say: Say): string {
  const names = keys.map((key) => {
    if (key === 'none') return say('ask.status.none');
    return (statusOn(scale, key) ?? statusOn(DEFAULT_SCALE, key))?.label.toLowerCase() ?? key;
  });
  return orList(names, say);
}

/** A position as in "since …". */
export function positionName(position: PositionAt, say: Say): string {
  if (position === 'now' || position === 'last' || position === 'loaded') return say(`ask.at.${position}`);
  return monthName(position, say);
}

/** `September 2023`. */
export function monthName(period: Period, say: Say): string {
  const month = say('ask.monthName', { n: Number(period.slice(5, 7)) });
  // As text: a number would be written with a thousands separator.
  return say('ask.month', { month, year: period.slice(0, 4) });
}

/** `25 Dec 2023`. */
export function dayName(day: IsoDate, say: Say): string {
  const month = say('ask.monthShort', { n: Number(day.slice(5, 7)) });
  return say('ask.day', { day: Number(day.slice(8, 10)), month, year: day.slice(0, 4) });
}

/** `a, b or c`. */
export function orList(parts: readonly string[], say: Say): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : say('ask.or', { some: parts.slice(0, -1).join(', '), last });
}
