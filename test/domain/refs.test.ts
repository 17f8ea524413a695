import fc from 'fast-check';
import { compareRefs, findRefs, refSortKey } from '../../src/domain/refs';

describe('compareRefs', () => {
  it('counts as people count', () => {
    const right = [
      '1.2.1',
      '1.2.10',
      '1.10.2',
      '2.3',
      '2.3.1',
      '2.3.a',
      '2.3.b',
      '10.1.1',
      'A1',
      'A2',
      'A10',
      'AIP4',
      'B1',
    ];
    expect([...right].reverse().sort(compareRefs)).toEqual(right);
  });

  it('keeps a ref with a note beside its ref', () => {
    const right = ['3.1.1', '3.1.1 [3.2-3.5]', '3.1.1.1', '3.1.2'];
    expect([...right].reverse().sort(compareRefs)).toEqual(right);
  });

  it.each([
    ['1.2.3', ' 1.2.3 '],
    ['aip4', 'AIP4'],
    ['１.２', '1.2'],
    ['1.2', '1.\u200b2'],
    ['1.02', '1.2'],
    ['2.3.a', '2.3(a)'],
  ])('takes %j and %j for the same', (a, b) => {
    expect(compareRefs(a, b)).toBe(0);
  });

  const number = fc.oneof(fc.nat(20), fc.nat(2_000_000));
  it('orders dotted numbers as lists of numbers', () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 5 }),
        fc.array(number, { minLength: 1, maxLength: 5 }),
        (a, b) => {
          expect(Math.sign(compareRefs(a.join('.'), b.join('.')))).toBe(compareLists(a, b));
        },
      ),
    );
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'01a.Z [(-é'.split('')) }),
  );
  it('is a total order, and that of the keys', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        expect(compareRefs(a, a)).toBe(0);
        expect(compareRefs(a, b) + compareRefs(b, a)).toBe(0);
        if (compareRefs(a, b) <= 0 && compareRefs(b, c) <= 0)
          expect(compareRefs(a, c)).toBeLessThanOrEqual(0);
        const [first, second] = [refSortKey(a), refSortKey(b)];
        expect(compareRefs(a, b)).toBe(first < second ? -1 : first > second ? 1 : 0);
      }),
    );
  });

  it('makes keys that a table takes', () => {
    fc.assert(
      fc.property(anyText, (ref) => {
        expect(refSortKey(ref)).toMatch(/^[!.:~0-9a-z]*$/);
        expect(refSortKey(ref).length).toBeLessThan(1000);
      }),
    );
  });
});

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (right === undefined) return 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length === b.length ? 0 : -1;
}

describe('findRefs', () => {
  it.each([
    ['see 7.3.1', ['7.3.1']],
    ['See 7.3.1 and 7.3.2', ['7.3.1', '7.3.2']],
    ['see 2.4.1, 2.4.2 & 2.4.3.', ['2.4.1', '2.4.2', '2.4.3']],
    ['see 8.1.1 etc', ['8.1.1']],
    ['See Priority 9 for update - no need to say it twice', ['9']],
    ['Open a charter (see priority 7 - action 7.3.1).', ['7.3.1']],
    ['(see priority 8 – actions 8.1.1, 8.1.2, 8.2.1)', ['8.1.1', '8.1.2', '8.2.1']],
    ['Merged with 4.1.2', ['4.1.2']],
    ['Reported under action AIP4', ['AIP4']],
    ['see 2.3.a', ['2.3.a']],
    ['see 7.3.1; then see 7.3.1 again', ['7.3.1']],
    ['see 2 people', []],
    ['we see 12.5% more of it', []],
    ['we see 2.5 million in savings', []],
    ['nothing to see here', []],
    ['Steps 1.2 and 1.3 are done', []],
    ['', []],
  ])('%j points at %j', (text, refs) => {
    expect(findRefs(text)).toEqual(refs);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Array.isArray(findRefs(`see ${text}`))).toBe(true);
      }),
    );
  });
});
