import type { Person } from '../../src/app/ports';
import type { Delivery } from '../../src/domain/message';
import type { Table, Write } from '../../src/storage/table';
import { CrashPlan, HiccupTable, RepeatingTable } from '../fakes/tables';
import { line, makeWorld, OCTOBER, SEPTEMBER, TENANT } from '../fakes/world';

const ANN = 'prompt|2023-09|ann-archer';
const throttled: Delivery = { outcome: 'throttled', retryAfterMs: 30_000, reason: '429 TooManyRequests' };
const lost: Delivery = { outcome: 'unconfirmed', reason: 'no answer in time' };

function refusal(why: 'blocked' | 'not-installed'): Delivery & { outcome: 'unreachable' } {
  return { outcome: 'unreachable', why, reason: '403' };
}

describe('sending', () => {
  test('throttled: tried again when Teams said, and arrives once', async () => {
    const world = await makeWorld();
    await world.open();
    world.teams.script(
      'ann-archer',
      { delivery: throttled, arrives: false },
      { delivery: throttled, arrives: false },
    );
    await world.advance();
    expect(await world.message(ANN)).toMatchObject({ state: 'throttled', throttled: 1 });
    expect((await world.deps.plans.listPlans())[0]?.nextDue).toBe('2023-09-01T09:00:30.000Z');
    await world.advance();
    expect((await world.message(ANN)).throttled).toBe(1);
    world.clock.advance(30_000);
    await world.advance();
    world.clock.advance(30_000);
    await world.advance();
    expect(await world.message(ANN)).toMatchObject({ state: 'sent', throttled: 2 });
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  test('throttled while the chat is opened: the same', async () => {
    const world = await makeWorld();
    await world.open();
    world.teams.scriptChat('ann-archer', { outcome: 'throttled', retryAfterMs: 1_000, reason: '429' });
    await world.advance();
    expect((await world.message(ANN)).state).toBe('throttled');
    world.clock.advance(1_000);
    await world.advance();
    expect((await world.message(ANN)).state).toBe('sent');
  });

  test('blocked, or not installed: listed with why, the others are asked all the same', async () => {
    const world = await makeWorld();
    await world.open();
    world.teams.scriptChat('ben-baker', refusal('not-installed'));
    world.teams.script('ann-archer', { delivery: refusal('blocked'), arrives: false });
    await world.advance();
    expect(await world.message(ANN)).toMatchObject({ state: 'unreachable', why: 'blocked' });
    expect(await world.message('prompt|2023-09|ben-baker')).toMatchObject({
      state: 'unreachable',
      why: 'not-installed',
    });
    expect((await world.message('prompt|2023-09|dan-draper')).state).toBe('sent');
    expect((await world.deps.people.readPerson(TENANT, 'ann-archer'))?.value.unreachable).toBe('blocked');
    await world.advance();
    expect(world.teams.arrivedAt('ann-archer')).toEqual([]);
  });

  test('unconfirmed: never sent again by itself, but covered by the next reminder', async () => {
    const world = await makeWorld({ now: '2023-09-20T08:30:00Z' });
    await world.open();
    world.teams.script('ann-archer', { delivery: lost, arrives: false });
    await world.advance();
    await world.advance(world.instance('second'));
    expect((await world.message(ANN)).state).toBe('unconfirmed');
    expect(world.teams.arrivedAt('ann-archer')).toEqual([]);
    world.clock.set('2023-09-26T08:00:00Z');
    await world.advance();
    expect(world.teams.arrivedAt('ann-archer').map(({ summary }) => summary)).toEqual([
      'reminder|2023-09|1|ann-archer',
    ]);
  });

  test('what a process that stopped was sending is unconfirmed to the next, and not sent again', async () => {
    const world = await makeWorld();
    await world.open();
    const stored = await world.deps.months.readMessage(world.planId, ANN);
    if (!stored) throw new Error('no prompt');
    await world.deps.months.saveMessage(world.planId, {
      ...stored,
      value: { ...stored.value, state: 'sending', claimedBy: 'gone' },
    });
    await world.advance(world.instance('next'));
    expect((await world.message(ANN)).state).toBe('unconfirmed');
    expect(world.teams.arrivedAt('ann-archer')).toEqual([]);
    expect(world.teams.arrivedAt('ben-baker')).toHaveLength(1);
  });

  test('a messenger that breaks: the others are sent, this one is listed, nothing is sent twice', async () => {
    const world = await makeWorld();
    await world.open();
    for (const to of ['ann-archer', 'ben-baker', 'dan-draper'])
      world.teams.script(to, { throws: new Error('unexpected'), arrives: true });
    await expect(world.advance()).rejects.toThrow('unexpected');
    await world.advance();
    await world.advance();
    expect((await world.message(ANN)).state).toBe('unconfirmed');
    expect((await world.message('prompt|2023-09|eve-eaton')).state).toBe('sent');
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  test('twenty that can’t be composed do not hold up the rest', async () => {
    const lines = Array.from({ length: 30 }, (_, n) => ({
      name: `Lead ${String.fromCharCode(97 + n)}${n} Person`,
    }));
    const world = await makeWorld({
      lines: lines.map(({ name }, n) => line(`1.${n}`, [name])),
      people: ['Olive Officer', ...lines.map(({ name }) => name)],
      composer: {
        compose: async (_plan, message, to) => {
          if (message.kind === 'prompt' && Number(/\d+/.exec(to?.name ?? '')?.[0]) < 20)
            throw new Error('no card');
          return { summary: message.key };
        },
      },
    });
    await world.open();
    await expect(world.advance()).rejects.toThrow('no card');
    const states = (await world.messages('prompt|2023-09|')).map(({ state }) => state);
    expect(states.filter((state) => state === 'sent')).toHaveLength(10);
    expect(states.filter((state) => state === 'planned')).toHaveLength(20);
  });

  test('a message that changes while its turn comes is sent as it is then, once', async () => {
    const world = await makeWorld();
    await world.open();
    // While Ann's is on its way, the one to Ben (and Ann's own) is changed: somebody settled a lead.
    const touch = async (key: string) => {
      const now = await world.deps.months.readMessage(world.planId, key);
      if (now)
        await world.deps.months.saveMessage(world.planId, {
          ...now,
          value: { ...now.value, leads: [...now.value.leads, 'x'] },
        });
    };
    world.teams.script('ann-archer', { arrives: true, meanwhile: () => touch(ANN) });
    world.teams.script('dan-draper', { arrives: true, meanwhile: () => touch('prompt|2023-09|eve-eaton') });
    await world.advance();
    await world.advance();
    expect(await world.message(ANN)).toMatchObject({ state: 'sent', leads: ['ann archer', 'x'] });
    for (const to of ['ann-archer', 'ben-baker', 'dan-draper', 'eve-eaton'])
      expect(world.teams.arrivedAt(to)).toHaveLength(1);
  });

  test('what changed before its claim is looked at again at once', async () => {
    const world = await makeWorld({
      composer: {
        compose: async (_plan, message) => {
          if (message.key === ANN && message.leads.length === 1) {
            const now = await world.deps.months.readMessage(world.planId, ANN);
            if (now)
              await world.deps.months.saveMessage(world.planId, {
                ...now,
                value: { ...now.value, leads: ['ann archer', 'x'] },
              });
          }
          return { summary: message.key };
        },
      },
    });
    await world.open();
    await world.advance();
    expect(world.teams.arrivedAt('ann-archer')).toEqual([]);
    expect((await world.deps.plans.listPlans())[0]?.nextDue).toBe('2023-09-01T09:00:00.000Z');
    await world.advance();
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  test('a lease that is lost on the way: the other instance lists what was in flight, and the truth wins', async () => {
    const world = await makeWorld();
    await world.open();
    const second = world.instance('second');
    world.teams.script('ann-archer', {
      arrives: true,
      meanwhile: async () => {
        world.clock.advance(21_000);
        await world.advance(second);
      },
    });
    await world.advance();
    expect((await world.message(ANN)).state).toBe('sent');
    for (const to of ['ann-archer', 'ben-baker', 'dan-draper', 'eve-eaton'])
      expect(world.teams.arrivedAt(to)).toHaveLength(1);
  });

  test('a write of what came of it that is repeated late, when another instance has sent the message since, changes nothing', async () => {
    const world = await makeWorld();
    await world.open();
    const isRefusal = (write: Write) =>
      write.row.endsWith(ANN) && 'cells' in write && write.cells.state === 'throttled';
    const slow = world.instance(
      'slow',
      (table) =>
        new RepeatingTable(table, isRefusal, async () => {
          world.clock.advance(60_000);
          await world.advance(world.instance('second'));
        }),
    );
    world.teams.script('ann-archer', { delivery: throttled, arrives: false });
    await world.advance(slow);
    world.clock.advance(60_000);
    await world.advance();
    expect(await world.message(ANN)).toMatchObject({ state: 'sent', claimedBy: 'second' });
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  test('a chat that could not be opened says nothing of a message that another instance has sent since', async () => {
    const world = await makeWorld();
    await world.open();
    let isFirst = true;
    const teams = Object.assign(Object.create(world.teams) as typeof world.teams, {
      openChat: async (person: Person) => {
        if (person.id !== 'ann-archer' || !isFirst) return world.teams.openChat(person);
        isFirst = false;
        world.clock.advance(60_000);
        await world.advance(world.instance('second'));
        return throttled;
      },
    });
    await world.advance({ ...world.instance('slow'), messenger: teams });
    world.clock.advance(60_000);
    await world.advance();
    expect((await world.message(ANN)).state).toBe('sent');
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  test('one instance at a time: the other is told so', async () => {
    const world = await makeWorld();
    await world.deps.leases.takeLease(world.planId, 'somebody', 20);
    expect(await world.advance()).toBe(false);
    world.clock.advance(20_001);
    expect(await world.advance()).toBe(true);
  });

  test('a month that has given way to the next is not asked for any more', async () => {
    const world = await makeWorld();
    await world.open();
    world.teams.script('ann-archer', { delivery: throttled, arrives: false });
    await world.advance();
    await world.open(OCTOBER);
    world.clock.advance(60_000);
    await world.advance();
    expect((await world.message(ANN)).state).toBe('not-needed');
    expect(world.teams.arrivedAt('ann-archer').map(({ summary }) => summary)).toEqual([
      'prompt|2023-10|ann-archer',
    ]);
  });
});

describe('reminding', () => {
  async function opened() {
    const world = await makeWorld({ now: '2023-09-20T08:30:00Z' });
    await world.open();
    await world.advance();
    return world;
  }

  test('goes to who has something left to answer, twice before the close, each once', async () => {
    const world = await opened();
    await world.reply('Dan Draper', '3.2', { status: 'amber' });
    await world.reply('Ann Archer', '1.1');
    world.clock.set('2023-09-26T08:00:00Z');
    await Promise.all([world.advance(), world.advance(world.instance('second'))]);
    await world.advance();
    expect(remindedIn(world, 1)).toEqual(['ann-archer', 'ben-baker', 'eve-eaton']);
    await world.reply('Ben Baker', '1.2');
    world.clock.set('2023-09-28T08:00:00Z');
    await world.advance();
    await world.advance(world.instance('second'));
    expect(remindedIn(world, 2)).toEqual(['ben-baker', 'eve-eaton']);
  });

  test('of several that were missed only the last is sent; none when the month is to close', async () => {
    const world = await opened();
    world.clock.set('2023-09-29T09:00:00Z');
    await world.advance();
    expect(remindedIn(world, 1)).toEqual([]);
    expect(remindedIn(world, 2)).toHaveLength(4);

    const another = await opened();
    another.clock.set('2023-10-05T09:00:00Z');
    await another.advance();
    expect(remindedIn(another, 2)).toEqual([]);
    expect((await another.deps.months.readCycle(another.planId, SEPTEMBER))?.value.state).toBe('closed');
  });

  test('somebody who answers between planning and sending is not reminded', async () => {
    const world = await makeWorld({
      now: '2023-09-20T08:30:00Z',
      composer: {
        compose: async (_plan, message) => {
          if (message.key === 'reminder|2023-09|1|dan-draper') return null;
          return { summary: message.key };
        },
      },
    });
    await world.open();
    await world.advance();
    world.clock.set('2023-09-26T08:00:00Z');
    await world.advance();
    expect((await world.message('reminder|2023-09|1|dan-draper')).state).toBe('not-needed');
    expect(remindedIn(world, 1)).toEqual(['ann-archer', 'ben-baker', 'eve-eaton']);
  });

  test('nobody is reminded of a month that has given way, but it still closes', async () => {
    const world = await opened();
    await world.open(OCTOBER);
    world.clock.set('2023-09-26T08:00:00Z');
    await world.advance();
    expect(remindedIn(world, 1)).toEqual([]);
    world.clock.set('2023-09-29T16:00:00Z');
    await world.advance();
    expect((await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value.state).toBe('closed');
    expect((await world.deps.months.readCycle(world.planId, OCTOBER))?.value.state).toBe('open');
  });

  test('somebody who was blocked is tried again by the reminder', async () => {
    const world = await makeWorld({ now: '2023-09-20T08:30:00Z' });
    world.teams.script('ann-archer', { delivery: refusal('blocked'), arrives: false });
    await world.open();
    await world.advance();
    world.clock.set('2023-09-26T08:00:00Z');
    await world.advance();
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  function remindedIn(world: Awaited<ReturnType<typeof makeWorld>>, n: number): string[] {
    return world.teams.arrived
      .filter(({ content }) => content.summary.startsWith(`reminder|2023-09|${n}|`))
      .map(({ to }) => to)
      .sort();
  }
});

describe('while Steward was down', () => {
  test('a missed opening happens on return, with a fair time to answer', async () => {
    const world = await makeWorld();
    world.clock.set('2023-09-28T12:00:00Z');
    await world.advance();
    const cycle = (await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value;
    expect(cycle).toMatchObject({ state: 'open', closes: '2023-10-05T16:00:00.000Z' });
    expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
  });

  test('a whole month that was missed opens until the next one is due; then only the next one', async () => {
    const world = await makeWorld();
    world.clock.set('2023-10-19T12:00:00Z');
    await world.advance();
    expect((await world.deps.months.readCycles(world.planId)).map(({ period }) => period)).toEqual([
      SEPTEMBER,
    ]);

    const another = await makeWorld();
    another.clock.set('2023-10-20T12:00:00Z');
    await another.advance();
    expect((await another.deps.months.readCycles(another.planId)).map(({ period }) => period)).toEqual([
      OCTOBER,
    ]);
  });

  test('down from before the close to after the next opening: closed, published, and the next one opened', async () => {
    const world = await makeWorld({ now: '2023-09-20T08:30:00Z', calendar: { publishes: 'itself' } });
    await world.open();
    await world.advance();
    await world.reply('Ann Archer', '1.1', { status: 'green' });
    world.clock.set('2023-10-23T12:00:00Z');
    await world.advance();
    const cycles = await world.deps.months.readCycles(world.planId);
    expect(cycles.map(({ period, state }) => [period, state])).toEqual([
      [SEPTEMBER, 'published'],
      [OCTOBER, 'open'],
    ]);
    expect(world.teams.arrivedAt('team-1').map(({ summary }) => summary)).toContain('post|2023-09');
    expect(world.teams.arrivedAt('ann-archer').map(({ summary }) => summary)).toEqual([
      'prompt|2023-09|ann-archer',
      'prompt|2023-10|ann-archer',
    ]);
  });
});

describe('storage that hiccups', () => {
  const tables: HiccupTable[] = [];
  const wrap = (table: Table): Table => {
    const hiccup = new HiccupTable(table);
    tables.push(hiccup);
    return hiccup;
  };

  test.each(['read', 'range', 'write'] as const)(
    'once in a %s: nothing is lost, the next pass completes',
    async (verb) => {
      for (let n = 1; n <= 25; n += 1) {
        const world = await makeWorld();
        await world.open();
        tables.length = 0;
        const flaky = world.instance('flaky', wrap);
        let left = n;
        for (const table of tables)
          table.failNext((call) => {
            if (call.verb !== verb) return false;
            left -= 1;
            return left === 0;
          });
        await world.advance(flaky).catch(() => false);
        for (const table of tables) table.mend();
        world.clock.advance(21_000);
        await world.advance(flaky);
        for (const prompt of await world.messages('prompt|2023-09|'))
          expect(['sent', 'unconfirmed', 'unreachable']).toContain(prompt.state);
        for (const to of ['ann-archer', 'ben-baker', 'dan-draper', 'eve-eaton'])
          expect(world.teams.arrivedAt(to).length).toBeLessThanOrEqual(1);
      }
    },
  );

  test('a crash plan is fresh after it was mended', async () => {
    const crash = new CrashPlan();
    crash.crashAt(1);
    await expect(crash.write(async () => 1)).rejects.toThrow('stopped');
    expect(crash.crashed).toBe(true);
    crash.mend();
    expect(await crash.write(async () => 1)).toBe(1);
  });
});
