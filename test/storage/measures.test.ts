import { TableClient } from '@azure/data-tables';
import { Conflict } from '../../src/app/ports';
import type { RunningAzurite } from '../../src/demo/processes';
import type { Measure, Reading } from '../../src/domain/measure';
import { DEFAULT_CALENDAR, type Plan } from '../../src/domain/plan';
import type { GroupReport, GroupReturn, PlanDetail } from '../../src/domain/planDetail';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { AzureTable, ensureTable } from '../../src/storage/azureTable';
import { TableMeasureStore } from '../../src/storage/measureStore';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TablePlanStore } from '../../src/storage/planStore';
import type { Table } from '../../src/storage/table';
import { startTestAzurite } from '../e2e/support/azurite';

/** Measures, reports and details: one suite for the table in memory and for Azure Tables. */
function describeMeasures(name: string, open: () => Table): void {
  describe(`measures: ${name}`, () => {
    const store = () => new TableMeasureStore(open());

    test('they are loaded with the plan, and come back whole and in its order', async () => {
      const plan = planOf();
      const measures = ['m2', 'm1', 'm3'].map((id, order) => measureOf(id, { order }));
      const readings = [
        readingOf('m1', { period: '2024-04', when: '2024-04', text: '62%' }),
        readingOf('m1', { period: '2024-05', when: '2024-05', text: '', value: null, kind: 'blank' }),
        readingOf('m1', { period: null, when: 'Latest / 2023#24 %', text: 'TBC', value: null, kind: 'tbc' }),
        readingOf('m11', { period: '2024-04', when: '2024-04' }),
      ];
      const reports = ['10', '2'].map(reportOf);
      await new TablePlanStore(open()).createPlan(plan, [], [], {
        detail: DETAIL,
        measures,
        readings,
        reports,
      });
      expect(await store().readMeasures(plan.id)).toEqual(measures);
      expect((await store().readMeasure(plan.id, 'm1'))?.value).toEqual(measures[1]);
      expect(await store().readMeasure(plan.id, 'm9')).toBeNull();
      expect(sorted(await store().readReadings(plan.id, 'm1'))).toEqual(sorted(readings.slice(0, 3)));
      expect(await store().readReadings(plan.id)).toHaveLength(4);
      expect((await store().readReports(plan.id)).map(({ group }) => group)).toEqual(['2', '10']);
      expect(await store().readDetail(plan.id)).toEqual(DETAIL);
    });

    test('a plan without any of it answers with nothing', async () => {
      expect(await store().readMeasures('none')).toEqual([]);
      expect(await store().readReadings('none')).toEqual([]);
      expect(await store().readReports('none')).toEqual([]);
      expect((await store().readDetail('none')).outcomes).toEqual([]);
    });

    test('a reading is kept with its measure, and never changed', async () => {
      const plan = planOf().id;
      await store().saveMeasures(plan, [{ value: measureOf('m1'), etag: null }]);
      const before = await found(store().readMeasure(plan, 'm1'));
      const said = readingOf('m1', { version: 1, text: '65%', value: 65 });
      const after = {
        ...before.value,
        version: 1,
        last: { period: '2023-09' as const, text: '65%', value: 65, kind: 'number' as const },
      };
      await store().saveReading(plan, before, after, said);
      expect((await store().readMeasure(plan, 'm1'))?.value).toEqual(after);
      expect(await store().readReadings(plan, 'm1')).toEqual([said]);
      // What was read before somebody else wrote changes nothing, nor does a version that is there already.
      const other = readingOf('m1', { version: 1, text: '99%', value: 99 });
      await expect(store().saveReading(plan, before, after, other)).rejects.toThrow(Conflict);
      const now = await found(store().readMeasure(plan, 'm1'));
      await expect(store().saveReading(plan, now, after, other)).rejects.toThrow(Conflict);
      expect(await store().readReadings(plan, 'm1')).toEqual([said]);
      // A second one of the same month stands beside the first, and comes first.
      const again = readingOf('m1', { version: 2, text: '66%', value: 66 });
      await store().saveReading(plan, now, { ...after, version: 2 }, again);
      expect((await store().readReadings(plan, 'm1')).map(({ version }) => version)).toEqual([2, 1]);
    });

    test('measures are added and replaced, but not over what somebody wrote', async () => {
      const plan = planOf().id;
      await store().saveMeasures(plan, [{ value: measureOf('m1'), etag: null }], [readingOf('m1', {})]);
      await expect(store().saveMeasures(plan, [{ value: measureOf('m1'), etag: null }])).rejects.toThrow(
        Conflict,
      );
      const before = await found(store().readMeasure(plan, 'm1'));
      await store().saveMeasures(plan, [{ value: { ...before.value, name: 'Renamed' }, etag: before.etag }]);
      expect((await store().readMeasure(plan, 'm1'))?.value.name).toBe('Renamed');
      await expect(store().saveMeasures(plan, [before])).rejects.toThrow(Conflict);
    });

    test('what a group reports is kept with its report, and never changed', async () => {
      const plan = planOf().id;
      await store().saveReports(plan, [{ value: reportOf('1'), etag: null }]);
      const before = await found(store().readReport(plan, 'r1'));
      const said = returnOf({ version: 1, recommendation: 'Agree a second post.' });
      await store().saveReturn(plan, before, { ...before.value, version: 1, last: said }, said);
      expect((await store().readReport(plan, 'r1'))?.value.last).toEqual(said);
      await expect(store().saveReturn(plan, before, before.value, said)).rejects.toThrow(Conflict);
      const now = await found(store().readReport(plan, 'r1'));
      const none = returnOf({ version: 2 });
      await store().saveReturn(plan, now, { ...now.value, version: 2, last: none }, none);
      expect(await store().readReturns(plan, 'r1')).toEqual([none, said]);
      expect(await store().readReturns(plan, 'r')).toEqual([]);
    });

    test('details are replaced whole, however many they are', async () => {
      const plan = planOf().id;
      const milestones = Array.from({ length: 400 }, (_, n) => ({
        ref: null,
        group: null,
        action: `1.${n}`,
        text: `${n} ${'long words '.repeat(150)}`,
        when: null,
        status: { text: '', key: null },
      }));
      await store().saveDetail(plan, { ...DETAIL, milestones });
      expect((await store().readDetail(plan)).milestones).toEqual(milestones);
      await store().saveDetail(plan, DETAIL);
      expect(await store().readDetail(plan)).toEqual(DETAIL);
    });
  });
}

