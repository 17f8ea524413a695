import fc from 'fast-check';
import { coverFor } from '../../src/app/coverFor';
import { handOver } from '../../src/app/handOver';
import { undoLast, undoUpdate } from '../../src/app/undoUpdate';
import { readLedger } from '../../src/app/whoIsSilent';
import type { Action } from '../../src/domain/plan';
import { type AppWorld, callerOf, idOf, line, makeWorld, OCTOBER, SEPTEMBER } from '../fakes/world';
import { auditOf, doer, OFFICER, stopAtEveryWrite } from './support';

async function undo(world: AppWorld, name: string, ref: string, deps = world.deps) {
  const { value } = await world.action(ref);
  return undoUpdate(deps, callerOf(name), { plan: world.planId, action: value.id, chat: 'chat-undo' });
}

async function last(world: AppWorld, name: string) {
  return undoLast(world.deps, callerOf(name), await world.plan(), 'chat-undo');
}

async function openWorld(): Promise<AppWorld> {
  const world = await makeWorld();
  await world.open();
  await world.advance();
  return world;
}

/** All that is said of an action, without what only counts. */
function said(action: Action) {
  const { version: _version, wrote: _wrote, ...rest } = action;
  return rest;
}

describe('what is taken back', () => {
  test('everything that the update changed stands as before, and counts as unanswered again', async () => {
    const world = await openWorld();
    const before = (await world.action('1.1')).value;
    await world.reply('Ann Archer', '1.1', {
      status: 'red',
      percent: 20,
      revised: '2023-12-31',
      barriers: 'No money.',
      ask: 'Money.',
    });
    const outcome = await undo(world, 'Ann Archer', '1.1');
    expect(outcome.outcome).toBe('undone');
    const after = (await world.action('1.1')).value;
    expect(said(after)).toEqual(said(before));
    expect(after.version).toBe(2);
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    expect(ledger.asked.find(({ name }) => name === 'Ann Archer')?.left).toBe(2);
    // "My actions" says the same.
    const [mine] = await world.deps.plans.readActionsOfLead(world.planId, 'ann archer');
    expect(mine).toEqual(after);
  });

  test('both updates stay in the history, the second says what it took back', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1');
    await undo(world, 'Ann Archer', '1.1');
    const { value } = await world.action('1.1');
    const updates = await world.deps.plans.readUpdates(world.planId, value.id);
    expect(updates.map(({ version, kind }) => [version, kind])).toEqual([
      [2, 'undo'],
      [1, 'answer'],
    ]);
    expect(updates[0]).toMatchObject({
      by: { id: 'ann-archer' },
      chat: 'chat-undo',
      before: { status: 'amber', percent: 60 },
      after: { status: 'amber', percent: 50 },
    });
    expect(await auditOf(world)).toEqual([
      { kind: 'undone', action: value.id, ref: '1.1', version: 1, period: SEPTEMBER },
    ]);
  });

  test('a correction is taken back to the first answer, which still counts', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1', { percent: 60 });
    const first = (await world.action('1.1')).value;
    await world.reply('Ann Archer', '1.1', { percent: 90, narrative: 'Nearly all of it is done.' });
    await undo(world, 'Ann Archer', '1.1');
    expect(said((await world.action('1.1')).value)).toEqual(said(first));
    expect(first.updatedIn).toBe(SEPTEMBER);
  });

  test('"No change" is taken back with its count', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1', 'no-change');
    expect((await world.action('1.1')).value.unchangedFor).toBe(1);
    await undo(world, 'Ann Archer', '1.1');
    expect((await world.action('1.1')).value).toMatchObject({ unchangedFor: 0, updatedIn: null, was: null });
  });

  test('what was said for somebody else is taken back for them', async () => {
    const world = await openWorld();
    await world.reply(OFFICER, '1.1');
    await undo(world, OFFICER, '1.1');
    const [update] = await world.deps.plans.readUpdates(world.planId, (await world.action('1.1')).value.id);
    expect(update).toMatchObject({ kind: 'undo', onBehalfOf: 'Ann Archer' });
  });

  test('a late reply is taken back late', async () => {
    const world = await openWorld();
    await world.close();
    await world.reply('Ann Archer', '1.1');
    expect(await undo(world, 'Ann Archer', '1.1')).toMatchObject({ outcome: 'undone', late: true });
  });

  test('whatever was answered before, undo restores it', async () => {
    const reply = fc.oneof(
      fc.constant('no-change' as const),
      fc.record({
        percent: fc.integer({ min: 0, max: 99 }),
        status: fc.constantFrom('amber' as const, 'green' as const),
        narrative: fc.constantFrom('', 'Two of the three parts are done.', 'One more part is done now.'),
        revised: fc.constantFrom(null, '2023-12-31' as const, '2024-03-31' as const),
        barriers: fc.constantFrom('', 'Nobody to do it.'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { maxLength: 3 }), reply, async (earlier, taken) => {
        const world = await makeWorld({ lines: [line('1.1', ['Ann Archer'])] });
        await world.open();
        for (const one of earlier) await world.reply('Ann Archer', '1.1', one);
        const before = (await world.action('1.1')).value;
        const outcome = await world.reply('Ann Archer', '1.1', taken);
        fc.pre(outcome.outcome === 'saved');
        expect((await undo(world, 'Ann Archer', '1.1')).outcome).toBe('undone');
        expect(said((await world.action('1.1')).value)).toEqual(said(before));
      }),
      { numRuns: 25 },
    );
  });
});

