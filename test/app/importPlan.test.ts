import { importPlan } from '../../src/app/importPlan';
import { printedOf } from '../../src/domain/plan';
import { DEFAULT_SCALE } from '../../src/domain/status';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { readPlan } from '../../src/plans/readPlan';
import { TableMeasureStore } from '../../src/storage/measureStore';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TablePlanStore } from '../../src/storage/planStore';
import { line, understood } from '../fakes/world';
import { HARBOUR } from '../fixtures/plans/documents';
import { makeDocx } from '../fixtures/plans/office';

/* What is stored of a file: all that was understood of it. */

test('measures with their owners, targets and the file’s own readings', async () => {
  const { measures, store, plan, leads } = await load(await harbour());
  expect(plan.measures).toBe(3);
  expect(
    measures.map(({ name, owners, target, order }) => [name, owners[0]?.name, target?.wants, order]),
  ).toEqual([
    ['Boats home in time', expect.any(String), 'the figure', 0],
    ['Knots a minute', 'Ben Reed', 'at least', 1],
    ['Complaints', expect.any(String), 'less', 2],
  ]);
  expect(measures[0]?.interim).toMatchObject([
    { when: '2024-09', due: '2024-09', text: '20%', value: 20 },
    { when: '2024-11', due: '2024-11', text: '40%', value: 40 },
  ]);
  // NA, TBC and blank are kept as what they are; a blank is no reading.
  expect(measures.map(({ last }) => last)).toEqual([
    { period: '2024-10', text: 'TBC', value: null, kind: 'tbc' },
    { period: '2024-11', text: '6.5', value: 6.5, kind: 'number' },
    { period: '2024-11', text: 'fewer than before', value: null, kind: 'words' },
  ]);
  const first = await store.readReadings(plan.id, measures[0]?.id);
  expect(first.map(({ period, kind, by }) => [period, kind, by]).sort()).toEqual([
    ['2024-08', 'number', null],
    ['2024-09', 'na', null],
    ['2024-10', 'tbc', null],
    ['2024-11', 'blank', null],
  ]);
  // Owners are leads of the plan: they are matched to people as all leads are.
  expect(leads).toEqual(expect.arrayContaining(['Ben Reed']));
});

test('business as usual with the group’s report, recommendations, glossary and narratives beside it', async () => {
  const file = await harbour();
  const { store, plan } = await load(file);
  const reports = await store.readReports(plan.id);
  expect(reports.map(({ group }) => group)).toEqual(file.groups.map(({ ref }) => ref));
  expect(plan.reports).toBe(reports.length);
  expect(reports.find(({ group }) => group === '2')?.assurance).toMatchObject([
    { activity: 'Ropes are looked at each week', complete: 'Yes', impact: 'No rope broke' },
    { activity: 'Lamps are filled', complete: 'TBC', impact: '' },
  ]);
  const detail = await store.readDetail(plan.id);
  expect(detail.recommendations).toEqual(file.recommendations);
  expect(detail.outcomes).toEqual(file.outcomes);
  expect(detail.people).toEqual(file.people);
  expect(detail.narratives).toEqual(
    file.groups.flatMap(({ ref, narrative }) => (narrative ? [{ group: ref, text: narrative }] : [])),
  );
});

test('what an action prints beside: partners, resources, evidence, steps and its cells as they stood', async () => {
  const steps = [{ text: 'First half', date: null, status: { text: 'R', key: 'red' as const } }];
  const raw = { leads: 'AA / BB', planned: 'Jul-22', revised: '', status: 'R, A', percent: 'NA' };
  const more = {
    outcome: '1.1',
    partners: 'The hospital',
    resources: 'Two posts',
    evidence: 'Waits fall',
    steps,
    raw,
  };
  const { actions } = await load(
    understood([line('1.1', ['Ann Archer'], more), line('1.2', ['Ann Archer'])]),
  );
  expect(actions.map(printedOf)).toEqual([
    more,
    { outcome: null, partners: '', resources: '', evidence: '', steps: [], raw: null },
  ]);
  expect(actions[1]).not.toHaveProperty('printed');
});

test('a plan’s own status scale, from its first month on', async () => {
  const scale: UnderstoodPlan['scale'] = {
    id: 'on-track',
    statuses: [
      { key: 'green', letter: 'Y', label: 'On track', meaning: 'Y, Underway', phase: 'live' },
      { key: 'blue', letter: 'C', label: 'Complete', meaning: 'Complete, Done', phase: 'done' },
    ],
  };
  const { plan } = await load({ ...understood(), scale });
  const [own] = plan.scales;
  expect(own).toMatchObject({ id: 'on-track', from: null });
  // Nobody was off track in the file; somebody may be next month.
  expect(own?.statuses.map(({ key, letter, label, concern }) => [key, letter, label, concern])).toEqual([
    ['red', 'N', 'Not on track', 0],
    ['green', 'Y', 'On track', 2],
    ['blue', 'C', 'Complete', 3],
  ]);
});

test('red, amber and green stay the three that they are', async () => {
  const three = DEFAULT_SCALE.statuses.slice(0, 3);
  const { plan } = await load({ ...understood(), scale: { id: 'red-amber-green', statuses: three } });
  expect(plan.scales).toEqual([{ id: 'red-amber-green', from: null, statuses: three }]);
});

test('a plan without any of it is stored as before: nothing of measures is read or asked', async () => {
  const { plan, store } = await load(understood());
  expect(plan).not.toHaveProperty('measures');
  expect(plan).not.toHaveProperty('reports');
  expect(plan.scales).toEqual([DEFAULT_SCALE]);
  expect(await store.readReports(plan.id)).toEqual([]);
});

async function harbour() {
  return readPlan(makeDocx(HARBOUR), 'harbour.docx');
}

async function load(file: UnderstoodPlan) {
  const table = new MemoryTable();
  const plans = new TablePlanStore(table);
  const store = new TableMeasureStore(table);
  const now = () => new Date('2024-12-01T09:00:00Z');
  let made = 0;
  const makeId = () => {
    made += 1;
    return `id-${made}`;
  };
  const loaded = await importPlan({ plans, clock: { now, realNow: now }, makeId }, file, null);
  if (loaded.outcome !== 'loaded') throw new Error('it was refused');
  const { id } = loaded.plan;
  const plan = (await plans.readPlan(id))?.value;
  if (!plan) throw new Error('it is gone');
  return {
    plan,
    store,
    actions: await plans.readActions(id),
    measures: await store.readMeasures(id),
    leads: (await plans.readLeads(id)).map(({ value }) => value.lead.name),
  };
}
