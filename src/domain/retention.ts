import { dayIn } from './calendar';
import type { Cycle } from './cycle';
import type { Reading } from './measure';
import type { Message } from './message';
import { type IsoDate, type Period, periodOfDate, shiftPeriod } from './period';
import type { NamedLead, Plan } from './plan';
import type { GroupReturn } from './planDetail';
import type { Position } from './position';
import type { Snapshot } from './snapshot';
import type { Said, Update } from './update';

/*
 * How long words and names are kept, and what is left of a month after that: its figures, to the digit. Pure; `src/app/thinOut.ts` carries it out.
 */

/** For how many months words are kept: a year at least, since a board looks back over one. */
export const FEWEST_MONTHS = 12;
export const MOST_MONTHS = 240;
/** How long it is kept who asked for what, where the plan sets nothing. */
export const READING_LOG_MONTHS = 12;

/** What stands in the place of something that counts by being there: a decision that the board was asked for. */
export const NO_LONGER_KEPT = '…';

/** How far a plan was thinned out, and when it was last looked at. */
export interface Thinned {
  /** The day (plan's zone) on which it was last gone through whole. */
  readonly day: IsoDate;
  /** The latest period whose words are gone; null while none is. */
  readonly until: Period | null;
  /** Whether what was said when the plan was loaded is gone. */
  readonly loaded: boolean;
}

/** Whether so many whole months have passed since an instant (UTC ISO): true from the day after, in the plan's zone, so never a day early. */
export function isOlderThan(at: string, months: number, zone: string, now: Date): boolean {
  return dayIn(zone, now) > dayAfterMonths(dayIn(zone, new Date(at)), months);
}

/** The same day so many months later; the last of its month where that has no such day. */
function dayAfterMonths(day: IsoDate, months: number): IsoDate {
  const month = shiftPeriod(periodOfDate(day), months);
  // Days of a month: the day before the first of the next, worked out in UTC throughout.
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}` as IsoDate;
}

/** The periods whose words are to go now, oldest first: over with for longer than the plan keeps them, and not the latest. */
export function periodsToThin(
  plan: Pick<Plan, 'retention' | 'calendar' | 'latest'>,
  cycles: readonly Cycle[],
  now: Date,
): Cycle[] {
  const { retention, calendar, latest } = plan;
  if (!retention) return [];
  return cycles
    .filter(({ thinnedAt, period, state, publishedAt, closedAt }) => {
      const over = publishedAt ?? closedAt;
      const isOver = state === 'published' || state === 'closed';
      if (thinnedAt !== undefined || period === latest || !isOver || over === null) return false;
      return isOlderThan(over, retention.months, calendar.zone, now);
    })
    .sort((a, b) => (a.period < b.period ? -1 : 1));
}

/** Whether what was said when the plan was loaded is to go. */
export function loadedIsOld(
  { retention, calendar, loadedAt }: Pick<Plan, 'retention' | 'calendar' | 'loadedAt'>,
  now: Date,
): boolean {
  return retention !== undefined && isOlderThan(loadedAt, retention.months, calendar.zone, now);
}

/** Whether a message goes: it is of a period that is thinned out, or a notice that was sent long enough ago. */
export function messageGoes(
  message: Message,
  periods: ReadonlySet<Period>,
  plan: Pick<Plan, 'retention' | 'calendar'>,
  now: Date,
): boolean {
  if (message.period !== null) return periods.has(message.period);
  const { retention, calendar } = plan;
  if (message.kind !== 'notice' || message.sentAt === null || !retention) return false;
  return isOlderThan(message.sentAt, retention.months, calendar.zone, now);
}

const NOBODY: NamedLead = { key: '', name: '', role: null, kind: 'lead' };
const NO_ONE = { id: '', name: '' };

/**
 * What is left of an update. Of a period that is thinned out: which status and percentage, when, and for which period. The last one of its
 * action keeps who said what, since the same tap may arrive again, and that is the action's present state in any case. Any other update loses what
 * stood before it where that was said in a thinned period: only in the latest period can it be taken back.
 */
export function thinUpdate(
  update: Update,
  about: { readonly periods: ReadonlySet<Period>; readonly latest: Period | null; readonly isLast: boolean },
): Update {
  const { periods, latest, isLast } = about;
  const { prior, ...kept } = update;
  if (!periods.has(update.period)) {
    const isOld = [prior?.narrativeFrom, prior?.updatedIn].some((said) => said && periods.has(said));
    return isOld && update.period !== latest ? { ...kept, before: wordless(update.before) } : update;
  }
  if (isLast) return { ...kept, before: wordless(update.before) };
  return {
    ...kept,
    by: NO_ONE,
    onBehalfOf: null,
    chat: '',
    before: wordless(update.before),
    after: wordless(update.after),
    thinned: true,
  };
}

/** Dates as they were written stay: they are the plan's, as statuses are. */
function wordless(said: Said): Said {
  return { ...said, narrative: '', barriers: '', ask: '' };
}

/** What is left of an action's snapshot: ref, title, status, percentage and dates. */
export function thinSnapshot(snapshot: Snapshot): Snapshot {
  const { printed: _, ...kept } = snapshot;
  return { ...kept, leads: [], narrative: '', barriers: '', ask: '' };
}

/** What is left of a position: every figure, and no name. */
export function thinPosition(position: Position): Position {
  const { measures, reports } = position;
  return {
    ...position,
    thinned: true,
    groups: position.groups.map(({ leads: _, ...group }) => group),
    silences: position.silences.map((silence) => ({ ...silence, lead: NOBODY })),
    ...(measures
      ? {
          measures: measures.map((measure) => ({
            ...measure,
            owners: [],
            reading: measure.reading && withoutWords(measure.reading),
            before: measure.before && withoutWords(measure.before),
          })),
        }
      : {}),
    ...(reports
      ? {
          reports: reports.map((report) => ({
            ...report,
            recommendation: report.recommendation === '' ? '' : NO_LONGER_KEPT,
            by: null,
            assurance: [],
          })),
        }
      : {}),
  };
}

/** What is left of a reading: the figure, or that it was words. */
export function thinReading(reading: Reading): Reading {
  return { ...withoutWords(reading), by: null, onBehalfOf: null, chat: '' };
}

function withoutWords<T extends { readonly kind: string; readonly text: string }>(reading: T): T {
  return reading.kind === 'words' ? { ...reading, text: NO_LONGER_KEPT } : reading;
}

/** What is left of what a group told the board: that it did, and when. */
export function thinReturn(said: GroupReturn): GroupReturn {
  return {
    ...said,
    recommendation: said.recommendation === '' ? '' : NO_LONGER_KEPT,
    assurance: [],
    by: NO_ONE,
    onBehalfOf: null,
    chat: '',
  };
}
