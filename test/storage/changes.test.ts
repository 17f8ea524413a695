import { TableClient } from '@azure/data-tables';
import { Conflict } from '../../src/app/ports';
import type { RunningAzurite } from '../../src/demo/processes';
import type { AuditEntry } from '../../src/domain/audit';
import { newCycle } from '../../src/domain/cycle';
import { newMessage } from '../../src/domain/message';
import { type Action, DEFAULT_CALENDAR, type NamedLead, type Plan } from '../../src/domain/plan';
import type { LeadRecord } from '../../src/domain/prompt';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { AzureTable, ensureTable } from '../../src/storage/azureTable';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableMonthStore } from '../../src/storage/monthStore';
import { TablePlanStore } from '../../src/storage/planStore';
import type { Table } from '../../src/storage/table';
import { startTestAzurite } from '../e2e/support/azurite';

/** Changes of who does what, and the audit: one suite for the table in memory and for Azure Tables. */
function describeChanges(name: string, open: () => Table): void {
  describe(`changes: ${name}`, () => {
    test('an action goes from lead to lead with all that goes with it', async () => {
      const { plans, months, plan, action } = await loaded(open());
      const before = await read(plans.readAction(plan.id, action.id));
      const cycle = await read(months.readCycle(plan.id, '2023-09'));
      const message = newMessage({ key: 'notice|handed|1', kind: 'notice', period: null, to: 'ben' });
      await plans.commitChange(plan.id, {
        moves: [{ before, after: { ...action, leads: [BEN] } }],
        newLeads: [recordOf(BEN)],
        cycle: { ...cycle, value: { ...cycle.value, reminded: 1 } },
        messages: [message],
        audit: [entry('a', '2023-09-01T09:00:00.000Z')],
      });
      expect((await plans.readActionsOfLead(plan.id, ANN.key)).map(({ id }) => id)).toEqual(['a2']);
      expect((await plans.readActionsOfLead(plan.id, BEN.key)).map(({ id }) => id)).toEqual(['a1']);
      expect((await plans.readAction(plan.id, 'a1'))?.value.leads).toEqual([BEN]);
      expect((await plans.readLeads(plan.id)).map(({ value }) => value.lead.key)).toEqual(['ann', 'ben']);
      expect((await months.readCycle(plan.id, '2023-09'))?.value.reminded).toBe(1);
      expect((await months.readMessage(plan.id, message.key))?.value).toEqual(message);
      expect(await plans.readAudit(plan.id, 9)).toHaveLength(1);
    });

    test('is refused whole when any part of it was changed meanwhile', async () => {
      const { plans, months, plan, action } = await loaded(open());
      const before = await read(plans.readAction(plan.id, action.id));
      const cycle = await read(months.readCycle(plan.id, '2023-09'));
      await months.saveCycle(plan.id, cycle);
      const change = {
        moves: [{ before, after: { ...action, leads: [BEN] } }],
        newLeads: [recordOf(BEN)],
        cycle,
        audit: [entry('a', '2023-09-01T09:00:00.000Z')],
      };
      await expect(plans.commitChange(plan.id, change)).rejects.toThrow(Conflict);
      expect(await plans.readActionsOfLead(plan.id, BEN.key)).toEqual([]);
      expect(await plans.readAudit(plan.id, 9)).toEqual([]);
      // A lead who is there by now is not made a second time.
      const known = { newLeads: [recordOf(ANN)], audit: [] };
      await expect(plans.commitChange(plan.id, known)).rejects.toThrow(Conflict);
    });

    test('a plan is saved with its line in the audit, or neither', async () => {
      const { plans, plan } = await loaded(open());
      const stored = await read(plans.readPlan(plan.id));
      await plans.savePlan({ ...stored, value: { ...plan, officers: ['x'] } }, [
        entry('a', '2023-09-01T09:00:00.000Z'),
      ]);
      await expect(
        plans.savePlan({ ...stored, value: plan }, [entry('b', '2023-09-01T09:00:00.000Z')]),
      ).rejects.toThrow(Conflict);
      expect((await plans.readAudit(plan.id, 9)).map(({ id }) => id)).toEqual(['a']);
    });

    test('the audit is read newest first, and no more of it than is wanted', async () => {
      const { plans, plan } = await loaded(open());
      for (const minute of [1, 4, 2, 3])
        await plans.addAudit(plan.id, entry(`e${minute}`, `2023-09-01T09:0${minute}:00.000Z`));
      expect((await plans.readAudit(plan.id, 3)).map(({ id }) => id)).toEqual(['e4', 'e3', 'e2']);
      expect(await plans.readAudit(plan.id, 100)).toHaveLength(4);
    });
  });
}

const ANN: NamedLead = { key: 'ann', name: 'Ann', role: null, kind: 'lead' };
const BEN: NamedLead = { key: 'ben', name: 'Ben', role: null, kind: 'lead' };

function recordOf(lead: NamedLead): LeadRecord {
  return { lead, person: lead.key, settled: 'chosen', answeredBy: null, proposed: [] };
}

function entry(id: string, at: string): AuditEntry {
  const who = { id: 'y', name: 'Y' };
  return { id, at, by: { id: 'x', name: 'X' }, chat: '', what: { kind: 'officer-added', who } };
}

function actionOf(id: string): Action {
  return {
    id,
    ref: id,
    group: '1',
    title: id,
    leads: [ANN],
    groupLeads: [],
    planned: null,
    revised: null,
    see: [],
    status: { text: '', key: null },
    percent: null,
    narrative: '',
    narrativeFrom: null,
    barriers: '',
    ask: '',
    version: 0,
    updatedIn: null,
    updatedBy: null,
    updatedAt: null,
    unchangedFor: 0,
    was: null,
  };
}

let plansMade = 0;

/** A plan of two actions of one lead, in an open month. */
async function loaded(table: Table) {
  plansMade += 1;
  const plan: Plan = {
    id: `changes-${plansMade}`,
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
  const plans = new TablePlanStore(table);
  const months = new TableMonthStore(table);
  const action = actionOf('a1');
  await plans.createPlan(plan, [action, actionOf('a2')], [recordOf(ANN)]);
  const at = new Date('2023-09-20T08:00:00Z');
  const cycle = newCycle('2023-09', at, null, { opens: at, reminders: [], closes: at, publishes: at });
  await months.openCycle(await read(plans.readPlan(plan.id)), cycle);
  return { plans, months, plan, action };
}

async function read<T>(found: Promise<T | null>): Promise<T> {
  const value = await found;
  if (!value) throw new Error('it is not there');
  return value;
}

const memory = new MemoryTable();
describeChanges('in memory', () => memory);

describe('on Azurite', () => {
  let azurite: RunningAzurite;
  let table: Table;
  beforeAll(async () => {
    azurite = await startTestAzurite();
    const client = TableClient.fromConnectionString(azurite.connectionString, 'changes', {
      allowInsecureConnection: true,
    });
    await ensureTable(client);
    table = new AzureTable(client);
  });
  afterAll(() => azurite.stop());

  describeChanges('on Azurite', () => table);
});
