import { leadKeyOf } from '../domain/people';
import { readPeriod } from '../domain/period';
import { type Action, DEFAULT_CALENDAR, type Group, type NamedLead, type Plan } from '../domain/plan';
import type { LeadRecord } from '../domain/prompt';
import { DEFAULT_SCALE } from '../domain/status';
import type { UnderstoodLead, UnderstoodPlan } from '../domain/understood';
import type { Deps } from './ports';

/** What a load came to. A file with an error in it is not loaded at all. */
export type ImportOutcome =
  | { readonly outcome: 'loaded'; readonly plan: Plan; readonly actions: number; readonly leads: number }
  | { readonly outcome: 'refused'; readonly understood: UnderstoodPlan };

/** Stores a plan that was understood from a file, whole or not at all. `tenant` reserves it for one tenant. */
export async function importPlan(
  deps: Pick<Deps, 'plans' | 'clock' | 'makeId'>,
  understood: UnderstoodPlan,
  tenant: string | null,
): Promise<ImportOutcome> {
  if (understood.problems.some(({ severity }) => severity === 'error'))
    return { outcome: 'refused', understood };
  const groups: Group[] = understood.groups.map((group) => ({
    ref: group.ref,
    title: group.title,
    leads: distinct(group.leads.map((lead) => namedLead({ ...lead, kind: 'lead' }))),
  }));
  const groupLeads = new Map(groups.map((group) => [group.ref, group.leads]));
  const actions: Action[] = understood.actions.map((action) => ({
    id: deps.makeId(),
    ref: action.ref,
    group: action.group,
    title: action.title,
    leads: distinct(action.leads.map(namedLead)),
    groupLeads: groupLeads.get(action.group) ?? [],
    planned: action.planned,
    revised: action.revised,
    see: action.see,
    status: action.status,
    percent: action.percent,
    narrative: action.narrative,
    narrativeFrom: null,
    barriers: action.barriers,
    ask: '',
    version: 0,
    updatedIn: null,
    updatedBy: null,
    updatedAt: null,
    unchangedFor: 0,
    was: null,
  }));
  const plan: Plan = {
    id: deps.makeId(),
    title: understood.plan.title,
    asOf: understood.plan.asOf ? readPeriod(understood.plan.asOf) : null,
    groups,
    scales: [DEFAULT_SCALE],
    calendar: DEFAULT_CALENDAR,
    tenant,
    binding: null,
    officers: [],
    latest: null,
    loadedAt: deps.clock.now().toISOString(),
  };
  const leads = leadRecords(groups, actions);
  await deps.plans.createPlan(plan, actions, leads);
  return { outcome: 'loaded', plan, actions: actions.length, leads: leads.length };
}

function namedLead(lead: UnderstoodLead): NamedLead {
  return { key: leadKeyOf(lead.name), name: lead.name, role: lead.role, kind: lead.kind };
}

/** Everybody named in the plan, once; the first naming that gives a role is kept. */
function leadRecords(groups: readonly Group[], actions: readonly Action[]): LeadRecord[] {
  const named = [...groups, ...actions].flatMap(({ leads }) => leads);
  const byKey = new Map<string, NamedLead>();
  for (const lead of named) {
    const known = byKey.get(lead.key);
    if (!known || (known.role === null && lead.role !== null)) byKey.set(lead.key, { ...lead, kind: 'lead' });
  }
  return [...byKey.values()].map((lead) => ({
    lead,
    person: null,
    settled: null,
    answeredBy: null,
    proposed: [],
  }));
}

function distinct(leads: readonly NamedLead[]): NamedLead[] {
  return leads.filter((lead, at) => leads.findIndex(({ key }) => key === lead.key) === at);
}
