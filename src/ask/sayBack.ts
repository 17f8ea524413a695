import type askWords from '../../cards/words/en.ask.json';
import type { FigureKey } from '../domain/figures';
import { type IsoDate, type Period, shiftPeriod } from '../domain/period';
import { DEFAULT_SCALE, type StatusScale, statusOn } from '../domain/status';
import type { AnswerData, Scope } from './answer';
import {
  type Command,
  type Comparator,
  type Condition,
  type ConditionOf,
  conditionsOf,
  type Measure,
  type MovedCondition,
  type Named,
  type PositionAt,
  type Question,
  type RefRange,
  type SaidValues,
  type Who,
} from './question';
import { plainShift } from './recognise/when';

/** The keys of the words that saying back needs; they stand in `cards/words/<language>.ask.json`. */
export type AskWordKey = keyof typeof askWords;

/** Says the message of a key with its places filled in. */
export type Say = (key: AskWordKey, values?: Readonly<Record<string, string | number>>) => string;

/** What a place of a message that may be left out is filled with then. */
const NONE = 'none';

/**
 * Says a question back in words, from the typed question alone: "Overdue red or amber actions in priority 5, due by 24 Dec 2023".
 * What is said is read as the same question again, so that it can stand on a button.
 */
export function sayQuestion(question: Question, scale: StatusScale, say: Say): string {
  return capital(
    question.kind === 'command' ? command(question.command, scale, say) : asked(question, scale, say),
  );
}

/** Says an answer's question back with its count: "Amber actions that you lead: 4 of your 11". */
export function sayAnswer(answer: AnswerData, scale: StatusScale, say: Say): string {
  if (answer.kind === 'list') {
    const question = sayQuestion(answer.question, scale, say);
    return say('ask.answer', { question, count: countOf(answer.matching, answer.scope, say) });
  }
  if (answer.kind === 'count') {
    const question = capital(actions(answer.question.conditions, scale, say));
    return say('ask.answer', { question, count: countOf(answer.n, answer.scope, say) });
  }
  if (answer.kind === 'rank')
    return say('ask.answer', { question: sayQuestion(answer.question, scale, say), count: answer.n });
  if (answer.kind === 'action')
    return sayQuestion({ kind: answer.history ? 'history' : 'action', ref: answer.ref }, scale, say);
  if (answer.kind === 'missing') return '';
  const question = sayQuestion(answer.question, scale, say);
  if (answer.kind !== 'group' && answer.kind !== 'person') return question;
  return say('ask.answer', { question, count: say('ask.standing', { n: answer.standing.actions.length }) });
}

function countOf(n: number, { of, total }: Scope, say: Say): string {
  return n === total ? say('ask.ofAll', { n }) : say(`ask.of.${of}`, { n, total });
}

function asked(question: Exclude<Question, { kind: 'command' }>, scale: StatusScale, say: Say): string {
  const about = () => actions(conditionsOf(question), scale, say);
  switch (question.kind) {
    case 'list': {
      const every = question.conditions.length === 0 ? say('ask.all') : about();
      const all = question.limit === null ? every : say('ask.first', { n: question.limit, actions: about() });
      const ordered = question.order
        ? say('ask.ordered', { actions: all, order: say(`ask.order.${question.order}`) })
        : all;
      return question.shape === 'titles' ? say('ask.titles', { actions: ordered }) : ordered;
    }
    case 'count':
      return say('ask.count', { actions: about() });
    case 'rank': {
      const ranked = say(`ask.rank.${question.by}.${question.order}`, { actions: about() });
      return question.limit === null ? ranked : say('ask.rank.top', { n: question.limit, question: ranked });
    }
    case 'action':
      return question.ref;
    case 'history':
      return say('ask.history', { ref: question.ref });
    case 'leads':
      return say('ask.leads', { what: ledOf(question.of, scale, say) });
    case 'group':
      return say('ask.groupReport', { group: question.group });
    case 'person':
      return say('ask.person', { name: whoName(question.who, say) });
    case 'compare': {
      const ends = { from: positionName(question.from, say), to: positionName(question.to, say) };
      return question.conditions.length === 0
        ? say('ask.compare', ends)
        : say('ask.compareOf', { ...ends, actions: about() });
    }
  }
}

function ledOf(of: Extract<Question, { kind: 'leads' }>['of'], scale: StatusScale, say: Say): string {
  if (of.kind === 'action') return of.ref;
  return of.kind === 'group' ? say('ask.theGroup', { group: of.group }) : actions(of.conditions, scale, say);
}

// ---- Actions and what holds of them

