import fc from 'fast-check';
import { scaleFrom } from '../../src/domain/planFromFile';
import { compareRefs } from '../../src/domain/refs';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { safeText } from '../../src/papers/safeText';
import { trackerView } from '../../src/papers/tracker';
import { writeWorkbook } from '../../src/papers/workbookFile';
import { readPlan } from '../../src/plans/readPlan';
import { tidyLines } from '../../src/plans/wordHtml';
import { english } from '../../src/words/words';
import { madePlan } from './madePlans';
import { paperWorld } from './support';

/** What of a plan must be the same after it was exported and read again. */
function essence(plan: UnderstoodPlan) {
  const order = new Map(
    plan.groups
      .map(({ ref }) => ref)
      .sort()
      .map((ref, at) => [ref, at]),
  );
  const text = (said: string | undefined) => tidyLines(safeText(said ?? ''));
  const leads = (list: UnderstoodPlan['actions'][number]['leads']) =>
    list.map(({ name, role, kind }) => ({ name, role, kind }));
  return {
    title: plan.plan.title,
    groups: [...plan.groups]
      .sort((a, b) => (order.get(a.ref) ?? 0) - (order.get(b.ref) ?? 0))
      .map(({ ref, title, leads: led }) => ({
        ref,
        title,
        leads: led.map(({ name, role }) => ({ name, role })),
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
      })),
    measures: [...plan.measures]
      .map(({ group, name, owners, target, baseline, interim, readings, narrative }) => ({
        group,
        name,
        owners: owners.map((owner) => owner.name),
        target,
        baseline,
        interim,
        readings: readings.filter(({ kind }) => kind !== 'blank'),
        narrative,
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    scale: scaleFrom(plan.scale),
  };
}

async function exported(plan: UnderstoodPlan): Promise<Uint8Array> {
  const world = await paperWorld(plan);
  return writeWorkbook(trackerView(await world.facts(), english));
}

test('a plan that is exported and read again is the same plan, whatever was typed into it', async () => {
  await fc.assert(
    fc.asyncProperty(madePlan, async (plan) => {
      const back = await readPlan(Buffer.from(await exported(plan)), 'tracker.xlsx');
      expect(back.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(essence(back)).toEqual(essence(plan));
    }),
    { numRuns: Number(process.env.PAPER_RUNS ?? 12) },
  );
}, 120_000);
