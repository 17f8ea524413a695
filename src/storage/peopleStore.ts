/*
 * People and teams in the table `people`, one partition a tenant:
 *
 *   RowKey                        what
 *   person|<id>                   somebody, where they can be reached, and the plans they belong to
 *   user|<Teams user id>          points at a person: column `id`
 *   team|<team id>                a team that Steward was added to
 *
 * and the partition `new teams` with a row `<tenant>|<team id>` for each team that is not settled yet.
 */
import type { PeopleStore, Person, Stored, Team } from '../app/ports';
import { encode, keyPart } from './codec';
import { stored, values } from './rows';
import { afterPrefix, type Table, type Write } from './table';

const NEW_TEAMS = 'new teams';

export class TablePeopleStore implements PeopleStore {
  constructor(private readonly table: Table) {}

  async readPerson(tenant: string, id: string): Promise<Stored<Person> | null> {
    return stored(await this.table.read(keyPart(tenant), `person|${keyPart(id)}`));
  }

  async findByUserId(tenant: string, userId: string): Promise<Stored<Person> | null> {
    const alias = await this.table.read(keyPart(tenant), `user|${keyPart(userId)}`);
    return alias ? this.readPerson(tenant, String(alias.cells.id)) : null;
  }

  async readMembers(tenant: string, plan: string): Promise<Person[]> {
    const people = await this.readPeople(tenant);
    return people.filter(({ plans }) => plans.some((member) => member.plan === plan));
  }

  async readPeople(tenant: string): Promise<Person[]> {
    return values(await this.table.range(keyPart(tenant), 'person|', afterPrefix('person|')));
  }

  async savePerson({ value, etag }: { value: Person; etag: string | null }): Promise<void> {
    const row = `person|${keyPart(value.id)}`;
    const person: Write =
      etag === null
        ? { op: 'insert', row, cells: encode(value) }
        : { op: 'replace', row, etag, cells: encode(value) };
    await this.table.write(keyPart(value.tenant), [
      person,
      { op: 'put', row: `user|${keyPart(value.userId)}`, cells: { id: value.id } },
    ]);
  }

  async readTeam(tenant: string, team: string): Promise<Stored<Team> | null> {
    return stored(await this.table.read(keyPart(tenant), `team|${keyPart(team)}`));
  }

  async saveTeam({ value, etag }: { value: Team; etag: string | null }): Promise<void> {
    const waiting = `${keyPart(value.tenant)}|${keyPart(value.id)}`;
    const cells = { tenant: value.tenant, team: value.id };
    const note = () => this.table.write(NEW_TEAMS, [{ op: 'put', row: waiting, cells }]);
    // Noted as new before the team is written, and struck off after: a stop between the two is looked at again, harmlessly.
    if (value.state === 'new') await note();
    const row = `team|${keyPart(value.id)}`;
    await this.table.write(keyPart(value.tenant), [
      etag === null
        ? { op: 'insert', row, cells: encode(value) }
        : { op: 'replace', row, etag, cells: encode(value) },
    ]);
    if (value.state === 'new') {
      // Once more, since another instance may have struck it off between the two writes.
      await note();
      return;
    }
    await this.table.write(NEW_TEAMS, [{ op: 'delete', row: waiting }]);
    const now = await this.readTeam(value.tenant, value.id);
    if (now?.value.state === 'new') await note();
  }

  async readNewTeams(): Promise<Stored<Team>[]> {
    const rows = await this.table.range(NEW_TEAMS, '', '\ufffd');
    const teams = await Promise.all(
      rows.map(({ cells }) => this.readTeam(String(cells.tenant), String(cells.team))),
    );
    return teams.filter((team): team is Stored<Team> => team?.value.state === 'new');
  }
}