/** Short words go before "actions", the rest after it. */
function actions(conditions: readonly Condition[], scale: StatusScale, say: Say): string {
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
      return say('ask.group', { groups: either(condition.groups, say) });
    case 'refs':
      return say('ask.refs', {
        refs: either(
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
      return either(
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
    names: either(
      who.map((one) => whoName(one, say)),
      say,
    ),
  });
}

function whoName(who: Who, say: Say): string {
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
function statusNames(keys: readonly FigureKey[], scale: StatusScale, say: Say): string {
  const names = keys.map((key) => {
    if (key === 'none') return say('ask.status.none');
    return (statusOn(scale, key) ?? statusOn(DEFAULT_SCALE, key))?.label.toLowerCase() ?? key;
  });
  return either(names, say);
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
  return from.endsWith('-01') && plainShift(plainShift(from, 1, 'month'), -1, 'day') === to;
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

function positionName(position: PositionAt, say: Say): string {
  if (position === 'now' || position === 'last' || position === 'loaded') return say(`ask.at.${position}`);
  return monthName(position, say);
}

// ---- Commands

function command(one: Command, scale: StatusScale, say: Say): string {
  switch (one.do) {
    case 'help':
    case 'post-here':
    case 'settle':
    case 'play':
    case 'unreachable':
    case 'decisions':
      return say(`ask.do.${one.do}`);
    case 'measures':
      return one.named === undefined
        ? say('ask.do.measures', { which: one.which, ref: one.ref ?? 'none' })
        : say('ask.do.measureNamed', { name: one.named });
    case 'summary':
    case 'open':
    case 'close':
    case 'preview':
      return say(`ask.do.${one.do}`, { month: monthOrNone(one.period, say) });
    case 'publish':
      return say('ask.do.publish', { month: monthOrNone(one.period, say), again: one.again ? 'yes' : 'no' });
    case 'silent': {
      const month = monthOrNone(one.period, say);
      return one.who
        ? say('ask.do.silentWho', { name: whoName(one.who, say), month })
        : say('ask.do.silent', { month });
    }
    case 'update':
      return say('ask.do.update', { ref: one.ref, values: valuesOrNone(one.says, scale, say) });
    case 'no-change': {
      const values = say('ask.do.noChange', { ref: one.ref ?? NONE });
      return say('ask.values', { values, narrative: one.narrative ?? NONE });
    }
    case 'hand-over': {
      const { what, to } = one;
      return say('ask.do.handOver', {
        what: what.kind === 'action' ? what.ref : allOf(what.who, say),
        name: namedName(to, say),
      });
    }
    case 'cover':
      return say('ask.do.cover', {
        by: namedName(one.by, say),
        of: namedName(one.of, say),
        until: one.until ? dayName(one.until, say) : NONE,
      });
    case 'answer-for':
      return say('ask.do.answerFor', {
        name: namedName(one.who, say),
        ref: one.ref ?? NONE,
        values: valuesOrNone(one.says, scale, say),
      });
    case 'undo':
      return say('ask.do.undo', { ref: one.ref ?? NONE });
    case 'remind':
      return one.who ? say('ask.do.remind', { name: namedName(one.who, say) }) : say('ask.do.remindAll');
  }
}

function allOf(who: Named, say: Say): string {
  return who.kind === 'me' ? say('ask.do.allOfYours') : say('ask.do.allOf', { name: namedName(who, say) });
}

function namedName(who: Named, say: Say): string {
  if (who.kind === 'unknown') return who.name;
  return who.kind === 'me' ? say('ask.do.me') : whoName(who, say);
}

function valuesOrNone(said: SaidValues, scale: StatusScale, say: Say): string {
  const parts = [
    ...(said.percent === null ? [] : [say('ask.value.percent', { n: said.percent })]),
    ...(said.status === null ? [] : [statusNames([said.status], scale, say)]),
    ...(said.revised === null ? [] : [say('ask.value.revised', { day: dayName(said.revised, say) })]),
  ];
  if (parts.length === 0 && said.narrative === null) return NONE;
  return say('ask.values', { values: parts.join(' '), narrative: said.narrative ?? NONE });
}

// ---- Small words

function either(parts: readonly string[], say: Say): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : say('ask.or', { some: parts.slice(0, -1).join(', '), last });
}

function monthOrNone(period: Period | null, say: Say): string {
  return period ? monthName(period, say) : NONE;
}

function monthName(period: Period, say: Say): string {
  const month = say('ask.monthName', { n: Number(period.slice(5, 7)) });
  // As text: a number would be written with a thousands separator.
  return say('ask.month', { month, year: period.slice(0, 4) });
}

function dayName(day: IsoDate, say: Say): string {
  const month = say('ask.monthShort', { n: Number(day.slice(5, 7)) });
  return say('ask.day', { day: Number(day.slice(8, 10)), month, year: day.slice(0, 4) });
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
