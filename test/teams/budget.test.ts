import fc from 'fast-check';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableSlotStore } from '../../src/storage/slotStore';
import { type Budget, makeBudget } from '../../src/teams/budget';
import { ConversationWindows } from '../../src/teams/windows';
import { SlowTable } from '../fakes/tables';
import { KeptLog } from '../fakes/world';

/** Teams' limits, kept by several processes together: on a clock that only the test moves. */

beforeEach(() =>
  jest.useFakeTimers({ now: Date.UTC(2023, 8, 20, 8), doNotFake: ['queueMicrotask', 'nextTick'] }),
);
afterEach(() => jest.useRealTimers());

const TENANT = 'tenant-1';

/** Budgets of so many processes on one table. */
function budgets(n: number, table = new MemoryTable()): Budget[] {
  return Array.from({ length: n }, () =>
    makeBudget(new TableSlotStore(table, () => new Date()), new KeptLog()),
  );
}

/** Most of the times within any stretch of `ms`. */
function busiest(times: readonly number[], ms: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(0, ...sorted.map((at, n) => sorted.slice(n).filter((other) => other < at + ms).length));
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 5) await jest.advanceTimersByTimeAsync(5);
}

test.each([1, 2, 4])(
  '%i processes together keep below 50 a second, and reach nine tenths of it',
  async (n) => {
    const times: number[] = [];
    for (const budget of budgets(n))
      for (let k = 0; k < 400 / n; k += 1)
        void budget.admit(TENANT, null, 'own').then(() => times.push(Date.now()));
    await pass(8_000);
    expect(busiest(times, 1_000)).toBeLessThanOrEqual(50);
    expect(times.filter((at) => at < Date.UTC(2023, 8, 20, 8) + 8_000).length).toBeGreaterThanOrEqual(
      0.9 * 50 * 8,
    );
  },
);

test('however slow storage and claims are, and though clocks and ways differ: never more than 50 a second reach Teams', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(
        fc.oneof({ weight: 9, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.nat(2_000) }),
      ),
      fc.infiniteStream(fc.integer({ min: 0, max: 20 })),
      async (skews, delays, ways) => {
        const delay = () => after(delays.next().value ?? 0);
        const table = new SlowTable(new MemoryTable(), delay);
        const began = Date.now();
        const arrived: number[] = [];
        for (const skew of skews) {
          const now = () => Date.now() + skew;
          const budget = makeBudget(new TableSlotStore(table, () => new Date(now())), new KeptLog(), now);
          const send = async (): Promise<void> => {
            const permit = await budget.permit(TENANT);
            await delay();
            await budget.admit(TENANT, null, 'own', permit);
            budget.leave(permit);
            await after(ways.next().value ?? 0);
            arrived.push(Date.now());
          };
          for (let k = 0; k < 400; k += 1) void send();
        }
        await pass(4_000);
        expect(busiest(arrived, 1_000)).toBeLessThanOrEqual(50);
        expect(arrived.filter((at) => at >= began + 2_000).length).toBeGreaterThan(50);
        await pass(60_000);
        expect(arrived).toHaveLength(400 * skews.length);
      },
    ),
    { numRuns: 5 },
  );
});

test('what waits is called up shortly before its slot, a few at a time', async () => {
  const [budget] = budgets(1);
  let held = 0;
  let most = 0;
  for (let k = 0; k < 200; k += 1)
    void budget?.permit(TENANT).then(async (permit) => {
      held += 1;
      most = Math.max(most, held);
      await after(20);
      await budget.admit(TENANT, null, 'own', permit);
      held -= 1;
      budget.leave(permit);
    });
  await pass(6_000);
  expect(held).toBe(0);
  expect(most).toBeLessThanOrEqual(10);
});

test('a permit that is given back unused leaves its slot to the next', async () => {
  const [budget] = budgets(1);
  for (let k = 0; k < 50; k += 1) void budget?.permit(TENANT).then((permit) => budget.leave(permit));
  let went = 0;
  void budget?.permit(TENANT).then(async (permit) => {
    await budget.admit(TENANT, null, 'own', permit);
    went += 1;
  });
  await pass(2_000);
  expect(went).toBe(1);
});

test('a reply goes before what waits, in this process and in another, and is set against it', async () => {
  const [mine, other] = budgets(2);
  if (!mine || !other) throw new Error('no budgets');
  const own: number[] = [];
  for (let k = 0; k < 300; k += 1) void mine.admit(TENANT, null, 'own').then(() => own.push(Date.now()));
  await pass(1_000);
  const began = Date.now();
  const waited: number[] = [];
  for (const budget of [mine, other, mine, other])
    void budget.admit(TENANT, null, 'reply').then(() => waited.push(Date.now() - began));
  await pass(50);
  expect(waited).toEqual([0, 0, 0, 0]);
  await pass(3_000);
  expect(busiest([...own, ...waited.map((ms) => began + ms)], 1_000)).toBeLessThanOrEqual(50);
});

