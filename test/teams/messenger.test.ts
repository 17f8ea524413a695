import { AppCredentials } from 'botframework-connector';
import type { Person } from '../../src/app/ports';
import { freePort } from '../../src/demo/ports';
import type { Delivery } from '../../src/domain/message';
import { StewardAdapter } from '../../src/teams/adapter';
import { localSlots, makeBudget } from '../../src/teams/budget';
import { makeMessenger } from '../../src/teams/messenger';
import { makeOutbound } from '../../src/teams/outbound';
import type { Wire } from '../../src/teams/request';
import { FAULTS, type Fault, startTeamsStandIn, type TeamsStandIn } from '../e2e/support/teamsStandIn';
import { KeptLog } from '../fakes/world';

/** What each answer of Teams means for a message, told by a stand-in that only answers Teams' REST paths. */

let teams: TeamsStandIn;
const budget = makeBudget(localSlots(), new KeptLog());
const messenger = makeMessenger(new StewardAdapter({ kind: 'open' }, makeOutbound(true, budget)), budget);
const members = Array.from({ length: 46 }, (_, n) => ({
  id: `29:p${n}`,
  aadObjectId: `OBJECT-${n}`,
  name: `Person ${n}`,
}));
const lift: (() => void)[] = [];

beforeAll(async () => {
  teams = await startTeamsStandIn({
    tenantId: 'tenant-1',
    id: '19:team@thread.tacv2',
    name: 'Improvement Board',
    channels: [{ id: '19:board@thread.tacv2', name: 'Board' }],
    members,
  });
});
afterEach(() => {
  for (const undo of lift.splice(0)) undo();
});
afterAll(() => teams.close());

function fail(
  operation: 'send' | 'createConversation' | 'update' | 'members' | 'channels',
  fault: Fault,
): void {
  lift.push(teams.fail({ operation, fault }));
}

function person(n: number): Person {
  return {
    id: `object-${n}`,
    tenant: 'tenant-1',
    userId: `29:p${n}`,
    name: `Person ${n}`,
    email: null,
    serviceUrl: teams.serviceUrl,
    conversation: null,
    plans: [],
    unreachable: null,
    welcomed: false,
  };
}

async function send(n: number): Promise<Delivery> {
  const chat = await messenger.openChat(person(n));
  if ('outcome' in chat) return chat;
  return messenger.sendToChat(person(n), chat.conversation, { summary: 'September update', text: 'Hello' });
}

function attempts(operation: string): number {
  return teams.requests.filter((request) => request.operation === operation).length;
}

test('several messages to somebody whose chat is not known yet make it once; the next one makes it again', async () => {
  const before = attempts('createConversation');
  const chats = await Promise.all([1, 2, 3].map(() => messenger.openChat(person(11))));
  expect(new Set(chats.map((chat) => 'conversation' in chat && chat.conversation)).size).toBe(1);
  expect(attempts('createConversation')).toBe(before + 1);
  await messenger.openChat(person(11));
  expect(attempts('createConversation')).toBe(before + 2);
});

test('a chat that was made, but whose answer broke off, is made again; nothing is sent to nowhere', async () => {
  const broken: Wire = async () => ({ status: 201, headers: {}, body: null });
  const adapter = new StewardAdapter({ kind: 'open' }, makeOutbound(true, budget, broken));
  expect(await makeMessenger(adapter, budget).openChat(person(3))).toMatchObject({ outcome: 'throttled' });
});

test('a permit that has run out: nothing is sent, and it may be sent again', async () => {
  const before = attempts('send');
  const chat = teams.personalChatOf({ id: '29:p2' });
  const delivery = await messenger.inTurn('tenant-1', (permit) =>
    messenger.sendToChat(
      person(2),
      chat,
      { summary: 'September update' },
      { ...permit, until: Date.now() - 1 },
    ),
  );
  expect(delivery.outcome).toBe('throttled');
  expect(attempts('send')).toBe(before);
});

test('sends, with a summary, and gives the message’s id', async () => {
  const delivery = await send(1);
  const [message] = teams.chatWith({ id: '29:p1' });
  expect(delivery).toEqual({
    outcome: 'sent',
    conversation: teams.personalChatOf({ id: '29:p1' }),
    messageId: message?.id,
  });
  expect(message?.activity).toMatchObject({
    summary: 'September update',
    text: 'Hello',
    textFormat: 'plain',
  });
});

