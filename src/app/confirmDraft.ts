import type { AuditEntry } from '../domain/audit';
import { may } from '../domain/authority';
import { type Draft, type DraftOutcome, leftIn } from '../domain/draft';
import { leadQuestionId } from '../domain/draftQuestions';
import type { Plan } from '../domain/plan';
import type { ReloadChoices } from '../domain/reload';
import { bindingTo } from './bindPlan';
import { makePlan } from './importPlan';
import { type Caller, memberOf } from './people';
import { Conflict, type Deps, type Stored, type Team } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { type DraftView, readDraft } from './readDraft';
import { retryOnConflict } from './retry';
import { settledLead, startReload } from './startReload';

type ConfirmDeps = Pick<
  Deps,
  'drafts' | 'plans' | 'measures' | 'people' | 'reloads' | 'messenger' | 'clock' | 'makeId' | 'log'
>;

/** What somebody chose when they confirmed; `chosen`: what becomes of actions without a row was settled one by one. */
export interface ConfirmChoices extends Omit<ReloadChoices, 'missing'> {
  readonly missing: 'leave' | 'keep' | 'chosen';
}

/** What confirming a draft came to. */
export type ConfirmOutcome =
  /** It is stored, or being stored; `repeat` when it was before. */
  | {
      readonly outcome: 'loaded';
      readonly draft: Draft;
      readonly result: DraftOutcome;
      readonly repeat: boolean;
    }
  /** It was left, or is not there any more. */
  | { readonly outcome: 'none' }
  /** They may load no plan (any more). */
  | { readonly outcome: 'not-officer'; readonly plan: Plan }
  /** The team has a plan by now, which its own programme officers look after. */
  | { readonly outcome: 'elsewhere' }
  | { readonly outcome: 'busy' };

/**
 * Loads what somebody sent, as they settled it: a team's first plan at once, a new version of a plan by a load that is written down first and
 * carried out after. Who may is looked at again. Said twice, it is done once.
 */
export async function confirmDraft(
  deps: ConfirmDeps,
  caller: Caller,
  by: Doer,
  id: string,
  choices: ConfirmChoices,
): Promise<ConfirmOutcome> {
  const found = await readDraft(deps, caller.tenant, by.id, id);
  if (found.found === 'none') return { outcome: 'none' };
  if (found.found === 'done') {
    const { draft } = found;
    return draft.outcome
      ? { outcome: 'loaded', draft, result: draft.outcome, repeat: true }
      : { outcome: 'none' };
  }
  const { view, stored } = found;
  const outcome = view.again
    ? await loadAgain(deps, caller, by, view, view.again, chosen(choices, view))
    : await loadFirst(deps, caller, by, view);
  if (outcome.outcome !== 'loaded') return outcome;
  await closeDraft(deps, stored, { state: 'loaded', outcome: outcome.result });
  return outcome;
}

/** Which actions leave the plan, where they were chosen one by one. */
function chosen({ missing, answered }: ConfirmChoices, { draft, again }: DraftView): ReloadChoices {
  if (missing !== 'chosen') return { missing, answered };
  return { missing: leftIn(draft.answers, again?.diff.missing ?? []), answered };
}

/** Throws a draft away; one that was loaded stays as it is. Answers whether there was one to leave. */
export async function leaveDraft(
  deps: Pick<Deps, 'drafts'>,
  tenant: string,
  person: string,
  id: string,
): Promise<Draft | null> {
  const stored = await deps.drafts.readDraft(tenant, person);
  if (stored?.value.id !== id || stored.value.state === 'loaded') return null;
  await closeDraft(deps, stored, { state: 'left', outcome: null });
  return stored.value;
}

/** Ends a draft: it was loaded, or was not wanted. What was understood is thrown away. */
export async function closeDraft(
  deps: Pick<Deps, 'drafts'>,
  stored: Stored<Draft>,
  end: Pick<Draft, 'state' | 'outcome'>,
): Promise<void> {
  const { tenant, person, id } = stored.value;
  await retryOnConflict(async () => {
    const now = await deps.drafts.readDraft(tenant, person);
    if (now?.value.id === id && now.value.state === 'kept')
      await deps.drafts.saveDraft({ etag: now.etag, value: { ...now.value, ...end, answers: {} } });
  });
  await deps.drafts.dropContent(stored.value);
}

