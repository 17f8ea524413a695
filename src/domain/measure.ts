import { findPersonalData } from './disclosure';
import { type Period, periodOfDate, readPeriod } from './period';
import type { LeadKey, NamedLead } from './plan';
import { readFigure, readTargetFigure } from './readFigure';
import { readTargetDate } from './targetDate';
import type { ReadingKind, UnderstoodTarget } from './understood';

/** What a target or a reading says: as written, with the figure in it where it holds one. */
export type Target = UnderstoodTarget;

/** A target on the way. */
export interface InterimTarget extends Target {
  /** When it is due, as printed. */
  readonly when: string;
  /** The month that it is due in; null where that can't be read, and then nothing is judged by it. */
  readonly due: Period | null;
}

/** What a measure was read as, at one time. */
export interface ReadingValue {
  /** Exactly as written: `10.2 %`, `N/A`, `TBC`, or nothing. */
  readonly text: string;
  /** The figure in it, without its unit; null unless `kind` is `number`, which is not 0. */
  readonly value: number | null;
  readonly kind: ReadingKind;
}

/** A reading as it is kept. Never changed: another of the same period stands beside it and counts instead. */
export interface Reading extends ReadingValue {
  /** Id of its measure. */
  readonly measure: string;
  /** The period that it is of; null for a file's reading whose time can't be read: see `when`. */
  readonly period: Period | null;
  /** The time as the file prints it; the period itself for what was said in a month. */
  readonly when: string;
  /** Version of the measure that it made; 0 for what came with a file. */
  readonly version: number;
  /** Who said it; null for what came with a file. */
  readonly by: { readonly id: string; readonly name: string } | null;
  /** UTC ISO: when it was said, or when the file was loaded. */
  readonly at: string;
  /** The owner it was said for, when somebody else said it; null when they spoke for themselves, or a file did. */
  readonly onBehalfOf: string | null;
  /** Teams conversation that it came from; empty for a file. */
  readonly chat: string;
  /** Said after the month had closed. */
  readonly late: boolean;
  /** What was asked and confirmed with "Save anyway". */
  readonly savedAnyway: readonly ReadingDoubt[];
}

/** What may be wrong about a reading, and may be right. */
export type ReadingDoubt = 'fraction-of-percent' | 'over-hundred' | 'far-from-last';

/** A measure (KPI) of the plan. */
export interface Measure {
  /** Given at load; never changes. */
  readonly id: string;
  readonly ref: string | null;
  readonly name: string;
  /** Ref of its group; null for one of the whole plan. */
  readonly group: string | null;
  /** Who reads it; where it names nobody its group's leads are asked: see {@link askedOwners}. */
  readonly owners: readonly NamedLead[];
  readonly groupLeads: readonly NamedLead[];
  /** The owners whom its file names, where it was handed to others since: a later file that still names them changes nothing. Absent where it never was. */
  readonly handed?: readonly LeadKey[];
  /** null where the plan names none. */
  readonly target: Target | null;
  readonly baseline: string;
  readonly interim: readonly InterimTarget[];
  /** What the plan says about it, and never asks for. */
  readonly narrative: string;
  /**
   * Whether a month asks for readings: the plan names an owner, a target or a reading. Without any it is a sentence of what should be better
   * some day, kept and not asked about.
   */
  readonly tracked: boolean;
  /** Its place among the plan's measures, from 0. */
  readonly order: number;
  /** Counts accepted readings: 0 as loaded. */
  readonly version: number;
  /** The period that somebody last gave a reading in; null while nobody has. */
  readonly readIn: Period | null;
  /** Who did, by name and id, and when (UTC ISO); null while nobody has. */
  readonly readBy: { readonly id: string; readonly name: string } | null;
  readonly readAt: string | null;
  /** The reading that counts of the latest period that has one, blanks apart; null where there is none. */
  readonly last: LastReading | null;
}

/** The latest reading, as its measure remembers it. */
export interface LastReading extends ReadingValue {
  readonly period: Period;
}

/** Who a month asks for a reading: its owners, or its group's leads where it names nobody. */
export function askedOwners(measure: Pick<Measure, 'owners' | 'groupLeads'>): readonly NamedLead[] {
  return measure.owners.length > 0 ? measure.owners : measure.groupLeads;
}

/** A target on the way as printed: its month is read from when it stands under, else from its own words. */
export function interimTarget({
  when,
  text,
}: {
  readonly when: string;
  readonly text: string;
}): InterimTarget {
  const target = readTargetFigure(text) ?? { text, value: null, kind: 'blank', wants: null };
  return { ...target, when, due: monthNamedIn(when) ?? monthNamedIn(text) };
}

/** The month that a text names as a time: `2024-09`, `Sept 2024`, `Q2 2024/25`, `by March 2025`; null for none. */
function monthNamedIn(text: string): Period | null {
  const period = readPeriod(text);
  if (period) return period;
  const due = readTargetDate(text)?.due ?? null;
  return due && periodOfDate(due);
}

/** A file's reading as it is kept: its month where its header names one. */
export function loadedReading(
  measure: string,
  { period, text }: { readonly period: string; readonly text: string },
  at: Date,
): Reading {
  return {
    measure,
    period: readPeriod(period),
    when: period,
    version: 0,
    text,
    ...readFigure(text),
    by: null,
    at: at.toISOString(),
    onBehalfOf: null,
    chat: '',
    late: false,
    savedAnyway: [],
  };
}

