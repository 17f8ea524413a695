import { distance } from 'fastest-levenshtein';
import { dayIn } from '../domain/calendar';
import { leadQuestionId, leadsOfPlan, NOBODY_HERE } from '../domain/draftQuestions';
import { newMessage } from '../domain/message';
import { matchName, type RosterPerson } from '../domain/people';
import { type Period, periodOfDate } from '../domain/period';
import { type Action, askedLeads, type Group, type LeadKey, type Plan } from '../domain/plan';
import { actionFrom } from '../domain/planFromFile';
import { snapshotOf } from '../domain/position';
import { answererOf, type LeadRecord, promptPrefix } from '../domain/prompt';
import type { ReloadChoices } from '../domain/reload';
import { measureAfter, reloadParts, reportAfter } from '../domain/reloadParts';
import {
  carryStep,
  countsOf,
  planAfter,
  type Reload,
  type ReloadStep,
  type ReloadWork,
  reloadSteps,
} from '../domain/reloadWork';
import { scaleAt } from '../domain/status';
import { giveLead, noteTeam } from './joinTeam';
import { Conflict, type Deps, type Stored } from './ports';
import { auditEntry, type Doer } from './readAudit';
import type { DraftView } from './readDraft';
import { retryOnConflict } from './retry';
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
 * Decides all that loading a plan again does, and writes it down: the plan is changed by {@link goOnWithReload}, here or by whoever finds it
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

type GoOnDeps = Pick<
  Deps,
  'plans' | 'measures' | 'months' | 'people' | 'reloads' | 'clock' | 'makeId' | 'log'
>;

/** Rows and characters of one transaction that a batch of steps keeps below: Azure takes 100 rows and 4 MiB. */
const MOST_ROWS = 90;
const MOST_CHARACTERS = 800_000;

/**
 * Does what is left of a load that was begun, if there is one; called with the plan's lease in hand. Each batch is one transaction, and
 * what was done before is left alone, so that a stop at any moment is gone on from. What people answer meanwhile stays: each action is
 * changed as it stands then, or read again. Answers whether there was anything to do.
 */
export async function goOnWithReload(deps: GoOnDeps, planId: string): Promise<boolean> {
  const found = await deps.reloads.readReload(planId);
  if (found?.value.state !== 'running') return false;
  const reload = found.value;
  const work = await deps.reloads.readWork(planId, reload);
  await changeParts(deps, planId, work);
  const plan = await changePlanRow(deps, planId, reload, work);
  if (!plan) return false;
  await addLeads(deps, plan, reload, work.leads);
  for (const batch of batchesOf(work.steps)) await carryBatch(deps, plan, reload, work, batch);
  await askOthers(deps, plan, reload, work);
  await finish(deps, plan, found);
  deps.log.info({ plan: plan.id }, 'a plan was loaded again');
  return true;
}

/** Measures, reports and details: each is written as it is to be, so that doing it again comes to the same. */
async function changeParts(deps: GoOnDeps, planId: string, { parts, groups }: ReloadWork): Promise<void> {
  if (parts.detail) await deps.measures.saveDetail(planId, parts.detail);
  for (const { measure, readings } of parts.measures)
    await retryOnConflict(async () => {
      const now = await deps.measures.readMeasure(planId, measure.id);
      const value = now ? measureAfter(now.value, measure) : measure;
      await deps.measures.saveMeasures(planId, [{ value, etag: now?.etag ?? null }], readings);
    });
  const [kept, before] = await Promise.all([deps.measures.readReports(planId), deps.plans.readPlan(planId)]);
  const leadsIn = (list: readonly Group[], ref: string) => list.find((group) => group.ref === ref)?.leads;
  // Where the file changes nobody, a report that was handed over stays with whoever has it. The plan's own row is written after.
  const changed = kept.flatMap((report) => {
    const leads = leadsIn(groups, report.group);
    const known = leadsIn(before?.value.groups ?? [], report.group);
    return !leads || JSON.stringify(leads) === JSON.stringify(known) ? [] : [{ report, leads }];
  });
  for (const { report, leads } of changed)
    await retryOnConflict(async () => {
      const now = await deps.measures.readReport(planId, report.id);
      if (now) await deps.measures.saveReports(planId, [{ ...now, value: { ...now.value, leads } }]);
    });
  const known = new Map(kept.map((report) => [report.id, report]));
  for (const loaded of parts.reports.filter(({ id }) => known.has(id)))
    await retryOnConflict(async () => {
      const now = await deps.measures.readReport(planId, loaded.id);
      const value = now && reportAfter(now.value, loaded);
      if (now && value && JSON.stringify(value) !== JSON.stringify(now.value))
        await deps.measures.saveReports(planId, [{ value, etag: now.etag }]);
    });
  const added = parts.reports.filter(({ id }) => !known.has(id));
  if (added.length > 0)
    await deps.measures.saveReports(
      planId,
      added.map((value) => ({ value, etag: null })),
    );
}