test.each<[string, Fault, Partial<Delivery>]>([
  [
    'blocked by the user',
    FAULTS.blockedByUser,
    { outcome: 'unreachable', why: 'blocked' } as Partial<Delivery>,
  ],
  [
    'not installed',
    FAULTS.notInRoster,
    { outcome: 'unreachable', why: 'not-installed' } as Partial<Delivery>,
  ],
  [
    'disabled by IT',
    { status: 403, code: 'BotDisabledByAdmin' },
    { outcome: 'unreachable', why: 'disabled' } as Partial<Delivery>,
  ],
  [
    'not installed, in other words',
    { status: 403, code: 'ForbiddenOperationException' },
    { outcome: 'unreachable', why: 'not-installed' } as Partial<Delivery>,
  ],
  [
    'blocked, told by the code within',
    { status: 403, code: 'Forbidden', subCode: 'MessageWritesBlocked' },
    { outcome: 'unreachable', why: 'blocked' } as Partial<Delivery>,
  ],
  [
    'gone from the organisation',
    { status: 404, code: 'UserNotFound' },
    { outcome: 'unreachable', why: 'left' } as Partial<Delivery>,
  ],
  [
    'another refusal',
    { status: 403, code: 'NotEnoughPermissions' },
    { outcome: 'unreachable', why: 'refused' } as Partial<Delivery>,
  ],
  [
    'no such conversation',
    FAULTS.notFound,
    { outcome: 'unreachable', why: 'not-installed' } as Partial<Delivery>,
  ],
  ['412', FAULTS.preconditionFailed, { outcome: 'throttled' }],
  ['429', FAULTS.throttled(), { outcome: 'throttled' }],
  ['503', { status: 503, code: 'ServiceUnavailable' }, { outcome: 'throttled' }],
  ['502', FAULTS.badGateway, { outcome: 'unconfirmed' }],
  ['504', { status: 504, code: 'GatewayTimeout' }, { outcome: 'unconfirmed' }],
  ['500', { status: 500, code: 'ServiceError' }, { outcome: 'unconfirmed' }],
  ['a connection that breaks', 'drop', { outcome: 'unconfirmed' }],
  ['an answer that is lost', 'lostAnswer', { outcome: 'unconfirmed' }],
])('%s is tried once, and told for what it is', async (_what, fault, expected) => {
  fail('send', fault);
  const before = attempts('send');
  expect(await send(2)).toMatchObject(expected);
  expect(attempts('send') - before).toBe(1);
});

test('obeys Retry-After', async () => {
  fail('send', FAULTS.throttled(7));
  const delivery = await send(3);
  if (delivery.outcome !== 'throttled') throw new Error(delivery.outcome);
  expect(delivery.retryAfterMs).toBeGreaterThanOrEqual(7_000);
  expect(delivery.retryAfterMs).toBeLessThan(7_500);
});

test('obeys Retry-After as a date; leaves it to whoever knows how often when there is none', async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  fail('send', { status: 429, code: 'TooManyRequests', retryAfter: date });
  const dated = await send(3);
  if (dated.outcome !== 'throttled') throw new Error(dated.outcome);
  expect(dated.retryAfterMs).toBeGreaterThan(30_000);
  expect(dated.retryAfterMs).toBeLessThan(61_000);
  fail('send', FAULTS.throttled());
  expect(await send(3)).toMatchObject({ outcome: 'throttled', retryAfterMs: null });
});

test('a chat that could not be opened is put off or told; opening it twice gives the same', async () => {
  fail('createConversation', 'lostAnswer');
  expect(await send(4)).toMatchObject({ outcome: 'throttled' });
  for (const undo of lift.splice(0)) undo();
  expect(await send(4)).toMatchObject({ outcome: 'sent' });
  expect(teams.chatWith({ id: '29:p4' })).toHaveLength(1);
  fail('createConversation', FAULTS.notInRoster);
  expect(await send(5)).toMatchObject({ outcome: 'unreachable', why: 'not-installed' });
});

