import { settleLead } from '../app/settleLead';
import { readSettle } from '../cards/composer';
import { presentSettle } from '../cards/present';
import { NOBODY, settleInput } from '../cards/settle';
import type { VerbOf } from '../cards/verbs';
import type { Plan } from '../domain/plan';
import { cardOf, sentence } from './invokeAnswer';
import type { Presser } from './presser';
import type { InvokeAnswer, TurnDeps } from './turn';
import { wakeWorker } from './wakeWorker';

/** The names that are still nobody in the team, a page of them, with what became of the last one that was settled. */
export async function settlePage(
  deps: TurnDeps,
  plan: Plan,
  page: number,
  note: string | null,
): Promise<InvokeAnswer> {
  return cardOf(presentSettle(await readSettle(deps, plan, page, note), deps.words));
}

/** Settles who a lead of the plan is, as the presser chose. */
export async function settle(
  deps: TurnDeps,
  presser: Presser,
  verb: VerbOf<'settle'>,
  data: unknown,
): Promise<InvokeAnswer> {
  const { plan, person, incoming } = presser;
  const { words } = deps;
  const chosen = (data as Record<string, unknown>)[settleInput(verb.lead)];
  const leads = await deps.plans.readLeads(plan.id);
  const lead = leads.find(({ value }) => value.lead.key === verb.lead)?.value.lead.name ?? '';
  if (typeof chosen !== 'string' || chosen === '')
    return settlePage(deps, plan, verb.page, words.say('chat.settleChoose', { lead }));
  const choice =
    chosen === NOBODY ? ({ kind: 'nobody' } as const) : ({ kind: 'person', person: chosen } as const);
  const outcome = await settleLead(deps, plan, person.id, verb.lead, choice, incoming.place.conversation);
  if (outcome === 'not-officer') return sentence(words.say('chat.onlyOfficer'));
  if (outcome !== 'settled') return settlePage(deps, plan, verb.page, words.say('chat.settleGone'));
  wakeWorker(deps, plan);
  if (choice.kind === 'nobody')
    return settlePage(deps, plan, verb.page, words.say('chat.settledNobody', { lead }));
  const known = await deps.people.readPerson(incoming.caller.tenant, choice.person);
  const note = words.say('chat.settled', { lead, person: known?.value.name ?? '' });
  return settlePage(deps, plan, verb.page, note);
}
