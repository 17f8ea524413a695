import { actsAsOfficer, capacityFor, mayRead } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { isLate } from '../domain/cycle';
import type { Period } from '../domain/period';
import type { Action, Plan } from '../domain/plan';
import { applyUndo, type Update } from '../domain/update';
import { type Caller, identify, memberOf, personId } from './people';
import type { Deps } from './ports';
import { auditEntry } from './readAudit';
import { actionsOf, leadsOf } from './readMonth';
import { retryOnConflict } from './retry';

type UndoDeps = Pick<Deps, 'plans' | 'months' | 'people' | 'clock' | 'makeId' | 'log'>;

/** What taking back came to. */
export type UndoOutcome =
  /** The action says again what it said before `undone`. Both stay in its history. */
  | {
      readonly outcome: 'undone';
      readonly before: Action;
      readonly action: Action;
      readonly undone: Update;
      readonly late: boolean;
    }
  /** They have said nothing that can be taken back, or took it back already (`action` then says where). */
  | { readonly outcome: 'nothing-more'; readonly action: Action | null }
  /** Somebody else wrote since: theirs can't be taken back by another. */
  | { readonly outcome: 'newer'; readonly action: Action; readonly by: string; readonly at: string }
  /** Their last update is of a month that has given way to a later one. */
  | { readonly outcome: 'superseded'; readonly action: Action; readonly latest: Period | null }
  /** They may no longer answer for the action. */
  | { readonly outcome: 'not-yours'; readonly action: Action }
  | { readonly outcome: 'stranger' | 'no-plan' | 'no-action' };

/**
 * Takes back somebody's own last update of an action in the latest month, open or late, by a new update that restores exactly what
 * stood before. Only the action's last update, and only once: what was taken back is not taken back in turn. One transaction.
 */
export async function undoUpdate(
  deps: UndoDeps,
  caller: Caller,
  request: { readonly plan: string; readonly action: string; readonly chat: string },
): Promise<UndoOutcome> {
  return retryOnConflict(async () => {
    const [found, action, person] = await Promise.all([
      deps.plans.readPlan(request.plan),
      deps.plans.readAction(request.plan, request.action),
      identify(deps, caller),
    ]);
    const plan = found?.value;
    if (!plan || plan.binding?.tenant !== caller.tenant) return { outcome: 'no-plan' };
    const id = person?.value.id ?? personId(caller);
    const member = memberOf(person?.value, plan.id);
    if (!mayRead(plan, id, member)) return { outcome: 'stranger' };
    if (!action || action.value.left) return { outcome: 'no-action' };
    const before = action.value;
    const now = deps.clock.now();
    if (!capacityFor(plan, before, id, member, dayIn(plan.calendar.zone, now)))
      return { outcome: 'not-yours', action: before };

    const [undone, cycle] = await Promise.all([
      before.version > 0 ? deps.plans.readUpdate(plan.id, before.id, before.version) : null,
      plan.latest ? deps.months.readCycle(plan.id, plan.latest) : null,
    ]);
    if (!undone) return { outcome: 'nothing-more', action: before };
    if (undone.by.id !== id) return { outcome: 'newer', action: before, by: undone.by.name, at: undone.at };
    if (undone.period !== plan.latest || !cycle)
      return { outcome: 'superseded', action: before, latest: plan.latest };
    const late = isLate(cycle.value, now);
    const by = { id, name: person?.value.name ?? caller.name };
    const next = applyUndo(before, undone, { at: now, by, chat: request.chat, late });
    if (!next) return { outcome: 'nothing-more', action: before };
    const { ref } = before;
    await deps.plans.saveUpdate(plan.id, action, next.action, next.update, [
      auditEntry(
        deps,
        { ...by, chat: request.chat },
        { kind: 'undone', action: before.id, ref, version: undone.version, period: undone.period },
      ),
    ]);
    deps.log.info({ plan: plan.id, period: undone.period, late }, 'update taken back');
    return { outcome: 'undone', before, action: next.action, undone, late };
  });
}

/**
 * "undo": takes back whatever somebody said last in the latest month, of all that they may answer for. A lead's is found in their own list
 * (one query a name); a programme officer and a group's lead may have answered for others, so for them the plan is read.
 */
export async function undoLast(
  deps: UndoDeps,
  caller: Caller,
  plan: Plan,
  chat: string,
): Promise<UndoOutcome> {
  const person = await identify(deps, caller);
  const id = person?.value.id ?? personId(caller);
  const member = memberOf(person?.value, plan.id);
  if (plan.binding?.tenant !== caller.tenant) return { outcome: 'no-plan' };
  if (!mayRead(plan, id, member)) return { outcome: 'stranger' };
  const mine = leadsOf(member, dayIn(plan.calendar.zone, deps.clock.now()));
  const leadsGroup = plan.groups.some(({ leads }) => leads.some(({ key }) => mine.includes(key)));
  const actions =
    actsAsOfficer(plan, id, member) || leadsGroup
      ? await deps.plans.readActions(plan.id)
      : await actionsOf(deps, plan.id, mine);
  const last = actions
    .filter(({ wrote }) => wrote?.by === id && wrote.kind !== 'loaded')
    .sort((a, b) => (b.wrote?.at ?? '').localeCompare(a.wrote?.at ?? '') || b.version - a.version)[0];
  if (!last || last.wrote?.kind === 'undo') return { outcome: 'nothing-more', action: last ?? null };
  return undoUpdate(deps, caller, { plan: plan.id, action: last.id, chat });
}
