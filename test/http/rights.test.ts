import { setImmediate } from 'node:timers/promises';
import type { VerbName } from '../../src/cards/verbs';
import type { Measure } from '../../src/domain/measure';
import type { Action } from '../../src/domain/plan';
import type { GroupReport } from '../../src/domain/planDetail';
import { COMMAND_DEEDS, FIXED_DEEDS, RIGHT_DEEDS, VERB_DEEDS } from '../../src/teams/deeds';
import { wireStores } from '../../src/wiring';
import { type BotAnswer, textOf } from '../e2e/support/botClient';
import { cardOf } from '../e2e/support/teamsStandIn';
import { TENANT } from './production';
import { GENERAL, MEASURED, NEXT_VERSION, PEOPLE, startTeam, type TeamWorld, type Who } from './team';

/** Who may do what, over HTTP: everybody × every command, every button, every dialog and the search. Written by hand; nothing of it is read off the product. */

type Right =
  | 'read'
  | 'share'
  | 'answer'
  | 'read a measure'
  | 'report'
  | 'hand over'
  | 'cover'
  | 'end a cover'
  | 'office';

const TEAM: readonly Right[] = ['read', 'share'];
const MAY: Readonly<Record<Who, readonly Right[]>> = {
  stranger: [],
  'of another tenant': [],
  'former member': [],
  'former officer': [],
  reader: ['read'],
  'of the team': TEAM,
  'lapsed deputy': TEAM,
  'co-lead': [...TEAM, 'answer'],
  'group lead': [...TEAM, 'answer', 'report'],
  deputy: [...TEAM, 'answer', 'read a measure', 'end a cover'],
  lead: [...TEAM, 'answer', 'read a measure', 'hand over', 'cover', 'end a cover'],
  officer: [...TEAM, 'answer', 'read a measure', 'report', 'hand over', 'cover', 'end a cover', 'office'],
};

/** What is said to whoever may not. */
const REFUSED =
  /only a programme officer|people of its own team|keep no plan that you belong to|is led by|is read by|is reported on by|waits here no more|only the lead|no plan is loaded|you can hand over your own|you can name who covers for you|posting in its board/i;

let world: TeamWorld;
let action: Action;
let measure: Measure;
let report: GroupReport;
/** What the programme officer sent and has not loaded yet. */
let draft: string | undefined;
beforeAll(async () => {
  world = await startTeam(MEASURED);
  const { plans, measures, drafts } = wireStores(world.tables, world.clock);
  action = only((await plans.readActions(world.plan)).filter(({ ref }) => ref === '1.1'));
  measure = only(await measures.readMeasures(world.plan));
  report = only((await measures.readReports(world.plan)).filter(({ group }) => group === '1'));
  await world.clientOf('officer').client.say(PEOPLE.officer, NEXT_VERSION);
  // The chat answers after some seconds at the latest, and goes on reading: the draft may come after its answer.
  const kept = () => drafts.readDraft(TENANT, PEOPLE.officer.aadObjectId);
  for (let stored = await kept(); !stored; stored = await kept()) await setImmediate();
  draft = (await kept())?.value.id;
}, 60_000);
afterAll(() => world?.close());

/** Ways to ask for something. The ones that change who is what come last, and each person after all who would notice. */
const TYPED: readonly (readonly [right: Right, key: string, text: string])[] = [
  ['read', 'question', 'show all actions'],
  ['read', 'help', 'help'],
  ['read', 'summary', 'summary'],
  ['read', 'measures', 'how are the measures doing?'],
  ['read', 'decisions', 'decisions'],
  ['read', 'silent', 'who has not replied'],
  ['read', 'unreachable', 'who can’t you reach?'],
  ['read', 'officers', 'who are the programme officers?'],
  ['read', 'readers', 'who may read the plan?'],
  ['read', 'covers', 'who covers for whom?'],
  ['read', 'left', 'which actions have left the plan?'],
  ['read', 'export', 'export'],
  ['office', 'ledger', 'show the ledger'],
  ['office', 'clear', 'clear 1.1 for publication'],
  ['answer', 'update', 'update 1.1'],
  ['answer', 'no-change', 'no change on 1.1'],
  ['answer', 'undo', 'undo 1.1'],
  ['office', 'open', 'open the September 2023 update'],
  ['office', 'preview', 'preview'],
  ['office', 'settle', 'settle the names'],
  ['office', 'remind', 'remind everyone who hasn’t replied'],
  ['office', 'answer-for', 'answer for Otto Other: 2.1 is 10% amber'],
  ['office', 'officer', 'make Otto Other a programme officer'],
  ['office', 'officer', 'Otto Other is no longer a programme officer'],
  ['office', 'reader', 'let Sam Stranger read the plan'],
  ['office', 'reader', 'Sam Stranger may no longer read the plan'],
  ['office', 'audit', 'show the audit'],
  ['end a cover', 'end-cover', 'Dee Deputy no longer covers for Ann Lead'],
  ['cover', 'cover', 'Otto Other covers for Ann Lead until 30 September 2023'],
  ['hand over', 'hand-over', 'hand all of Ann Lead’s actions to Otto Other'],
  ['office', 'close', 'close the September 2023 update'],
  ['office', 'publish', 'publish the September 2023 update'],
];