async function loadAgain(
  deps: ConfirmDeps,
  caller: Caller,
  by: Doer,
  view: DraftView,
  again: NonNullable<DraftView['again']>,
  choices: ReloadChoices,
): Promise<ConfirmOutcome> {
  const { plan } = again;
  const person = await deps.people.readPerson(caller.tenant, by.id);
  const standing = { plan, person: by.id, member: memberOf(person?.value, plan.id) };
  if (!may('load-plan', standing) || plan.binding?.tenant !== caller.tenant)
    return { outcome: 'not-officer', plan };
  const { draft } = view;
  const named = { ...by, name: by.name || (person?.value.name ?? '') };
  const started = await startReload(deps, { ...view, again }, choices, named);
  if (started.outcome === 'busy') return { outcome: 'busy' };
  const { counts } = started.reload;
  return {
    outcome: 'loaded',
    draft,
    result: { kind: 'again', plan: plan.id, counts },
    repeat: started.outcome === 'already',
  };
}

/**
 * A team's first plan, bound there from the start; whoever sent it is its programme officer. Its id and its actions' are made of the draft's, so
 * that a second attempt after a stop writes the same rows.
 */
async function loadFirst(
  deps: ConfirmDeps,
  caller: Caller,
  by: Doer,
  view: DraftView,
): Promise<ConfirmOutcome> {
  const { draft, understood, roster } = view;
  if (draft.aim.kind !== 'first') return { outcome: 'none' };
  const team = (await deps.people.readTeam(caller.tenant, draft.aim.team))?.value;
  if (!team || team.state === 'removed' || team.addedBy?.id !== by.id) return { outcome: 'elsewhere' };
  if (team.plan !== null && team.plan !== draft.id) return { outcome: 'elsewhere' };
  if (await hasPlan(deps, team, draft.id)) return { outcome: 'elsewhere' };
  let ids = 0;
  const makeId = (): string => {
    ids += 1;
    return `${draft.id}-${ids}`;
  };
  const made = makePlan(understood, { at: deps.clock.now(), tenant: team.tenant, id: draft.id, makeId });
  const plan = { ...made.plan, officers: [by.id], binding: await bindingTo(deps, team) };
  const leads = made.leads.map((record) =>
    settledLead(record, draft.answers[leadQuestionId(record.lead.key)], roster, by.id),
  );
  try {
    await deps.plans.createPlan(plan, made.actions, leads, made.parts);
  } catch (error) {
    // The last row was written by an attempt before: it is there whole.
    if (!(error instanceof Conflict)) throw error;
  }
  await noteLoaded(deps, plan, by, draft, made.actions.length);
  deps.log.info({ plan: plan.id, actions: made.actions.length }, 'a first plan was loaded in chat');
  const result = { kind: 'first' as const, plan: plan.id, actions: made.actions.length, leads: leads.length };
  return { outcome: 'loaded', draft, result, repeat: false };
}

/** Whether the organisation has a plan that this team would be bound to, or that lives in it, beside the one that is being loaded. */
async function hasPlan(deps: Pick<Deps, 'plans'>, team: Team, own: string): Promise<boolean> {
  const entries = (await deps.plans.listPlans()).filter(
    ({ id, tenant }) => id !== own && tenant === team.tenant,
  );
  const plans = await Promise.all(entries.map(({ id }) => deps.plans.readPlan(id)));
  return plans.some((plan) => plan?.value.binding?.team === team.id);
}

/** The line of the audit that says who loaded the plan, once. */
async function noteLoaded(
  deps: ConfirmDeps,
  plan: Plan,
  by: Doer,
  draft: Draft,
  added: number,
): Promise<void> {
  const isOfThis = ({ what }: AuditEntry) => what.kind === 'plan-loaded' && what.load === draft.id;
  if ((await deps.plans.readAudit(plan.id, 100)).some(isOfThis)) return;
  await deps.plans.addAudit(
    plan.id,
    auditEntry(deps, by, {
      kind: 'plan-loaded',
      file: draft.fileName,
      load: draft.id,
      how: 'first',
      added,
      changed: 0,
      left: 0,
    }),
  );
}
