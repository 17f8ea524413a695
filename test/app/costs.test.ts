import { identify } from '../../src/app/people';
import { recordUpdate } from '../../src/app/recordUpdate';
import { currentPosition } from '../../src/app/viewPosition';
import type { Table } from '../../src/storage/table';
import { show } from '../../src/teams/chat';
import type { Asker, TurnDeps } from '../../src/teams/turn';
import { english } from '../../src/words/words';
import { CountingTable } from '../fakes/tables';
import { type AppWorld, answer, callerOf, line, makeWorld, PEOPLE, SEPTEMBER } from '../fakes/world';

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
  const deps: TurnDeps = {
    ...world.instance('counted', wrap),
    words: english,
    advance: async () => undefined,
    settleTeams: async () => undefined,
    play: null,
  };
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

test('"show my amber actions": one query and two point reads, however large the plan', async () => {
  const { world, deps, tables } = await counted();
  const person = await identify(deps, callerOf('Ann Archer'));
  const plan = (await deps.plans.readPlan(world.planId))?.value ?? null;
  if (!plan) throw new Error('no plan');
  const asker: Asker & { plan: typeof plan } = {
    incoming: { caller: callerOf('Ann Archer'), place: { kind: 'personal', conversation: 'c' } },
    person,
    plan,
    officer: false,
    reader: true,
  };
  const content = await show(deps, asker, 'mine', ['amber'], 0);
  expect(content.summary).toContain('50');
  expect(total(tables, 'read')).toBe(2);
  expect(total(tables, 'range')).toBe(1);
  expect(total(tables, 'write')).toBe(0);
});

test('a position is one query for the actions', async () => {
  const { world, deps, tables } = await counted();
  const plan = (await deps.plans.readPlan(world.planId))?.value;
  if (!plan) throw new Error('no plan');
  await currentPosition(deps, plan, SEPTEMBER);
  const actions = tables.flatMap(({ calls }) => calls).filter(({ rows }) => rows[0] === 'action|');
  expect(actions).toHaveLength(1);
});
