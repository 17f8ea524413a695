import { comparison, personIn } from './assemble';
import { sameRef } from './conditions';
import type { AskContext } from './context';
import type { Gathered } from './gather';
import { mergeAll, sorted, widened } from './merge';
import { endsOf } from './periods';
import { type Condition, conditionsOf, type ListQuestion, listOf, type Question } from './question';

/**
 * The question before, refined by what was said now; null where what was said does not refine it and stands for itself. `always`
 * refines whatever does not plainly stand for itself.
 */
export function refine(
  previous: Question,
  parts: Gathered,
  said: readonly Condition[],
  context: AskContext,
  always = false,
): Question | null {
  if (parts.backs.some(({ how }) => how === 'page')) return turnPage(previous, parts);
  if (previous.kind === 'command' || !(always || isFollowUp(previous, parts, said))) return null;
  if (previous.kind === 'action' || previous.kind === 'history') return ofAction(previous, parts, said);
  const conditions = refined(previous, parts, said, context);
  const isNumbered = groupOfNumber(subjectOf(previous), said, parts, context) !== null;
  const isTimed = previous.kind === 'compare' && parts.windows.length > 0 && !parts.hasMarker;
  if (isTimed) return comparison(parts, subjectOf(previous), context);
  return reshaped(previous, isNumbered ? { ...parts, limit: null } : parts, conditions, said);
}

function turnPage(previous: Question, { backs }: Gathered): Question | null {
  const page = backs.find(({ how }) => how === 'page')?.page;
  if (page === undefined || (previous.kind !== 'list' && previous.kind !== 'count')) return null;
  const list = previous.kind === 'list' ? previous : listOf(previous.conditions);
  return { ...list, page: page === 0 ? 0 : Math.max(0, list.page + page) };
}

/** "Only …", "and …", "of those", or a fragment that names nothing of its own: "in priority 5", "as a list of titles". */
function isFollowUp(previous: Question, parts: Gathered, said: readonly Condition[]): boolean {
  const hows = parts.backs.map(({ how }) => how);
  if (hows.some((how) => how === 'only' || how === 'and' || how === 'also' || how === 'those')) return true;
  if (hows.includes('it') && (previous.kind === 'action' || previous.kind === 'history')) return true;
  if (parts.isHanging) return true;
  if (said.length > 0 || parts.hasNoun || parts.refs.length > 0) return false;
  if (parts.backs.length > 0) return true;
  return (
    parts.shape !== null ||
    parts.order?.sorts === true ||
    (parts.limit !== null && parts.order === null) ||
    parts.intents.has('count') ||
    parts.intents.has('leads') ||
    parts.intents.has('history') ||
    parts.rank?.order === 'plain'
  );
}

function ofAction(
  previous: Extract<Question, { kind: 'action' | 'history' }>,
  parts: Gathered,
  said: readonly Condition[],
): Question | null {
  const [range] = parts.refs;
  if (range) return range.from === range.to ? { kind: previous.kind, ref: range.from } : null;
  if (parts.intents.has('history')) return { kind: 'history', ref: previous.ref };
  if (parts.intents.has('leads')) return { kind: 'leads', of: { kind: 'action', ref: previous.ref } };
  const isIt = parts.backs.some(({ how }) => how === 'it');
  return isIt || said.length === 0 ? { kind: 'action', ref: previous.ref } : null;
}

/** The conditions before, each replaced by one of its kind that was said now. */
function refined(
  previous: Question,
  parts: Gathered,
  said: readonly Condition[],
  context: AskContext,
): Condition[] {
  const isWider = parts.backs.some(({ how }) => how === 'also');
  let all = subjectOf(previous).filter(({ kind }) => !isDropped(kind, parts));
  for (const one of placed(said, all, parts, context)) {
    const same = all.find((other) => slotOf(other) === slotOf(one));
    const wider = isWider && same ? widened(same, one) : null;
    all = same ? all.map((other) => (other === same ? (wider ?? one) : other)) : mergeAll(all, one);
  }
  return sorted(all);
}

/** "Everyone's" drops whose they are; "the whole plan" their groups and refs, too. */
function isDropped(kind: Condition['kind'], { backs }: Gathered): boolean {
  const hows = backs.map(({ how }) => how);
  if (kind === 'who') return hows.includes('drop-who') || hows.includes('drop-scope');
  return (kind === 'group' || kind === 'refs') && hows.includes('drop-scope');
}