/** The reading that counts of each period, oldest first: the one of the highest version. Those without a period are left out. */
export function readingsThatCount(readings: readonly Reading[]): (Reading & { readonly period: Period })[] {
  const byPeriod = new Map<Period, Reading & { readonly period: Period }>();
  for (const reading of readings) {
    const { period } = reading;
    if (period === null) continue;
    const known = byPeriod.get(period);
    if (!known || outranks(reading, known)) byPeriod.set(period, { ...reading, period });
  }
  return [...byPeriod.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
}

/** A blank cell of a file says nothing, so it never hides what was said. */
function outranks(one: Reading, other: Reading): boolean {
  const isBlank = one.kind === 'blank';
  return isBlank === (other.kind === 'blank') ? one.version > other.version : !isBlank;
}

/** What a measure remembers of its readings. */
export function lastOf(readings: readonly Reading[]): LastReading | null {
  const last = readingsThatCount(readings)
    .filter(({ kind }) => kind !== 'blank')
    .at(-1);
  return last ? { period: last.period, text: last.text, value: last.value, kind: last.kind } : null;
}

/** What somebody says a measure reads in a period. */
export interface ReadingSaid {
  readonly period: Period;
  readonly text: string;
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string };
  readonly onBehalfOf: string | null;
  readonly chat: string;
  readonly late: boolean;
  readonly savedAnyway: readonly ReadingDoubt[];
}

/** Makes the reading, and the measure as it is after it. */
export function applyReading(measure: Measure, said: ReadingSaid): { measure: Measure; reading: Reading } {
  const { period, at, by, onBehalfOf, chat, late, savedAnyway } = said;
  const text = said.text.trim();
  const version = measure.version + 1;
  const value = readFigure(text);
  const isLatest = measure.last === null || measure.last.period <= period;
  const reading: Reading = {
    measure: measure.id,
    period,
    when: period,
    version,
    text,
    ...value,
    by,
    at: at.toISOString(),
    onBehalfOf,
    chat,
    late,
    savedAnyway,
  };
  return {
    reading,
    measure: {
      ...measure,
      version,
      readIn: period,
      readBy: by,
      readAt: at.toISOString(),
      last: isLatest ? { period, text, ...value } : measure.last,
    },
  };
}

/** Whether a measure already says what is being said again, by the same person for the same period: a tap that arrives twice. */
export function isSameReading(
  measure: Measure,
  said: { period: Period; text: string },
  personId: string,
): boolean {
  const { last, readIn, readBy } = measure;
  return (
    readIn === said.period &&
    readBy?.id === personId &&
    last?.period === said.period &&
    last.text === said.text.trim()
  );
}

/** What must be mended before a reading is kept. */
export type ReadingFault =
  | { readonly code: 'blank' | 'no-figure' | 'several-figures' }
  | { readonly code: 'too-long'; readonly limit: number }
  | { readonly code: 'personal-data'; readonly match: string };

/** Longest reading in characters: a figure, its unit and a short note. */
export const READING_LIMIT = 60;

/** A reading so many times the last one, or so small a part of it, is asked about. */
const FAR_FROM_LAST = 5;

/**
 * Checks what was typed for a reading. Taken are a figure (`62%`, `6.5`, `£1,200`), `N/A` and `TBC`; an empty field says nothing and is no 0. A
 * figure that may be a slip is asked about. `today` is a day in the plan's zone.
 */
export function checkReading(
  text: string,
  measure: Pick<Measure, 'target' | 'last' | 'name'>,
  today: string,
): { readonly fault: ReadingFault | null; readonly doubts: readonly ReadingDoubt[] } {
  const typed = text.trim();
  const fault = faultOf(typed, today);
  if (fault) return { fault, doubts: [] };
  const { value } = readFigure(typed);
  if (value === null) return { fault: null, doubts: [] };
  const last = measure.last?.value ?? null;
  const isPercent = [measure.target?.text, measure.last?.text, typed].some((one) => one?.includes('%'));
  const isFraction =
    isPercent && !typed.includes('%') && value > 0 && value < 1 && (last ?? measure.target?.value ?? 0) >= 5;
  const ratio = last === null || last === 0 || value === 0 ? 1 : Math.abs(value / last);
  const doubts: ReadingDoubt[] = [
    ...(isFraction ? (['fraction-of-percent'] as const) : []),
    ...(isPercent && value > 100 ? (['over-hundred'] as const) : []),
    ...(!isFraction && (ratio >= FAR_FROM_LAST || ratio <= 1 / FAR_FROM_LAST)
      ? (['far-from-last'] as const)
      : []),
  ];
  return { fault: null, doubts };
}

function faultOf(typed: string, today: string): ReadingFault | null {
  if (typed === '') return { code: 'blank' };
  if (typed.length > READING_LIMIT) return { code: 'too-long', limit: READING_LIMIT };
  const [personal] = findPersonalData(typed, today);
  if (personal) return { code: 'personal-data', match: personal.match };
  const { kind } = readFigure(typed);
  if (kind !== 'words' && kind !== 'dash') return null;
  return { code: (typed.match(/\d+(?:[.,]\d+)*/g) ?? []).length > 1 ? 'several-figures' : 'no-figure' };
}
