import fc from 'fast-check';
import {
  applyReading,
  checkReading,
  interimTarget,
  isSameReading,
  lastOf,
  loadedReading,
  type Measure,
  type Reading,
  readingsThatCount,
} from '../../src/domain/measure';
import { aimOf, standingOf } from '../../src/domain/measureStanding';
import { type Period, periodOf } from '../../src/domain/period';
import { readTargetFigure } from '../../src/domain/readFigure';

const AT = new Date('2023-09-21T10:00:00Z');
const TODAY = '2023-09-21';

describe('what may be typed for a reading', () => {
  test.each([
    '62%',
    '62 %',
    '0',
    '6.5',
    '-3',
    '£1,200',
    'N/A',
    'n/a',
    'TBC',
    'tbc',
    '12 weeks',
    '62% (of 50)',
  ])('“%s” is taken', (text) => {
    expect(checkReading(text, measureOf(), TODAY)).toEqual({ fault: null, doubts: [] });
  });

  test.each([
    ['', 'blank'],
    ['   ', 'blank'],
    ['about half', 'no-figure'],
    ['-', 'no-figure'],
    ['12 or 13', 'several-figures'],
    ['x'.repeat(61), 'too-long'],
    ['ann@example.org 5', 'personal-data'],
  ])('“%s” is not: %s', (text, code) => {
    expect(checkReading(text, measureOf(), TODAY).fault?.code).toBe(code);
  });

  test.each([
    ['0.62', '75%', '59%', ['fraction-of-percent']],
    ['0.62%', '75%', '59%', ['far-from-last']],
    ['620', '75%', '59%', ['over-hundred', 'far-from-last']],
    ['103%', '75%', '95%', ['over-hundred']],
    ['195', '<20', '19.5', ['far-from-last']],
    ['2', '<20', '19.5', ['far-from-last']],
    ['0', '<20', '19.5', []],
    ['18', '<20', '19.5', []],
    ['0.4', '0.5', '0.3', []],
  ])('%s with target %s after %s: asked %j', (text, target, last, doubts) => {
    const measure = measureOf({ target: readTargetFigure(target), ...lastRead(last) });
    expect(checkReading(text, measure, TODAY)).toEqual({ fault: null, doubts });
  });
});

describe('readings', () => {
  test('NA, TBC, blank and 0 are four things', () => {
    const kinds = ['N/A', 'TBC', '', '0', '-'].map((text) => {
      const { kind, value } = loadedReading('m', { period: '2023-08', text }, AT);
      return [kind, value];
    });
    expect(kinds).toEqual([
      ['na', null],
      ['tbc', null],
      ['blank', null],
      ['number', 0],
      ['dash', null],
    ]);
  });

  test('a correction counts, and what it corrects stays', () => {
    const first = applyReading(measureOf(), said('62%'));
    const second = applyReading(first.measure, said('63%'));
    expect([first.reading.version, second.reading.version]).toEqual([1, 2]);
    expect(readingsThatCount([second.reading, first.reading]).map(({ text }) => text)).toEqual(['63%']);
    expect(second.measure).toMatchObject({ version: 2, readIn: '2023-09', last: { text: '63%', value: 63 } });
  });

  test('the same tap twice is the same reading; another person’s, or another figure, is not', () => {
    const { measure } = applyReading(measureOf(), said('62%'));
    expect(isSameReading(measure, { period: '2023-09', text: ' 62% ' }, 'ann')).toBe(true);
    expect(isSameReading(measure, { period: '2023-09', text: '62%' }, 'ben')).toBe(false);
    expect(isSameReading(measure, { period: '2023-09', text: '63%' }, 'ann')).toBe(false);
    expect(isSameReading(measure, { period: '2023-10', text: '62%' }, 'ann')).toBe(false);
  });

  test('a late reading of an earlier month does not hide a later one', () => {
    const now = applyReading(measureOf(), said('62%'));
    const { measure } = applyReading(now.measure, { ...said('50%'), period: '2023-08' });
    expect(measure.last).toMatchObject({ period: '2023-09', text: '62%' });
  });

  test('a blank of a file is no reading, and hides none', () => {
    const file = loadedReading('m', { period: '2023-08', text: '' }, AT);
    expect(lastOf([file])).toBeNull();
    const filled = loadedReading('m', { period: '2023-08', text: '5' }, AT);
    expect(lastOf([file, filled])?.text).toBe('5');
  });

  test('what has no month counts nowhere', () => {
    const reading = loadedReading('m', { period: 'Latest', text: '5' }, AT);
    expect([reading.period, reading.when]).toEqual([null, 'Latest']);
    expect(readingsThatCount([reading])).toEqual([]);
  });

  test.each([
    ['Sept 2024', '20%', '2024-09'],
    ['2024-11', '40%', '2024-11'],
    ['Interim', '40% by March 2025', '2025-03'],
    ['Year 1', '40%', null],
  ])('the target on the way “%s: %s” is due %s', (when, text, due) => {
    expect(interimTarget({ when, text }).due).toBe(due);
  });
});

