import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { SAMPLE_PLAN_FILE } from '../../src/demo/sample';
import type { Action } from '../../src/domain/plan';
import { openTables, systemClock, wireStores } from '../../src/wiring';
import { type Card, findButton, type Sender, textOf } from './support/botClient';
import { type FileServer, startFileServer } from './support/fileServer';
import { cardOf } from './support/teamsStandIn';
import { install, monthMessages, openSeptember, startWorld, type World } from './support/world';

/**
 * A month in the middle of which the plan is loaded again, and the process is killed while it is: what leads said stays with their actions,
 * whatever these are called by then, and the month goes on.
 */

let world: World;
let files: FileServer;
let stores: ReturnType<typeof wireStores>;
let plan: string;

beforeAll(async () => {
  [world, files] = await Promise.all([startWorld({ env: { STEWARD_DEMO_LEASE: '1' } }), startFileServer()]);
  const tables = await openTables({ kind: 'connection', connection: world.azurite.connectionString });
  stores = wireStores(tables, systemClock);
  plan = (await stores.plans.listPlans())[0]?.id ?? '';
}, 60_000);
afterAll(async () => {
  await files.close();
  await world.close();
});

/** The sample with its rows as a later version has them: each priority's first two actions swap their refs, the last row is gone, one is new. */
function laterVersion(): string {
  const rows: string[][] = parse(readFileSync(SAMPLE_PLAN_FILE), { relax_column_count: true, bom: true });
  const at = rows.findIndex((row) => row.includes('Action Ref'));
  const header = rows[at] ?? [];
  const column = (name: string): number => header.indexOf(name);
  const [ref, priority, lead, action] = ['Action Ref', 'Priority', 'Lead', 'Action'].map(column) as [
    number,
    number,
    number,
    number,
  ];
  const body = rows.slice(at + 1).map((row) => [...row]);
  const groups = [...new Set(body.map((row) => row[priority]))];
  for (const group of groups) {
    const [one, other] = body.filter((row) => row[priority] === group);
    if (!one || !other) continue;
    [one[ref], other[ref]] = [other[ref] ?? '', one[ref] ?? ''];
  }
  const last = body.pop() ?? [];
  const added = last.map((cell, place) => {
    if (place === ref) return '10.9.9';
    if (place === action) return 'Keep one list of what every young person was promised';
    return place === lead ? 'Helen Brackley' : cell;
  });
  return [...rows.slice(0, at + 1), ...body, added]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n');
}

test('replies stay with their actions, through a kill in the middle of loading', async () => {
  await install(world);
  await openSeptember(world);
  const before = await stores.plans.readActions(plan);
  const byTitle = new Map(before.map((action) => [action.title, action]));
  const said = new Map<string, string>();
  for (const lead of world.leads) {
    for (const action of ledBy(before, lead).slice(0, 3)) {
      const narrative = `${lead.name} said this of what is called ${action.ref} now.`;
      await reply(lead, action, narrative);
      said.set(action.id, narrative);
    }
  }
  const asked = new Map(world.leads.map((lead) => [lead.id, monthMessages(world.teams, lead).length]));

  const url = files.serve('tracker.csv', Buffer.from(laterVersion()));
  const card = await preview(url);
  expect(textOf(card)).toMatch(/1 action is new/);
  expect(textOf(card)).toMatch(/1 action of the plan has no row/);
  expect(textOf(card)).toMatch(/20 actions have another ref/);
  const load = findButton(card, { title: /leaves the plan$/ });
  if (!load) throw new Error('the plan cannot be loaded');

  // Killed as soon as the work is written down: some of it is done by then, or none.
  const pressed = world.client.press(world.officer, card, load).catch(() => null);
  await eventually(async () => (await stores.reloads.readReload(plan)) !== null, 'the load has begun');
  await world.bot.kill();
  await pressed;
  await world.bot.restart();
  await eventually(
    async () => (await stores.reloads.readReload(plan))?.value.state === 'done',
    'the load is done by whoever came after',
  );

  const after = await stores.plans.readActions(plan);
  expect(after).toHaveLength(before.length);
  for (const action of after) {
    const known = byTitle.get(action.title);
    if (!known) continue;
    expect(action.id).toBe(known.id);
    const narrative = said.get(action.id);
    if (narrative !== undefined) expect(action).toMatchObject({ narrative, updatedIn: '2023-09' });
  }
  const renumbered = after.filter(({ id, ref }) => before.some((one) => one.id === id && one.ref !== ref));
  expect(renumbered).toHaveLength(20);
  const left = (await stores.plans.readEveryAction(plan)).filter((action) => action.left);
  expect(left).toHaveLength(1);
  for (const [id, narrative] of said) {
    const updates = await stores.plans.readUpdates(plan, id);
    expect(updates.map((update) => update.after.narrative)).toEqual([narrative]);
  }

  // The same button once more, and a reply after: the month goes on, under the new refs.
  const again = await world.client.press(world.officer, card, load);
  expect(textOf(again.card ?? {})).toMatch(/loaded already/);
  expect((await stores.plans.readActions(plan)).map(({ id, ref }) => [id, ref])).toEqual(
    after.map(({ id, ref }) => [id, ref]),
  );
  for (const lead of world.leads)
    expect(monthMessages(world.teams, lead)).toHaveLength(asked.get(lead.id) ?? 0);
  const helen = world.leads.find(({ name }) => name === 'Helen Brackley');
  const fresh = after.find(({ ref }) => ref === '10.9.9');
  if (!helen || !fresh) throw new Error('the new action is not there');
  await reply(helen, fresh, 'A list was begun.');
  const audit = await stores.plans.readAudit(plan, 200);
  expect(audit.filter(({ what }) => what.kind === 'plan-loaded')).toHaveLength(1);
  const lines = audit.flatMap(({ what }) =>
    what.kind === 'action-loaded' ? [`${what.how} ${what.action}`] : [],
  );
  expect(new Set(lines).size).toBe(lines.length);
}, 120_000);

function ledBy(actions: readonly Action[], lead: Sender): Action[] {
  return actions.filter(
    ({ leads, groupLeads, status }) =>
      (leads.length > 0 ? leads : groupLeads).some(({ name }) => name === lead.name) &&
      (status.key === 'amber' || status.key === 'green' || status.key === 'red'),
  );
}

async function reply(lead: Sender, action: Action, narrative: string): Promise<void> {
  const version = (await stores.plans.readAction(plan, action.id))?.value.version ?? 0;
  const answer = await world.client.execute(lead, 'save', {
    ...{ verb: 'save', plan, period: '2023-09', action: action.id, ref: action.ref, page: 0, version },
    ...{ after: 'list', anyway: true, status: 'amber', percent: '55', narrative },
  });
  expect(textOf(answer.card ?? {})).toMatch(/saved/i);
}

async function preview(url: string): Promise<Card> {
  const before = world.teams.chatWith(world.officer).length;
  await world.client.sendFile(world.officer, { url, name: 'tracker.csv' });
  return world.teams.until(() => {
    const message = world.teams.chatWith(world.officer).slice(before).at(-1);
    return message ? cardOf(message) : null;
  }, 30_000);
}

async function eventually(look: () => Promise<boolean>, what: string): Promise<void> {
  const until = Date.now() + 30_000;
  while (!(await look())) {
    if (Date.now() > until) throw new Error(`not so within half a minute: ${what}`);
    await pause(20);
  }
}
