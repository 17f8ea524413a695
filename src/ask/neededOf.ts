import type { LeadKey } from '../domain/plan';
import type { Needs } from './answer';
import { type Condition, conditionsOf, type PositionAt, type Question, type Who } from './question';

const ALL: Needs['actions'] = { of: 'all' };

/**
 * What has to be read to answer a question: "show my amber actions" needs the asker's own actions and no more, however
 * large the plan.
 */
export function neededOf(question: Question): Needs {
  return {
    actions: actionsNeeded(question),
    positions: positionsNeeded(question),
    updates: question.kind === 'history' || question.kind === 'action',
  };
}

function actionsNeeded(question: Question): Needs['actions'] {
  switch (question.kind) {
    case 'command':
      return { of: 'none' };
    case 'action':
    case 'history':
      return { of: 'ref', ref: question.ref };
    case 'leads':
      return leadsNeed(question.of);
    case 'group':
      return ALL;
    case 'person':
      return ofWho([question.who]);
    case 'rank':
      // Each row says how many the group or lead has altogether.
      return ALL;
    default:
      return narrowest(conditionsOf(question).map(ofCondition));
  }
}

function leadsNeed(of: Extract<Question, { kind: 'leads' }>['of']): Needs['actions'] {
  if (of.kind === 'action') return { of: 'ref', ref: of.ref };
  if (of.kind === 'group') return { of: 'none' };
  return narrowest(of.conditions.map(ofCondition));
}

/** Every condition must hold, so that any one that narrows what is read is enough. */
function narrowest(needs: readonly Needs['actions'][]): Needs['actions'] {
  return needs.find(({ of }) => of === 'mine') ?? needs.find(({ of }) => of === 'leads') ?? ALL;
}

function ofCondition(condition: Condition): Needs['actions'] {
  return condition.kind === 'who' ? ofWho(condition.who) : ALL;
}

function ofWho(who: readonly Who[]): Needs['actions'] {
  if (who.length > 0 && who.every(({ kind }) => kind === 'me')) return { of: 'mine' };
  const leads: LeadKey[] = [];
  for (const one of who) {
    if (one.kind !== 'lead' && one.kind !== 'role') return ALL;
    leads.push(...one.leads);
  }
  return { of: 'leads', leads: [...new Set(leads)] };
}

function positionsNeeded(question: Question): PositionAt[] {
  const conditions = conditionsOf(question).flatMap(positionsOf);
  const compared = question.kind === 'compare' ? [question.from, question.to] : [];
  return [...new Set([...conditions, ...compared])].filter((at) => at !== 'now');
}

/** The positions that a condition looks at, those inside it included. */
export function positionsOf(condition: Condition): PositionAt[] {
  if (condition.kind === 'moved') return [condition.from, condition.to];
  if (condition.kind === 'stood') return [condition.at];
  if (condition.kind === 'not') return positionsOf(condition.of);
  return condition.kind === 'any' ? condition.of.flatMap(positionsOf) : [];
}
