import { MemoryTable } from '../../src/storage/memoryTable';
import { bringUpToDate, type Migration, NewerSchema, SCHEMA_VERSION } from '../../src/storage/schema';

const tables = () => ({ plans: new MemoryTable(), people: new MemoryTable() });

/** A step that writes down that it was done. */
function step(to: number, ran: number[], fails = false): Migration {
  return {
    to,
    does: `to ${to}`,
    run: async () => {
      if (fails) throw new Error('the process was stopped');
      ran.push(to);
    },
  };
}

test('new storage is marked with the form of this program', async () => {
  const { plans, people } = tables();
  expect(await bringUpToDate({ plans, people }, [])).toEqual([]);
  expect((await plans.read('index', 'schema'))?.cells.version).toBe(SCHEMA_VERSION);
});

test('steps are done in order, each once; a second start does none', async () => {
  const both = tables();
  const ran: number[] = [];
  const steps = [step(2, ran), step(3, ran)];
  expect(await bringUpToDate(both, steps, 3)).toEqual(['to 2', 'to 3']);
  expect(await bringUpToDate(both, steps, 3)).toEqual([]);
  expect(ran).toEqual([2, 3]);
});

test('a step that was stopped is done again, those before it are not', async () => {
  const both = tables();
  const ran: number[] = [];
  await expect(bringUpToDate(both, [step(2, ran), step(3, ran, true)], 3)).rejects.toThrow('stopped');
  await bringUpToDate(both, [step(2, ran), step(3, ran)], 3);
  expect(ran).toEqual([2, 3]);
});

test('storage of a newer Steward is left alone, and the sentence says what to do', async () => {
  const both = tables();
  await bringUpToDate(both, [step(2, [])], 2);
  const before = await both.plans.range('index', '', '~');
  await expect(bringUpToDate(both, [], 1)).rejects.toThrow(NewerSchema);
  await expect(bringUpToDate(both, [], 1)).rejects.toThrow(/Install the newer version again/);
  expect(await both.plans.range('index', '', '~')).toEqual(before);
});
