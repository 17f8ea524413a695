import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { VERB_DEEDS } from '../../src/teams/deeds';
import { wireStores } from '../../src/wiring';
import { TENANT } from './production';
import { MEASURED, NEXT_VERSION, PEOPLE, startTeam, type TeamWorld, type Who } from './team';

/**
 * Anything at all, over HTTP: every route, every kind of activity, every verb, from people of every kind, with made-up and with half-right data.
 * `npm run test:fuzz` sends 100,000 requests (RUNS) with a seed that it prints; `npm test` sends a few, always the same.
 */

const RUNS = Number(process.env.RUNS ?? 300);
const SEED = process.env.RUNS ? Number(process.env.SEED ?? Date.now() % 2 ** 31) : 6;
const AT_ONCE = 16;
/** Chats of one person: Teams' limit of what is said in one would slow the run down. */
const CHATS = 20;
let chats = 0;

let world: TeamWorld;
/** What is really there, as buttons name it. */
let real: Readonly<Record<string, unknown>>;
/** Where the bot's answers go: said, and forgotten, so that what grows is the bot's own. */
const sink = createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end('{"id":"1"}');
});
// A connection that it closes while a request comes is an answer that was lost: Teams' fault, and looked at elsewhere.
sink.keepAliveTimeout = 0;
beforeAll(async () => {
  world = await startTeam(MEASURED);
  const { plans, measures } = wireStores(world.tables, world.clock);
  const [actions, [measure], [report]] = await Promise.all([
    plans.readActions(world.plan),
    measures.readMeasures(world.plan),
    measures.readReports(world.plan),
  ]);
  real = {
    ...{ plan: world.plan, period: '2023-09', action: actions[0]?.id, ref: actions[0]?.ref, page: 0 },
    ...{ measures: measure?.id, [`reading-${measure?.id}`]: '61%', report: report?.id, part: 0 },
    // Later than any, so that it is not for its age that a reply is turned away.
    ...{
      version: 1_000_000,
      versions: '1000000',
      after: 'next',
      what: 'total',
      question: 'show all actions',
    },
    ...{ show: 'preview', missing: 'keep', lead: 'otto other', q: '{"kind":"leads","group":null}' },
  };
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
}, 60_000);
/** The programme officer sends a new version of the plan; a button may load it, so each thousand has one of its own. */
async function sendDraft(): Promise<void> {
  await world.clientOf('officer').client.say(PEOPLE.officer, NEXT_VERSION);
  const { drafts } = wireStores(world.tables, world.clock);
  real = { ...real, draft: (await drafts.readDraft(TENANT, PEOPLE.officer.aadObjectId))?.value.id };
}
afterAll(async () => {
  await world?.close();
  sink.closeAllConnections();
  await new Promise((resolve) => sink.close(resolve));
});

const strange = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.constantFrom(
    '\u202Eabc',
    'a\u200Bb',
    '\uD800',
    '../x',
    'a/b\\c#d?e',
    '\u0000',
    "' or 1 eq 1",
    '__proto__',
    'x'.repeat(5_000),
  ),
);
const anything = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: strange },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, -1, 1e308, [], {}, [[[[]]]], Array(2_000).fill(0)) },
);
const FIELDS =
  'plan period action ref page version after anyway as percent status narrative revised barriers ask lead question q from what key group delivered report draft measures versions show fromPage'.split(
    ' ',
  );