describe('what is not', () => {
  test('twice: there is nothing more to take back, and an earlier one stays', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1', { percent: 60 });
    await world.reply('Ann Archer', '1.1', { percent: 70 });
    expect((await undo(world, 'Ann Archer', '1.1')).outcome).toBe('undone');
    expect((await undo(world, 'Ann Archer', '1.1')).outcome).toBe('nothing-more');
    expect((await world.action('1.1')).value.percent).toBe(60);
    expect(await auditOf(world)).toHaveLength(1);
  });

  test('at the same moment twice: once', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1');
    const outcomes = await Promise.all([undo(world, 'Ann Archer', '1.1'), undo(world, 'Ann Archer', '1.1')]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['nothing-more', 'undone']);
  });

  test('what somebody else said, or said since', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.2');
    expect(await undo(world, 'Ben Baker', '1.2')).toMatchObject({ outcome: 'newer', by: 'Ann Archer' });
    await world.reply('Ben Baker', '1.2', { percent: 80 });
    expect(await undo(world, 'Ann Archer', '1.2')).toMatchObject({ outcome: 'newer', by: 'Ben Baker' });
    expect((await world.action('1.2')).value.percent).toBe(80);
  });

  test('an action that nobody has answered for, one that is not theirs, a stranger’s word', async () => {
    const world = await openWorld();
    expect(await undo(world, 'Ann Archer', '1.1')).toMatchObject({ outcome: 'nothing-more' });
    expect((await undo(world, 'Dan Draper', '1.1')).outcome).toBe('not-yours');
    expect((await undo(world, 'Some Stranger', '1.1')).outcome).toBe('stranger');
    const caller = { ...callerOf('Ann Archer'), tenant: 'another' };
    const { value } = await world.action('1.1');
    const request = { plan: world.planId, action: value.id, chat: 'c' };
    expect((await undoUpdate(world.deps, caller, request)).outcome).toBe('no-plan');
  });

  test('an update of a month that has given way to a later one', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1');
    await world.publish();
    await world.advance();
    world.clock.set('2023-10-02T09:00:00Z');
    await world.open(OCTOBER);
    expect(await undo(world, 'Ann Archer', '1.1')).toMatchObject({ outcome: 'superseded', latest: OCTOBER });
  });

  test('by a deputy whose cover has run out, or a lead who handed the action over', async () => {
    const world = await openWorld();
    const wish = { leads: ['ann archer'], to: idOf('Cat Carter'), until: '2023-09-01' } as const;
    await coverFor(world.deps, await world.plan(), doer('Ann Archer'), wish);
    await world.reply('Cat Carter', '1.1');
    await world.reply('Ann Archer', '1.2');
    world.clock.set('2023-09-02T09:00:00Z');
    expect((await undo(world, 'Cat Carter', '1.1')).outcome).toBe('not-yours');
    await handOver(world.deps, await world.plan(), doer('Ann Archer'), {
      actions: 'all',
      from: ['ann archer'],
      to: idOf('Dan Draper'),
    });
    expect((await undo(world, 'Ann Archer', '1.2')).outcome).toBe('not-yours');
  });
});

