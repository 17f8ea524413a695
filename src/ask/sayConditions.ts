import { type IsoDate, type Period, shiftPeriod } from '../domain/period';
import type { StatusScale } from '../domain/status';
import { lastDayOfMonth } from './days';
import type { Comparator, Condition, ConditionOf, Measure, MovedCondition, RefRange, Who } from './question';
import { dayName, monthName, NONE, orList, positionName, type Say, statusNames, whoName } from './sayWords';

/** "Overdue red actions in priority 5, due by 24 Dec 2023": short words go before "actions", the rest after it. */
export function sayActions(conditions: readonly Condition[], scale: StatusScale, say: Say): string {
  const isShort = (condition: Condition) => quality(condition, scale, say) !== null;
  // "Overdue red actions": the status stands next to what it is of.
  const before = conditions
    .filter(isShort)
    .sort((a, b) => Number(a.kind === 'status') - Number(b.kind === 'status'))
    .flatMap((condition) => quality(condition, scale, say) ?? []);
  const after = conditions.filter((condition) => !isShort(condition)).map((one) => clause(one, scale, say));
  return say('ask.actions', {
    before: before.join(' ') || NONE,
    after: after.reduce((some, last) => (some ? say('ask.comma', { some, last }) : last), '') || NONE,
  });
}

function quality(condition: Condition, scale: StatusScale, say: Say): string | null {
  switch (condition.kind) {
    case 'status':
      return condition.statuses.includes('none') ? null : statusNames(condition.statuses, scale, say);
    case 'phase':
      return say(`ask.phase.${condition.phase}`);
    case 'overdue':
      return condition.by === null ? say('ask.overdue') : null;
    case 'slipped':
      return condition.by === null ? say('ask.slipped') : null;
    default:
      return null;
  }
}

function clause(condition: Condition, scale: StatusScale, say: Say): string {
  switch (condition.kind) {
    case 'who':
      return whoClause(condition.who, say);
    case 'shared':
      return condition.with
        ? say('ask.who.sharedWith', { name: whoName(condition.with, say) })
        : say('ask.who.shared');
    case 'status':
      return condition.statuses.length === 1
        ? say('ask.with', { what: say('ask.status.none') })
        : say('ask.status.are', { statuses: statusNames(condition.statuses, scale, say) });
    case 'overdue':
      return condition.by
        ? say('ask.overdueBy', { measure: measureName(condition.by, say) })
        : say('ask.overdue');
    case 'slipped':
      return condition.by
        ? say('ask.slippedBy', { measure: measureName(condition.by, say) })
        : say('ask.slipped');
    case 'undated':
      return say(condition.ongoing ? 'ask.ongoing' : 'ask.undated');
    case 'group':
      return say('ask.group', { groups: orList(condition.groups, say) });
    case 'refs':
      return say('ask.refs', {
        refs: orList(
          condition.ranges.map((range) => rangeName(range, say)),
          say,
        ),
      });
    case 'text':
      return say('ask.text', {
        phrases: condition.phrases
          .map((text) => (condition.exact ? say('ask.quote', { text }) : text))
          .join(' '),
      });
    case 'due':
      return dueClause(condition, say);
    case 'updated':
    case 'silent':
      return freshClause(condition, say);
    case 'unchanged':
      return say('ask.unchanged', { n: condition.months });
    case 'moved':
      return movedClause(condition, scale, say);
    case 'stood':
      return say('ask.stood', {
        statuses: statusNames(condition.statuses, scale, say),
        when: positionName(condition.at, say),
      });
    case 'contradiction':
      return say(`ask.contradiction.${condition.which}`);
    case 'percent':
      return say(`ask.percent.${COMPARED[condition.is]}`, { n: condition.than });
    case 'no-percent':
      return say('ask.noPercent');
    case 'has':
      return say(`ask.has.${condition.field}`);
    case 'phase':
      return say(`ask.phase.${condition.phase}`);
    case 'not':
      return condition.of.kind === 'has'
        ? say(`ask.hasNo.${condition.of.field}`)
        : say('ask.not', { what: anyway(condition.of, scale, say) });
    case 'any':
      return orList(
        condition.of.map((one) => anyway(one, scale, say)),
        say,
      );
  }
}

/** A condition by itself, as a quality where it is one. */
function anyway(condition: Condition, scale: StatusScale, say: Say): string {
  return quality(condition, scale, say) ?? clause(condition, scale, say);
}

const COMPARED: Readonly<Record<Comparator, 'lt' | 'le' | 'eq' | 'ge' | 'gt'>> = {
  '<': 'lt',
  '<=': 'le',
  '=': 'eq',
  '>=': 'ge',
  '>': 'gt',
};

function measureName({ is, n, unit }: Measure, say: Say): string {
  return say(`ask.measure.${COMPARED[is]}`, { span: say('ask.span', { n, unit }) });
}

function whoClause(who: readonly Who[], say: Say): string {
  const [only] = who;
  if (only?.kind === 'me' && who.length === 1) return say('ask.who.me');
  if (only?.kind === 'nobody' && who.length === 1) return say('ask.who.noLead');
  return say('ask.who.led', {
    names: orList(
      who.map((one) => whoName(one, say)),
      say,
    ),
  });
}

function rangeName({ from, to }: RefRange, say: Say): string {
  return from === to ? from : say('ask.range', { from, to });
}

function dueClause({ from, to }: ConditionOf<'due'>, say: Say): string {
  if (from === null && to === null) return say('ask.due.any');
  if (from === null && to !== null) return say('ask.due.by', { day: dayName(to, say) });
  if (to === null && from !== null) return say('ask.due.from', { day: dayName(from, say) });
  if (from === null || to === null) return '';
  if (from === to) return say('ask.due.on', { day: dayName(from, say) });
  if (isWholeMonth(from, to)) return say('ask.due.in', { month: monthName(from.slice(0, 7) as Period, say) });
  return say('ask.due.between', { from: dayName(from, say), to: dayName(to, say) });
}

function isWholeMonth(from: IsoDate, to: IsoDate): boolean {
  return from.endsWith('-01') && lastDayOfMonth(from) === to;
}

/** "Not updated since June" means that June was the last time. */
function freshClause(condition: ConditionOf<'updated' | 'silent'>, say: Say): string {
  const { kind, from, to } = condition;
  if (to === from) return say(`ask.${kind}.in`, { month: monthName(from, say) });
  if (to !== null) return say(`ask.${kind}.between`, { from: monthName(from, say), to: monthName(to, say) });
  const since = kind === 'silent' ? shiftPeriod(from, -1) : from;
  return say(`ask.${kind}.since`, { month: monthName(since, say) });
}

function movedClause(moved: MovedCondition, scale: StatusScale, say: Say): string {
  const what = stepName(moved, scale, say);
  if (moved.to === 'now') return say('ask.since', { what, when: positionName(moved.from, say) });
  return say('ask.between', { what, from: positionName(moved.from, say), to: positionName(moved.to, say) });
}

function stepName({ left, became, direction }: MovedCondition, scale: StatusScale, say: Say): string {
  if (left && became)
    return say('ask.moved.step', {
      left: statusNames(left, scale, say),
      became: statusNames(became, scale, say),
    });
  if (became) return say('ask.moved.became', { became: statusNames(became, scale, say) });
  return left
    ? say('ask.moved.left', { left: statusNames(left, scale, say) })
    : say(`ask.moved.${direction}`);
}
