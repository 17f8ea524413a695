import { identify } from '../../src/app/people';
import type { Composer, Content } from '../../src/app/ports';
import { makeComposer } from '../../src/cards/composer';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { pressed } from '../../src/teams/buttons';
import { typed } from '../../src/teams/chat';
import { type Asker, standingIn, type TurnDeps } from '../../src/teams/turn';
import { en } from '../../src/words/words';
import { turnDepsOf } from '../fakes/turns';
import { callerOf, LINES, makeWorld, PEOPLE, SEPTEMBER } from '../fakes/world';
import { makePseudo } from '../words/pseudo';
import { shownTexts, wordsIn } from '../words/shownWords';

/**
 * A whole month in a language that does not exist: asked, reminded, refused, answered, closed, published, and everything that can be said.
 * What still reads as English is the plan's own, or was written into the code.
 */

const pseudo = makePseudo(en);
/** What the plan, its scale and Teams say: names, titles, what was said, and what is quoted back. */
const PLANS_OWN = new Set(
  wordsIn(JSON.stringify([LINES, PEOPLE, DEFAULT_SCALE, 'A plan Group Improvement Board Steward'])),
);

/** Questions that are offered instead: they are pressed or typed as they stand, so they are in the language that the grammar reads. */
const OFFERED = 'show my actions what is overdue help';
/** Kinds of files have the names that they have. */
const FILES = 'xlsx docx';

/** English words that are nobody's; those that were typed come back when they are quoted. */
function foreign(shown: unknown, quoted = ''): string[] {
  const known = new Set([...PLANS_OWN, ...wordsIn(OFFERED), ...wordsIn(FILES), ...wordsIn(quoted)]);
  return [...new Set(shownTexts(shown).flatMap(wordsIn))].filter((word) => !known.has(word));
}

async function makeMonth() {
  let composer: Composer = { compose: async () => null };
  const world = await makeWorld({ composer: { compose: (...what) => composer.compose(...what) } });
  composer = makeComposer(world.deps, pseudo);
  const deps: TurnDeps = {
    ...turnDepsOf(world.deps),
    words: pseudo,
    advance: async () => {
      await world.advance();
    },
  };
  const askerOf = async (name: string): Promise<Asker> => {
    const caller = callerOf(name);
    const person = await identify(deps, caller);
    const plan = await world.plan();
    const incoming = { caller, place: { kind: 'personal', conversation: 'c' } } as const;
    return { incoming, person, ...standingIn(deps, plan, person?.value.id ?? '', person?.value ?? null) };
  };
  const say = async (name: string, text: string): Promise<Content[]> =>
    typed(deps, await askerOf(name), text);
  const press = async (name: string, data: object) =>
    pressed(deps, (await askerOf(name)).incoming, data, null);
  return { world, deps, say, press };
}

test('what Steward sends of its own accord in a month', async () => {
  const { world, say } = await makeMonth();
  await say('Olive Officer', 'open the September 2023 update');
  await world.advance();
  await say('Olive Officer', "remind everyone who hasn't replied");
  await world.advance();
  await world.reply('Ann Archer', '1.1');
  await say('Olive Officer', 'close the September 2023 update');
  await say('Olive Officer', 'publish the September 2023 update');
  await world.advance();
  const sent = world.teams.arrived;
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.flatMap(({ content }) => foreign(content))).toEqual([]);
});

test.each([
  'help',
  'show my actions',
  'show my amber actions',
  'what is overdue?',
  'how many red?',
  'which priority has most reds?',
  'who has most overdue?',
  'how is priority 1 doing?',
  'tell me about 1.1',
  'history of 1.1',
  'who leads 3.1?',
  'what got worse since June?',
  'what does Ben Baker lead?',
  'update 1.1 to 60% amber: done',
  'no change on 1.2',
  'undo',
  'who has not replied',
  "who can't you reach?",
  'summary',
  'preview',
  'settle names',
  'hand 1.1 to Ben Baker',
  'Ben Baker covers for me until 3 January',
  'let Zed Zero read the plan',
  'who are the programme officers',
  'show the audit',
  'show the ledger',
  'export',
  'mxyzptlk qwrt',
  'open the January 1999 update',
  'publish the March 2031 update',
])('the answer to “%s”', async (text) => {
  const { world, say } = await makeMonth();
  await world.open(SEPTEMBER);
  const contents = await say('Olive Officer', text);
  expect(contents.flatMap((content) => foreign(content, text))).toEqual([]);
});

test('forms, refused and asked, and what a press that is nobody’s is told', async () => {
  const { world, press } = await makeMonth();
  await world.open(SEPTEMBER);
  const { value: action } = await world.action('1.1');
  const base = { plan: world.planId, period: SEPTEMBER, action: action.id, ref: '1.1', version: 0, page: 0 };
  const save = {
    ...base,
    verb: 'save',
    after: 'list',
    percent: '100',
    status: 'amber',
    narrative: 'It is under way.',
  };
  for (const data of [
    { ...base, verb: 'form' },
    save,
    { ...save, percent: '101' },
    { ...save, status: 'red' },
    { ...save, narrative: 'Ring 0161 496 0000 or a@example.org' },
    { verb: 'nothing' },
  ]) {
    const answer = await press('Ann Archer', data);
    expect(foreign(answer, JSON.stringify(data))).toEqual([]);
    expect(foreign(await press('Dan Draper', data), JSON.stringify(data))).toEqual([]);
  }
});
