import { memberOf } from '../app/people';
import type { Content } from '../app/ports';
import { leadsOf, type Month, readMonthOf } from '../app/readMonth';
import { recordUpdate } from '../app/recordUpdate';
import { undoLast, undoUpdate } from '../app/undoUpdate';
import type { SaidValues } from '../ask/question';
import { actionName, standing } from '../cards/format';
import { capacityFor } from '../domain/authority';
import type { Cycle } from '../domain/cycle';
import type { Action } from '../domain/plan';
import { scaleAt, statusOn } from '../domain/status';
import { actionForm } from './actionForm';
import { monthContent } from './leadsMonth';
import { savedNote } from './savedNote';
import { notYours, say, todayOf } from './sentences';
import type { Reading, TurnDeps } from './turn';

/*
 * Answering for an action by words, by the same use cases as the cards' buttons: the form filled in, "No change", "Undo". Where it is not plain
 * which action is meant, that is asked, and nothing is done.
 */

/** "Update 1.3.2 to 60% amber: …": the form with what was said filled in, to be looked at and saved. */
export async function fillForm(
  deps: TurnDeps,
  asker: Reading,
  ref: string,
  says: SaidValues,
): Promise<Content> {
  if (asker.incoming.place.kind !== 'personal') return say(deps, 'chat.onlyPersonal');
  const found = await findAction(deps, asker, ref);
  if ('sentence' in found) return found.sentence;
  const { action, cycle } = found;
  const month = await monthOf(deps, asker, cycle);
  const said = [says.percent, says.status, says.narrative, says.revised].some((value) => value !== null);
  if (!said) return actionForm(deps, month, action, 0);
  const status = says.status ?? action.status.key;
  // "Mark 5.1.6 blue" says that it is delivered, and delivered is 100%: the form shows both, to be looked at.
  const scale = scaleAt(asker.plan.scales, cycle.period);
  const isDone = says.status !== null && statusOn(scale, says.status)?.phase === 'done';
  const percent = says.percent ?? (isDone ? 100 : action.percent);
  const typed = {
    percent: percent === null ? '' : String(percent),
    status: status ?? '',
    narrative: says.narrative ?? '',
    revised: says.revised ?? '',
    barriers: action.barriers,
    ask: action.ask,
  };
  return actionForm(deps, month, action, 0, { typed });
}

/** "No change on 2.2.3"; with a sentence it is an answer, and the form shows it first. */
export async function noChange(
  deps: TurnDeps,
  asker: Reading,
  ref: string | null,
  narrative: string | null,
): Promise<Content> {
  if (ref === null) return say(deps, 'chat.whichAction');
  if (narrative !== null)
    return fillForm(deps, asker, ref, { percent: null, status: null, narrative, revised: null });
  const { plan, incoming, person } = asker;
  if (incoming.place.kind !== 'personal') return say(deps, 'chat.onlyPersonal');
  const found = await findAction(deps, asker, ref);
  if ('sentence' in found) return found.sentence;
  const { action, cycle } = found;
  const outcome = await recordUpdate(deps, incoming.caller, {
    plan: plan.id,
    period: cycle.period,
    action: action.id,
    version: action.version,
    said: 'no-change',
    unread: [],
    anyway: false,
    chat: incoming.place.conversation,
  });
  const month = await monthOf(deps, asker, cycle);
  if (outcome.outcome === 'saved') {
    const note = savedNote(deps, plan, outcome);
    return monthContent(deps, month, person?.value ?? null, { note });
  }
  if (outcome.outcome === 'refused') {
    const { refused, wantsSentence } = outcome;
    return actionForm(deps, month, action, 0, { refused, wantsSentence });
  }
  return notYours(deps, action);
}

/** "Undo", "undo 1.3.2". */
export async function undo(deps: TurnDeps, asker: Reading, ref: string | null): Promise<Content> {
  const { plan, incoming } = asker;
  const { caller, place } = incoming;
  let outcome: Awaited<ReturnType<typeof undoLast>>;
  if (ref === null) outcome = await undoLast(deps, caller, plan, place.conversation);
  else {
    const found = await findAction(deps, asker, ref);
    if ('sentence' in found) return found.sentence;
    outcome = await undoUpdate(deps, caller, {
      plan: plan.id,
      action: found.action.id,
      chat: place.conversation,
    });
  }
  switch (outcome.outcome) {
    case 'undone': {
      const scale = scaleAt(plan.scales, outcome.undone.period);
      const { status, percent } = outcome.action;
      return say(deps, 'chat.undone', {
        action: actionName(outcome.action, deps.words),
        standing: standing(scale, { status: status.key, percent }, deps.words),
      });
    }
    case 'nothing-more':
      return say(deps, 'chat.nothingToUndo');
    case 'newer':
      return say(deps, 'chat.undoNewer', {
        name: outcome.by,
        action: actionName(outcome.action, deps.words),
      });
    case 'superseded':
      return say(deps, 'chat.undoTooLate', { action: actionName(outcome.action, deps.words) });
    case 'not-yours':
      return notYours(deps, outcome.action);
    case 'no-action':
      return say(deps, 'chat.unknownAction', { ref: ref ?? '' });
    case 'stranger':
    case 'no-plan':
      return say(deps, 'chat.stranger');
  }
}

/** The one action of the ref that the asker may answer for in the month; or the sentence that says why there is none. */
async function findAction(
  deps: TurnDeps,
  asker: Reading,
  ref: string,
): Promise<{ readonly action: Action; readonly cycle: Cycle } | { readonly sentence: Content }> {
  const { plan, person } = asker;
  const cycle = plan.latest ? await deps.months.readCycle(plan.id, plan.latest) : null;
  if (!cycle) return { sentence: say(deps, 'chat.noMonth') };
  const member = memberOf(person?.value, plan.id);
  const wanted = ref.toLowerCase();
  const all = (await deps.plans.readActions(plan.id)).filter((action) => action.ref.toLowerCase() === wanted);
  const today = todayOf(deps, plan);
  const mine = all.filter(
    (action) => capacityFor(plan, action, person?.value.id ?? '', member, today) !== null,
  );
  if (!all[0]) return { sentence: say(deps, 'chat.unknownAction', { ref }) };
  if (!mine[0]) return { sentence: notYours(deps, all[0]) };
  if (mine.length > 1) return { sentence: say(deps, 'chat.manyActions', { ref, n: mine.length }) };
  return { action: mine[0], cycle: cycle.value };
}

/** The asker's own month, around the action that they answer for. */
function monthOf(deps: TurnDeps, { plan, person }: Reading, cycle: Cycle): Promise<Month> {
  return readMonthOf(deps, plan, cycle, leadsOf(memberOf(person?.value, plan.id), todayOf(deps, plan)));
}
