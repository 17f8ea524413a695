import type { Measure } from '../domain/measure';
import { type OtherAsk, otherAsksOf } from '../domain/otherAsk';
import type { Plan } from '../domain/plan';
import type { GroupReport } from '../domain/planDetail';
import type { Deps } from './ports';

/** What a plan has beside actions: read only where it has any, so that other plans cost nothing more. */
export async function readOthers(
  deps: Pick<Deps, 'measures'>,
  plan: Plan,
): Promise<{ readonly measures: readonly Measure[]; readonly reports: readonly GroupReport[] }> {
  const [measures, reports] = await Promise.all([
    plan.measures ? deps.measures.readMeasures(plan.id) : [],
    plan.reports ? deps.measures.readReports(plan.id) : [],
  ]);
  return { measures, reports };
}

/** What a month of the plan asks beside actions. */
export async function readOtherAsks(deps: Pick<Deps, 'measures'>, plan: Plan): Promise<OtherAsk[]> {
  const { measures, reports } = await readOthers(deps, plan);
  return otherAsksOf(measures, reports);
}
