import fc from 'fast-check';
import type { Person, Team } from '../../src/app/ports';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TablePeopleStore } from '../../src/storage/peopleStore';
import type { Row, Table, Write } from '../../src/storage/table';

/** What Azure takes as a key: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const FORBIDDEN = /[/\\#?\p{Cc}]/u;

/** A table that takes no key that Azure would not take. */
class StrictTable implements Table {
  private readonly inner = new MemoryTable();
  private check(...keys: readonly string[]): void {
    for (const key of keys)
      if (FORBIDDEN.test(key)) throw new RangeError(`Azure takes no key ${JSON.stringify(key)}`);
  }
  read(partition: string, row: string): Promise<Row | null> {
    this.check(partition, row);
    return this.inner.read(partition, row);
  }
  range(partition: string, from: string, below: string, limit?: number): Promise<Row[]> {
    this.check(partition);
    return this.inner.range(partition, from, below, limit);
  }
  write(partition: string, writes: readonly Write[]): Promise<string[]> {
    this.check(partition, ...writes.map(({ row }) => row));
    return this.inner.write(partition, writes);
  }
}

const id = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc
    .array(fc.constantFrom('/', '\\', '#', '?', '%', '|', '~', '\u0000', '\n', '’', "'", 'a'), {
      minLength: 1,
    })
    .map((all) => all.join('')),
);

test('people and teams are kept and found whatever Teams calls them, and no two are taken for one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(id, { minLength: 4, maxLength: 4 }),
      async ([tenant = '', one = '', two = '', team = '']) => {
        const store = new TablePeopleStore(new StrictTable());
        const person = (key: string): Person => ({
          id: key,
          tenant,
          userId: `29:${key}`,
          name: `Name of ${key}`,
          email: null,
          serviceUrl: 'https://teams',
          conversation: null,
          plans: [],
          unreachable: null,
          welcomed: false,
        });
        for (const key of [one, two]) await store.savePerson({ value: person(key), etag: null });
        for (const key of [one, two]) {
          expect((await store.readPerson(tenant, key))?.value.name).toBe(`Name of ${key}`);
          expect((await store.findByUserId(tenant, `29:${key}`))?.value.id).toBe(key);
        }
        expect(await store.readPeople(tenant)).toHaveLength(2);
        const noted: Team = {
          tenant,
          id: team,
          name: 'Team',
          serviceUrl: 'https://teams',
          plan: null,
          addedBy: null,
          addedAt: '2023-09-01T09:00:00Z',
          told: null,
          state: 'new',
        };
        await store.saveTeam({ value: noted, etag: null });
        expect((await store.readTeam(tenant, team))?.value.id).toBe(team);
        expect((await store.readNewTeams()).map(({ value }) => value.id)).toEqual([team]);
      },
    ),
  );
});