describe('on or off', () => {
  test.each([
    ['75%', '59%', '75%', 'on'],
    ['75%', '59%', '74.9%', 'off'],
    ['75%', '90%', '80%', 'off'],
    ['75%', '90%', '70%', 'on'],
    ['>6', '5', '6', 'off'],
    ['>6', '5', '6.1', 'on'],
    ['at least 6', '5', '6', 'on'],
    ['≥6', '5', '6', 'on'],
    ['at most 20', '24', '20', 'on'],
    ['at most 20', '24', '21', 'off'],
    ['<20', '24', '20', 'off'],
    ['Higher', '59', '60', 'on'],
    ['Higher', '59', '59', 'off'],
    ['Lower', '12', '11', 'on'],
    ['Lower', '12', '15', 'off'],
    ['Lower', 'N/A', '15', null],
    ['N/A', '5', '6', null],
    ['', '5', '6', null],
    ['75%', '59%', 'TBC', null],
    ['75%', '59%', 'N/A', null],
  ])('target %s, before %s, now %s: %s', (target, before, now, verdict) => {
    expect(stand({ target: readTargetFigure(target) }, { '2023-08': before, '2023-09': now }).verdict).toBe(
      verdict,
    );
  });

  const onTheWay = [
    { when: '2023-07', text: '50%' },
    { when: '2023-11', text: '70%' },
  ].map(interimTarget);

  test.each([
    ['2023-07', 50, 'interim'],
    ['2023-08', 55, 'between'],
    ['2023-09', 60, 'between'],
    ['2023-11', 70, 'interim'],
    ['2023-12', 70, 'interim'],
  ] as const)('between two targets on the way the line counts: in %s %d (%s)', (period, value, by) => {
    const measure = measureOf({ target: readTargetFigure('75%'), interim: onTheWay });
    expect(aimOf(measure, [{ period: '2023-04', value: 40 }], period)).toMatchObject({
      value,
      by,
      wants: 'at least',
    });
  });

  test('before the first of them the line begins at the first reading; without one the target itself counts', () => {
    const measure = measureOf({ target: readTargetFigure('75%'), interim: onTheWay });
    expect(aimOf(measure, [{ period: '2023-03', value: 30 }], '2023-05')).toMatchObject({
      value: 40,
      by: 'between',
    });
    expect(aimOf(measure, [], '2023-05')).toMatchObject({ value: 75, by: 'target' });
  });

  test('what was not read is neither; the last reading is shown with its month', () => {
    const standing = stand(
      { target: readTargetFigure('75%') },
      { '2023-07': '80%', '2023-08': '', '2023-09': '' },
    );
    expect(standing).toMatchObject({
      reading: null,
      verdict: null,
      before: { period: '2023-07', text: '80%' },
    });
  });

  test('the change is from the last figure, whatever stands between', () => {
    expect(stand({}, { '2023-07': '59.1%', '2023-08': 'TBC', '2023-09': '62.3%' }).change).toEqual({
      by: 3.2,
      since: '2023-07',
    });
  });

  test('later months change nothing about an earlier one: it can be reproduced', () => {
    const anyPeriod = fc.integer({ min: 1, max: 12 }).map((month) => periodOf(2023, month));
    const anyText = fc.oneof(
      fc.constantFrom('N/A', 'TBC', '', '-', '0'),
      fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
      fc.double({ min: -50, max: 200, noNaN: true, noDefaultInfinity: true }).map((n) => n.toFixed(2)),
    );
    const anyTarget = fc.constantFrom('75%', '>6', '<20', 'Higher', 'Lower', 'N/A', '', 'at most 20');
    fc.assert(
      fc.property(
        anyTarget,
        fc.array(fc.tuple(anyPeriod, anyText), { maxLength: 20 }),
        anyPeriod,
        (target, list, period) => {
          const measure = measureOf({ target: readTargetFigure(target), interim: onTheWay });
          const readings = list.map(
            ([at, text], n): Reading => ({ ...loadedReading('m', { period: at, text }, AT), version: n }),
          );
          const past = readings.filter((reading) => (reading.period ?? '') <= period);
          const standing = standingOf(measure, readings, period);
          expect(standingOf(measure, past, period)).toEqual(standing);
          expect(standingOf(measure, [...readings].reverse(), period)).toEqual(standing);
          // Only a figure is judged, and never without something to judge it by.
          if (standing.verdict !== null)
            expect([standing.reading?.kind, standing.aim === null]).toEqual(['number', false]);
          if (standing.reading) expect(standing.reading.kind).not.toBe('blank');
        },
      ),
    );
  });
});

function stand(more: Partial<Measure>, readings: Readonly<Record<string, string>>) {
  const loaded = Object.entries(readings).map(([period, text]) => loadedReading('m', { period, text }, AT));
  return standingOf(measureOf(more), loaded, '2023-09');
}

function said(text: string) {
  return {
    period: '2023-09' as Period,
    text,
    at: AT,
    by: { id: 'ann', name: 'Ann Archer' },
    onBehalfOf: null,
    chat: 'chat',
    late: false,
    savedAnyway: [],
  };
}

function lastRead(text: string): Pick<Measure, 'last'> {
  const { value, kind } = loadedReading('m', { period: '2023-08', text }, AT);
  return { last: { period: '2023-08', text, value, kind } };
}

function measureOf(more: Partial<Measure> = {}): Measure {
  return {
    id: 'm',
    ref: null,
    name: 'Advice in time',
    group: '1',
    owners: [],
    groupLeads: [],
    target: null,
    baseline: '',
    interim: [],
    narrative: '',
    tracked: true,
    order: 0,
    version: 0,
    readIn: null,
    readBy: null,
    readAt: null,
    last: null,
    ...more,
  };
}
