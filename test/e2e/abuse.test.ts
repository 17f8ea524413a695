import fc from 'fast-check';
import type { Action } from '../../src/domain/plan';
import { openTables, systemClock, type Tables, wireStores } from '../../src/wiring';
import { type BotAnswer, buttonsOf, type Card, formOf, type Sender, textOf } from './support/botClient';
import { cardOf } from './support/teamsStandIn';
import {
  BOARD,
  install,
  monthCardOf,
  monthMessages,
  openSeptember,
  startWorld,
  type World,
} from './support/world';

/** Everything that people, other programs and bad luck send: each gets a sentence, and nothing changes that should not. */

const CARD_BYTES = 28 * 1024;
const PERIOD = '2023-09';
const WORDS = 'The first half is done, and the second has begun.';

let world: World;
let tables: Tables;
let stores: ReturnType<typeof wireStores>;
let planId: string;
let lead: Sender;
let action: Action;
beforeAll(async () => {
  world = await startWorld();
  tables = await openTables({ kind: 'connection', connection: world.azurite.connectionString });
  stores = wireStores(tables, systemClock);
  planId = (await stores.plans.listPlans())[0]?.id ?? '';
  await install(world);
  await world.client.say(world.officer, 'post the summary here', { channel: BOARD });
  await openSeptember(world);
  // Wait until what goes on by itself has ended: from here on only what a test does changes anything.
  await world.teams.until(() => world.leads.every((one) => monthMessages(world.teams, one).length > 0));
  const own = (await stores.plans.readActions(planId)).find(
    ({ leads, status }) => status.key === 'amber' && leads.length === 1 && isHere(leads[0]?.name),
  );
  if (!own) throw new Error('the sample has no amber action with one lead');
  action = own;
  lead = world.leads.find(({ name }) => name === own.leads[0]?.name) ?? world.officer;
  await settled();
}, 90_000);
afterAll(() => world.close());

