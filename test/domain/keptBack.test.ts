import fc from 'fast-check';
import { keepBack } from '../../src/domain/keptBack';

const TODAY = '2023-09-25';
const INSTEAD = '[kept back]';
const kept = <T>(facts: T): T => keepBack(facts, TODAY, INSTEAD);

test('what leads say is kept back for an NHS number, a date of birth, a telephone number, wherever it lies', () => {
  const facts = {
    actions: new Map([['a', { ref: '1.1', narrative: 'Ring 01632 960 983.', ask: 'Nothing.' }]]),
    updates: [{ after: { barriers: 'He was born on 3 May 2015.' } }],
  };
  expect(kept(facts)).toEqual({
    actions: new Map([['a', { ref: '1.1', narrative: INSTEAD, ask: 'Nothing.' }]]),
    updates: [{ after: { barriers: INSTEAD } }],
  });
});

test('a plan’s own dates stay, and a number in them does not', () => {
  expect(kept({ plannedText: '12 May 2015' })).toEqual({ plannedText: '12 May 2015' });
  expect(kept({ planned: { text: '943 476 5919' } })).toEqual({ planned: { text: INSTEAD } });
});

test('it is found at the very end of a long text, and across the parts in which that is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 45_000 }), (before) => {
      const narrative = `${'word '.repeat(before / 5)} 943 476 5919 ${'word '.repeat(100)}`;
      return kept({ narrative }).narrative === INSTEAD;
    }),
    { numRuns: 25 },
  );
});

test('what holds nothing is the very same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (facts) => {
      expect(JSON.stringify(kept(facts))).toBe(JSON.stringify(facts));
    }),
  );
  const facts = { narrative: 'Two of three are done.', on: new Date(0), of: new Set(['a']) };
  expect(kept(facts)).toBe(facts);
});
