import { Conflict } from '../../src/app/ports';
import { newCycle } from '../../src/domain/cycle';
import { newMessage } from '../../src/domain/message';
import type { Action, Plan } from '../../src/domain/plan';
import { DEFAULT_CALENDAR } from '../../src/domain/plan';
import { takePosition } from '../../src/domain/position';
import type { LeadRecord } from '../../src/domain/prompt';
import { type Snapshot, snapshotOf } from '../../src/domain/snapshot';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { applyAnswer, type Update } from '../../src/domain/update';
import { TableLeaseStore } from '../../src/storage/leaseStore';
import { TableMonthStore } from '../../src/storage/monthStore';
import { TablePeopleStore } from '../../src/storage/peopleStore';
import { TablePlanStore } from '../../src/storage/planStore';
import type { Table } from '../../src/storage/table';
import { CountingTable, Crash, CrashingTable, CrashPlan } from '../fakes/tables';
import { newPartition } from './tableContract';

/** What the stores must do over any table: one suite for the fake and for Azure Tables. */
export function describeStores(name: string, open: () => Table): void {
  describe(`plans: ${name}`, () => {
    const store = () => new TablePlanStore(open());

    test('a plan comes back whole, with its actions in ref order', async () => {
      const plan = planOf();
      const actions = ['10.1.1', '1.2.1', 'AIP4', '1.10.2'].map((ref, n) => actionOf(`a${n}`, ref));
      const leads = [leadOf('Ann Archer')];
      await store().createPlan(plan, actions, leads);
      expect((await store().readPlan(plan.id))?.value).toEqual(plan);
      expect((await store().readActions(plan.id)).map(({ ref }) => ref)).toEqual([
        '1.2.1',
        '1.10.2',
        '10.1.1',
        'AIP4',
      ]);
      expect((await store().readLeads(plan.id)).map(({ value }) => value)).toEqual(leads);
      expect(await store().readActionsOfLead(plan.id, 'ann archer')).toHaveLength(4);
      expect(await store().readActionsOfLead(plan.id, 'ann')).toEqual([]);
      expect((await store().listPlans()).find(({ id }) => id === plan.id)).toEqual({
        id: plan.id,
        title: plan.title,
        tenant: null,
        bound: false,
        loadedAt: plan.loadedAt,
        nextDue: null,
        stuck: null,
      });
    });

    test('a plan of 1,000 actions with long cells is loaded and read', async () => {
      const plan = planOf();
      const actions = Array.from({ length: 1_000 }, (_, n) => actionOf(`a${n}`, `${1 + (n % 10)}.${n}`));
      const long = actions.map((action, n) =>
        n < 60 ? { ...action, narrative: `${n} ${'ক'.repeat(32_000)}` } : action,
      );
      await store().createPlan(plan, long, []);
      const read = await store().readActions(plan.id);
      expect(read).toHaveLength(1_000);
      expect(read.find(({ id }) => id === 'a59')?.narrative).toBe(`59 ${'ক'.repeat(32_000)}`);
    }, 60_000);

    test('nobody sees a plan whose loading stopped anywhere in between', async () => {
      const plan = planOf();
      const actions = Array.from({ length: 60 }, (_, n) => actionOf(`a${n}`, `1.${n}`));
      const crash = new CrashPlan();
      for (const at of [1, 2, 3]) {
        crash.mend();
        crash.crashAt(at);
        const broken = new TablePlanStore(new CrashingTable(open(), crash));
        await expect(broken.createPlan(plan, actions, [])).rejects.toThrow(Crash);
        expect((await store().listPlans()).filter(({ id }) => id === plan.id)).toEqual([]);
      }
      await store().createPlan(plan, actions, []);
      expect((await store().listPlans()).filter(({ id }) => id === plan.id)).toHaveLength(1);
    });

    test.each([
      ['of 100,000 characters', 'A long sentence. '.repeat(5_900)],
      ['with surrogate pairs at every border', `x${'😀'.repeat(40_000)}`],
      ['with surrogate pairs one further', '😀'.repeat(40_000)],
      // Azurite parted a transaction at Unicode's own line ends, which Word leaves in a text: the reply could not be saved.
      ['with line ends of Word’s', 'One line.\u2028Another.\u2029A third.\u0085\u000b'],
      ['with halves of pairs', `a\ud800b\udc00${'c'.repeat(29_900)}\ud800\ud800`],
      [
        'with control characters',
        Array.from({ length: 160 }, (_, n) => String.fromCharCode(n))
          .join('')
          .repeat(200),
      ],
      ['in other scripts', 'Ștefan, Łukasz, Nguyễn, محمد, 李小龍, ܐܪܡܝܐ '.repeat(1_000)],
      ['of spaces and line ends', ' \r\n\t \n'.repeat(6_000)],
      ['that looks like a template', `{{DATE(2023-09-01,SHORT)}} ${'$'}{x} $& \\u0000 \\" `.repeat(2_000)],
    ])('keeps a narrative %s', async (_kind, narrative) => {
      const plan = planOf();
      await store().createPlan(plan, [{ ...actionOf('a1', '1.1'), narrative }], []);
      expect((await store().readAction(plan.id, 'a1'))?.value.narrative).toBe(narrative);
      expect((await store().readActionsOfLead(plan.id, 'ann archer'))[0]?.narrative).toBe(narrative);
    });

    test('says so when a text is too long for a row, and writes nothing', async () => {
      const plan = planOf();
      const huge = { ...actionOf('a1', '1.1'), narrative: 'x'.repeat(600_000) };
      await expect(store().createPlan(plan, [huge], [])).rejects.toThrow(RangeError);
      expect(await store().readPlan(plan.id)).toBeNull();
    });

    test('a lead named twice against one action is one row', async () => {
      const plan = planOf();
      const action = actionOf('a1', '1.1');
      const twice = { ...action, leads: [...action.leads, ...action.leads] };
      await store().createPlan(plan, [twice], []);
      const before = await store().readAction(plan.id, 'a1');
      if (!before) throw new Error('no action');
      const { action: after, update } = replied(twice, 'It is done as planned.');
      await store().saveUpdate(plan.id, before, after, update);
      expect(await store().readActionsOfLead(plan.id, 'ann archer')).toEqual([after]);
    });

    test('a reply is kept whole: the action, its update, and the row under each lead', async () => {
      const { plan, before } = await loaded(open());
      const { action, update } = replied(before.value, 'Half of it is done.');
      await store().saveUpdate(plan.id, before, action, update);
      expect((await store().readAction(plan.id, 'a1'))?.value).toEqual(action);
      expect(await store().readActionsOfLead(plan.id, 'ann archer')).toEqual([action]);
      expect(await store().readActionsOfLead(plan.id, 'ben baker')).toEqual([action]);
      expect(await store().readUpdate(plan.id, 'a1', 1)).toEqual(update);
      expect(await store().readUpdate(plan.id, 'a1', 2)).toBeNull();
    });

    test('a reply is kept not at all when somebody was first', async () => {
      const { plan, before } = await loaded(open());
      const first = replied(before.value, 'The first words count.');
      await store().saveUpdate(plan.id, before, first.action, first.update);
      const second = replied(before.value, 'The second words do not.');
      await expect(store().saveUpdate(plan.id, before, second.action, second.update)).rejects.toThrow(
        Conflict,
      );
      expect((await store().readAction(plan.id, 'a1'))?.value).toEqual(first.action);
      expect(await store().readActionsOfLead(plan.id, 'ben baker')).toEqual([first.action]);
      expect(await store().readUpdates(plan.id, 'a1')).toEqual([first.update]);
    });

    test('an update is never changed: one of the same version is refused', async () => {
      const { plan, before } = await loaded(open());
      const first = replied(before.value, 'The first words count.');
      await store().saveUpdate(plan.id, before, first.action, first.update);
      const now = await store().readAction(plan.id, 'a1');
      if (!now) throw new Error('no action');
      const forged = { ...first.update, after: { ...first.update.after, narrative: 'Something else.' } };
      await expect(store().saveUpdate(plan.id, now, first.action, forged)).rejects.toThrow(Conflict);
      expect(await store().readUpdates(plan.id, 'a1')).toEqual([first.update]);
    });

    test('updates come newest first, also beyond nine', async () => {
      const { plan, before } = await loaded(open());
      let stored = before;
      for (let version = 1; version <= 12; version += 1) {
        const next = replied(stored.value, `Words of version ${version} here.`);
        await store().saveUpdate(plan.id, stored, next.action, next.update);
        stored = (await store().readAction(plan.id, 'a1')) ?? stored;
      }
      const versions = (await store().readUpdates(plan.id, 'a1')).map(({ version }) => version);
      expect(versions).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    });

    test('all updates of a plan come together, each action\u2019s newest first', async () => {
      const { plan, before } = await loaded(open());
      const first = replied(before.value, 'The first words count.');
      await store().saveUpdate(plan.id, before, first.action, first.update);
      const now = await store().readAction(plan.id, 'a1');
      if (!now) throw new Error('no action');
      const second = replied(now.value, 'The second words count too.');
      await store().saveUpdate(plan.id, now, second.action, second.update);
      expect(await store().readAllUpdates(plan.id)).toEqual([second.update, first.update]);
    });

    test('says when to look next, and neither a binding nor that time is lost to the other', async () => {
      const { plan } = await loaded(open());
      const entry = async () => (await store().listPlans()).find(({ id }) => id === plan.id);
      await store().setNextDue(plan.id, '2023-09-20T08:00:00.000Z');
      expect((await entry())?.nextDue).toBe('2023-09-20T08:00:00.000Z');
      const stored = await store().readPlan(plan.id);
      if (!stored) throw new Error('no plan');
      const bound = {
        ...plan,
        binding: {
          tenant: 't',
          team: 'x',
          teamName: '',
          serviceUrl: '',
          channel: 'x',
          channelName: '',
          boundAt: '',
        },
      };
      await Promise.all([
        store().savePlan({ ...stored, value: bound }),
        store().setNextDue(plan.id, '2023-09-21T08:00:00.000Z'),
        store().setNextDue('no-such-plan', '2023-09-21T08:00:00.000Z'),
      ]);
      expect(await entry()).toMatchObject({ bound: true, tenant: 't', nextDue: '2023-09-21T08:00:00.000Z' });
      await store().setNextDue(plan.id, null);
      expect((await entry())?.nextDue).toBeNull();
      await expect(store().savePlan({ ...stored, value: plan })).rejects.toThrow(Conflict);
    });

    test('leads with odd names are kept apart', async () => {
      const plan = planOf();
      const keys = ['a|b', 'a', 'a|', 'ann', 'ann b', 'é', '李', "o'neil", 'x'.repeat(120)];
      const actions = keys.map((key, n) => ({
        ...actionOf(`a${n}`, `1.${n}`),
        leads: [{ key, name: key, role: null, kind: 'lead' as const }],
      }));
      await store().createPlan(plan, actions, keys.map(leadOf));
      for (const [n, key] of keys.entries())
        expect((await store().readActionsOfLead(plan.id, key)).map(({ id }) => id)).toEqual([`a${n}`]);
      expect(await store().readLeads(plan.id)).toHaveLength(keys.length);
    });

    test('a person’s actions are one query, whatever the plan’s size', async () => {
      const { plan } = await loaded(open());
      const table = new CountingTable(open());
      await new TablePlanStore(table).readActionsOfLead(plan.id, 'ann archer');
      expect(table.calls.map(({ verb }) => verb)).toEqual(['range']);
    });
  });

  describe(`months: ${name}`, () => {
    const months = () => new TableMonthStore(open());

    test('a month opens once: the cycle and the plan that points at it together', async () => {
      const { plan } = await loaded(open());
      const plans = new TablePlanStore(open());
      const stored = await plans.readPlan(plan.id);
      if (!stored) throw new Error('no plan');
      const pointing = { ...stored, value: { ...plan, latest: '2023-09' as const } };
      await months().openCycle(pointing, cycleOf());
      expect((await plans.readPlan(plan.id))?.value.latest).toBe('2023-09');
      expect((await months().readCycle(plan.id, '2023-09'))?.value).toEqual(cycleOf());
      await expect(months().openCycle(pointing, cycleOf())).rejects.toThrow(Conflict);
      const again = await plans.readPlan(plan.id);
      if (!again) throw new Error('no plan');
      await expect(
        months().openCycle({ ...again, value: { ...again.value, title: 'x' } }, cycleOf()),
      ).rejects.toThrow(Conflict);
      expect((await plans.readPlan(plan.id))?.value.title).toBe(plan.title);
    });

    test('cycles come oldest first, and one is saved only as it was read', async () => {
      const { plan } = await loaded(open());
      const plans = new TablePlanStore(open());
      for (const period of ['2023-11', '2022-12', '2023-09'] as const) {
        const stored = await plans.readPlan(plan.id);
        if (stored) await months().openCycle(stored, { ...cycleOf(), period });
      }
      expect((await months().readCycles(plan.id)).map(({ period }) => period)).toEqual([
        '2022-12',
        '2023-09',
        '2023-11',
      ]);
      const read = await months().readCycle(plan.id, '2023-09');
      if (!read) throw new Error('no cycle');
      const notice = newMessage({
        key: 'notice|closed|2023-09|x',
        kind: 'notice',
        period: '2023-09',
        to: 'x',
      });
      const closed = { ...read.value, state: 'closed' as const };
      const saved = await months().saveCycle(plan.id, { ...read, value: closed }, [notice]);
      expect(saved.value).toEqual(closed);
      expect(await months().readMessage(plan.id, notice.key)).not.toBeNull();
      await expect(months().saveCycle(plan.id, { ...read, value: read.value })).rejects.toThrow(Conflict);
      await expect(months().saveCycle(plan.id, saved, [notice])).rejects.toThrow(Conflict);
    });

    test('messages: each key once, those that are there are left as they are', async () => {
      const { plan } = await loaded(open());
      const keys = Array.from({ length: 130 }, (_, n) => `prompt|2023-09|p${n}`);
      const fresh = keys.map((key) => newMessage({ key, kind: 'prompt', period: '2023-09', to: 'x' }));
      await months().addMessages(plan.id, fresh.slice(0, 3));
      const first = await months().readMessage(plan.id, 'prompt|2023-09|p0');
      if (!first) throw new Error('no message');
      await months().saveMessage(plan.id, { ...first, value: { ...first.value, state: 'sent' } });
      await Promise.all([months().addMessages(plan.id, fresh), months().addMessages(plan.id, fresh)]);
      expect(await months().readMessages(plan.id, 'prompt|2023-09|')).toHaveLength(130);
      expect((await months().readMessage(plan.id, 'prompt|2023-09|p0'))?.value.state).toBe('sent');
      expect(await months().readMessages(plan.id, 'prompt|2023-0|')).toEqual([]);
      expect(await months().readMessages(plan.id)).toHaveLength(130);
      await expect(months().saveMessage(plan.id, first)).rejects.toThrow(Conflict);
      await months().addMessages(plan.id, []);
    });

    test('messages to people with odd ids', async () => {
      const { plan } = await loaded(open());
      const keys = ['29:1a/b+c==', 'lead|anna o’neil', 'lead|a/b', '#?%', '😀', 'x~y'].map(
        (to) => `prompt|2023-09|${to}`,
      );
      await months().addMessages(
        plan.id,
        keys.map((key) => newMessage({ key, kind: 'prompt', period: '2023-09', to: null })),
      );
      for (const key of keys) expect((await months().readMessage(plan.id, key))?.value.key).toBe(key);
      expect(await months().readMessages(plan.id, 'prompt|2023-09|')).toHaveLength(keys.length);
    });

    test('a position is frozen once, with its snapshots; what a stopped attempt left is gone', async () => {
      const { plan } = await loaded(open());
      const many = Array.from({ length: 130 }, (_, n) => snapshot(`s${n}`, `1.${n}`));
      const crash = new CrashPlan();
      crash.crashAt(2);
      const broken = new TableMonthStore(new CrashingTable(open(), crash));
      await expect(broken.freezePosition(plan.id, positionOf(many), many)).rejects.toThrow(Crash);
      expect(await months().readPosition(plan.id, '2023-09')).toBeNull();

      const some = many.slice(20, 60).map((one) => ({ ...one, percent: 99 }));
      await months().freezePosition(plan.id, positionOf(some), some);
      expect(await months().readPosition(plan.id, '2023-09')).toEqual(positionOf(some));
      expect(await months().readSnapshots(plan.id, '2023-09')).toEqual(some);
      await expect(months().freezePosition(plan.id, positionOf(many), many)).rejects.toThrow(Conflict);
      expect(await months().readSnapshots(plan.id, '2023-09')).toEqual(some);
      expect((await months().readPositions(plan.id)).map(({ period }) => period)).toEqual(['2023-09']);
      expect(await months().readSnapshots(plan.id, 'loaded')).toHaveLength(1);
    });

    test('a position of 200 actions with long words is frozen', async () => {
      const { plan } = await loaded(open());
      const many = Array.from({ length: 200 }, (_, n) => ({
        ...snapshot(`s${n}`, `1.${n}`),
        narrative: '“”'.repeat(10_000),
      }));
      await months().freezePosition(plan.id, positionOf(many), many);
      expect(await months().readSnapshots(plan.id, '2023-09')).toHaveLength(200);
    }, 60_000);

    test('earlier totals: a later one of the same period replaces the earlier', async () => {
      const { plan } = await loaded(open());
      const totals = (red: number) => ({
        period: '2023-06' as const,
        counts: { red, amber: 32, green: 29, blue: 31, grey: 2, none: 0 },
        scale: 'five-colours',
        from: 'typed' as const,
      });
      await months().saveEarlierTotals(plan.id, totals(1));
      await months().saveEarlierTotals(plan.id, totals(0));
      expect(await months().readEarlierTotals(plan.id)).toEqual([totals(0)]);
    });
  });

  describe(`people: ${name}`, () => {
    const people = () => new TablePeopleStore(open());
    const person = (tenant: string, id: string, plan: string) => ({
      id,
      tenant,
      userId: `29:${id}/+=#`,
      name: 'Zoë O’Neil',
      email: null,
      serviceUrl: 'https://teams',
      conversation: null,
      plans: [{ plan, leads: ['zoe oneil'], answersFor: [], present: true }],
      unreachable: null,
      welcomed: false,
    });

    test('a person is found by id and by Teams’ id, in their own tenant only', async () => {
      const tenant = newPartition();
      const one = person(tenant, 'one', 'p');
      await people().savePerson({ value: one, etag: null });
      expect((await people().readPerson(tenant, 'one'))?.value).toEqual(one);
      expect((await people().findByUserId(tenant, one.userId))?.value).toEqual(one);
      expect(await people().readPerson(newPartition(), 'one')).toBeNull();
      expect(await people().findByUserId(newPartition(), one.userId)).toBeNull();
      await expect(people().savePerson({ value: one, etag: null })).rejects.toThrow(Conflict);
    });

    test('a person who changed meanwhile is not overwritten', async () => {
      const tenant = newPartition();
      const one = person(tenant, 'one', 'p');
      await people().savePerson({ value: one, etag: null });
      const read = await people().readPerson(tenant, 'one');
      if (!read) throw new Error('no person');
      await people().savePerson({ ...read, value: { ...one, name: 'Zoë Neil' } });
      await expect(people().savePerson({ ...read, value: { ...one, name: 'Lost' } })).rejects.toThrow(
        Conflict,
      );
      expect((await people().readPerson(tenant, 'one'))?.value.name).toBe('Zoë Neil');
    });

    test('the members of a plan, present or not, and nobody else', async () => {
      const tenant = newPartition();
      await people().savePerson({ value: person(tenant, 'one', 'p'), etag: null });
      await people().savePerson({ value: person(tenant, 'two', 'q'), etag: null });
      expect((await people().readMembers(tenant, 'p')).map(({ id }) => id)).toEqual(['one']);
      expect(await people().readMembers(newPartition(), 'p')).toEqual([]);
    });

    test('a team is listed as new until it is settled, and again when something is noted', async () => {
      const tenant = newPartition();
      const team = {
        tenant,
        id: '19:x/y@thread.tacv2',
        name: '',
        serviceUrl: '',
        plan: null,
        addedBy: null,
        addedAt: '',
        told: null,
        state: 'new' as const,
      };
      const listed = async () =>
        (await people().readNewTeams())
          .filter(({ value }) => value.tenant === tenant)
          .map(({ value }) => value.id);
      await people().saveTeam({ value: team, etag: null });
      expect(await listed()).toEqual([team.id]);
      const read = await people().readTeam(tenant, team.id);
      if (!read) throw new Error('no team');
      await people().saveTeam({ ...read, value: { ...team, state: 'settled' } });
      expect(await listed()).toEqual([]);
      await expect(people().saveTeam({ ...read, value: team })).rejects.toThrow(Conflict);
      const settled = await people().readTeam(tenant, team.id);
      if (!settled) throw new Error('no team');
      await people().saveTeam({ ...settled, value: team });
      expect(await listed()).toEqual([team.id]);
    });

    test('a note that comes while another strikes the team off is not lost', async () => {
      const tenant = newPartition();
      const team = {
        tenant,
        id: 't',
        name: '',
        serviceUrl: '',
        plan: null,
        addedBy: null,
        addedAt: '',
        told: null,
        state: 'new' as const,
      };
      await people().saveTeam({ value: team, etag: null });
      const read = await people().readTeam(tenant, 't');
      if (!read) throw new Error('no team');
      // Just before the settled team is struck off the list, another instance notes that somebody joined.
      const between = new (class extends CountingTable {
        override async write(...[partition, writes]: Parameters<Table['write']>) {
          if (writes[0]?.op === 'delete') {
            const now = await people().readTeam(tenant, 't');
            if (now) await people().saveTeam({ ...now, value: team });
          }
          return super.write(partition, writes);
        }
      })(open());
      await new TablePeopleStore(between).saveTeam({ ...read, value: { ...team, state: 'settled' } });
      const listed = (await people().readNewTeams()).filter(({ value }) => value.tenant === tenant);
      expect(listed).toHaveLength(1);
    });
  });

  describe(`leases: ${name}`, () => {
    test('is one owner’s until it is dropped or has expired', async () => {
      const plan = newPartition();
      let now = Date.parse('2023-09-20T08:00:00Z');
      const leases = new TableLeaseStore(open(), () => new Date(now));
      expect(await leases.takeLease(plan, 'one', 20)).toEqual({ taken: false });
      expect(await leases.takeLease(plan, 'two', 20)).toBeNull();
      now += 15_000;
      expect(await leases.takeLease(plan, 'one', 20)).toEqual({ taken: false });
      now += 15_000;
      expect(await leases.takeLease(plan, 'two', 20)).toBeNull();
      now += 6_000;
      expect(await leases.takeLease(plan, 'two', 20)).toEqual({ taken: true });
      expect(await leases.takeLease(plan, 'one', 20)).toBeNull();
      await leases.dropLease(plan, 'one');
      expect(await leases.takeLease(plan, 'one', 20)).toBeNull();
      await leases.dropLease(plan, 'two');
      expect(await leases.takeLease(plan, 'one', 20)).not.toBeNull();
      await leases.dropLease(newPartition(), 'one');
    });

    test('of many who ask at once one gets it', async () => {
      const plan = newPartition();
      const leases = new TableLeaseStore(open(), () => new Date());
      const owners = Array.from({ length: 8 }, (_, n) => `owner-${n}`);
      const given = await Promise.all(owners.map((owner) => leases.takeLease(plan, owner, 20)));
      expect(given.filter(Boolean)).toHaveLength(1);
    });
  });
}