describe('a reply that is not taken', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['percent 101', { percent: '101' }, /0 to 100|between 0 and 100/i],
    ['percent -1', { percent: '-1' }, /0 to 100|between 0 and 100/i],
    ['percent 62.5', { percent: '62.5' }, /whole/i],
    ['percent abc', { percent: 'abc' }, /percent|number/i],
    ['percent empty', { percent: '' }, /percent|number/i],
    ['percent 1e2', { percent: '1e999' }, /percent|number/i],
    ['a status that is none', { status: 'purple' }, /Choose where it stands/],
    ['no status', { status: '' }, /Choose where it stands/],
    ['blue under 100', { status: 'blue', percent: '90' }, /100/],
    ['a day that is none', { revised: '2023-02-31' }, /date|day/i],
    ['a date that is words', { revised: 'soon' }, /date|day/i],
  ])('%s: says why, keeps what was typed, changes nothing', async (_what, typed, says) => {
    const answer = await unchanged(() => save(lead, typed));
    expect(textOf(answer.card ?? {})).toMatch(says);
    expect(formOf(answer.card ?? {})?.narrative.value).toBe(WORDS);
  });

  test.each<[string, Record<string, unknown>]>([
    ['red without a word', { status: 'red', narrative: '', barriers: '', ask: '' }],
    ['red with dashes for words', { status: 'red', narrative: '--', barriers: ' ', ask: '.' }],
    ['blue without evidence', { status: 'blue', percent: '100', narrative: 'done' }],
  ])('%s', async (_what, typed) => {
    const answer = await unchanged(() => save(lead, typed));
    expect(formOf(answer.card ?? {})?.narrative.value).toBe(typed.narrative);
  });

  test.each([
    ['an NHS number', 'Met the parents of 943 476 5919 on Monday to agree the plan.'],
    ['a date of birth', 'Placement agreed for J.S., born 14/03/2012, from January.'],
    ['an e-mail address', 'Write to jo.smith@example.org about the placement.'],
    ['a phone number', 'Ring her mother on 07700 900123 about the placement.'],
  ])('%s in the narrative', async (_what, narrative) => {
    const answer = await unchanged(() => save(lead, { narrative }));
    expect(formOf(answer.card ?? {})?.narrative.value).toBe(narrative);
  });

  test.each([
    ['40,000 characters', 'A long sentence that goes on. '.repeat(1_334)],
    ['40,000 characters of another script', 'দীর্ঘ বাক্য '.repeat(3_334)],
    ['40,000 smileys', '😀'.repeat(20_000)],
    ['40,000 quotes', '"\\'.repeat(20_000)],
    ['300,000 characters', 'x'.repeat(300_000)],
  ])('a narrative of %s: says so, keeps the beginning, fits into a card', async (_what, narrative) => {
    const answer = await unchanged(() => save(lead, { narrative }));
    const kept = formOf(answer.card ?? {})?.narrative.value ?? '';
    expect(kept.length).toBeGreaterThan(2_000);
    expect(narrative.startsWith(kept)).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(answer.card))).toBeLessThanOrEqual(CARD_BYTES);
    expect(textOf(answer.card ?? {})).toMatch(/2,?000/);
  });

  test.each<[string, () => Promise<BotAnswer>, RegExp]>([
    ['of somebody who leads something else', () => save(otherLead()), /is led by/],
    ['of somebody of the team who leads nothing', () => save(world.bystander), /is led by/],
    ['of a stranger', () => save(world.stranger), /people of its own team/],
    ['for a month that was never opened', () => save(lead, { period: '2023-08' }), /never opened/],
    ['for a month to come', () => save(lead, { period: '2031-01' }), /never opened/],
    ['for a month that is none', () => save(lead, { period: '2023-13' }), /card I no longer know/],
    [
      'of an unknown action',
      () => save(lead, { action: 'ffffffffffffffffffffffffffffffff', ref: '9.9.9' }),
      /no action 9\.9\.9/,
    ],
    [
      'of another plan',
      () => save(lead, { plan: 'ffffffffffffffffffffffffffffffff' }),
      /no plan that you belong to/,
    ],
    [
      'whose ids are paths',
      () => save(lead, { plan: '../people', action: 'x/../y' }),
      /card I no longer know/,
    ],
    [
      'whose verb is none',
      () => world.client.execute(lead, 'drop', { verb: 'drop', plan: planId }),
      /card I no longer know/,
    ],
    ['without data', () => world.client.execute(lead, '', {}), /card I no longer know/],
  ])('%s', async (_what, act, says) => {
    const answer = await unchanged(act);
    expect(wordsOf(answer)).toMatch(says);
  });

  test('who presses comes from the activity: data that names somebody else is not believed', async () => {
    const answer = await unchanged(() =>
      save(world.bystander, {
        from: lead,
        caller: lead,
        by: lead.aadObjectId,
        userId: lead.id,
        officer: true,
      }),
    );
    expect(wordsOf(answer)).toMatch(/is led by/);
  });

  test('"No change" and opening the form are refused to others too', async () => {
    const data = { plan: planId, period: PERIOD, action: action.id, ref: action.ref, page: 0, version: 0 };
    for (const verb of ['noChange', 'form'])
      for (const who of [otherLead(), world.bystander, world.stranger]) {
        const answer = await unchanged(() => world.client.execute(who, verb, { verb, ...data }));
        expect(wordsOf(answer)).toMatch(/is led by|people of its own team/);
      }
  });

  test('what only a programme officer may is refused to others, by chat and by button', async () => {
    for (const text of [
      'open the October 2023 update',
      'close the September 2023 update',
      'publish the September 2023 update',
      'preview',
    ]) {
      const before = world.teams.chatWith(lead).length;
      await unchanged(() => world.client.say(lead, text));
      expect(
        world.teams
          .chatWith(lead)
          .slice(before)
          .map(({ activity }) => activity.text),
      ).toEqual([expect.stringContaining('programme officer')]);
    }
    const settle = {
      verb: 'settle',
      plan: planId,
      page: 0,
      lead: 'gareth pritchard',
      'who-gareth pritchard': 'nobody',
    };
    expect(wordsOf(await unchanged(() => world.client.execute(lead, 'settle', settle)))).toMatch(
      /programme officer/,
    );
  });
});