const data = fc.dictionary(
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...FIELDS) }, { weight: 1, arbitrary: strange }),
  anything,
  {
    maxKeys: 8,
  },
);
const verb = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(VERB_DEEDS)) },
  { weight: 1, arbitrary: strange },
);
/** A button's data: as it stands, or with something over it. */
const over = fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 4, arbitrary: data });
const orders = fc.constantFrom(
  ...['show my amber actions', 'update 1.1 to 60% amber: done', 'no change on 1.1', 'undo 1.1', 'help'],
  ...['open the September 2023 update', 'preview', 'summary', 'who has not replied', 'show the audit'],
  ...['hand 1.1 to Otto Other', 'Cole Colead covers for Ann Lead until 30 September 2023', 'export'],
  ...['let Sam Stranger read the plan', 'make Otto Other a programme officer', 'show the ledger'],
  ...['how are the measures doing?', 'decisions', 'clear 1.1 for publication', 'which actions have left?'],
);
const who = fc.constantFrom(...(Object.keys(PEOPLE) as Who[]));
const invokes = fc.constantFrom(
  ...[
    'adaptiveCard/action',
    'task/fetch',
    'task/submit',
    'composeExtension/query',
    'fileConsent/invoke',
    'signin/verifyState',
    '',
  ],
);
const types = fc.constantFrom(
  ...[
    'message',
    'invoke',
    'conversationUpdate',
    'installationUpdate',
    'messageReaction',
    'event',
    'typing',
    'x',
  ],
);

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

const json = { 'content-type': 'application/json' };
const post = (body: unknown): Sent => ({
  path: '/api/messages',
  method: 'POST',
  headers: json,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

function sinkUrl(): string {
  return `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`;
}

function base(person: Who, more: object): object {
  const { id, aadObjectId, name } = PEOPLE[person];
  return {
    type: 'invoke',
    id: '1',
    channelId: 'msteams',
    serviceUrl: sinkUrl(),
    from: { id, aadObjectId, name },
    recipient: { id: '28:22222222-2222-4222-8222-222222222222' },
    conversation: { id: `a:${id}:${chats++ % CHATS}`, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    ...more,
  };
}

const requests: fc.Arbitrary<Sent> = fc.oneof(
  // A button, with data that is nearly right.
  {
    weight: 6,
    arbitrary: fc.tuple(who, invokes, verb, over).map(([person, name, pressed, more]) => {
      const sent = { ...real, verb: pressed, ...more };
      const value =
        name === 'adaptiveCard/action' ? { action: { verb: pressed, data: sent } } : { data: sent };
      return post(base(person, { name, value }));
    }),
  },
  // A search, and an answer to an offer of a file: nearly right. Few are taken, since a paper takes seconds to make.
  {
    weight: 1,
    arbitrary: fc.tuple(who, anything, data).map(([person, value, more]) => {
      const query = { commandId: 'find', parameters: [{ name: 'q', value }], ...more };
      return post(base(person, { name: 'composeExtension/query', value: query }));
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(who, fc.constantFrom('accept', 'decline'), data, data, fc.nat(30))
      .map(([person, action, context, uploadInfo, one]) => {
        const paper = { paper: 'tracker', plan: world.plan, period: 'now', public: false, cleared: false };
        const place = { name: 'a.xlsx', uploadUrl: sinkUrl(), contentUrl: 'x', uniqueId: 'x', fileType: 'x' };
        const value =
          one === 0
            ? { action, context: paper, uploadInfo: place }
            : {
                action,
                context: { ...paper, ...context, public: one },
                uploadInfo: { ...place, ...uploadInfo },
              };
        return post(base(person, { name: 'fileConsent/invoke', value }));
      }),
  },
  // A file, or what looks like one.
  {
    weight: 1,
    arbitrary: fc.tuple(who, anything, data).map(([person, content, more]) => {
      const file = { downloadUrl: sinkUrl(), uniqueId: 'x', fileType: 'csv', ...more };
      const contentType = 'application/vnd.microsoft.teams.file.download.info';
      const attachments = [
        { contentType, content: file, name: 'plan.csv' },
        { contentType: 'text/html', content },
      ];
      return post(base(person, { type: 'message', attachments }));
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(who, invokes, anything)
      .map(([person, name, value]) => post(base(person, { name, value }))),
  },
  // Something typed.
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        who,
        fc.oneof(
          strange,
          orders,
          fc.tuple(orders, strange).map(([order, more]) => `${order} ${more}`),
        ),
      )
      .map(([person, text]) => post(base(person, { type: 'message', text }))),
  },
  // A whole activity.
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        who,
        types,
        fc.dictionary(
          fc.constantFrom(
            'name',
            'value',
            'text',
            'from',
            'recipient',
            'conversation',
            'channelData',
            'membersAdded',
            'membersRemoved',
            'action',
            'replyToId',
            'entities',
            'attachments',
            'deliveryMode',
            'locale',
          ),
          anything,
          { maxKeys: 4 },
        ),
      )
      .map(([person, type, more]) => post(base(person, { ...more, type }))),
  },
  // Whatever is no activity.
  { weight: 1, arbitrary: anything.map((body) => post(body)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }).map((body) => post(body)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
      post(`${'['.repeat(50_000)}`),
      post(`{"a":${'{"a":'.repeat(200)}1${'}'.repeat(201)}`),
      post({ type: 'message', text: 'x'.repeat(1_100_000) }),
    ),
  },
  // Every route, by every method.
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          '/healthz',
          '/readyz',
          '/api/messages',
          '/api/messages/',
          '/',
          '/x',
          '/%00',
          '/..%2f',
          '/api/messages?x=%E0',
        ),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'),
        fc.constantFrom<Record<string, string>>(
          {},
          json,
          { 'content-type': 'text/plain' },
          { 'content-encoding': 'gzip', ...json },
        ),
      )
      .map(([path, method, headers]) => ({
        path,
        method,
        headers,
        body: method === 'GET' || method === 'HEAD' ? null : '{}',
      })),
  },
);

