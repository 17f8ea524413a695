import fc from 'fast-check';
import { recordUpdate } from '../../src/app/recordUpdate';
import { currentPosition, publishedPosition } from '../../src/app/viewPosition';
import { answer, callerOf, idOf, makeWorld, OCTOBER, SEPTEMBER } from '../fakes/world';
import { figureCounts } from './figures';

const LATER = '2023-09-30T09:00:00Z';

describe('a reply', () => {
  test('is kept with who, when, from which chat, and what stood before', async () => {
    const world = await makeWorld();
    await world.open();
    const outcome = await world.reply('Ann Archer', '1.1', {
      percent: 80,
      status: 'green',
      revised: '2024-01-31',
    });
    expect(outcome).toMatchObject({ outcome: 'saved', late: false, repeat: false });
    const { value } = await world.action('1.1');
    expect(value).toMatchObject({ percent: 80, version: 1, updatedIn: SEPTEMBER, updatedBy: 'Ann Archer' });
    expect(await world.deps.plans.readUpdates(world.planId, value.id)).toEqual([
      expect.objectContaining({
        version: 1,
        by: { id: 'ann-archer', name: 'Ann Archer' },
        chat: 'chat-ann-archer',
        at: '2023-09-01T09:00:00.000Z',
        late: false,
        onBehalfOf: null,
        before: expect.objectContaining({ status: 'amber', percent: 50 }),
        after: expect.objectContaining({ status: 'green', percent: 80, revisedText: '2024-01-31' }),
      }),
    ]);
  });

  test('may be corrected within the month: both are kept, the last one stands', async () => {
    const world = await makeWorld();
    await world.open();
    await world.reply('Ann Archer', '1.1', { percent: 80 });
    await world.reply('Ann Archer', '1.1', { percent: 70 });
    const { value } = await world.action('1.1');
    expect(value).toMatchObject({ percent: 70, version: 2, was: { status: 'amber', percent: 50 } });
    expect(await world.deps.plans.readUpdates(world.planId, value.id)).toHaveLength(2);
  });

  test('that comes twice is kept once, also when the two come at the same moment', async () => {
    const world = await makeWorld();
    await world.open();
    const { value } = await world.action('1.1');
    const same = { version: 0 };
    const both = await Promise.all([
      world.reply('Ann Archer', '1.1', {}, same),
      world.reply('Ann Archer', '1.1', {}, same),
    ]);
    expect(both.map((outcome) => outcome.outcome)).toEqual(['saved', 'saved']);
    expect(await world.reply('Ann Archer', '1.1', {}, same)).toMatchObject({
      outcome: 'saved',
      repeat: true,
    });
    expect(await world.deps.plans.readUpdates(world.planId, value.id)).toHaveLength(1);
  });

  test.each([
    ['an answer', {}],
    ['no change', 'no-change'],
  ] as const)('that comes again (%s) changes nothing even after a newer one', async (_what, said) => {
    const world = await makeWorld();
    await world.open();
    await world.reply('Ann Archer', '1.2', said, { version: 0 });
    await world.reply('Ben Baker', '1.2', { percent: 90, narrative: 'Ben says something else.' });
    await world.reply('Ann Archer', '1.2', { percent: 95, narrative: 'And Ann has the last word.' });
    const before = await world.action('1.2');
    expect(await world.reply('Ann Archer', '1.2', said, { version: 0 })).toMatchObject({
      outcome: 'saved',
      repeat: true,
    });
    expect(await world.action('1.2')).toEqual(before);
  });

  test('does not overwrite a co-lead’s newer one: it is shown', async () => {
    const world = await makeWorld();
    await world.open();
    await world.reply('Ben Baker', '1.2', { percent: 90 });
    const outcome = await world.reply('Ann Archer', '1.2', { percent: 40 }, { version: 0 });
    expect(outcome).toMatchObject({ outcome: 'newer', by: 'Ben Baker' });
    expect((await world.action('1.2')).value.percent).toBe(90);
    const again = await world.reply('Ann Archer', '1.2', 'no-change', { version: 0 });
    expect(again).toMatchObject({ outcome: 'newer', by: 'Ben Baker' });
  });

  test('of two co-leads at the same moment one is kept, and the other is told', async () => {
    const world = await makeWorld();
    await world.open();
    const outcomes = await Promise.all([
      world.reply('Ann Archer', '1.2', { percent: 61 }, { version: 0 }),
      world.reply('Ben Baker', '1.2', { percent: 62 }, { version: 0 }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['newer', 'saved']);
    const { value } = await world.action('1.2');
    expect(value.version).toBe(1);
  });

  test.each([
    ['somebody who leads something else', 'Cat Carter', 'not-yours'],
    ['somebody of the team who leads nothing', 'Olive Nobody', 'stranger'],
    ['a stranger', 'Sam Stranger', 'stranger'],
  ])('of %s is not taken', async (_who, name, outcome) => {
    const world = await makeWorld();
    await world.open();
    expect((await world.reply(name, '1.1')).outcome).toBe(outcome);
    expect((await world.action('1.1')).value.version).toBe(0);
  });

  test('of somebody in another tenant is not taken, whatever their id', async () => {
    const world = await makeWorld();
    await world.open();
    const { value } = await world.action('1.1');
    const outcome = await recordUpdate(
      world.deps,
      { ...callerOf('Ann Archer'), tenant: 'tenant-2' },
      {
        plan: world.planId,
        period: SEPTEMBER,
        action: value.id,
        version: 0,
        said: answer(),
        unread: [],
        anyway: true,
        chat: 'c',
      },
    );
    expect(outcome.outcome).toBe('no-plan');
  });

  test('of the group’s lead, and of the programme officer, counts as on the lead’s behalf', async () => {
    const world = await makeWorld();
    await world.open();
    await world.reply('Eve Eaton', '1.1');
    await world.reply('Olive Officer', '3.2', { status: 'amber' });
    const onBehalf = async (ref: string) =>
      (await world.deps.plans.readUpdates(world.planId, (await world.action(ref)).value.id))[0]?.onBehalfOf;
    expect(await onBehalf('1.1')).toBe('Ann Archer');
    expect(await onBehalf('3.2')).toBe('Dan Draper');
    await world.reply('Eve Eaton', '1.3');
    expect(await onBehalf('1.3')).toBeNull();
  });

  test('is known by Teams’ own id where an activity carries no object id', async () => {
    const world = await makeWorld();
    await world.open();
    const { value } = await world.action('1.1');
    const reply = {
      plan: world.planId,
      period: SEPTEMBER,
      action: value.id,
      version: 0,
      said: answer(),
      unread: [],
      anyway: true,
      chat: 'c',
    };
    const outcome = await recordUpdate(world.deps, { ...callerOf('Ann Archer'), objectId: null }, reply);
    expect(outcome.outcome).toBe('saved');
    const [update] = await world.deps.plans.readUpdates(world.planId, value.id);
    expect(update?.by.id).toBe('ann-archer');
  });

  test('to a month that was never opened, or an action that is not there, is not taken', async () => {
    const world = await makeWorld();
    expect((await world.reply('Ann Archer', '1.1')).outcome).toBe('not-open');
    await world.open();
    expect((await world.reply('Ann Archer', '1.1', {}, { period: OCTOBER })).outcome).toBe('not-open');
    expect((await world.reply('Ann Archer', '1.1', {}, { action: 'no-such' })).outcome).toBe('no-action');
    expect((await world.reply('Ann Archer', '1.1', {}, { plan: 'no-such' })).outcome).toBe('no-plan');
  });

  test('that is refused or asked about changes nothing', async () => {
    const world = await makeWorld();
    await world.open();
    const before = await world.action('1.1');
    const refused = await world.reply('Ann Archer', '1.1', { percent: 101 });
    expect(refused).toMatchObject({ outcome: 'refused', refused: [{ code: 'percent-out-of-range' }] });
    const asked = await world.reply('Ann Archer', '1.1', { percent: 10 }, { anyway: false });
    expect(asked).toMatchObject({
      outcome: 'refused',
      refused: [],
      asked: [{ code: 'percent-fell', from: 50, to: 10 }],
    });
    expect(await world.action('1.1')).toEqual(before);
    await world.reply('Ann Archer', '1.1', { percent: 10 }, { anyway: true });
    const [update] = await world.deps.plans.readUpdates(world.planId, before.value.id);
    expect(update?.savedAnyway).toEqual(['percent-fell']);
  });

  test('after the close is taken and marked late; also when the time has come and closing is about to happen', async () => {
    const world = await makeWorld();
    await world.open();
    await world.close();
    expect(await world.reply('Ann Archer', '1.1')).toMatchObject({ outcome: 'saved', late: true });
    const [update] = await world.deps.plans.readUpdates(world.planId, (await world.action('1.1')).value.id);
    expect(update?.late).toBe(true);

    const another = await makeWorld();
    await another.open();
    another.clock.set(LATER);
    expect(await another.reply('Ann Archer', '1.1')).toMatchObject({ outcome: 'saved', late: true });
  });

  test('on last month’s card gives way once the next month is open', async () => {
    const world = await makeWorld();
    await world.open();
    await world.open(OCTOBER);
    expect(await world.reply('Ann Archer', '1.1')).toMatchObject({ outcome: 'superseded', latest: OCTOBER });
    expect((await world.action('1.1')).value.version).toBe(0);
    expect((await world.reply('Ann Archer', '1.1', {}, { period: OCTOBER })).outcome).toBe('saved');
  });

  test('"No change" confirms, and after three months running asks for a sentence', async () => {
    const world = await makeWorld();
    for (const period of ['2023-09', '2023-10'] as const) {
      world.clock.set(`${period}-10T09:00:00Z`);
      await world.open(period);
      expect((await world.reply('Ann Archer', '1.1', 'no-change', { period })).outcome).toBe('saved');
    }
    world.clock.set('2023-11-10T09:00:00Z');
    await world.open('2023-11');
    const third = await world.reply('Ann Archer', '1.1', 'no-change', { period: '2023-11' });
    expect(third).toMatchObject({ outcome: 'refused', wantsSentence: true });
    expect((await world.action('1.1')).value).toMatchObject({ version: 2, unchangedFor: 2 });
    await world.reply(
      'Ann Archer',
      '1.1',
      { narrative: 'Still waiting for the new post to be filled.' },
      { period: '2023-11' },
    );
    expect((await world.action('1.1')).value).toMatchObject({ version: 3, unchangedFor: 0 });
  });
});

describe('publishing', () => {
  test('freezes the figures: later replies change the plan, never the position', async () => {
    const world = await makeWorld();
    await world.open();
    await world.reply('Ann Archer', '1.1', { status: 'green', percent: 90 });
    await world.publish();
    await world.advance();
    const plan = await world.plan();
    const frozen = await publishedPosition(world.deps, plan, SEPTEMBER);
    expect(frozen && figureCounts(frozen.position)).toEqual({
      red: 1,
      amber: 3,
      green: 2,
      blue: 1,
      grey: 0,
      none: 1,
    });

    await world.reply('Ben Baker', '1.2', { status: 'green', percent: 90 });
    await world.reply('Dan Draper', '3.2', {
      status: 'blue',
      percent: 100,
      narrative: 'All of it has been delivered.',
    });
    await world.publish();
    await world.advance();
    expect(await publishedPosition(world.deps, plan, SEPTEMBER)).toEqual(frozen);
    const now = await currentPosition(world.deps, plan, SEPTEMBER);
    expect(figureCounts(now.position)).toEqual({ red: 0, amber: 2, green: 3, blue: 2, grey: 0, none: 1 });
  });

  test('is posted once in the board’s channel, whoever asks how often', async () => {
    const world = await makeWorld();
    await world.open();
    await Promise.all([world.publish(), world.publish()]);
    await Promise.all([world.advance(), world.advance(world.instance('second'))]);
    await world.advance(world.instance('third'));
    expect(world.teams.arrivedAt('team-1').map(({ summary }) => summary)).toEqual([
      'greeting|team-1',
      'post|2023-09',
    ]);
  });

  test('happens by itself where the plan says so, on the working day after closing', async () => {
    const world = await makeWorld({ calendar: { publishes: 'itself' } });
    world.clock.set('2023-09-20T08:00:00Z');
    await world.advance();
    world.clock.set('2023-09-29T16:00:00Z');
    await world.advance();
    expect((await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value.state).toBe('closed');
    expect((await world.deps.plans.listPlans())[0]?.nextDue).toBe('2023-10-02T08:00:00.000Z');
    world.clock.set('2023-10-02T08:00:00Z');
    await world.advance();
    expect((await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value.state).toBe('published');
    expect(world.teams.arrivedAt('team-1')).toHaveLength(2);
  });

  test('is done for an earlier month too, when a later one is open already', async () => {
    const world = await makeWorld();
    await world.open();
    await world.close();
    await world.open(OCTOBER);
    await world.publish(SEPTEMBER);
    await world.advance();
    expect((await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value.state).toBe('published');
    expect(world.teams.arrivedAt('team-1').map(({ summary }) => summary)).toContain('post|2023-09');
    expect((await world.deps.months.readCycle(world.planId, OCTOBER))?.value.state).toBe('open');
  });

  test('of a month that was never opened does nothing', async () => {
    const world = await makeWorld();
    expect((await world.publish()).outcome).toBe('never-opened');
    await world.advance();
    expect(await world.deps.months.readPositions(world.planId)).toEqual([]);
  });

  test('compares with the position before, and each change is explained by the actions that moved', async () => {
    const world = await makeWorld();
    await world.open();
    await world.publish();
    await world.advance();
    world.clock.set('2023-10-20T09:00:00Z');
    await world.open(OCTOBER);
    await world.reply('Ann Archer', '1.1', { status: 'green', percent: 90 }, { period: OCTOBER });
    await world.publish(OCTOBER);
    await world.advance();
    const october = await publishedPosition(world.deps, await world.plan(), OCTOBER);
    expect(october?.position.comparisons[0]).toMatchObject({
      with: SEPTEMBER,
      delta: { amber: -1, green: 1, red: 0, total: 0 },
    });
    expect(october?.position.moves.map(({ ref, from, to }) => [ref, from, to])).toEqual([
      ['1.1', 'amber', 'green'],
    ]);
  });

  test('figures always add up, whatever was replied (random)', async () => {
    const statuses = fc.constantFrom('red' as const, 'amber' as const, 'green' as const, 'blue' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(statuses, fc.integer({ min: 0, max: 100 })), { maxLength: 12 }),
        async (said) => {
          const world = await makeWorld();
          await world.open();
          const refs = ['1.1', '1.2', '1.3', '2.1', '3.1', '3.2'];
          for (const [at, [status, percent]] of said.entries())
            await world.reply('Olive Officer', refs[at % refs.length] ?? '1.1', {
              status,
              percent: status === 'blue' ? 100 : percent,
              narrative: 'These are the words of the test.',
              barriers: 'Nobody has the time for it.',
              ask: 'Decide who should have the time.',
            });
          await world.publish();
          await world.advance();
          const view = await publishedPosition(world.deps, await world.plan(), SEPTEMBER);
          if (!view) throw new Error('nothing was published');
          const { figures, total } = view.position;
          expect(figures.reduce((sum, { count }) => sum + count, 0)).toBe(total);
          expect(figures.reduce((sum, { share }) => sum + share, 0)).toBe(100);
          expect(total).toBe(8);
          for (const { key, count } of figures)
            expect(
              [...view.actions.values()].filter(({ status }) => (status ?? 'none') === key),
            ).toHaveLength(count);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('closing', () => {
  test('happens once, by the calendar or by hand; the other officers get word of it', async () => {
    const world = await makeWorld();
    const stored = await world.deps.plans.readPlan(world.planId);
    if (stored)
      await world.deps.plans.savePlan({
        ...stored,
        value: { ...stored.value, officers: ['olive-officer', 'cat-carter'] },
      });
    await world.open();
    expect(await world.close()).toMatchObject({ outcome: 'closed' });
    expect(await world.close()).toMatchObject({ outcome: 'already' });
    expect(await world.close(OCTOBER)).toBeNull();
    world.clock.set(LATER);
    await world.advance();
    await world.advance(world.instance('second'));
    const told = world.teams.arrived.filter(({ content }) => content.summary.startsWith('notice|closed'));
    expect(told.map(({ to }) => to)).toEqual(['cat-carter']);
  });

  test('a stop in the middle of it leaves nobody untold', async () => {
    const world = await makeWorld();
    await world.open();
    world.clock.set(LATER);
    await world.advance();
    expect((await world.message(`notice|closed|2023-09|${idOf('Olive Officer')}`)).state).toBe('sent');
  });
});
