import { type Member, may } from '../domain/authority';
import { newMessage } from '../domain/message';
import { leadKeyOf } from '../domain/people';
import type { Period } from '../domain/period';
import { type Action, askedLeads, type LeadKey, type NamedLead, type Plan } from '../domain/plan';
import type { LeadRecord } from '../domain/prompt';
import {
  formerLead,
  type HandedOther,
  handedOthers,
  otherChanges,
  otherKey,
  otherName,
} from './handedOthers';
import { giveLead } from './matchLeads';
import { planPrompts } from './openCycle';
import { readOpenMonth } from './openMonth';
import { memberOf } from './people';
import type { Deps, Move, Person, Stored } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { actionsOf, leadsOf } from './readMonth';
import { retryOnConflict } from './retry';
import { forTheWorker } from './wake';

type HandOverDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'makeId' | 'log'>;

/** What is to go from whom to whom. */
export interface HandOver {
  /** Ids of actions, or all that the month asks the lead about (delivered and closed ones as well), with their measures and reports. */
  readonly actions: readonly string[] | 'all';
  /** The lead who gives them up: all names of one person, or the one meant. */
  readonly from: readonly LeadKey[];
  /** The person who takes them on. */
  readonly to: string;
}

/** What a hand-over came to. */
export type HandOverOutcome =
  | {
      readonly outcome: 'done';
      /** As they are now, in ref order. */
      readonly actions: readonly Action[];
      /** The measures that went with them, and the groups that are reported on. */
      readonly others: readonly HandedOther[];
      readonly lead: NamedLead;
      /** A month is open, so the new lead is asked about what is not answered. */
      readonly asked: boolean;
    }
  /** Only the lead themselves and a programme officer may. Nothing was changed. */
  | { readonly outcome: 'not-yours' }
  /** Whoever takes over must be in the plan's team. */
  | { readonly outcome: 'no-such-person' }
  /** None of the actions is the lead's; `already` are those that the other leads by now: it was said twice. */
  | { readonly outcome: 'nothing-to-hand-over'; readonly already: readonly Action[] };

/** Room of one transaction: 100 rows, less those that are written but once; and characters, since Azure takes 4 MiB. */
const MOST_ROWS = 90;
const MOST_CHARACTERS = 800_000;

/**
 * Hands actions from one lead to another: the programme officer any, a lead their own. The new lead stands where the former stood; an action
 * that its group's leads answered for gets a lead of its own. The group's leads stay what they are. An action's version stays, since
 * nothing was said of it: what somebody types at that moment is kept, if they may still answer.
 *
 * Each transaction takes as many actions as fit (all of them, but for a very long list), with their places in the index of "my actions", the
 * audit, the word to the new lead and the open month's mark: so no action is ever half-way, and nobody takes one on untold. The new lead's
 * own row is written before: a stop leaves somebody who may answer for nothing yet. A stop after leaves prompts to the worker. Said again it
 * hands over what is left, or says that nothing is.
 */