/** A bare number after a question of a group is another group; a bare time takes the place of the time before. */
function placed(
  said: readonly Condition[],
  before: readonly Condition[],
  parts: Gathered,
  context: AskContext,
): Condition[] {
  const another = groupOfNumber(before, said, parts, context);
  if (another) return [another];
  const [window] = parts.windows;
  const moved = before.find(({ kind }) => kind === 'moved');
  const isBare = window !== undefined && !parts.hasMarker;
  if (isBare && moved?.kind === 'moved')
    return [
      ...said.filter(({ kind }) => kind !== 'due' && kind !== 'moved'),
      { ...moved, ...endsOf(window, context) },
    ];
  return [...said];
}

function groupOfNumber(
  before: readonly Condition[],
  said: readonly Condition[],
  { limit }: Gathered,
  { groups }: AskContext,
): Condition | null {
  if (said.length > 0 || limit === null || !before.some(({ kind }) => kind === 'group')) return null;
  const group = groups.find(({ ref }) => sameRef(ref, String(limit)));
  return group ? { kind: 'group', groups: [group.ref] } : null;
}

/** What only one of can hold: who, which status, when. */
function slotOf(condition: Condition): string {
  switch (condition.kind) {
    case 'due':
    case 'overdue':
    case 'undated':
      return 'date';
    case 'status':
    case 'phase':
      return 'status';
    case 'silent':
    case 'updated':
    case 'unchanged':
      return 'fresh';
    case 'not':
    case 'any':
      return JSON.stringify(condition);
    case 'percent':
      return `percent ${condition.is.charAt(0)}`;
    default:
      return condition.kind;
  }
}

/** What a question is about, as conditions. */
function subjectOf(question: Question): Condition[] {
  switch (question.kind) {
    case 'group':
      return [{ kind: 'group', groups: [question.group] }];
    case 'person':
      return [{ kind: 'who', who: [question.who] }];
    case 'leads':
      if (question.of.kind === 'group') return [{ kind: 'group', groups: [question.of.group] }];
      if (question.of.kind === 'action')
        return [{ kind: 'refs', ranges: [{ from: question.of.ref, to: question.of.ref }] }];
      return [...question.of.conditions];
    default:
      return [...conditionsOf(question)];
  }
}

/** The kind that was asked for now, else the kind that it was. */
function reshaped(
  previous: Question,
  parts: Gathered,
  conditions: readonly Condition[],
  said: readonly Condition[],
): Question {
  if (parts.intents.has('leads')) return { kind: 'leads', of: { kind: 'actions', conditions } };
  if (parts.rank)
    return {
      kind: 'rank',
      by: parts.rank.by,
      conditions,
      order: parts.rank.order ?? parts.superlative ?? 'most',
      limit: null,
    };
  if (parts.intents.has('count')) return { kind: 'count', conditions };
  const asList = parts.shape !== null || parts.order !== null || parts.intents.has('show') || parts.hasNoun;
  switch (previous.kind) {
    case 'count':
    case 'compare':
      return asList ? listed(null, parts, conditions) : { ...previous, conditions };
    case 'rank':
      return asList ? listed(null, parts, conditions) : { ...previous, conditions };
    case 'group': {
      const [only, ...more] = conditions;
      const isAnother = only?.kind === 'group' && more.length === 0 && only.groups.length === 1;
      return isAnother && !asList
        ? { kind: 'group', group: only.groups[0] ?? previous.group }
        : listed(null, parts, conditions);
    }
    case 'person': {
      const who = conditions.length === 1 ? personIn(conditions[0]) : null;
      return who && who.kind !== 'me' && !asList && said.length > 0
        ? { kind: 'person', who }
        : listed(null, parts, conditions);
    }
    case 'leads': {
      const [only, ...more] = conditions;
      if (more.length === 0 && only?.kind === 'group' && only.groups.length === 1)
        return { kind: 'leads', of: { kind: 'group', group: only.groups[0] ?? '' } };
      const range = more.length === 0 && only?.kind === 'refs' ? only.ranges[0] : undefined;
      if (range && range.from === range.to) return { kind: 'leads', of: { kind: 'action', ref: range.from } };
      return { kind: 'leads', of: { kind: 'actions', conditions } };
    }
    default:
      return listed(previous.kind === 'list' ? previous : null, parts, conditions);
  }
}

function listed(
  before: ListQuestion | null,
  parts: Gathered,
  conditions: readonly Condition[],
): ListQuestion {
  const base = before ?? listOf([]);
  const all = parts.order?.implies ? mergeAll(conditions, parts.order.implies) : conditions;
  return {
    ...base,
    conditions: sorted(all),
    order: parts.order?.order ?? base.order,
    limit: parts.order?.limit ?? parts.limit ?? base.limit,
    shape: parts.shape ?? base.shape,
    page: 0,
  };
}