describe('a reply that comes again', () => {
  test('is answered as the first was, and kept once', async () => {
    const { card } = await world.client.execute(lead, 'form', {
      ...{ verb: 'form', plan: planId, period: PERIOD, action: action.id, ref: action.ref, page: 0 },
    });
    const button = buttonsOf(card ?? {}).find(({ title }) => title.startsWith('Save'));
    if (!card || !button) throw new Error('no form');
    const press = world.client.pressed(lead, card, button, {
      ...inputs(card),
      narrative: 'This was said once and arrives three times.',
    });
    const first = await world.client.post(asAnyway(press));
    expect(wordsOf(first)).toMatch(/Saved/);
    for (let n = 0; n < 2; n += 1) {
      const again = await unchanged(() => world.client.post(asAnyway(press)));
      expect(wordsOf(again)).toMatch(/saved already/);
    }
  });
});

describe('words that would be more than words', () => {
  test.each([
    '[link](javascript:alert(1)) is where it stands now.',
    'Hello <at>everyone</at>, it stands as it stood.',
    '{{DATE(2023-09-01T00:00:00Z, SHORT)}} is when it was begun.',
    `It costs \${action.ref} and \${user} and \${formatDateTime(utcNow())} so far.`,
    '<img src=x onerror=alert(1)> <script>alert(1)</script> is what it says.',
    '**bold** _italic_ # heading `code` ![x](https://example.org/x.png) and more.',
    '\u202Etxet desrever dna \u0000\u0007 controls in the words.',
    '", "type": "Action.OpenUrl", "url": "https://example.org is no link.',
    '\\" \\u0022 %22 &quot; &lt;b&gt; are what they are.',
  ])('%s', async (narrative) => {
    const answer = await save(lead, { narrative, version: await version() });
    expect(wordsOf(answer)).toMatch(/Saved/);
    expect((await stores.plans.readAction(planId, action.id))?.value.narrative).toBe(narrative.trim());
    const form = await world.client.execute(lead, 'form', {
      ...{ verb: 'form', plan: planId, period: PERIOD, action: action.id, ref: action.ref, page: 0 },
    });
    const stored = await world.teams.until(() => monthCardOf(world.teams, lead));
    for (const card of [answer.card ?? {}, form.card ?? {}, stored]) {
      for (const part of partsOf(card)) {
        expect(part.url ?? part.selectAction).toBeUndefined();
        // Markdown is read in these; typed words are not in them, or escaped.
        if (part.type === 'TextBlock' || part.type === 'Fact')
          expect(String(part.text ?? part.value)).not.toMatch(
            /\]\(javascript|<at>|\{\{DATE|<img|<script|!\[x\]/,
          );
      }
      expect(JSON.stringify(card)).not.toContain('msteams":{"entities');
    }
    // What was said is shown to the end, though not as anything but words.
    expect(JSON.stringify(form.card)).toContain(JSON.stringify(narrative.trim().slice(-12)).slice(1, -1));
    expect(JSON.stringify(form.card)).not.toContain('\u202E');
  });
});

describe('anything at all', () => {
  const base = () => ({
    plan: planId,
    period: PERIOD,
    action: action.id,
    ref: action.ref,
    page: 0,
    version: 10_000,
  });
  const fields = [
    'plan',
    'period',
    'action',
    'ref',
    'page',
    'version',
    'after',
    'anyway',
    'as',
    'percent',
    'status',
    'narrative',
    'revised',
    'barriers',
    'ask',
    'lead',
    'question',
    'what',
    'key',
    'group',
    'delivered',
  ];
  const verbs = [
    'month',
    'form',
    'save',
    'noChange',
    'settlePage',
    'settle',
    'ask',
    'figure',
    '',
    '__proto__',
  ];

  test('as the data of a button', async () => {
    await fuzz(
      fc.tuple(
        fc.constantFrom(...verbs),
        fc.dictionary(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 2 })),
      ),
      async ([verb, data]) => {
        // The stranger: whatever is in there, nothing of it may be done for them.
        const answer = await world.client.execute(world.stranger, verb, {
          ...base(),
          verb,
          ...(data as object),
        });
        expect(answer.status).toBe(200);
        expect(wordsOf(answer)).toMatch(/\w{3}/);
      },
    );
  });

  test('as the value of an invoke', async () => {
    const names = [
      'adaptiveCard/action',
      'task/fetch',
      'task/submit',
      'composeExtension/query',
      'signin/verifyState',
      '',
    ];
    await fuzz(fc.tuple(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 })), async ([name, value]) => {
      const answer = await world.client.invoke(lead, name, value);
      expect(answer.status).toBe(200);
      // A search is answered with a list, which may be empty.
      if (name !== 'composeExtension/query') expect(wordsOf(answer)).toMatch(/\w{3}/);
    });
  });

  test('as a whole activity', async () => {
    const keys = [
      'type',
      'name',
      'value',
      'text',
      'from',
      'recipient',
      'conversation',
      'channelData',
      'channelId',
      'membersAdded',
      'membersRemoved',
      'action',
      'replyToId',
      'entities',
      'attachments',
      'locale',
      'timestamp',
      'id',
      'deliveryMode',
      'textFormat',
      'relatesTo',
      'callerId',
    ];
    const types = fc.constantFrom(
      'message',
      'invoke',
      'conversationUpdate',
      'installationUpdate',
      'messageReaction',
      'event',
      'endOfConversation',
      'typing',
    );
    const sample = world.client.pressed(
      world.stranger,
      {},
      { type: 'Action.Execute', title: '', tooltip: '', data: {}, verb: 'x', sendsInputs: false },
    );
    await fuzz(
      fc.tuple(types, fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })),
      async ([type, more]) => {
        const answer = await world.client.post({ ...sample, type, ...(more as object) });
        expect(answer.status).toBeLessThan(500);
      },
    );
  });

  test.each([
    ['no JSON', '{"type":'],
    ['an array', '[]'],
    ['a number', '7'],
    ['nothing', ''],
    ['null', 'null'],
    ['no service', '{"type":"message"}'],
    ['another’s service', '{"type":"message","serviceUrl":"https://example.org/"}'],
  ])('as a body: %s', async (_what, body) => {
    const answer = await unchangedRows(() =>
      fetch(world.bot.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test('a body of two megabytes is refused, and the bot lives on', async () => {
    const answer = await fetch(world.bot.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'x'.repeat(2_000_000) }),
    }).catch(() => null);
    if (answer) expect([400, 413]).toContain(answer.status);
    expect((await fetch(`http://127.0.0.1:${world.bot.port}/readyz`)).status).toBe(200);
  });

  test('typed in a chat: always an answer in words', async () => {
    const texts = [
      'x'.repeat(9_000),
      '<at>'.repeat(500),
      '\u0000',
      '{{}}',
      '$' + '{x}',
      '<b>open</b>',
      '🙂',
      'update 999999',
      'update 1.1.1.1.1.1',
      'open 2023-99',
      "'; drop table plans",
      `show ${'my '.repeat(300)}`,
    ];
    for (const text of texts) {
      const before = world.teams.chatWith(lead).length;
      await unchanged(() => world.client.say(lead, text));
      const said = world.teams.chatWith(lead).slice(before);
      expect(said.length).toBeGreaterThan(0);
      for (const { activity } of said) expect(String(activity.summary).trim()).not.toBe('');
    }
  });

  test('when Teams does not take the answer, the bot says so in its log and no more', async () => {
    const lift = world.teams.fail({
      operation: 'send',
      member: lead.id,
      fault: { status: 500, code: 'ServiceError' },
    });
    world.teams.fail({ operation: 'send', fault: { status: 403, code: 'MessageWritesBlocked' }, times: 2 });
    const answer = await world.client.say(lead, 'help');
    lift();
    expect(answer.status).toBeLessThan(500);
  });

  /** Nothing of the plan may change; a stranger who opens a chat is remembered, as one who belongs to nothing. */
  async function fuzz<T>(arbitrary: fc.Arbitrary<T>, act: (value: T) => Promise<void>): Promise<void> {
    await unchangedRows(() => fc.assert(fc.asyncProperty(arbitrary, act), { numRuns: 120 }), planRows);
  }
});