const PRESSED: readonly (readonly [right: Right, verb: VerbName, data: () => Record<string, unknown>])[] = [
  ['read', 'month', () => ({ period: '2023-09', page: 0 })],
  ['read', 'ask', () => ({ question: 'show all actions', page: 0 })],
  ['read', 'figure', () => ({ period: 'now', what: 'total', page: 0 })],
  ['share', 'share', () => ({ q: JSON.stringify(LIST) })],
  ['answer', 'form', () => about()],
  ['answer', 'save', () => ({ ...about(), ...REPLY, version: 0 })],
  ['answer', 'noChange', () => ({ ...about(), version: 0 })],
  ['read a measure', 'readings', () => measured()],
  ['report', 'reportForm', () => ({ ...reported(), part: 0 })],
  ['report', 'reportSave', () => ({ ...reported(), part: 0, recommendation: 'Agree a second officer.' })],
  ['report', 'reportNone', () => reported()],
  ['office', 'settlePage', () => ({ page: 0 })],
  ['office', 'settle', () => ({ page: 0, lead: 'nobody here', 'who-nobody here': 'nobody' })],
  ['office', 'ledger', () => ({ period: '2023-09', page: 0 })],
  ['office', 'audit', () => ({ page: 0 })],
  ['office', 'draft', () => ({ draft, show: 'preview', page: 0 })],
  ['office', 'draftKeep', () => ({ draft, page: 0 })],
  ['office', 'draftChoose', () => ({ draft })],
  ['office', 'draftLoad', () => ({ draft, missing: 'keep' })],
  ['office', 'draftLeave', () => ({ draft })],
];

const LIST = { kind: 'list', conditions: [], order: null, limit: null, shape: 'cards', page: 0 };
const REPLY = {
  after: 'list',
  anyway: true,
  percent: '55',
  status: 'amber',
  narrative: 'The second half has begun, and will be done in November.',
};
const about = () => ({ period: '2023-09', action: action.id, ref: action.ref, page: 0 });
const measured = () => ({
  period: '2023-09',
  page: 0,
  measures: measure.id,
  versions: '99',
  [`reading-${measure.id}`]: '61%',
});
/** Somebody else's later version is another test's; here none is ever too old. */
const reported = () => ({ period: '2023-09', report: report.id, page: 0, version: 99 });

test('every way is in the table', () => {
  const typed = new Set(TYPED.map(([, key]) => key));
  const pressed = new Set(PRESSED.map(([, verb]) => verb));
  // The board's channel is chosen in it, and tried there below; playing belongs to the demo.
  const commands = Object.keys(COMMAND_DEEDS).filter((key) => key !== 'post-here' && key !== 'play');
  const fixed = Object.keys({ ...RIGHT_DEEDS, ...FIXED_DEEDS });
  expect([...commands, ...fixed].filter((key) => !typed.has(key))).toEqual([]);
  const verbs = Object.keys(VERB_DEEDS) as VerbName[];
  expect(verbs.filter((verb) => !pressed.has(verb))).toEqual([]);
});

