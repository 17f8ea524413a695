import { distance } from 'fastest-levenshtein';
import { dayIn } from '../domain/calendar';
import { leadQuestionId, leadsOfPlan, NOBODY_HERE } from '../domain/draftQuestions';
import { matchName, type RosterPerson } from '../domain/people';
import { periodOfDate } from '../domain/period';
import type { Action } from '../domain/plan';
import { actionFrom } from '../domain/planFromFile';
import { answererOf, type LeadRecord } from '../domain/prompt';
import type { ReloadChoices } from '../domain/reload';
import { reloadParts } from '../domain/reloadParts';
import { countsOf, type Reload, type ReloadWork, reloadSteps } from '../domain/reloadWork';
import { Conflict, type Deps } from './ports';
import type { Doer } from './readAudit';
import type { DraftView } from './readDraft';
import { forTheWorker } from './wake';

/** A new version of a plan that is stored, as it was understood and settled. Its draft's id names the load: a second one of the same id is the first. */
export type DraftAgain = DraftView & { readonly again: NonNullable<DraftView['again']> };

/** What came of beginning a load. */
export type StartOutcome =
  | { readonly outcome: 'started'; readonly reload: Reload }
  /** The same load was begun before. */
  | { readonly outcome: 'already'; readonly reload: Reload }
  /** Another file is being loaded just now. */
  | { readonly outcome: 'busy' };

type StartDeps = Pick<Deps, 'plans' | 'measures' | 'reloads' | 'clock' | 'log'>;

/**
 * Decides all that loading a plan again does, and writes it down: the plan is changed by `goOnWithReload`, here or by whoever finds it
 * undone. Said twice, it begins once.
 */
export async function startReload(
  deps: StartDeps,
  view: DraftAgain,
  choices: ReloadChoices,
  by: Doer,
): Promise<StartOutcome> {
  const { draft, asOf } = view;
  const { plan, diff } = view.again;
  const present = await deps.reloads.readReload(plan.id);
  if (present?.value.id === draft.id) return { outcome: 'already', reload: present.value };
  if (present?.value.state === 'running') return { outcome: 'busy' };
  const now = deps.clock.now();
  const [actions, measures, reports] = await Promise.all([
    deps.plans.readActions(plan.id),
    plan.measures ? deps.measures.readMeasures(plan.id) : [],
    plan.reports ? deps.measures.readReports(plan.id) : [],
  ]);
  const leadsOf = new Map(diff.groups.map(({ ref, leads }) => [ref, leads]));
  const steps = reloadSteps(diff, actions, choices, asOf, (at) => newAction(view, at, leadsOf));
  const month = periodOfDate(dayIn(plan.calendar.zone, now));
  const reload: Reload = {
    id: draft.id,
    file: draft.fileName,
    by: { id: by.id, name: by.name },
    chat: by.chat,
    at: now.toISOString(),
    asOf,
    period: asOf ?? plan.latest ?? month,
    answered: choices.answered,
    state: 'running',
    counts: countsOf(steps, diff),
  };
  let ids = 0;
  const makeId = (): string => {
    ids += 1;
    return `${draft.id}-p${ids}`;
  };
  const parts = reloadParts(view.understood, diff.groups, { measures, reports }, makeId, now);
  const work: ReloadWork = { groups: diff.groups, leads: leadsFor(view, by), steps, parts };
  try {
    await forTheWorker(deps, plan.id, () => deps.reloads.startReload(plan.id, present, reload, work));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const other = await deps.reloads.readReload(plan.id);
    return other?.value.id === draft.id ? { outcome: 'already', reload: other.value } : { outcome: 'busy' };
  }
  deps.log.info({ plan: plan.id, ...reload.counts }, 'a plan is loaded again');
  return { outcome: 'started', reload };
}

/** An action that the file has and the plan has not. Its id is made of the load's, so that going on after a stop adds it once. */
function newAction(
  { draft: { id }, understood }: DraftView,
  at: number,
  leadsOf: ReadonlyMap<string, Action['leads']>,
): Action {
  const row = understood.actions[at];
  if (!row) throw new RangeError(`the file has no action ${at}`);
  const made = actionFrom(row, `${id}-${at}`, leadsOf.get(row.group) ?? []);
  return { ...made, loaded: { by: id, leads: made.leads.map(({ key }) => key) } };
}

/** Leads whom the plan did not know, and those who were settled with the file. */
function leadsFor({ understood, again, roster, draft }: DraftAgain, by: Doer): LeadRecord[] {
  const known = new Map(again.records.map((record) => [record.lead.key, record]));
  return leadsOfPlan(understood).flatMap(({ key, name, role }): LeadRecord[] => {
    const present = known.get(key);
    if (present && answererOf(present) !== null) return [];
    const record: LeadRecord = present ?? {
      lead: { key, name, role, kind: 'lead' },
      person: null,
      settled: null,
      answeredBy: null,
      proposed: [],
    };
    const settled = settledLead(record, draft.answers[leadQuestionId(key)], roster, by.id);
    return present && settled === record ? [] : [settled];
  });
}

/** A lead as an answer settles them, or as the very same name in the team does; as they are where neither does. */
export function settledLead(
  record: LeadRecord,
  answer: string | undefined,
  roster: readonly RosterPerson[] | null,
  officer: string,
): LeadRecord {
  if (answer === NOBODY_HERE) return { ...record, settled: 'nobody', answeredBy: officer, proposed: [] };
  const person = roster?.find(({ id }) => id === answer);
  if (person) return { ...record, person: person.id, settled: 'chosen', proposed: [] };
  const match = roster ? matchName(record.lead.name, roster, distance) : null;
  return match?.kind === 'exact'
    ? { ...record, person: match.person.id, settled: 'exact', proposed: [] }
    : record;
}
