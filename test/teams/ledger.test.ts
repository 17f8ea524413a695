import { recordReading } from '../../src/app/recordReading';
import { readLedgerAsk, showLedger } from '../../src/teams/ledger';
import type { Reading, TurnDeps } from '../../src/teams/turn';
import { english } from '../../src/words/words';
import { textOf } from '../e2e/support/botClient';
import { type AppWorld, callerOf, makeWorld, SEPTEMBER } from '../fakes/world';

/** The ledger in the programme officer's chat. */

test.each([
  ['show the ledger', { period: null, page: 1 }],
  ['The ledger for September 2023.', { period: '2023-09', page: 1 }],
  ['show me the ledger for September, page 2', { period: '2023-09', page: 2 }],
  ['ledger', { period: null, page: 1 }],
  ['show the ledger for Narnia', null],
  ['show my actions', null],
])('%s', (text, asked) => {
  expect(readLedgerAsk(text, '2023-09')).toEqual(asked);
});

async function shown(world: AppWorld): Promise<string> {
  const deps: Pick<TurnDeps, keyof AppWorld['deps'] | 'words'> = { ...world.deps, words: english };
  const asker = { plan: await world.plan(), incoming: { place: { kind: 'personal' } } };
  const answer = await showLedger(deps as TurnDeps, asker as unknown as Reading, { period: null, page: 1 });
  return answer.card ? textOf(answer.card as Parameters<typeof textOf>[0]) : (answer.text ?? '');
}

test('says who was asked, what became of it, and who answered', async () => {
  const world = await makeWorld();
  world.teams.script('ben-baker', {
    delivery: { outcome: 'unreachable', why: 'blocked', reason: '403' },
    arrives: false,
  });
  await world.open();
  await world.advance();
  await world.reply('Ann Archer', '1.1');
  const text = await shown(world);
  expect(text).toMatch(/Ann Archer.*asked Fri 1 Sep.*1 of 2 answered.*last by Ann Archer/s);
  expect(text).toMatch(/Ben Baker.*has blocked Steward.*0 of 2 answered/s);
  expect(text).toMatch(/Fay Farmer.*not matched to anybody in the team/s);
});

test('what is asked beside actions counts, and says what is left by its name', async () => {
  const measure = (name: string) => ({
    ref: null,
    name,
    group: '1',
    owners: [{ name: 'Ann Archer', role: null, kind: 'lead' as const }],
    target: null,
    baseline: '',
    interim: [],
    readings: [],
    narrative: '',
  });
  const world = await makeWorld({
    more: { measures: [measure('Advice in time'), measure('Calls answered')] },
  });
  await world.open();
  await world.advance();
  const [first] = await world.deps.measures.readMeasures(world.planId);
  if (!first) throw new Error('there is no measure');
  await recordReading(world.deps, callerOf('Ann Archer'), {
    plan: world.planId,
    period: SEPTEMBER,
    measure: first.id,
    version: first.version,
    text: '62',
    anyway: false,
    chat: 'chat',
  });
  expect(await shown(world)).toMatch(/Ann Archer.*1 of 4 answered.*not read or reported: Calls answered/s);
});
