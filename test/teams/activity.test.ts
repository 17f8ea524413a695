import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { readIncoming, teamOf, textOf } from '../../src/teams/activity';
import { isAllowedServiceUrl } from '../../src/teams/outbound';

const base = {
  type: 'message',
  from: { id: '29:ann', name: 'Ann', aadObjectId: 'ABC' },
  serviceUrl: 'https://smba.trafficmanager.net/uk/',
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'T' },
};
const read = (activity: unknown) => readIncoming(activity as Activity);

test('who and where come from the activity', () => {
  expect(read(base)).toEqual({
    caller: { tenant: 't', objectId: 'abc', userId: '29:ann', name: 'Ann', serviceUrl: base.serviceUrl },
    place: { kind: 'personal', conversation: 'a:1' },
  });
});

test('a channel’s thread, the General channel, and a chat of several', () => {
  const inTeam = (conversation: string, channel?: string) =>
    read({
      ...base,
      conversation: { id: conversation, conversationType: 'channel' },
      channelData: {
        tenant: { id: 'T' },
        team: { id: '19:team' },
        ...(channel ? { channel: { id: channel } } : {}),
      },
    })?.place;
  expect(inTeam('19:board;messageid=1', '19:board')).toEqual({
    kind: 'channel',
    conversation: '19:board;messageid=1',
    team: '19:team',
    channel: '19:board',
  });
  expect(inTeam('19:team;messageid=1')).toMatchObject({ kind: 'channel', channel: '19:team' });
  const several = {
    ...base,
    conversation: { id: '19:x@thread.v2', conversationType: 'groupChat', tenantId: 'T' },
  };
  expect(read(several)?.place).toEqual({ kind: 'group', conversation: '19:x@thread.v2' });
});

test.each([
  ['nobody', { ...base, from: undefined }],
  ['an empty id', { ...base, from: { id: '' } }],
  ['no conversation', { ...base, conversation: null }],
  ['no tenant', { ...base, conversation: { id: 'a:1' } }],
  ['a service that is a number', { ...base, serviceUrl: 7 }],
])('what Teams would never send is left alone: %s', (_what, activity) => {
  expect(read(activity)).toBeNull();
});

test.each([
  ['<at>Steward</at> open the September update', 'open the September update'],
  ['<at id="0">Steward</at>&nbsp;help', 'help'],
  ['<p>summary</p>', 'summary'],
  ['<p>R&amp;D below 50 &lt; 60</p>', 'R&D below 50 < 60'],
  ['under 50 < 60 and > 20', 'under 50 < 60 and > 20'],
  ['', ''],
])('%s says %s', (text, said) => {
  expect(textOf({ text } as Activity)).toBe(said);
});

test('people who are mentioned are named, Steward is not; an entity decides, not a name', () => {
  const mention = (id: string, name: string, shown = name) => ({
    type: 'mention',
    mentioned: { id, name },
    text: `<at>${shown}</at>`,
  });
  const say = (text: string, ...entities: readonly unknown[]) =>
    textOf({ text, recipient: { id: '28:bot' }, entities } as unknown as Activity);
  const bot = mention('28:bot', 'Steward');
  const ann = mention('29:ann', 'Ann Lee');
  expect(say('<at>Steward</at> remind <at>Ann Lee</at>', bot, ann)).toBe('remind Ann Lee');
  expect(
    say("<at>Steward</at>&nbsp;show <at>Ann</at>'s actions", bot, mention('29:ann', 'Ann Lee', 'Ann')),
  ).toBe("show Ann Lee's actions");
  expect(say('<at>Steward</at> help', bot, mention('29:s', ''), null, 7, { type: 'clientInfo' })).toBe(
    'help',
  );
});

test('never throws, whatever comes, and takes no time', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(fc.constantFrom(...Object.keys(base), 'channelData', 'text'), fc.jsonValue()),
      (any, more) => {
        read(any ?? {});
        read({ ...base, ...more });
        teamOf({ ...base, ...more } as unknown as Activity);
      },
    ),
    { numRuns: 500 },
  );
  const started = Date.now();
  textOf({ text: '<at'.repeat(100_000) } as Activity);
  textOf({ text: `${'<'.repeat(50_000)}>` } as Activity);
  expect(Date.now() - started).toBeLessThan(1_000);
});

test.each([
  ['https://smba.trafficmanager.net/uk/', false, true],
  ['https://europe.smba.teams.microsoft.com/', false, true],
  ['https://smba.trafficmanager.net.example.org/', false, false],
  ['https://example.org/?smba.trafficmanager.net', false, false],
  ['https://smba.trafficmanager.net@example.org/', false, false],
  ['http://smba.trafficmanager.net/', false, false],
  ['https://smba.trafficmanager.net:8443/', false, false],
  ['http://127.0.0.1:3978/', false, false],
  ['http://127.0.0.1:3978/', true, true],
  ['http://localhost/', true, true],
  ['http://169.254.169.254/', true, false],
  ['https://smba.trafficmanager.net/uk/', true, false],
  ['file:///etc/passwd', true, false],
  ['', true, false],
])('%s (open: %s) is allowed: %s', (url, open, allowed) => {
  expect(isAllowedServiceUrl(url, open)).toBe(allowed);
});
