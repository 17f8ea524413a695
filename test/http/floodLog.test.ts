import { makeFloodLog } from '../../src/http/floodLog';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a flood is one line at once, and one a minute with how many and why', () => {
  const lines: unknown[] = [];
  const note = makeFloodLog((facts, event) => lines.push([facts, event]), 'turned away');
  note('no token');
  expect(lines).toEqual([[{ why: 'no token', times: 1 }, 'turned away']]);
  for (let n = 0; n < 1_000; n += 1) note(n % 4 === 0 ? 'expired' : 'no token');
  expect(lines).toHaveLength(1);
  jest.advanceTimersByTime(60_000);
  expect(lines.slice(1)).toEqual([[{ why: 'expired, no token', times: 1_000 }, 'turned away']]);
  // Calm again: nothing is said of nothing, and the next one is said at once.
  jest.advanceTimersByTime(180_000);
  expect(lines).toHaveLength(2);
  note('no token');
  expect(lines).toHaveLength(3);
});
