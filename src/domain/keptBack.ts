import { findPersonalData, type PersonalData } from './disclosure';
import type { IsoDate } from './period';
import type { Position } from './position';
import type { Snapshot } from './snapshot';

/*
 * The last look at words before many may read them. What leads say is checked when they say it; what came in with a file never was. So
 * whatever is made for a channel, another chat or the public goes through here first.
 */

/** Fields that hold what somebody said, at any length: looked through for all that may identify a child. */
const SAID = new Set([
  'narrative',
  'barriers',
  'ask',
  'recommendation',
  'activity',
  'complete',
  'impact',
  'evidence',
  'resources',
  'partners',
]);

/**
 * Fields that hold what the plan prints: titles, dates as written. Their dates are the plan's own (a target that has passed looks like a date
 * of birth), and are not looked for.
 */
const PRINTED = new Set(['title', 'text', 'plannedText', 'revisedText', 'word', 'recurrence', 'target']);

/**
 * Any facts with every text taken out that looks as if it held a child's data, and `instead` put in its place. What it leaves is the very
 * same object where nothing was found. `today` is the plan's; it tells a date of birth from a meeting's.
 */
export function keepBack<T>(facts: T, today: IsoDate, instead: string): T {
  return walk(facts, '', (text, field) => (isHeldIn(field, text, today) ? instead : text)) as T;
}

/** The refs of actions whose words {@link keepBack} kept back, and of groups whose reports it did, in the order given. */
export function keptBackRefs(before: PlanFacts, after: PlanFacts): string[] {
  const { measures = [], reports = [] } = before.position;
  const refs = [
    ...[...before.actions].flatMap(([id, one]) => (after.actions.get(id) === one ? [] : [one.ref])),
    ...measures.flatMap((one, at) => (after.position.measures?.[at] === one ? [] : [one.ref ?? one.name])),
    ...reports.flatMap((one, at) => (after.position.reports?.[at] === one ? [] : [one.group])),
  ];
  return [...new Set(refs)];
}

interface PlanFacts {
  readonly position: Position;
  readonly actions: ReadonlyMap<string, Snapshot>;
}

function isHeldIn(field: string, text: string, today: IsoDate): boolean {
  const isSaid = SAID.has(field);
  if (!isSaid && !PRINTED.has(field)) return false;
  return found(text, today).some(({ kind }) => isSaid || kind !== 'date-of-birth');
}

/** Long texts are looked through to their end, in parts that overlap: a file sets no limit to a cell. */
function found(text: string, today: IsoDate): PersonalData[] {
  const parts: PersonalData[] = [];
  for (let at = 0; at === 0 || at < text.length; at += PART - OVERLAP)
    parts.push(...findPersonalData(text.slice(at, at + PART), today));
  return parts;
}

/** What {@link findPersonalData} looks at of one text, in characters, and more than anything that it finds is long. */
const PART = 20_000;
const OVERLAP = 1_000;

function walk(value: unknown, field: string, change: (text: string, field: string) => string): unknown {
  if (typeof value === 'string') return change(value, field);
  if (Array.isArray(value)) {
    const after = value.map((one) => walk(one, field, change));
    return after.some((one, at) => one !== value[at]) ? after : value;
  }
  if (value instanceof Map) {
    const after = [...value].map(([key, one]) => [key, walk(one, field, change)] as const);
    return after.some(([key, one]) => value.get(key) !== one) ? new Map(after) : value;
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.entries(value).map(([name, one]) => [name, one, walk(one, name, change)] as const);
  if (entries.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(entries.map(([name, , after]) => [name, after]));
}
