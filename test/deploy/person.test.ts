import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addPersonCommands } from '../../src/deploy/personCommands';
import { publishedMonth } from '../storage/storedWorld';

const folder = mkdtempSync(join(tmpdir(), 'steward-person-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command line over a month in which Ann and Cat answered, and what it printed. */
async function commandLine() {
  const { world, tables } = await publishedMonth(async (made) => {
    await made.reply('Ann Archer', '1.1', { narrative: 'Two teams left.' });
  });
  const printed: string[] = [];
  const run = async (...words: string[]): Promise<void> => {
    const program = new Command().exitOverride();
    addPersonCommands(
      program,
      (text) => printed.push(text),
      async () => ({ tables, plan: await world.plan() }),
    );
    await program.parseAsync(['person', ...words], { from: 'user' });
  };
  return { world, tables, printed, run };
}

test('a person’s data is given them in a file that only its writer may read', async () => {
  const { run, printed } = await commandLine();
  const out = join(folder, 'ann.json');
  await run('export', 'Ann Archer', '--out', out);
  const rows = JSON.parse(readFileSync(out, 'utf8')) as { row: string }[];
  expect(rows.map(({ row }) => row)).toContain('person|ann-archer');
  expect(statSync(out).mode & 0o077).toBe(0);
  expect(printed[0]).toMatch(/rows in which Ann Archer stands/);
});

test('whoever still leads live actions is not erased unless that is said', async () => {
  const { run, printed, tables, world } = await commandLine();
  await expect(run('erase', 'Ann Archer')).rejects.toThrow(
    /Ann Archer leads live actions of “A plan”: 1\.1, 1\.2\. Hand them over first/,
  );
  const stored = async () => JSON.stringify(await tables.plans.range(world.planId, '', '~'));
  expect((await stored()).includes('Ann Archer')).toBe(true);
  await run('erase', 'Ann Archer', '--even-so');
  expect((await stored()).includes('Ann Archer')).toBe(false);
  expect(printed[0]).toMatch(/^Erased from \d+ rows\. “Former lead [0-9A-F]{4}” stands in their place\./);
});

test('somebody who leads nothing live any more is erased at once', async () => {
  const { run, printed } = await commandLine();
  await run('erase', 'Cat Carter');
  expect(printed[0]).toMatch(/^Erased from/);
});

test('a programme officer, and somebody nobody knows', async () => {
  const { run } = await commandLine();
  await expect(run('erase', 'Olive Officer')).rejects.toThrow(/Give the office to another first/);
  await expect(run('erase', 'Zed Zero')).rejects.toThrow(/is called “Zed Zero”/);
});