export async function handOver(
  deps: HandOverDeps,
  plan: Plan,
  by: Doer,
  wish: HandOver,
): Promise<HandOverOutcome> {
  const tenant = plan.binding?.tenant ?? '';
  const [giver, taker, records] = await Promise.all([
    deps.people.readPerson(tenant, by.id),
    deps.people.readPerson(tenant, wish.to),
    deps.plans.readLeads(plan.id),
  ]);
  const member = memberOf(giver?.value, plan.id);
  if (!may('hand-over', { plan, person: by.id, member }, { leads: wish.from }))
    return { outcome: 'not-yours' };
  if (!taker || !memberOf(taker.value, plan.id)?.present) return { outcome: 'no-such-person' };

  const lead = leadFor(taker.value, plan, records, wish.from);
  if (!lead) return { outcome: 'nothing-to-hand-over', already: [] };
  const named =
    wish.actions === 'all'
      ? await actionsOf(deps, plan.id, wish.from)
      : (await Promise.all(wish.actions.map((id) => deps.plans.readAction(plan.id, id)))).flatMap(
          (action) => action?.value ?? [],
        );
  const toMove = named.filter((action) => leads(action, wish.from));
  const others =
    wish.actions === 'all'
      ? await handedOthers(deps, plan, wish.from, (now) => replaced(now, wish.from, lead))
      : [];
  if (toMove.length + others.length === 0)
    return { outcome: 'nothing-to-hand-over', already: named.filter((action) => leads(action, [lead.key])) };

  await giveLead(deps, plan, taker.value.id, lead.key);
  const { moved, movedOthers, open } = await forTheWorker(deps, plan.id, async () => {
    const moved: Action[] = [];
    const movedOthers: HandedOther[] = [];
    let open: Period | null = null;
    for (const batch of batchesOf(toMove, others)) {
      const done = await moveBatch(deps, plan, by, wish.from, lead, taker.value, batch);
      moved.push(...done.moved);
      movedOthers.push(...done.others);
      open = done.open;
    }
    if (open) await planPrompts(deps, plan, open);
    return { moved, movedOthers, open };
  });
  deps.log.info({ plan: plan.id, actions: moved.length, others: movedOthers.length }, 'handed over');
  if (moved.length + movedOthers.length === 0) return { outcome: 'nothing-to-hand-over', already: [] };
  return { outcome: 'done', actions: moved, others: movedOthers, lead, asked: open !== null };
}

/**
 * Whose an action is to be taken from when nobody said: the asker's own share, if they lead it, or else its only lead's. Null where it has no
 * lead, or several that could be meant: then one has to be named.
 */
export function giverOf(action: Action, asker: Member | null): readonly LeadKey[] | null {
  const keys = askedLeads(action).map(({ key }) => key);
  const own = leadsOf(asker).filter((key) => keys.includes(key));
  if (own.length > 0) return own;
  return keys.length === 1 ? keys : null;
}

/** Moves some of it as it stands now, in one transaction; what went elsewhere meanwhile is left where it is. */
async function moveBatch(
  deps: HandOverDeps,
  plan: Plan,
  by: Doer,
  from: readonly LeadKey[],
  lead: NamedLead,
  taker: Person,
  batch: Batch,
): Promise<{
  readonly moved: readonly Action[];
  readonly others: readonly HandedOther[];
  readonly open: Period | null;
}> {
  return retryOnConflict(async () => {
    const [cycle, records, theirs, ...found] = await Promise.all([
      readOpenMonth(deps, plan.id),
      deps.plans.readLeads(plan.id),
      batch.others.length > 0 ? handedOthers(deps, plan, from, (now) => replaced(now, from, lead)) : [],
      ...batch.actions.map((id) => deps.plans.readAction(plan.id, id)),
    ]);
    const others = theirs.filter((one) => batch.others.includes(otherKey(one)));
    const moves = found
      .flatMap((action) => (action && leads(action.value, from) ? [action] : []))
      .map(
        (before): Move => ({
          before,
          after: { ...before.value, leads: replaced(before.value.leads, from, lead) },
        }),
      );
    const open = cycle?.value.period ?? null;
    if (moves.length + others.length === 0) return { moved: [], others: [], open };
    const isNew = !records.some(({ value }) => value.lead.key === lead.key);
    const change = (former: NamedLead | undefined) => ({
      from: { lead: former?.key ?? '', name: former?.name ?? '' },
      to: { lead: lead.key, name: lead.name, person: taker.id },
    });
    const notice = newMessage({
      key: `notice|handed|${deps.makeId()}`,
      kind: 'notice',
      period: open,
      to: taker.id,
      leads: from,
      actions: moves.map(({ after }) => after.id),
      ...(others.length > 0 ? { others: others.map(otherKey) } : {}),
      about: 'handed-over',
    });
    await deps.plans.commitChange(plan.id, {
      moves,
      ...otherChanges(others),
      newLeads: isNew ? [recordOf(lead, taker)] : [],
      cycle,
      messages: taker.id === by.id ? [] : [notice],
      audit: [
        ...moves.map(({ before, after }) =>
          auditEntry(deps, by, {
            kind: 'handed-over',
            action: after.id,
            ref: after.ref,
            ...change(askedLeads(before.value).find(({ key }) => from.includes(key))),
          }),
        ),
        ...others.map((one) =>
          auditEntry(deps, by, {
            kind: 'other-handed-over',
            what: one.kind,
            name: otherName(one),
            ...change(formerLead(one, from)),
          }),
        ),
      ],
    });
    return { moved: moves.map(({ after }) => after), others, open };
  });
}

