import fc from 'fast-check';
import { keepBackInSlices } from '../../src/app/keepBackInSlices';
import { keepBack } from '../../src/domain/keptBack';

const TODAY = '2023-09-25';
const INSTEAD = '[kept back]';

test('it keeps back exactly what is kept back in one go', async () => {
  const aText = fc.constantFrom('Two of three are done.', 'Ring 01632 960 983.', 'Born on 3 May 2015.');
  const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record<T>(fields, { noNullPrototype: true });
  const anAction = record({ ref: aText, title: aText, narrative: aText, ask: fc.array(aText) });
  const someFacts = record({
    actions: fc.array(anAction),
    byId: fc.array(anAction).map((actions) => new Map(actions.map((action, at) => [String(at), action]))),
    position: record({ reports: fc.array(record({ recommendation: aText })), narrative: aText }),
    barriers: fc.array(aText),
    narrative: aText,
    last: fc.option(anAction),
    mine: fc.constant(new Set(['a'])),
  });
  await fc.assert(
    fc.asyncProperty(someFacts, async (facts) => {
      expect(await keepBackInSlices(facts, TODAY, INSTEAD)).toEqual(keepBack(facts, TODAY, INSTEAD));
    }),
    { numRuns: 30 },
  );
});

test('an action of which nothing is kept back is the very same', async () => {
  const [sound, other] = [{ narrative: 'Two of three are done.' }, { narrative: 'Ring 01632 960 983.' }];
  const kept = await keepBackInSlices(
    {
      actions: new Map([
        ['a', sound],
        ['b', other],
      ]),
    },
    TODAY,
    INSTEAD,
  );
  expect(kept.actions.get('a')).toBe(sound);
  expect(kept.actions.get('b')).toEqual({ narrative: INSTEAD });
});
