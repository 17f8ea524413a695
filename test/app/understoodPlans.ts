import type { FullPlan, UnderstoodAction, UnderstoodPlan } from '../../src/domain/understood';

/** A plan as a reader gives it, with every key, from one that has only those that matter to a test. */
export function full(plan: UnderstoodPlan): FullPlan {
  return {
    outcomes: [],
    milestones: [],
    assurance: [],
    recommendations: [],
    scale: { id: 'five-colours', statuses: [] },
    ...plan,
    groups: plan.groups.map((group) => ({
      narrative: '',
      ...group,
      leads: group.leads.map((lead) => ({ code: null, ...lead })),
    })),
    actions: plan.actions.map(fullAction),
  };
}

function fullAction(action: UnderstoodAction): FullPlan['actions'][number] {
  return {
    ask: '',
    outcome: null,
    partners: '',
    resources: '',
    evidence: '',
    steps: [],
    raw: { leads: '', planned: '', revised: '', status: '', percent: '' },
    ...action,
    leads: action.leads.map((lead) => ({ code: null, ...lead })),
  };
}
