import type { FigureKey } from '../domain/figures';
import { type IsoDate, monthsBetween, type Period, shiftPeriod } from '../domain/period';
import {
  type Action,
  askedLeads,
  dueDate,
  isCrossReference,
  isLive,
  isOverdue,
  type LeadKey,
} from '../domain/plan';
import { refSortKey } from '../domain/refs';
import type { Snapshot } from '../domain/snapshot';
import { direction, type StatusKey, statusOn } from '../domain/status';
import type { AskedData } from './answer';
import { daysBetween, shiftDay } from './days';
import type {
  Comparator,
  Condition,
  ConditionOf,
  Measure,
  MovedCondition,
  PositionAt,
  Who,
} from './question';
import { speaksOf, withWords } from './search';

/** The actions for which every condition holds. */
export function matching(conditions: readonly Condition[], data: AskedData): Action[] {
  const settled = conditions.map((condition) => withWords(condition, data.actions));
  return data.actions.filter((action) => settled.every((condition) => holds(condition, action, data)));
}

/** Whether a condition holds of an action. A position that the data lacks holds of none. */
export function holds(condition: Condition, action: Action, data: AskedData): boolean {
  switch (condition.kind) {
    case 'who':
      return condition.who.some((who) => isAskedOf(who, action, data));
    case 'shared':
      return (
        askedLeads(action).length > 1 && (condition.with === null || isAskedOf(condition.with, action, data))
      );
    case 'status':
      return condition.statuses.includes(action.status.key ?? 'none');
    case 'group':
      return condition.groups.some((group) => sameRef(group, action.group));
    case 'refs':
      return condition.ranges.some(({ from, to }) => isBetween(action.ref, from, to));
    case 'text':
      return condition.phrases.every((phrase) => speaksOf(action, phrase, condition.exact));
    case 'due':
      return isDueWithin(action, condition, data);
    case 'overdue':
      return isOverdueBy(action, condition.by, data);
    case 'slipped':
      return hasSlipped(action, condition.by);
    case 'undated':
      return isUndated(action, condition.ongoing, data);
    case 'phase':
      return phaseOf(action, data) === condition.phase;
    case 'updated':
      return wasUpdated(action, condition);
    case 'silent':
      return isLive(action, data.scale) && !wasUpdated(action, condition);
    case 'unchanged':
      return isLive(action, data.scale) && monthsUnchanged(action, data) >= condition.months;
    case 'moved':
      return moveOf(condition, action, data) !== null;
    case 'stood': {
      const stood = statusAt(condition.at, action, data);
      return stood !== undefined && condition.statuses.includes(stood ?? 'none');
    }
    case 'contradiction':
      return contradicts(action, condition.which, data);
    case 'percent':
      return action.percent !== null && compares(action.percent, condition.is, condition.than);
    case 'no-percent':
      return action.percent === null;
    case 'has':
      return action[condition.field].trim() !== '';
    case 'not':
      return !holds(condition.of, action, data);
    case 'any':
      return condition.of.some((one) => holds(one, action, data));
  }
}

/** The keys of the leads that are meant. Those of `nobody` are none. */
export function keysOf(who: Who, data: Pick<AskedData, 'groups' | 'mine'>): readonly LeadKey[] {
  switch (who.kind) {
    case 'me':
      return data.mine;
    case 'group-leads':
      return data.groups
        .filter(({ ref }) => sameRef(ref, who.group))
        .flatMap(({ leads }) => leads.map(({ key }) => key));
    case 'nobody':
      return [];
    default:
      return who.leads;
  }
}

/** Days by which a live action is overdue; 0 where it is not. */
export function daysOverdue(action: Action, data: Pick<AskedData, 'scale' | 'today'>): number {
  const due = dueDate(action);
  return due !== null && isOverdue(action, data.scale, data.today) ? daysBetween(due, data.today) : 0;
}

/** Days by which it was revised later than planned; 0 where it was not. */
export function daysSlipped(action: Action): number {
  const planned = action.planned?.due;
  const revised = action.revised?.due;
  return planned && revised && revised > planned ? daysBetween(planned, revised) : 0;
}

/**
 * For how many months nothing but "No change" was said: counted from the last update that changed something, or from the loaded
 * file where there is none.
 */
export function monthsUnchanged(action: Action, data: Pick<AskedData, 'period' | 'loadedIn'>): number {
  const changedIn = action.updatedIn ? shiftPeriod(action.updatedIn, -action.unchangedFor) : data.loadedIn;
  return Math.max(0, monthsBetween(changedIn, data.period));
}