describe('clients that press in other ways', () => {
  test('a button that comes as a message is done, and the card replaced where it stands', async () => {
    const message = monthMessages(world.teams, lead)[0];
    if (!message) throw new Error('no card');
    const updates = message.updates;
    const data = {
      ...replyData(),
      narrative: 'Said by a client that sends a message.',
      version: await version(),
    };
    const { status } = await submit(data, message.id);
    expect(status).toBeLessThan(300);
    expect((await stores.plans.readAction(planId, action.id))?.value.narrative).toBe(data.narrative);
    expect(message.updates).toBeGreaterThan(updates);
    expect(textOf(cardOf(message) ?? {})).toContain('Saved');
  });

  test('where the card can’t be replaced it is sent anew', async () => {
    const before = world.teams.chatWith(lead).length;
    await submit({ ...replyData(), version: await version(), percent: '101' }, 'gone');
    const said = world.teams.chatWith(lead).slice(before);
    expect(said).toHaveLength(1);
    expect(formOf(cardOf(said[0] ?? { activity: {} }) ?? {})?.narrative.value).toBe(WORDS);
  });

  test('what is no button’s data gets a sentence', async () => {
    for (const value of [{}, [], { verb: 7 }, { action: 'x' }, { msteams: {} }]) {
      const before = world.teams.chatWith(lead).length;
      await unchanged(() => submit(value));
      expect(
        world.teams
          .chatWith(lead)
          .slice(before)
          .map(({ activity }) => activity.text),
      ).toEqual([expect.stringMatching(/\w{3}/)]);
    }
  });

  function submit(value: unknown, replyToId?: string): Promise<BotAnswer> {
    const sample = world.client.pressed(
      lead,
      {},
      { type: 'Action.Submit', title: '', tooltip: '', verb: null, data: {}, sendsInputs: false },
    );
    return world.client.post({ ...sample, type: 'message', value, ...(replyToId ? { replyToId } : {}) });
  }
});