/** The first of what was logged as an error, but for that September was opened late, which the plan's own clock makes so. */
function faultsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.includes('a step of a month comes late')).slice(0, 5);
}

/** Says how a long run goes. */
function say(facts: object): void {
  if (process.env.RUNS) process.stdout.write(`${JSON.stringify(facts)}\n`);
}

test(
  `${RUNS} requests (seed ${SEED}): no crash, nothing above 499, no error in the log, nothing polluted, memory flat`,
  async () => {
    const origin = world.url.replace(/\/api\/messages$/, '');
    const heaps: number[] = [];
    const counts: Record<number, number> = {};
    const worst: string[] = [];
    for (let third = 0; third < 3; third += 1) {
      const n = Math.ceil(RUNS / 3);
      for (let done = 0; done < n; done += 1_000) {
        await sendDraft();
        if (done % 5_000 === 0) say({ third, done, counts, errors: faultsIn(world.errors) });
        const sample = fc.sample(requests, {
          numRuns: Math.min(1_000, n - done),
          seed: SEED + third * 1_000_003 + done,
        });
        const queue = [...sample];
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            for (let sent = queue.shift(); sent; sent = queue.shift()) {
              const { path, method, headers, body } = sent;
              const ask = () => fetch(origin + path, { method, headers, body });
              // A connection that stood idle can be closed in the moment in which it is used: once more, over another.
              const answer = await ask().catch(() => ask().catch(() => null));
              await answer?.arrayBuffer().catch(() => null);
              // A body that is too large may have the line cut while it is still being sent.
              const status = answer?.status ?? 0;
              counts[status] = (counts[status] ?? 0) + 1;
              if (status >= 500 || (status === 0 && (body?.length ?? 0) < 900_000))
                worst.push(`${status} ${method} ${path} ${body?.slice(0, 400)}`);
            }
          }),
        );
      }
      world.teams.requests.length = 0;
      (globalThis as { gc?: () => void }).gc?.();
      heaps.push(Math.round(process.memoryUsage().heapUsed / 1e6));
    }
    say({ counts, heapsInMB: heaps });
    expect(worst.slice(0, 5)).toEqual([]);
    // A person is told that something failed by a sentence, under 200: only the log knows.
    expect(faultsIn(world.errors)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(RUNS);
    const [, second = 0, last = 0] = heaps;
    // Only after a collection does the heap tell anything.
    if ('gc' in globalThis) expect(last).toBeLessThan(second * 1.25 + 20);
  },
  60_000 + RUNS * 60,
);
