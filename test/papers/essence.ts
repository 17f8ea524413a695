import { scaleFrom } from '../../src/domain/planFromFile';
import { compareRefs } from '../../src/domain/refs';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { safeText } from '../../src/papers/safeText';
import { tidyLines } from '../../src/plans/wordHtml';

/** What of a plan must be the same after it was exported and read again. */
export function essence(plan: UnderstoodPlan) {
  const order = new Map(
    plan.groups
      .map(({ ref }) => ref)
      .sort()
      .map((ref, at) => [ref, at]),
  );
  const text = (said: string | undefined) => tidyLines(safeText(said ?? ''));
  const leads = (list: UnderstoodPlan['actions'][number]['leads']) =>
    [...list]
      .sort((a, b) => Number(a.kind === 'co-lead') - Number(b.kind === 'co-lead'))
      .map(({ name, role, kind }) => ({ name, role, kind }));
  return {
    title: plan.plan.title,
    groups: [...plan.groups]
      .sort((a, b) => (order.get(a.ref) ?? 0) - (order.get(b.ref) ?? 0))
      .map(({ ref, title, leads: led, narrative }) => ({
        ref,
        title,
        leads: led.map(({ name, role }) => ({ name, role })),
        narrative: text(narrative),
      })),
    actions: [...plan.actions]
      .sort((a, b) => (order.get(a.group) ?? 0) - (order.get(b.group) ?? 0) || compareRefs(a.ref, b.ref))
      .map((action) => ({
        ref: action.ref,
        group: action.group,
        title: text(action.title),
        leads: leads(action.leads),
        planned: action.planned,
        revised: action.revised,
        status: action.status.key,
        percent: action.percent,
        narrative: text(action.narrative),
        barriers: text(action.barriers),
        ask: text(action.ask),
        partners: text(action.partners),
        resources: text(action.resources),
        evidence: text(action.evidence),
        see: action.see,
        outcome: action.outcome ?? null,
        steps: (action.steps ?? []).map((step) => ({
          text: text(step.text),
          date: step.date,
          status: step.status?.key ?? null,
        })),
      })),
    outcomes: plan.outcomes,
    milestones: (plan.milestones ?? []).map((one) => ({
      ...one,
      text: text(one.text),
      status: one.status.key,
    })),
    assurance: byGroup(
      (plan.assurance ?? []).map(({ group, activity, complete, impact }) => ({
        group,
        activity: text(activity),
        complete: text(complete),
        impact: text(impact),
      })),
    ),
    recommendations: (plan.recommendations ?? []).map((one) => ({ ...one, text: text(one.text) })),
    people: plan.people,
    measures: byGroup(
      plan.measures.map(({ group, ref, name, owners, target, baseline, interim, readings, narrative }) => ({
        group,
        ref,
        name,
        owners: owners.map((owner) => owner.name),
        target,
        baseline,
        interim: [...interim].sort((a, b) => (a.when < b.when ? -1 : 1)),
        readings: readings
          .filter(({ kind }) => kind !== 'blank')
          .sort((a, b) => (a.period < b.period ? -1 : 1)),
        narrative,
        isTracked: owners.length > 0 || target !== null || readings.length > 0,
      })),
    ),
    scale: scaleFrom(plan.scale),
  };
}

/** Those of no group first, then each group's, in their order. */
function byGroup<T extends { readonly group: string | null }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => compareRefs(a.group ?? '', b.group ?? ''));
}
