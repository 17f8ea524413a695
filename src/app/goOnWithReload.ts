import type { Group, Plan } from '../domain/plan';
import { answererOf, type LeadRecord } from '../domain/prompt';
import { measureAfter, reportAfter } from '../domain/reloadParts';
import { planAfter, type Reload, type ReloadWork } from '../domain/reloadWork';
import { askAfterReload } from './askAfterReload';
import { carryReloadSteps, doerOf } from './carryReloadSteps';
import { giveLead } from './matchLeads';
import { Conflict, type Deps, type Stored } from './ports';
import { auditEntry } from './readAudit';
import { retryOnConflict } from './retry';

type GoOnDeps = Pick<
  Deps,
  'plans' | 'measures' | 'months' | 'people' | 'reloads' | 'clock' | 'makeId' | 'log'
>;

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
  await carryReloadSteps(deps, plan, reload, work);
  await askAfterReload(deps, plan, reload, work);
  await finish(deps, plan, found);
  deps.log.info({ plan: plan.id }, 'a plan was loaded again');
  return true;
}

/** Measures, reports and details: each is written as it is to be, so that doing it again comes to the same. */
async function changeParts(deps: GoOnDeps, planId: string, work: ReloadWork): Promise<void> {
  const { parts } = work;
  if (parts.detail) await deps.measures.saveDetail(planId, parts.detail);
  for (const { measure, readings } of parts.measures)
    await retryOnConflict(async () => {
      const now = await deps.measures.readMeasure(planId, measure.id);
      const value = now ? measureAfter(now.value, measure) : measure;
      await deps.measures.saveMeasures(planId, [{ value, etag: now?.etag ?? null }], readings);
    });
  await changeReports(deps, planId, work);
}

/** Who has each report now, and what it asks; those that the plan did not have are added. */
async function changeReports(deps: GoOnDeps, planId: string, { parts, groups }: ReloadWork): Promise<void> {
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

/** The plan's own row: its groups, and how many measures and reports it has. Null when the plan is there no more. */
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

/** The load is done, and the audit says so. */
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
