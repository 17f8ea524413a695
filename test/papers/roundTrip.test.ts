import fc from 'fast-check';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { trackerView } from '../../src/papers/tracker';
import { writeWorkbook } from '../../src/papers/workbookFile';
import { readPlan } from '../../src/plans/readPlan';
import { english } from '../../src/words/words';
import * as councils from '../fixtures/plans/areas/councils';
import * as harder from '../fixtures/plans/areas/harder';
import * as monthly from '../fixtures/plans/areas/monthly';
import * as partnerships from '../fixtures/plans/areas/partnerships';
import * as progress from '../fixtures/plans/areas/progress';
import * as reports from '../fixtures/plans/areas/reports';
import * as revisits from '../fixtures/plans/areas/revisits';
import type { AreaPlan } from '../fixtures/plans/areas/truth';
import { makeDocx } from '../fixtures/plans/office';
import { essence } from './essence';
import { madePlan } from './madePlans';
import { paperWorld } from './support';

async function exported(plan: UnderstoodPlan): Promise<Uint8Array> {
  const world = await paperWorld(plan);
  return writeWorkbook(trackerView(await world.facts(), english));
}

test('a plan that is exported and read again is the same plan, whatever was typed into it', async () => {
  await fc.assert(
    fc.asyncProperty(madePlan, async (plan) => {
      const back = await readPlan(Buffer.from(await exported(plan)), 'tracker.xlsx');
      expect(back.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      // What Steward counted itself agrees with the rows, those without a status among them.
      expect(back.problems.filter(({ message }) => message.startsWith('The printed'))).toEqual([]);
      expect(essence(back)).toEqual(essence(plan));
    }),
    { numRuns: Number(process.env.PAPER_RUNS ?? 12) },
  );
}, 120_000);

test('a column that is left out since nothing stands in it is served by no other', async () => {
  const plan = await readPlan(
    Buffer.from(
      'Ref,Action,Co-lead,Due,RAG,Update\n1.1,Train staff,Ann Cole,May 2026,R,"see 7.3.1 and 8.1.1"\n',
    ),
    'plan.csv',
  );
  const [action] = plan.actions;
  const made = {
    ...plan,
    actions: action
      ? [{ ...action, see: [], leads: action.leads.map((lead) => ({ ...lead, kind: 'co-lead' as const })) }]
      : [],
  };
  const back = await readPlan(Buffer.from(await exported(made)), 'tracker.xlsx');
  expect(
    back.actions.map(({ leads, see }) => [leads.map(({ name, kind }) => `${name} ${kind}`), see]),
  ).toEqual([[['Ann Cole co-lead'], []]]);
});

/** A plan of each kind that is laid out as real ones are: steps, milestones, measures, business as usual and recommendations are in them. */
const AREAS: readonly AreaPlan[] = [
  councils,
  harder,
  monthly,
  partnerships,
  progress,
  reports,
  revisits,
].flatMap((file) => Object.values(file).slice(0, 2));

test.each(AREAS.map((area) => [area.name, area] as const))('as does %s', async (_, area) => {
  const plan = await readPlan(makeDocx(area.blocks, area.parts), 'plan.docx');
  const back = await readPlan(Buffer.from(await exported(plan)), 'tracker.xlsx');
  expect(essence(back)).toEqual(essence(plan));
});