test('a tenant that is held up holds up no other', async () => {
  const [budget] = budgets(1);
  for (let k = 0; k < 5; k += 1) budget?.answered(TENANT, { throttled: 60_000 });
  const went: string[] = [];
  await pass(10);
  for (const tenant of [TENANT, 'tenant-2'])
    void budget?.admit(tenant, null, 'own').then(() => went.push(tenant));
  await pass(1_000);
  expect(went).toEqual(['tenant-2']);
  await pass(60_000);
  expect(went).toEqual(['tenant-2', TENANT]);
});

test('what one process was told to wait, all wait; single refusals hold up nobody', async () => {
  const [mine, other] = budgets(2);
  for (let k = 0; k < 20; k += 1) {
    mine?.answered(TENANT, { throttled: 60_000 });
    mine?.answered(TENANT, 'taken');
  }
  let went = 0;
  const count = (): void => {
    went += 1;
  };
  void other?.admit(TENANT, null, 'own').then(count);
  await pass(100);
  expect(went).toBe(1);
  for (let k = 0; k < 5; k += 1) mine?.answered(TENANT, { throttled: 30_000 });
  await pass(10);
  void other?.admit(TENANT, null, 'own').then(count);
  await pass(20_000);
  expect(went).toBe(1);
  await pass(11_000);
  expect(went).toBe(2);
});

test('goes on, slower, when the shared row is out of reach', async () => {
  const dead = async (): Promise<never> => {
    throw new Error('storage is out of reach');
  };
  const budget = makeBudget({ reserve: dead, holdUntil: dead }, new KeptLog());
  let went = 0;
  for (let k = 0; k < 40; k += 1)
    void budget.admit(TENANT, null, 'own').then(() => {
      went += 1;
    });
  await pass(1_000);
  expect(went).toBeLessThanOrEqual(25);
  await pass(10_000);
  expect(went).toBe(40);
});

/** Waits for leave in a conversation; gives when it is had. */
function takenAt(windows: ConversationWindows, conversation: string, now: number): number {
  let at = now;
  for (let wait = windows.take(conversation, at); wait > 0; wait = windows.take(conversation, at)) at += wait;
  return at;
}

test('one conversation stays within each of its windows, whenever its messages come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(900), { minLength: 1, maxLength: 200 }), (gaps) => {
      const windows = new ConversationWindows();
      let now = 1_000_000;
      const went = gaps.map((gap) => {
        now = takenAt(windows, 'a:1', now + gap);
        return now;
      });
      for (const [ms, most] of [
        [1_000, 7],
        [2_000, 8],
        [30_000, 60],
      ] as const)
        expect(busiest(went, ms)).toBeLessThanOrEqual(most);
    }),
    { numRuns: 60 },
  );
});

test('a conversation within its limits waits for nothing, and not for others', () => {
  const windows = new ConversationWindows();
  for (let n = 0; n < 50; n += 1) expect(windows.take(`a:${n}`, 1_000)).toBe(0);
  expect([1, 2, 3, 4, 5, 6].map(() => windows.take('a:1', 1_000))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(windows.take('a:1', 1_000)).toBeGreaterThan(0);
});

test('a clock that is put back makes nobody wait for the time that it said before', () => {
  const windows = new ConversationWindows();
  for (let n = 0; n < 7; n += 1) windows.take('a:1', 7_200_000);
  expect(windows.take('a:1', 3_600_000)).toBe(0);
});

test('1,800 an hour is the end of it', () => {
  const windows = new ConversationWindows();
  let at = 0;
  const went: number[] = [];
  for (let n = 0; n < 1_900; n += 1) {
    at = takenAt(windows, 'a:1', at);
    went.push(at);
    at += 500;
  }
  expect(busiest(went.slice(0, 1_801), 3_600_000)).toBeLessThanOrEqual(1_800);
});

test.each(['own', 'reply'] as const)(
  'what waits in a conversation (%s) does not go all at once when the machine wakes from sleep, or when the tenant waited',
  async (urgency) => {
    const [budget] = budgets(1);
    const times: number[] = [];
    const send = (count: number): void => {
      for (let n = 0; n < count; n += 1)
        void budget?.admit(TENANT, 'a:1', urgency).then(() => times.push(Date.now()));
    };
    send(14);
    await pass(500);
    jest.setSystemTime(Date.now() + 3_600_000);
    await pass(10_000);
    for (let n = 0; n < 5; n += 1) budget?.answered(TENANT, { throttled: 3_000 });
    send(14);
    await pass(60_000);
    expect(times).toHaveLength(28);
    expect(busiest(times, 1_000)).toBeLessThanOrEqual(7);
    expect(busiest(times, 2_000)).toBeLessThanOrEqual(8);
  },
);