/**
 * The lead of the plan that a person is, or becomes. Somebody who is none yet gets their name's key, or, where that is a namesake's, one
 * that is theirs alone. Null when they are the very lead who gives the actions up.
 */
function leadFor(
  taker: Person,
  plan: Plan,
  records: readonly Stored<LeadRecord>[],
  from: readonly LeadKey[],
): NamedLead | null {
  const theirs = records.filter(({ value }) => value.person === taker.id);
  const noted = memberOf(taker, plan.id)?.leads ?? [];
  if (theirs.some(({ value }) => from.includes(value.lead.key))) return null;
  const known = theirs.find(({ value }) => noted.includes(value.lead.key)) ?? theirs[0];
  if (known) return known.value.lead;
  const plain = leadKeyOf(taker.name);
  const isTaken = records.some(({ value }) => value.lead.key === plain);
  // An underscore is in no key that is made from a name alone.
  return { key: isTaken ? `${plain}_${taker.id}` : plain, name: taker.name, role: null, kind: 'lead' };
}

function recordOf(lead: NamedLead, person: Person): LeadRecord {
  return { lead, person: person.id, settled: 'chosen', answeredBy: null, proposed: [], cover: null };
}

/** Whether one of the leads is asked about the action: as its own lead, or as its group's where it has none. */
function leads(action: Action, keys: readonly LeadKey[]): boolean {
  return askedLeads(action).some(({ key }) => keys.includes(key));
}

/** Own leads after one gave their part to another, who stands where the former stood, and there once. */
function replaced(own: readonly NamedLead[], from: readonly LeadKey[], lead: NamedLead): NamedLead[] {
  if (own.length === 0) return [lead];
  const at = own.findIndex(({ key }) => from.includes(key));
  const kind = own[at]?.kind ?? 'lead';
  return own
    .map((one, place) => (place === at ? { ...lead, kind } : one))
    .filter((one, place) => place === at || (one.key !== lead.key && !from.includes(one.key)));
}

/** What one transaction moves: ids of actions, and keys of what is asked beside them. */
interface Batch {
  readonly actions: string[];
  readonly others: string[];
}

/** All that is to move in as few lots as transactions have room for, in order. */
function batchesOf(actions: readonly Action[], others: readonly HandedOther[]): Batch[] {
  const batches: Batch[] = [];
  let rows = 0;
  let characters = 0;
  const batchWith = (needed: number, length: number): Batch => {
    const last = batches.at(-1);
    if (last && rows + needed <= MOST_ROWS && characters + length <= MOST_CHARACTERS) {
      rows += needed;
      characters += length;
      return last;
    }
    const next: Batch = { actions: [], others: [] };
    batches.push(next);
    rows = needed;
    characters = length;
    return next;
  };
  for (const action of actions) {
    // Itself, its line in the audit, and its rows in the index of the former leads and of the later ones.
    const needed = 3 + 2 * askedLeads(action).length;
    batchWith(needed, JSON.stringify(action).length * needed).actions.push(action.id);
  }
  for (const one of others) batchWith(2, JSON.stringify(one.after).length).others.push(otherKey(one));
  return batches;
}
