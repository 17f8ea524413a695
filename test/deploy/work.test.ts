import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { addWorkCommands } from '../../src/deploy/workCommands';
import { csvOf } from '../../src/plans/writeCsv';
import { type AppWorld, makeWorld, SEPTEMBER } from '../fakes/world';

/** The commands for auditors and for whoever runs Steward, on a world with a month in it. */

let world: AppWorld;
beforeEach(async () => {
  world = await makeWorld();
  world.teams.script('ben-baker', {
    delivery: { outcome: 'unreachable', why: 'blocked', reason: '403 ConversationBlockedByUser' },
    arrives: false,
  });
  await world.open();
  await world.advance();
});

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const program = new Command().exitOverride();
  addWorkCommands(program, (text) => lines.push(text), {
    stores: async () => world.deps,
    queue: async () => world.deps.queue,
    onePlan: async () => world.plan(),
  });
  await program.parseAsync(args, { from: 'user' });
  return lines.join('\n');
}

async function ledger(...args: string[]): Promise<Record<string, string>[]> {
  return parse(await run('ledger', ...args), { bom: true, columns: true });
}

test('the ledger says of each lead and action who was asked, what became of it, and who answered', async () => {
  await world.reply('Ann Archer', '1.1', { narrative: 'The first word of it is said here.' });
  await world.reply('Ann Archer', '1.1', { narrative: 'The last word of it is said here.' });
  await world.reply('Olive Officer', '3.2', {}, {});
  const rows = await ledger('--period', 'September 2023');
  const row = (lead: string, ref: string) =>
    rows.find((one) => one.Lead === lead && one.Ref === ref) ?? { missing: `${lead} ${ref}` };
  expect(row('Ann Archer', '1.1')).toMatchObject({
    ...{ Plan: 'A plan', Month: SEPTEMBER, Asked: 'Ann Archer', Delivery: 'sent', 'Put off': '0' },
    ...{ Answered: 'answer', 'Answered by': 'Ann Archer', Late: '' },
  });
  expect(row('Ann Archer', '1.2')).toMatchObject({ Answered: 'not answered', 'Answered by': '' });
  expect(row('Ben Baker', '2.1')).toMatchObject({
    ...{ Delivery: 'unreachable', 'Why not': 'blocked: 403 ConversationBlockedByUser', 'Asked at (UTC)': '' },
  });
  expect(row('Fay Farmer', '3.1')).toMatchObject({
    Asked: '',
    Delivery: 'unreachable',
    'Why not': 'not-matched',
  });
  expect(row('Dan Draper', '3.2')).toMatchObject({
    ...{ 'Answered by': 'Olive Officer', 'On behalf of': expect.stringContaining('Dan') },
  });
});

test('a month long past says the same, and an answer that was taken back is none', async () => {
  await world.reply('Ann Archer', '1.1');
  const before = await ledger('--period', '2023-09');
  world.clock.set('2023-10-20T08:00:00Z');
  await world.advance();
  await world.reply(
    'Ann Archer',
    '1.1',
    { narrative: 'It is October, and this is new.' },
    { period: '2023-10' },
  );
  const after = await ledger('--period', '2023-09');
  const answered = (rows: Record<string, string>[]) =>
    rows.filter(({ Ref }) => Ref === '1.1').map((row) => [row.Answered, row['Answered at (UTC)']]);
  expect(answered(after)).toEqual(answered(before));
  expect(JSON.parse(await run('ledger', '--json')).period).toBe('2023-10');
});

test('a month that is none, or was never opened, is refused in a sentence', async () => {
  await expect(run('ledger', '--period', 'Smarch')).rejects.toThrow('“Smarch” is no month');
  await expect(run('ledger', '--period', '2021-01')).rejects.toThrow('never opened');
});

test('no cell of a CSV begins a formula, and every cell comes back as it was', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t=', ' =', '\u200b=', '＝', '"=', '\r@'), fc.string())
      .map(([start, rest]) => start + rest),
  );
  fc.assert(
    fc.property(fc.array(odd, { minLength: 2, maxLength: 5 }), (cells) => {
      const [row = []] = parse(csvOf([cells]), { bom: true, relax_column_count: true }) as string[][];
      expect(row).toHaveLength(cells.length);
      for (const [at, cell] of row.entries()) {
        expect(/^[=+\-@\t\r＝＋－＠]/u.test(cell)).toBe(false);
        expect([cells[at], `'${cells[at]}`]).toContain(cell);
      }
    }),
    { numRuns: 200 },
  );
});

test('what was set aside is listed, tried anew, or forgotten', async () => {
  const { queue, plans } = world.deps;
  const setAside = async () => {
    await queue.wake({ plan: world.planId, tenant: 'tenant-1' });
    const [received] = await queue.receive(1, 30);
    if (received) await queue.poison(received, 'Error: a row that nobody can read');
    await plans.setStuck(world.planId, { at: '2023-09-20T08:00:00.000Z', reason: 'x' });
  };
  expect(await run('poison', 'list')).toBe('Nothing was set aside.');
  await setAside();
  expect(await run('poison', 'list')).toContain('“A plan”: tried 1 times');
  expect(await run('poison', 'retry')).toBe('One is tried anew.');
  expect(await queue.receive(1, 30)).toMatchObject([{ plan: world.planId }]);
  expect((await plans.readEntry(world.planId))?.stuck).toBeNull();
  await setAside();
  expect(await run('poison', 'drop')).toBe('One is forgotten.');
  expect(await run('poison', 'list')).toBe('Nothing was set aside.');
  expect(await queue.receive(1, 30)).toEqual([]);
});

test('the instances that serve are listed', async () => {
  expect(await run('instances')).toBe('No process serves.');
  await world.deps.instances.beat({ id: 'one', startedAt: 'a', at: 'b', working: 2 });
  expect(await run('instances')).toBe('one  last seen b, started a, 2 plans in hand');
});