describe('a form that was typed before', () => {
  test('pressed again after the undo it is shown as newer, and not taken for kept', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1', { percent: 70 });
    await undo(world, 'Ann Archer', '1.1');
    expect(await world.reply('Ann Archer', '1.1', { percent: 70 }, { version: 0 })).toMatchObject({
      outcome: 'newer',
      by: 'Ann Archer',
    });
    // On the card that shows it as it stands it is saved.
    expect((await world.reply('Ann Archer', '1.1', { percent: 70 })).outcome).toBe('saved');
  });

  test('after an undo a new answer can be taken back again', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1', { percent: 70 });
    await undo(world, 'Ann Archer', '1.1');
    await world.reply('Ann Archer', '1.1', { percent: 80 });
    expect((await undo(world, 'Ann Archer', '1.1')).outcome).toBe('undone');
    expect((await world.action('1.1')).value.percent).toBe(50);
  });
});

describe('"undo" alone', () => {
  test('takes back whatever they said last, once, and not the one before it', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1', { percent: 60 });
    world.clock.advance(1000);
    await world.reply('Ann Archer', '1.2', { percent: 70 });
    expect(await last(world, 'Ann Archer')).toMatchObject({ outcome: 'undone', action: { ref: '1.2' } });
    expect(await last(world, 'Ann Archer')).toMatchObject({
      outcome: 'nothing-more',
      action: { ref: '1.2' },
    });
    expect((await world.action('1.1')).value.percent).toBe(60);
  });

  test('a programme officer’s, and a group’s lead’s, wherever in the plan it was', async () => {
    const world = await openWorld();
    await world.reply(OFFICER, '3.2', { status: 'amber' });
    expect(await last(world, OFFICER)).toMatchObject({ outcome: 'undone', action: { ref: '3.2' } });
    await world.reply('Eve Eaton', '1.1');
    expect(await last(world, 'Eve Eaton')).toMatchObject({ outcome: 'undone', action: { ref: '1.1' } });
  });

  test('of somebody who has said nothing, or whom somebody has answered over', async () => {
    const world = await openWorld();
    expect(await last(world, 'Ann Archer')).toEqual({ outcome: 'nothing-more', action: null });
    await world.reply('Ann Archer', '1.2');
    world.clock.advance(1000);
    await world.reply('Ben Baker', '1.2', { percent: 80 });
    expect((await last(world, 'Ann Archer')).outcome).toBe('nothing-more');
    expect((await last(world, 'Some Stranger')).outcome).toBe('stranger');
  });
});

test('a process that stops while taking back has either taken it back wholly or not at all', async () => {
  const stops = await stopAtEveryWrite(
    async () => {
      const world = await openWorld();
      await world.reply('Ann Archer', '1.1', { percent: 70 });
      return world;
    },
    (deps, world) => undo(world, 'Ann Archer', '1.1', deps),
    async (world, { kept }) => {
      expect((await world.action('1.1')).value.percent).toBe(kept ? 50 : 70);
      expect(await auditOf(world)).toHaveLength(kept ? 1 : 0);
      expect((await undo(world, 'Ann Archer', '1.1')).outcome).toBe(kept ? 'nothing-more' : 'undone');
    },
  );
  expect(stops).toBe(2);
});
