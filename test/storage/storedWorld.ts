import type { BackedUp } from '../../src/storage/backup';
import type { Table } from '../../src/storage/table';
import { type AppWorld, makeWorld, SEPTEMBER, TENANT, type WorldOptions } from '../fakes/world';

/** A world that lets its tables be seen: every store is made over one of the two, and people stand in one of them alone. */
export async function storedWorld(
  options: Omit<WorldOptions, 'wrap'> = {},
): Promise<{ world: AppWorld; tables: BackedUp }> {
  const seen: Table[] = [];
  const world = await makeWorld({
    ...options,
    wrap: (table) => {
      seen.push(table);
      return table;
    },
  });
  const having = async (partition: string, from: string): Promise<Table> => {
    for (const table of seen) if ((await table.range(partition, from, '~')).length > 0) return table;
    throw new Error(`no table has ${partition}`);
  };
  return {
    world,
    tables: { plans: await having(world.planId, 'plan'), people: await having(TENANT, 'person|') },
  };
}

/** September opened, answered in part, closed and published. */
export async function publishedMonth(answers: (world: AppWorld) => Promise<unknown>) {
  const made = await storedWorld();
  const { world } = made;
  await world.open(SEPTEMBER);
  await world.advance();
  await answers(world);
  await world.close(SEPTEMBER);
  await world.publish(SEPTEMBER);
  await world.advance();
  return made;
}
