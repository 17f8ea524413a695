import { type Action, askedLeads, type NamedLead } from '../domain/plan';
import { compareRefs } from '../domain/refs';
import type { AskedData, RankAnswer, RankRow } from './answer';
import { matching, sameRef } from './conditions';
import { inOrder } from './inOrder';
import type { RankQuestion } from './question';

/** How many actions each group or lead has, as asked: most first, fewest first, or in their own order. */
export function runRank(question: RankQuestion, data: AskedData): RankAnswer {
  const found = inOrder(matching(question.conditions, data), null, data);
  const rows = question.by === 'group' ? rowsByGroup(found, data) : rowsByLead(found, data);
  const shown = rows.filter(({ n }) => n > 0 || question.order === 'fewest');
  const sorted = question.order === 'plain' ? shown : sortRows(shown, question.order);
  return {
    kind: 'rank',
    question,
    rows: question.limit === null ? sorted : sorted.slice(0, question.limit),
    n: found.length,
  };
}

/** In the order that they come in where the numbers are equal. */
function sortRows(rows: readonly RankRow[], order: 'most' | 'fewest'): RankRow[] {
  const sign = order === 'most' ? -1 : 1;
  return [...rows].sort((a, b) => sign * (a.n - b.n));
}

function rowsByGroup(found: readonly Action[], data: AskedData): RankRow[] {
  return [...data.groups]
    .sort((a, b) => compareRefs(a.ref, b.ref))
    .map(({ ref, title }) => {
      const actions = found.filter(({ group }) => sameRef(group, ref));
      const of = data.actions.filter(({ group }) => sameRef(group, ref)).length;
      return { key: ref, name: title, n: actions.length, of, actions };
    });
}

function rowsByLead(found: readonly Action[], data: AskedData): RankRow[] {
  const unled = found.filter((action) => askedLeads(action).length === 0);
  const ofNobody = data.actions.filter((action) => askedLeads(action).length === 0).length;
  const led = leadsOf(data.actions).map(({ key, name }) => {
    const asks = (action: Action) => askedLeads(action).some((lead) => lead.key === key);
    const actions = found.filter(asks);
    return { key, name, n: actions.length, of: data.actions.filter(asks).length, actions };
  });
  return unled.length > 0
    ? [...led, { key: '', name: '', n: unled.length, of: ofNobody, actions: unled }]
    : led;
}

/** Everybody who is asked for one of the actions, once each, by name. */
export function leadsOf(actions: readonly Action[]): NamedLead[] {
  const byKey = new Map<string, NamedLead>();
  for (const lead of actions.flatMap(askedLeads)) if (!byKey.has(lead.key)) byKey.set(lead.key, lead);
  return [...byKey.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.key < b.key ? -1 : 1),
  );
}
