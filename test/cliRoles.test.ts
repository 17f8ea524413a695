import { Command } from 'commander';
import { addRoleCommands } from '../src/cliRoles';
import type { AuditEntry } from '../src/domain/audit';
import { Refusal } from '../src/refusal';
import { type AppWorld, makeWorld } from './fakes/world';

/** The command line of who may do what: what it prints, and what it refuses. */

let world: AppWorld;
beforeEach(async () => {
  world = await makeWorld();
});

async function run(...typed: string[]): Promise<string> {
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    const program = new Command().exitOverride();
    addRoleCommands(program, async () => ({ stores: world.deps as never, plan: await world.plan() }));
    await program.parseAsync(['node', 'steward', ...typed]);
  } finally {
    write.mockRestore();
  }
  return printed.join('').trim();
}

test('programme officers are added, listed and removed, but not the last', async () => {
  const [only = ''] = (await run('officer', 'list')).split('  ');
  await expect(run('officer', 'remove', only)).rejects.toThrow(/is the last programme officer in the team/);
  expect(await run('officer', 'add', 'Ann Archer')).toBe('Ann Archer is a programme officer now.');
  await expect(run('officer', 'add', 'ann archer')).rejects.toThrow(/is a programme officer already/);
  expect((await run('officer', 'list')).split('\n')).toHaveLength(2);
  expect(await run('officer', 'remove', 'Ann Archer')).toMatch(/no programme officer any more/);
  await expect(run('officer', 'add', 'Nobody Such')).rejects.toBeInstanceOf(Refusal);
});

test('covers are given, listed and ended', async () => {
  const lead = 'Ann Archer';
  const deputy = (await run('officer', 'list')).split('  ')[0] ?? '';
  expect(await run('cover', 'list')).toBe('Nobody covers for anybody now.');
  const until = world.deps.clock.now().toISOString().slice(0, 10);
  expect(await run('cover', 'add', lead, deputy, until)).toBe(
    `${deputy} answers for ${lead} until ${until}.`,
  );
  expect(await run('cover', 'list')).toBe(`${deputy} for ${lead}, until ${until}`);
  await expect(run('cover', 'add', lead, deputy, '2031-01-01')).rejects.toThrow(/at most a year away/);
  await expect(run('cover', 'add', lead, deputy, 'tomorrow')).rejects.toThrow(/is no day/);
  await expect(run('cover', 'add', 'Nobody Such', deputy, until)).rejects.toThrow(
    /leads nothing in this plan/,
  );
  expect(await run('cover', 'remove', lead)).toMatch(/no longer covers for Ann Archer/);
  await expect(run('cover', 'remove', lead)).rejects.toThrow(/Nobody covers for/);
});

test('readers: only whom Steward has met, and nobody of the team needs it', async () => {
  expect(await run('reader', 'list')).toBe('Nobody was let in by name.');
  await expect(run('reader', 'add', 'Nobody Such')).rejects.toThrow(/have not met/);
  await expect(run('reader', 'add', 'Ann Archer')).rejects.toThrow(/is in the plan’s team/);
});

test('each change is in the audit, in words and as JSON', async () => {
  expect(await run('audit')).toBe('Nothing has been changed yet.');
  await run('officer', 'add', 'Ann Archer');
  expect(await run('audit')).toMatch(/the command line: Ann Archer became a programme officer$/);
  const entries = JSON.parse(await run('audit', '--json')) as AuditEntry[];
  expect(entries.map(({ what }) => what.kind)).toEqual(['officer-added']);
  await expect(run('audit', '--limit', '0')).rejects.toThrow(/from 1 to 1000/);
});