/** The step that an action made, as a movement asks for it; null where it made none such. */
export function moveOf(
  condition: MovedCondition,
  action: Action,
  data: AskedData,
): { readonly from: StatusKey | null; readonly to: StatusKey | null } | null {
  const from = statusAt(condition.from, action, data);
  const to = statusAt(condition.to, action, data);
  if (from === undefined || to === undefined || from === to) return null;
  const left: FigureKey = from ?? 'none';
  const became: FigureKey = to ?? 'none';
  if (condition.left && (!condition.left.includes(left) || condition.left.includes(became))) return null;
  if (condition.became && (!condition.became.includes(became) || condition.became.includes(left)))
    return null;
  if (condition.direction !== 'any' && direction(data.scale, from, to) !== condition.direction) return null;
  return { from, to };
}

/** Whether two refs are one, whatever the case, spaces and dashes. */
export function sameRef(a: string, b: string): boolean {
  return refSortKey(a) === refSortKey(b);
}

/** Whether a ref is another or hangs on it: `1.2.1` on `1.2`. */
export function hangsOn(ref: string, stem: string): boolean {
  return refSortKey(ref).startsWith(refSortKey(stem));
}

function isAskedOf(who: Who, action: Action, data: AskedData): boolean {
  const asked = askedLeads(action);
  if (who.kind === 'nobody') return action.leads.length === 0;
  const keys = keysOf(who, data);
  return asked.some(({ key }) => keys.includes(key));
}

function isBetween(ref: string, from: string, to: string): boolean {
  const key = refSortKey(ref);
  const last = refSortKey(to);
  return key >= refSortKey(from) && (key <= last || key.startsWith(last));
}

function isDueWithin(action: Action, { from, to }: ConditionOf<'due'>, data: AskedData): boolean {
  const due = dueDate(action);
  if (due === null || !isLive(action, data.scale)) return false;
  return (from === null || due >= from) && (to === null || due <= to);
}

function isOverdueBy(action: Action, by: Measure | null, data: AskedData): boolean {
  const due = dueDate(action);
  return due !== null && isOverdue(action, data.scale, data.today) && spans(due, data.today, by);
}

function hasSlipped(action: Action, by: Measure | null): boolean {
  const planned = action.planned?.due;
  const revised = action.revised?.due;
  return Boolean(planned && revised && revised > planned && spans(planned, revised, by));
}

function isUndated(action: Action, ongoing: boolean, data: AskedData): boolean {
  if (dueDate(action) !== null || !isLive(action, data.scale)) return false;
  const target = action.revised ?? action.planned;
  return (
    !ongoing || /^(?:ongoing|rolling|continuous)$/.test(target?.word ?? '') || Boolean(target?.recurrence)
  );
}

function phaseOf(action: Action, data: AskedData): 'live' | 'done' | 'closed' | 'pointer' {
  if (isCrossReference(action)) return 'pointer';
  return statusOn(data.scale, action.status.key)?.phase ?? 'live';
}

function wasUpdated(action: Action, within: { from: Period; to: Period | null }): boolean {
  const { updatedIn } = action;
  return updatedIn !== null && updatedIn >= within.from && (within.to === null || updatedIn <= within.to);
}

function contradicts(action: Action, which: ConditionOf<'contradiction'>['which'], data: AskedData): boolean {
  const phase = phaseOf(action, data);
  const full = phase !== 'done' && action.percent === 100;
  const short = phase === 'done' && action.percent !== null && action.percent < 100;
  if (which === 'any') return full || short;
  return which === 'full-not-done' ? full : short;
}

function statusAt(at: PositionAt, action: Action, data: AskedData): StatusKey | null | undefined {
  if (at === 'now') return action.status.key;
  const position = data.positions.get(at);
  return position ? statusesIn(position.snapshots).get(action.id) : undefined;
}

/** Each action's status in a position: made once for each, since every action of a large plan is looked up. */
function statusesIn(snapshots: readonly Snapshot[]): ReadonlyMap<string, StatusKey | null> {
  const known = INDEXES.get(snapshots);
  if (known) return known;
  const made = new Map(snapshots.map(({ id, status }) => [id, status]));
  INDEXES.set(snapshots, made);
  return made;
}

const INDEXES = new WeakMap<readonly Snapshot[], ReadonlyMap<string, StatusKey | null>>();

/** Whether the time from one day to another compares with a measure; any does where there is none. */
function spans(from: IsoDate, to: IsoDate, by: Measure | null): boolean {
  if (by === null) return true;
  const mark = shiftDay(from, by.n, by.unit);
  return compares(to < mark ? -1 : to > mark ? 1 : 0, by.is, 0);
}

function compares(value: number, is: Comparator, than: number): boolean {
  switch (is) {
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '=':
      return value === than;
    case '>=':
      return value >= than;
    case '>':
      return value > than;
  }
}