let plans = 0;

function planOf(): Plan {
  plans += 1;
  return {
    id: `measured-${plans}`,
    title: 'A plan',
    asOf: null,
    groups: [],
    scales: [DEFAULT_SCALE],
    calendar: DEFAULT_CALENDAR,
    tenant: null,
    binding: null,
    officers: [],
    latest: null,
    loadedAt: '2023-09-01T09:00:00.000Z',
  };
}

function measureOf(id: string, more: Partial<Measure> = {}): Measure {
  return {
    id,
    ref: null,
    name: `Measure ${id}`,
    group: '1',
    owners: [{ key: 'ann archer', name: 'Ann Archer', role: null, kind: 'lead' }],
    groupLeads: [],
    target: { text: '75%', value: 75, kind: 'number', wants: 'the figure' },
    baseline: '',
    interim: [],
    narrative: '',
    tracked: true,
    order: 0,
    version: 0,
    readIn: null,
    readBy: null,
    readAt: null,
    last: null,
    ...more,
  };
}

function readingOf(measure: string, more: Partial<Reading>): Reading {
  return {
    measure,
    period: '2023-09',
    when: '2023-09',
    version: 0,
    text: '62%',
    value: 62,
    kind: 'number',
    by: null,
    at: '2023-09-01T09:00:00.000Z',
    onBehalfOf: null,
    chat: '',
    late: false,
    savedAnyway: [],
    ...more,
  };
}

function reportOf(group: string): GroupReport {
  return { id: `r${group}`, group, leads: [], assurance: [], version: 0, last: null };
}

function returnOf(more: Partial<GroupReturn>): GroupReturn {
  return {
    report: 'r1',
    group: '1',
    version: 1,
    period: '2023-09',
    recommendation: '',
    assurance: [{ id: 'a1', activity: 'Audit files', complete: 'Yes', impact: '' }],
    by: { id: 'ann', name: 'Ann Archer' },
    at: '2023-09-21T10:00:00.000Z',
    onBehalfOf: null,
    chat: 'chat',
    late: false,
    ...more,
  };
}

const DETAIL: PlanDetail = {
  outcomes: [{ ref: '1.1', group: '1', title: 'Waiting is shorter' }],
  milestones: [],
  recommendations: [{ group: '1', ref: null, text: 'Agree the extra post.' }],
  people: [{ code: 'AA', name: 'Ann Archer', role: null, organisation: 'The council' }],
  narratives: [{ group: '1', text: 'A good quarter.' }],
  assurance: [{ id: 'a9', activity: 'Audit files', complete: 'Y', impact: 'Fewer errors' }],
};

function sorted(readings: readonly Reading[]): Reading[] {
  return [...readings].sort((a, b) => a.when.localeCompare(b.when));
}

async function found<T>(read: Promise<T | null>): Promise<T> {
  const value = await read;
  if (!value) throw new Error('it is not there');
  return value;
}

const memory = new MemoryTable();
describeMeasures('in memory', () => memory);

describe('on Azurite', () => {
  let azurite: RunningAzurite;
  let table: Table;
  beforeAll(async () => {
    azurite = await startTestAzurite();
    const client = TableClient.fromConnectionString(azurite.connectionString, 'measures', {
      allowInsecureConnection: true,
    });
    await ensureTable(client);
    table = new AzureTable(client);
  });
  afterAll(() => azurite.stop());

  describeMeasures('on Azurite', () => table);
});