describe('the board’s post', () => {
  test('each of its buttons opens a dialog; the post itself never changes', async () => {
    await world.client.say(world.officer, 'close the September 2023 update');
    await world.client.say(world.officer, 'publish the September 2023 update');
    const post = await world.teams.until(() =>
      world.teams.postsIn(BOARD).find(({ activity }) => /^Position at/.test(String(activity.summary))),
    );
    await settled();
    const card = cardOf(post) ?? {};
    const buttons = buttonsOf(card).filter(({ data }) => data.verb === 'figure');
    expect(buttons.length).toBeGreaterThan(4);
    for (const button of buttons) {
      const where = { channel: BOARD, thread: post.id, replyTo: post.id };
      const dialog = await unchanged(() => world.client.press(world.bystander, card, button, {}, where));
      expect(dialog.body).toMatchObject({
        task: { type: 'continue', value: { title: expect.stringMatching(/\w/) } },
      });
      expect(Buffer.byteLength(JSON.stringify(dialog.card))).toBeLessThanOrEqual(CARD_BYTES);
      const refused = await world.client.press(world.stranger, card, button, {}, where);
      expect(refused.body).toMatchObject({ task: { type: 'message' } });
      expect(refused.card).toBeNull();
    }
    expect(post.updates).toBe(0);
  });
});

