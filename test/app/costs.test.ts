import type { Activity, TurnContext } from 'botbuilder';
import { recordUpdate } from '../../src/app/recordUpdate';
import { currentPosition } from '../../src/app/viewPosition';
import type { Table } from '../../src/storage/table';
import { runTurn, type TurnDeps } from '../../src/teams/turn';
import { CountingTable } from '../fakes/tables';
import { turnDepsOf } from '../fakes/turns';
import {
  type AppWorld,
  answer,
  callerOf,
  line,
  makeWorld,
  PEOPLE,
  SEPTEMBER,
  TEAM,
  TENANT,
} from '../fakes/world';

/** What a question costs is counted in storage transactions (docs/data.md, "What a question costs"). */

const LINES = Array.from({ length: 200 }, (_, n) =>
  line(`1.${n}`, [n % 4 === 0 ? 'Ann Archer' : 'Ben Baker', 'Cat Carter']),
);

async function counted(): Promise<{ world: AppWorld; deps: TurnDeps; tables: CountingTable[] }> {
  const world = await makeWorld({ lines: LINES, people: PEOPLE });
  await world.open();
  await world.advance();
  const tables: CountingTable[] = [];
  const wrap = (table: Table): Table => {
    const counting = new CountingTable(table);
    tables.push(counting);
    return counting;
  };
  const deps = turnDepsOf(world.instance('counted', wrap));
  return { world, deps, tables };
}

function total(tables: readonly CountingTable[], verb: 'read' | 'range' | 'write'): number {
  return tables.reduce((sum, table) => sum + table.count(verb), 0);
}

test('saving a reply: four point reads and one transaction, however large the plan', async () => {
  const { world, deps, tables } = await counted();
  const { value } = await world.action('1.0');
  const outcome = await recordUpdate(deps, callerOf('Ann Archer'), {
    plan: world.planId,
    period: SEPTEMBER,
    action: value.id,
    version: 0,
    said: answer(),
    unread: [],
    anyway: true,
    chat: 'c',
  });
  expect(outcome.outcome).toBe('saved');
  expect(total(tables, 'read')).toBeLessThanOrEqual(4);
  expect(total(tables, 'range')).toBe(0);
  expect(total(tables, 'write')).toBe(1);
});

test.each(['personal', 'channel'] as const)(
  '"show my amber actions" (%s): one query and two point reads, however large the plan',
  async (where) => {
    const { deps, tables } = await counted();
    // The first time it is also written down where the person can be reached.
    await say(deps, 'help', where);
    for (const table of tables) table.calls.length = 0;
    const [content] = await say(deps, 'show my amber actions', where);
    expect(content?.summary).toContain('50');
    expect(total(tables, 'read')).toBeLessThanOrEqual(2);
    expect(total(tables, 'range')).toBe(1);
    expect(total(tables, 'write')).toBe(0);
  },
);

test('a position is one query for the actions', async () => {
  const { world, deps, tables } = await counted();
  const plan = (await deps.plans.readPlan(world.planId))?.value;
  if (!plan) throw new Error('no plan');
  await currentPosition(deps, plan, SEPTEMBER);
  const actions = tables.flatMap(({ calls }) => calls).filter(({ rows }) => rows[0] === 'action|');
  expect(actions).toHaveLength(1);
});

/** Something that Ann types, as a turn. Gives what was sent in answer. */
async function say(
  deps: TurnDeps,
  text: string,
  where: 'personal' | 'channel',
): Promise<Partial<Activity>[]> {
  const ann = callerOf('Ann Archer');
  const inChannel = { team: { id: TEAM }, channel: { id: TEAM } };
  const activity = {
    type: 'message',
    text,
    from: { id: ann.userId, aadObjectId: ann.objectId, name: ann.name },
    serviceUrl: ann.serviceUrl,
    conversation: { id: 'chat', conversationType: where, tenantId: TENANT },
    channelData: { tenant: { id: TENANT }, ...(where === 'channel' ? inChannel : {}) },
  };
  const sent: Partial<Activity>[] = [];
  const sendActivity = async (one: Partial<Activity>): Promise<void> => {
    sent.push(one);
  };
  await runTurn(deps, { activity, sendActivity } as unknown as TurnContext);
  return sent;
}