async function changePlanRow(
  deps: GoOnDeps,
  planId: string,
  reload: Reload,
  work: ReloadWork,
): Promise<Plan | null> {
  return retryOnConflict(async () => {
    const stored = await deps.plans.readPlan(planId);
    if (!stored) return null;
    const [measures, reports] = await Promise.all([
      deps.measures.readMeasures(planId),
      deps.measures.readReports(planId),
    ]);
    const has = { measures: measures.length, reports: reports.length };
    const value = planAfter(stored.value, work.groups, reload.asOf, has);
    if (JSON.stringify(value) === JSON.stringify(stored.value)) return value;
    return (await deps.plans.savePlan({ ...stored, value })).value;
  });
}

/** The leads' own rows, and with each person whose lead it is that it is theirs: before anybody is asked as one. */
async function addLeads(
  deps: GoOnDeps,
  plan: Plan,
  reload: Reload,
  leads: readonly LeadRecord[],
): Promise<void> {
  for (const record of leads) {
    const kept = await retryOnConflict(() => addLead(deps, plan, reload, record));
    if (kept.person) await giveLead(deps, plan, kept.person, kept.lead.key);
    else if (kept.answeredBy) await giveLead(deps, plan, kept.answeredBy, kept.lead.key, 'answersFor');
  }
}

/** Who was settled by somebody else meanwhile stays so. */
async function addLead(deps: GoOnDeps, plan: Plan, reload: Reload, record: LeadRecord): Promise<LeadRecord> {
  const present = (await deps.plans.readLeads(plan.id)).find(
    ({ value }) => value.lead.key === record.lead.key,
  );
  if (present && answererOf(present.value) !== null) return present.value;
  const { lead, settled } = record;
  const person = record.person;
  const to = person ? await deps.people.readPerson(plan.binding?.tenant ?? '', person) : null;
  const isChosen = settled === 'chosen' || settled === 'nobody';
  const audit = isChosen
    ? [
        auditEntry(deps, doerOf(reload), {
          kind: 'lead-settled',
          lead: lead.key,
          name: lead.name,
          to: person ? { id: person, name: to?.value.name ?? '' } : null,
        }),
      ]
    : [];
  if (!present) await deps.plans.commitChange(plan.id, { audit, newLeads: [record] });
  else if (settled !== null)
    await deps.plans.commitChange(plan.id, {
      audit,
      leads: [{ etag: present.etag, value: { ...present.value, ...record, lead: present.value.lead } }],
    });
  return record;
}

async function carryBatch(
  deps: GoOnDeps,
  plan: Plan,
  reload: Reload,
  work: ReloadWork,
  batch: readonly ReloadStep[],
): Promise<void> {
  const scale = scaleAt(plan.scales, reload.period);
  const entry = (what: Parameters<typeof auditEntry>[2]) => auditEntry(deps, doerOf(reload), what);
  await retryOnConflict(async () => {
    const found = await Promise.all(
      batch.map((step) => deps.plans.readAction(plan.id, step.kind === 'add' ? step.action.id : step.action)),
    );
    const todo = batch.map((step, at) => ({ step, stored: found[at] ?? null }));
    const added = todo.flatMap(({ step, stored }) =>
      step.kind === 'add' && !stored
        ? [{ action: step.action, snapshot: snapshotOf(step.action, scale) }]
        : [],
    );
    const carried = todo.flatMap(({ step, stored }) => {
      if (step.kind === 'add' || !stored) return [];
      const done = carryStep(stored.value, step, reload, work.groups);
      return done ? [{ ...done, before: stored }] : [];
    });
    if (added.length + carried.length === 0) return;
    await deps.plans.commitChange(plan.id, {
      added,
      moves: carried.map(({ before, after }) => ({ before, after })),
      updates: carried.flatMap(({ update }) => update ?? []),
      audit: [
        ...added.map(({ action }) =>
          entry({
            kind: 'action-loaded',
            action: action.id,
            ref: action.ref,
            load: reload.id,
            how: 'added',
            changes: [],
          }),
        ),
        ...carried.map(({ audit }) => entry(audit)),
      ],
    });
  });
}

