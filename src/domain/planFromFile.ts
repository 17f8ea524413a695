import { interimTarget, lastOf, loadedReading, type Measure, type Reading } from './measure';
import { leadKeyOf } from './people';
import type { Action, Group, NamedLead, Printed } from './plan';
import type { GroupReport, PlanDetail } from './planDetail';
import type { LeadRecord } from './prompt';
import { DEFAULT_SCALE, type Status, type StatusScale } from './status';
import type {
  UnderstoodAction,
  UnderstoodLead,
  UnderstoodMeasure,
  UnderstoodPlan,
  UnderstoodScale,
} from './understood';

/*
 * From what was understood of a file to what is stored: pure, and everything that was understood is kept. Ids are given from outside.
 */

type MakeId = () => string;

/** A plan's groups with their leads, each once. */
export function groupsFrom(understood: UnderstoodPlan): Group[] {
  return understood.groups.map((group) => ({
    ref: group.ref,
    title: group.title,
    leads: distinctLeads(group.leads.map((lead) => namedLead({ ...lead, kind: 'lead' }))),
  }));
}

/** An action as it is loaded: nobody has answered for it yet. */
export function actionFrom(action: UnderstoodAction, id: string, groupLeads: readonly NamedLead[]): Action {
  const printed = printedFrom(action);
  return {
    id,
    ref: action.ref,
    group: action.group,
    title: action.title,
    leads: distinctLeads(action.leads.map(namedLead)),
    groupLeads,
    planned: action.planned,
    revised: action.revised,
    see: action.see,
    status: action.status,
    percent: action.percent,
    narrative: action.narrative,
    narrativeFrom: null,
    barriers: action.barriers,
    ask: action.ask ?? '',
    version: 0,
    updatedIn: null,
    updatedBy: null,
    updatedAt: null,
    unchangedFor: 0,
    was: null,
    ...(Object.keys(printed).length > 0 ? { printed } : {}),
  };
}

/** What a file prints of an action that no month asks for; only what it does print, since every reply writes it again. */
export function printedFrom(action: UnderstoodAction): Partial<Printed> {
  const { outcome, partners, resources, evidence, steps, raw } = action;
  const cells = raw && Object.values(raw).some((text) => text !== '') ? raw : null;
  return {
    ...(outcome ? { outcome } : {}),
    ...(partners ? { partners } : {}),
    ...(resources ? { resources } : {}),
    ...(evidence ? { evidence } : {}),
    ...(steps && steps.length > 0 ? { steps } : {}),
    ...(cells ? { raw: cells } : {}),
  };
}

/** A measure as it is loaded, with the file's own readings: one of each time, the last that says something. */
export function measureFrom(
  measure: UnderstoodMeasure,
  about: {
    readonly id: string;
    readonly order: number;
    readonly groupLeads: readonly NamedLead[];
    readonly at: Date;
  },
): { readonly measure: Measure; readonly readings: readonly Reading[] } {
  const byTime = new Map<string, Reading>();
  for (const printed of measure.readings) {
    const reading = loadedReading(about.id, printed, about.at);
    const time = reading.period ?? reading.when.slice(0, 60);
    if (!byTime.has(time) || reading.kind !== 'blank') byTime.set(time, reading);
  }
  const readings = [...byTime.values()];
  return {
    readings,
    measure: {
      id: about.id,
      ref: measure.ref,
      name: measure.name,
      group: measure.group,
      owners: distinctLeads(measure.owners.map(namedLead)),
      groupLeads: about.groupLeads,
      target: measure.target,
      baseline: measure.baseline,
      interim: measure.interim.map(interimTarget),
      narrative: measure.narrative,
      tracked: isTracked(measure),
      order: about.order,
      version: 0,
      readIn: null,
      readBy: null,
      readAt: null,
      last: lastOf(readings),
    },
  };
}

/** What the leads of each group report, where the plan has such things: measures, business as usual or recommendations. */
export function reportsFrom(
  understood: UnderstoodPlan,
  groups: readonly Group[],
  makeId: MakeId,
): GroupReport[] {
  const { measures, assurance = [], recommendations = [] } = understood;
  if (!measures.some(isTracked) && assurance.length + recommendations.length === 0) return [];
  return groups.map((group) => ({
    id: makeId(),
    group: group.ref,
    leads: group.leads,
    assurance: assurance
      .filter((line) => line.group === group.ref)
      .map(({ activity, complete, impact }) => ({ id: makeId(), activity, complete, impact })),
    version: 0,
    last: null,
  }));
}

function isTracked({ owners, target, readings }: UnderstoodMeasure): boolean {
  return owners.length > 0 || target !== null || readings.length > 0;
}

/** Everything else that a file says. */
export function detailFrom(understood: UnderstoodPlan, makeId: MakeId): PlanDetail {
  const { outcomes = [], milestones = [], assurance = [], recommendations = [], people, groups } = understood;
  const refs = new Set(groups.map(({ ref }) => ref));
  return {
    outcomes,
    milestones,
    recommendations,
    people,
    narratives: groups.flatMap(({ ref, narrative }) => (narrative ? [{ group: ref, text: narrative }] : [])),
    assurance: assurance
      .filter(({ group }) => group === null || !refs.has(group))
      .map(({ activity, complete, impact }) => ({ id: makeId(), activity, complete, impact })),
  };
}

/**
 * A file's status scale as a plan keeps it, from the beginning: its own letters, labels and meanings. A scale made of the words that a file
 * happens to use still gets what a month may need and the file did not: a status for what will miss its date, and one for what is done.
 */
export function scaleFrom(scale: UnderstoodScale | undefined): StatusScale {
  if (!scale) return DEFAULT_SCALE;
  const isOfWords = scale.id === 'on-track' || scale.id === 'own-words';
  const lacks = (phase: Status['phase']) => !scale.statuses.some((status) => status.phase === phase);
  const statuses = DEFAULT_SCALE.statuses.flatMap((known): Status[] => {
    const own = scale.statuses.find(({ key }) => key === known.key);
    if (own) return [{ ...own, concern: known.concern }];
    const isNeeded = known.key === 'red' || (known.key === 'blue' && lacks('done'));
    return isOfWords && isNeeded ? [{ ...known, ...wordsFor(known, scale.id) }] : [];
  });
  return { id: scale.id, from: null, statuses };
}

function wordsFor({ key }: Status, scale: string): Partial<Status> {
  if (key === 'red' && scale === 'on-track') return { letter: 'N', label: 'Not on track' };
  if (key === 'red') return { letter: 'NT', label: 'Not on track' };
  return { letter: 'C', label: 'Complete' };
}

/** Everybody named in the plan, once; the first naming that gives a role is kept. */
export function leadRecordsOf(named: readonly { readonly leads: readonly NamedLead[] }[]): LeadRecord[] {
  const byKey = new Map<string, NamedLead>();
  for (const lead of named.flatMap(({ leads }) => leads)) {
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

/** A lead as the plan keeps them. */
export function namedLead(lead: UnderstoodLead): NamedLead {
  return { key: leadKeyOf(lead.name), name: lead.name, role: lead.role, kind: lead.kind };
}

/** Each lead once, by the first naming. */
export function distinctLeads(leads: readonly NamedLead[]): NamedLead[] {
  return leads.filter((lead, at) => leads.findIndex(({ key }) => key === lead.key) === at);
}