function planOf(): Plan {
  return {
    id: newPartition(),
    title: 'A plan — “50%”',
    asOf: '2023-08',
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

function actionOf(id: string, ref: string): Action {
  return {
    id,
    ref,
    group: '1',
    title: `Action ${ref}`,
    leads: [{ key: 'ann archer', name: 'Ann Archer', role: null, kind: 'lead' }],
    groupLeads: [],
    planned: null,
    revised: null,
    see: [],
    status: { text: 'A', key: 'amber' },
    percent: 50,
    narrative: 'Under way.',
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

function leadOf(name: string): LeadRecord {
  return {
    lead: { key: name.toLowerCase(), name, role: null, kind: 'lead' },
    person: null,
    settled: null,
    answeredBy: null,
    proposed: [],
  };
}

/** A plan of one action with two leads, in storage. */
async function loaded(table: Table) {
  const plans = new TablePlanStore(table);
  const plan = planOf();
  const action = actionOf('a1', '1.1');
  const shared: Action = {
    ...action,
    leads: [...action.leads, { key: 'ben baker', name: 'Ben Baker', role: null, kind: 'co-lead' }],
  };
  await plans.createPlan(plan, [shared], [leadOf('Ann Archer'), leadOf('Ben Baker')]);
  const before = await plans.readAction(plan.id, 'a1');
  if (!before) throw new Error('no action');
  return { plan, before };
}

function replied(before: Action, narrative: string): { action: Action; update: Update } {
  return applyAnswer(
    before,
    { percent: 60, status: 'amber', narrative, revised: '2024-01-31', barriers: '', ask: '' },
    {
      period: '2023-09',
      at: new Date('2023-09-21T10:00:00Z'),
      by: { id: 'ann', name: 'Ann Archer' },
      onBehalfOf: null,
      chat: 'chat',
      late: false,
      savedAnyway: [],
    },
  );
}

function cycleOf() {
  const at = new Date('2023-09-20T08:00:00Z');
  return newCycle('2023-09', at, null, { opens: at, reminders: [], closes: at, publishes: at });
}

function snapshot(id: string, ref: string): Snapshot {
  return snapshotOf(actionOf(id, ref), DEFAULT_SCALE);
}

function positionOf(actions: readonly Snapshot[]) {
  return takePosition({
    period: '2023-09',
    at: new Date('2023-10-02T08:00:00Z'),
    scale: DEFAULT_SCALE,
    groups: [],
    actions,
    before: [],
    earlier: [],
    asked: [],
  });
}