/** Says of an open month that others are to be asked than before, and of the team that names may be open: the worker sees to both. */
async function askOthers(deps: GoOnDeps, plan: Plan, reload: Reload, work: ReloadWork): Promise<void> {
  const { latest, binding } = plan;
  if (latest) await tellThoseAsked(deps, plan, latest, reload, work);
  if (latest)
    await retryOnConflict(async () => {
      const cycle = await deps.months.readCycle(plan.id, latest);
      if (cycle?.value.state === 'open')
        await deps.months.saveCycle(plan.id, { ...cycle, value: { ...cycle.value, prompted: false } });
    });
  if (!binding) return;
  const { tenant, team, teamName, serviceUrl } = binding;
  await noteTeam(deps, { tenant, id: team, name: teamName, serviceUrl }, null);
}

/**
 * A word to whoever was asked before in an open month and leads more now: their prompt is not sent twice. Whoever was not asked is asked by a
 * prompt of their own.
 */
async function tellThoseAsked(
  deps: GoOnDeps,
  plan: Plan,
  period: Period,
  reload: Reload,
  work: ReloadWork,
): Promise<void> {
  const cycle = await deps.months.readCycle(plan.id, period);
  if (cycle?.value.state !== 'open') return;
  const records = new Map((await deps.plans.readLeads(plan.id)).map(({ value }) => [value.lead.key, value]));
  const gained = new Map<string, string[]>();
  for (const step of work.steps) {
    const id = step.kind === 'add' ? step.action.id : step.action;
    for (const key of newLeadsOf(step)) {
      const record = records.get(key);
      const person = record ? answererOf(record) : null;
      if (person) gained.set(person, [...new Set([...(gained.get(person) ?? []), id])]);
    }
  }
  const asked = await deps.months.readMessages(plan.id, promptPrefix(period));
  const wasAsked = new Set(asked.flatMap(({ value }) => (value.state === 'sent' ? (value.to ?? []) : [])));
  await deps.months.addMessages(
    plan.id,
    [...gained]
      .filter(([person]) => wasAsked.has(person))
      .map(([to, actions]) =>
        newMessage({
          key: `notice|reload|${reload.id}|${to}`,
          kind: 'notice',
          period,
          to,
          actions,
          about: 'reloaded',
        }),
      ),
  );
}

/** Leads whom a step gives an action that they did not lead. */
function newLeadsOf(step: ReloadStep): LeadKey[] {
  switch (step.kind) {
    case 'add':
      return askedLeads(step.action).map(({ key }) => key);
    case 'change':
      return step.fields.leads.map(({ key }) => key).filter((key) => !step.leadsBefore.includes(key));
    case 'leave':
      return [];
  }
}

async function finish(deps: GoOnDeps, plan: Plan, found: Stored<Reload>): Promise<void> {
  const { value } = found;
  const { added, changed, left } = value.counts;
  const audit = auditEntry(deps, doerOf(value), {
    kind: 'plan-loaded',
    file: value.file,
    load: value.id,
    how: 'again',
    added,
    changed,
    left,
  });
  try {
    await deps.reloads.finishReload(plan.id, { ...found, value: { ...value, state: 'done' } }, audit);
  } catch (error) {
    // Another instance has finished it.
    if (!(error instanceof Conflict)) throw error;
  }
}

function doerOf({ by, chat }: Reload): Doer {
  return { ...by, chat };
}

/** Steps in as few lots as transactions have room for, in order. */
function batchesOf(steps: readonly ReloadStep[]): ReloadStep[][] {
  const batches: ReloadStep[][] = [];
  let rows = 0;
  let characters = 0;
  for (const step of steps) {
    const needed = rowsOf(step);
    const length = JSON.stringify(step).length * needed + 4_000 * needed;
    const last = batches.at(-1);
    if (last && rows + needed <= MOST_ROWS && characters + length <= MOST_CHARACTERS) {
      last.push(step);
      rows += needed;
      characters += length;
    } else {
      batches.push([step]);
      rows = needed;
      characters = length;
    }
  }
  return batches;
}

/** The action, its line in the audit, its update or snapshot, and its rows in the index of the former leads and of the later. */
function rowsOf(step: ReloadStep): number {
  if (step.kind === 'add') return 3 + askedLeads(step.action).length;
  if (step.kind === 'leave') return 8;
  // A group's leads are asked where an action names none: five are as many as any plan gives a group.
  return 3 + (step.leadsBefore.length || 5) + (step.fields.leads.length || 5);
}