describe.each(Object.keys(MAY) as Who[])('%s', (who) => {
  const may = (right: Right) => (MAY[who].includes(right) ? 'may' : 'may not');

  test.each(PRESSED)('%s: presses %s', async (right, verb, data) => {
    const { client } = world.clientOf(who);
    const sent = { verb, plan: world.plan, ...data() };
    const act = () =>
      verb === 'figure'
        ? client.invoke(PEOPLE[who], 'task/fetch', { data: sent })
        : client.execute(PEOPLE[who], verb, sent);
    expect(await verdict(right, who, async () => wordsOf(await act()))).toBe(may(right));
  });

  test('read: searches', async () => {
    const { client } = world.clientOf(who);
    const query = { commandId: 'find', parameters: [{ name: 'q', value: '1.1' }] };
    const found = async () => {
      const { body } = await client.invoke(PEOPLE[who], 'composeExtension/query', query);
      return JSON.stringify(body);
    };
    expect(await verdict('read', who, found)).toBe(may('read'));
  });

  test('office: chooses the board’s channel', async () => {
    const { client, teams } = world.clientOf(who);
    const channel = who === 'of another tenant' ? teams.team.id : GENERAL;
    const heard = async () => {
      const before = teams.postsIn(channel).length;
      await client.say(PEOPLE[who], 'post the summary here', { channel });
      return teams.postsIn(channel).slice(before).map(wordsIn).join('\n');
    };
    expect(await verdict('office', who, heard)).toBe(may('office'));
  });

  test.each(TYPED)('%s: types %s, “%s”', async (right, _key, text) => {
    const { client, teams } = world.clientOf(who);
    const heard = async () => {
      const before = teams.chatWith(PEOPLE[who]).length;
      await client.say(PEOPLE[who], text);
      return teams.chatWith(PEOPLE[who]).slice(before).map(wordsIn).join('\n');
    };
    expect(await verdict(right, who, heard)).toBe(may(right));
  });
});

test('the last programme officer in the team can’t give the office up, though one who has left holds it too', async () => {
  const { client, teams } = world.clientOf('officer');
  for (const text of [
    'Olive Officer is no longer a programme officer',
    'I am no longer a programme officer',
    'remove me as programme officer',
  ]) {
    const before = teams.chatWith(PEOPLE.officer).length;
    await client.say(PEOPLE.officer, text);
    expect(teams.chatWith(PEOPLE.officer).slice(before).map(wordsIn)).toEqual([
      expect.stringMatching(/is the last programme officer in the team/),
    ]);
  }
});

test('each change of who may do what is in the audit, with who made it', async () => {
  const { client } = world.clientOf('officer');
  const page = async (n: number) => {
    const sent = { verb: 'audit', plan: world.plan, page: n };
    return textOf((await client.execute(PEOPLE.officer, 'audit', sent)).card ?? {});
  };
  const said = `${await page(0)}\n${await page(1)}`.replace(/\s*·[\s·]*/g, ' · ');
  for (const line of [
    /Olive Officer · Otto Other became a programme officer/,
    /Olive Officer · Otto Other is no programme officer any more/,
    /Olive Officer · Sam Stranger may read the plan/,
    /Olive Officer · Sam Stranger may no longer read the plan/,
    /Ann Lead · Otto Other answers for Ann Lead until/,
    /Dee Deputy · Dee Deputy no longer answers for Ann Lead/,
  ])
    expect(said).toMatch(line);
});

/** Whether somebody may, by what they are told; where they may not, nothing of the plan or of people may have changed. */
async function verdict(
  right: Right,
  who: Who,
  act: () => Promise<string>,
): Promise<'may' | 'may not' | string> {
  const before = await rows();
  const said = await act();
  if (said.trim() === '') return 'nothing was said';
  if (!REFUSED.test(said)) return 'may';
  expect([who, right, await rows()]).toEqual([who, right, before]);
  for (const secret of [/first half is done/, /Agree one standard/])
    if (!MAY[who].includes('read')) expect(said).not.toMatch(secret);
  return 'may not';
}

async function rows(): Promise<string[]> {
  const found = await Promise.all([
    world.tables.plans.range(world.plan, '', '\u007f'),
    world.tables.people.range(world.teams.team.tenantId, '', '\u007f'),
  ]);
  return (
    found
      .flat()
      .filter(({ row }) => row !== 'lease')
      // A message that is there is sent in its own time; a new one would be seen.
      .map(({ row, etag }) => (row.startsWith('message|') ? row : `${row} ${etag}`))
  );
}

function only<T>([first, ...others]: readonly T[]): T {
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} where one was to be`);
  return first;
}

function wordsOf(answer: BotAnswer): string {
  return answer.message ?? textOf(answer.card ?? {});
}

function wordsIn(message: Parameters<typeof cardOf>[0]): string {
  const card = cardOf(message);
  // An offer of a file has no words of its own but these.
  return card ? textOf(card) : String(message.activity.text ?? message.activity.summary ?? '');
}
