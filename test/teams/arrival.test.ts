import type { TurnContext } from 'botbuilder';
import { readCycleLedger } from '../../src/app/cycleLedger';
import type { Composer } from '../../src/app/ports';
import { makeComposer } from '../../src/cards/composer';
import { runTurn, type TurnDeps } from '../../src/teams/turn';
import { english } from '../../src/words/words';
import { turnDepsOf } from '../fakes/turns';
import { type AppWorld, callerOf, makeWorld, OCTOBER, SEPTEMBER, TEAM, TENANT } from '../fakes/world';

/** A message of which it is not known whether it arrived, until its card says so. */

const ANN = 'prompt|2023-09|ann-archer';
const lost = { outcome: 'unconfirmed', reason: '502 ServiceError' } as const;

type Data = Readonly<Record<string, unknown>>;

/** September is open. Ann's prompt arrived, but its answer was lost. */
async function makeDoubt(): Promise<{ world: AppWorld; deps: TurnDeps; card: unknown }> {
  const composer: { real?: Composer } = {};
  const world = await makeWorld({
    composer: { compose: async (...of) => (await composer.real?.compose(...of)) ?? null },
  });
  composer.real = makeComposer(world.deps, english);
  await world.open();
  world.teams.script('ann-archer', { delivery: lost, arrives: true });
  await world.advance();
  expect((await world.message(ANN)).state).toBe('unconfirmed');
  const deps = turnDepsOf(world.deps);
  return { world, deps, card: world.teams.arrivedAt('ann-archer')[0]?.card };
}

/** What the buttons of a card send, also its refreshing of itself. */
function dataIn(card: unknown): Data[] {
  if (Array.isArray(card)) return card.flatMap(dataIn);
  if (typeof card !== 'object' || card === null) return [];
  const { data, ...rest } = card as { data?: Data };
  return [...(data?.verb ? [data] : []), ...Object.values(rest).flatMap(dataIn)];
}

function dataOf(card: unknown, verb: string): Data {
  const found = dataIn(card).find((data) => data.verb === verb);
  if (!found) throw new Error(`no button for ${verb}`);
  return found;
}

/** Somebody presses a button of a card whose message has the id m-7; gives what the press is answered with. */
async function press(
  deps: TurnDeps,
  name: string,
  data: Data,
  place: 'personal' | 'channel' = 'personal',
): Promise<string> {
  const { userId, objectId, serviceUrl } = callerOf(name);
  const inChannel = { team: { id: TEAM }, channel: { id: TEAM } };
  const activity = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: data.verb, data } },
    replyToId: 'm-7',
    from: { id: userId, aadObjectId: objectId, name },
    serviceUrl,
    conversation: { id: 'a:chat', conversationType: place, tenantId: TENANT },
    channelData: { tenant: { id: TENANT }, ...(place === 'channel' ? inChannel : {}) },
  };
  const sent: unknown[] = [];
  const sendActivity = async (one: unknown): Promise<void> => {
    sent.push(one);
  };
  await runTurn(deps, { activity, sendActivity } as unknown as TurnContext);
  return JSON.stringify(sent);
}

test.each(['month', 'form', 'noChange'])('a press (%s) proves that the card arrived', async (verb) => {
  const { world, deps, card } = await makeDoubt();
  const { claimedAt } = await world.message(ANN);
  await press(deps, 'Ann Archer', dataOf(card, verb));
  expect(await world.message(ANN)).toMatchObject({
    state: 'sent',
    sentAt: claimedAt,
    conversation: 'a:chat',
    messageId: 'm-7',
  });
  const { entries } = await readCycleLedger(deps, await world.plan(), SEPTEMBER);
  expect(entries.filter(({ prompt }) => prompt.state === 'unconfirmed')).toEqual([]);
});

test('every button of the card names its message; those of a card that answers somebody name none', async () => {
  const { deps, card } = await makeDoubt();
  const messages = new Set(dataIn(card).map(({ message }) => message));
  expect([...messages]).toEqual([ANN]);
  const answer = await press(deps, 'Ann Archer', dataOf(card, 'month'));
  expect(answer).toContain('AdaptiveCard');
  expect(dataIn(JSON.parse(answer)).filter(({ message }) => message !== undefined)).toEqual([]);
});

test('proves nothing: somebody else’s press, one in a channel, one of another card, one that names what is no message', async () => {
  const { world, deps, card } = await makeDoubt();
  const data = dataOf(card, 'month');
  const { message: _, ...unnamed } = data;
  await press(deps, 'Ben Baker', data);
  await press(deps, 'Ann Archer', data, 'channel');
  await press(deps, 'Ann Archer', unnamed);
  for (const message of [`prompt|${OCTOBER}|ann-archer`, `post|${SEPTEMBER}`, 'plan', 7])
    await press(deps, 'Ann Archer', { ...data, message });
  expect((await world.message(ANN)).state).toBe('unconfirmed');
});

test('a reply is kept and answered also where that could not be noted', async () => {
  const { world, deps, card } = await makeDoubt();
  const months = Object.assign(Object.create(deps.months) as TurnDeps['months'], {
    saveMessage: () => Promise.reject(new Error('503 the server is busy')),
  });
  const answer = await press({ ...deps, months }, 'Ann Archer', dataOf(card, 'noChange'));
  expect(answer).toContain('AdaptiveCard');
  expect((await world.message(ANN)).state).toBe('unconfirmed');
  expect(JSON.stringify(world.log.lines)).toContain('that a message arrived could not be noted');
});