describe('last month’s card', () => {
  test('is taken after the close and marked late; when the next month is open it gives way to its card', async () => {
    const late = await save(lead, { version: await version(), narrative: 'This is said after the close.' });
    expect(wordsOf(late)).toMatch(/late/);
    await world.client.say(world.officer, 'open the October 2023 update');
    await world.teams.until(() => monthMessages(world.teams, lead).length > 1);
    await settled();
    const at = await version();
    for (const act of [
      () => save(lead, { version: at }),
      () => world.client.execute(lead, 'noChange', { ...replyData(), verb: 'noChange', version: at }),
      () => world.client.execute(lead, 'form', { ...replyData(), verb: 'form' }),
    ]) {
      const answer = await unchanged(act);
      expect(wordsOf(answer)).toMatch(/given way to October/);
      expect(buttonsOf(answer.card ?? {}).some(({ data }) => data.period === '2023-10')).toBe(true);
    }
  });
});

// ---- What the tests are made of

function replyData(): Record<string, unknown> {
  return {
    ...{
      verb: 'save',
      plan: planId,
      period: PERIOD,
      action: action.id,
      ref: action.ref,
      page: 0,
      version: 0,
    },
    ...{
      after: 'list',
      anyway: true,
      percent: '60',
      status: 'amber',
      narrative: WORDS,
      revised: '',
      barriers: '',
      ask: '',
    },
  };
}

function save(who: Sender, typed: Record<string, unknown> = {}): Promise<BotAnswer> {
  return world.client.execute(who, 'save', { ...replyData(), ...typed });
}

async function version(): Promise<number> {
  return (await stores.plans.readAction(planId, action.id))?.value.version ?? 0;
}

function otherLead(): Sender {
  const groupLeads = new Set(action.groupLeads.map(({ name }) => name));
  const other = world.leads.find(
    ({ name }) => name !== lead.name && name !== world.officer.name && !groupLeads.has(name),
  );
  if (!other) throw new Error('everybody leads everything');
  return other;
}

function isHere(name: string | undefined): boolean {
  return world.leads.some((one) => one.name === name && one.name !== world.officer.name);
}

/** What an answer says, whatever form it came in. */
function wordsOf(answer: BotAnswer): string {
  return answer.message ?? textOf(answer.card ?? {});
}

/** Does something, and sees to it that no row of the plan, no person and no team changed; the answer must say something. */
async function unchanged(act: () => Promise<BotAnswer>): Promise<BotAnswer> {
  const answer = await unchangedRows(act);
  expect(answer.status).toBeLessThan(300);
  if (answer.body !== null && answer.body !== '') expect(wordsOf(answer)).toMatch(/\w{3}/);
  return answer;
}

async function unchangedRows<T>(act: () => Promise<T>, look: () => Promise<unknown> = rows): Promise<T> {
  const before = await look();
  const answer = await act();
  expect(await look()).toEqual(before);
  return answer;
}

async function rows(): Promise<string[]> {
  const people = await tables.people.range(world.teams.team.tenantId, '', '\u007f');
  return [...(await planRows()), ...people.map(({ row, etag }) => `${row} ${etag}`)];
}

async function planRows(): Promise<string[]> {
  const plans = await tables.plans.range(planId, '', '\u007f');
  return plans.filter(({ row }) => row !== 'lease').map(({ row, etag }) => `${row} ${etag}`);
}

/** Waits until nothing is going on by itself any more. */
async function settled(): Promise<void> {
  let before = '';
  for (let n = 0; n < 50; n += 1) {
    const now = JSON.stringify(await rows());
    const busy = (await stores.months.readMessages(planId)).some(({ value }) =>
      ['planned', 'sending'].includes(value.state),
    );
    if (now === before && !busy) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function inputs(card: Card): Record<string, string> {
  const form = formOf(card);
  return form ? { [form.percent.id]: '61', [form.status.id]: 'amber' } : {};
}

/** The press as it is with "Save anyway". */
function asAnyway(press: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { action: pressedAction } = press.value as { action: { data: object } };
  return {
    ...press,
    value: {
      action: { ...pressedAction, data: { ...pressedAction.data, anyway: true, after: 'list' } },
      trigger: 'manual',
    },
  };
}

function partsOf(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(partsOf);
  if (typeof node !== 'object' || node === null) return [];
  return [node as Record<string, unknown>, ...Object.values(node).flatMap(partsOf)];
}