test('posts into a channel, once, also when the answer is lost', async () => {
  const post = () =>
    messenger.sendToChannel(teams.serviceUrl, 'tenant-1', '19:board@thread.tacv2', { summary: 'Position' });
  expect(await post()).toMatchObject({ outcome: 'sent' });
  fail('createConversation', 'lostAnswer');
  expect(await post()).toMatchObject({ outcome: 'unconfirmed' });
  expect(teams.postsIn('19:board@thread.tacv2')).toHaveLength(2);
  expect(
    await messenger.sendToChannel(teams.serviceUrl, 'tenant-1', '19:gone', { summary: 'x' }),
  ).toMatchObject({
    outcome: expect.stringMatching(/unreachable|unconfirmed/),
  });
});

test('nothing listens: certainly not delivered, so put off', async () => {
  const nowhere = { ...person(6), serviceUrl: `http://127.0.0.1:${await freePort()}/` };
  expect(await messenger.sendToChat(nowhere, 'a:x', { summary: 'x' })).toMatchObject({
    outcome: 'throttled',
  });
});

test('without a token nothing is sent, so it is put off, in a chat as in a channel', async () => {
  const proof = { kind: 'secret', secret: 'nobody-knows' } as const;
  let requests = 0;
  const counting: Wire = async () => {
    requests += 1;
    return { status: 201, headers: {}, body: '{}' };
  };
  const adapter = new StewardAdapter(
    { kind: 'single-tenant', appId: 'app-1', tenant: 'tenant-1', proof },
    makeOutbound(false, budget, counting),
  );
  const refused = jest.spyOn(AppCredentials.prototype, 'getToken').mockRejectedValue(new Error('expired'));
  lift.push(() => refused.mockRestore());
  const unsigned = makeMessenger(adapter, budget);
  const serviceUrl = 'https://smba.trafficmanager.net/uk/';
  const expected = { outcome: 'throttled', reason: 'no token for Teams: expired' };
  expect(await unsigned.sendToChat({ ...person(9), serviceUrl }, 'a:x', { summary: 'x' })).toMatchObject(
    expected,
  );
  expect(await unsigned.sendToChannel(serviceUrl, 'tenant-1', '19:x', { summary: 'x' })).toMatchObject(
    expected,
  );
  expect(requests).toBe(0);
});

test.each(['hang up', '500', '502', '503'])(
  'a chat whose making fails (%s) is put off: it is made again',
  async (fault) => {
    fail(
      'createConversation',
      fault === 'hang up' ? 'drop' : { status: Number(fault), code: 'ServiceError' },
    );
    expect(await send(10)).toMatchObject({ outcome: 'throttled' });
  },
);

test('talks to Teams alone: no request leaves for another host', async () => {
  const elsewhere = { ...person(7), serviceUrl: 'https://example.org/' };
  expect(await messenger.sendToChat(elsewhere, 'a:x', { summary: 'x' })).toMatchObject({
    outcome: 'unreachable',
    why: 'refused',
  });
});

test('updates a message, or says that it is gone', async () => {
  await send(8);
  const [message] = teams.chatWith({ id: '29:p8' });
  const chat = teams.personalChatOf({ id: '29:p8' });
  const update = (id: string) =>
    messenger.updateMessage(teams.serviceUrl, 'tenant-1', chat, id, { summary: 'new', text: 'new' });
  expect(await update(message?.id ?? '')).toBe('updated');
  expect(message?.activity.text).toBe('new');
  expect(await update('0')).toBe('gone');
  fail('update', FAULTS.throttled());
  expect(await update(message?.id ?? '')).toBe('failed');
});

test('reads a roster of several pages; ids are in lower case', async () => {
  const team = { id: '19:team@thread.tacv2', tenant: 'tenant-1', serviceUrl: teams.serviceUrl };
  const roster = await messenger.readRoster(team);
  expect(roster).toHaveLength(46);
  expect(roster[0]).toEqual({ id: 'object-0', userId: '29:p0', name: 'Person 0', email: expect.any(String) });
  fail('members', FAULTS.badGateway);
  await expect(messenger.readRoster(team)).rejects.toThrow('502');
});

test('names of a team are a courtesy: what Teams does not give is left out', async () => {
  const team = { id: '19:team@thread.tacv2', tenant: 'tenant-1', serviceUrl: teams.serviceUrl };
  const names = await messenger.readTeamNames(team);
  expect(names.team).toBe('Improvement Board');
  expect(names.channels.get('19:board@thread.tacv2')).toBe('Board');
  fail('channels', FAULTS.badGateway);
  expect((await messenger.readTeamNames(team)).channels.size).toBe(0);
});
