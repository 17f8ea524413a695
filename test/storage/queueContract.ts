import type { WorkQueue } from '../../src/app/ports';

/** What every queue of nudges must do: one suite for the fake and for Azure's. `open` gives one that nothing is in. */
export function describeQueue(name: string, open: () => Promise<WorkQueue>): void {
  describe(`a queue: ${name}`, () => {
    let queue: WorkQueue;
    beforeEach(async () => {
      queue = await open();
    });
    const one = { plan: 'plan-1', tenant: 'tenant-1' };

    /** Waits for what comes after a time of the queue's own. */
    async function received() {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const [first] = await queue.receive(1, 30);
        if (first) return first;
        if (Date.now() > deadline) throw new Error('nothing came');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    test('hands a nudge to one, and to nobody else while it is hidden', async () => {
      await queue.wake(one);
      const [first] = await queue.receive(32, 30);
      expect(first).toMatchObject({ ...one, times: 1 });
      expect(await queue.receive(32, 30)).toEqual([]);
    });

    test('shows a nudge again when its time has run out, and counts', async () => {
      await queue.wake(one);
      await queue.receive(1, 1);
      expect(await received()).toMatchObject({ ...one, times: 2 });
    });

    test('a nudge that is done never comes back; doing it twice is no fault', async () => {
      await queue.wake(one);
      const first = await received();
      await queue.done(first);
      await queue.done(first);
      expect(await queue.extend(first, 1)).toBe(false);
      expect(await queue.receive(32, 30)).toEqual([]);
    });

    test('a nudge that is extended can be done all the same; whoever lost it can neither extend nor take it away', async () => {
      await queue.wake(one);
      const [slow] = await queue.receive(1, 1);
      if (!slow) throw new Error('nothing came');
      const next = await received();
      expect(await queue.extend(slow, 30)).toBe(false);
      await queue.done(slow);
      expect(await queue.extend(next, 1)).toBe(true);
      const last = await received();
      expect(last.times).toBe(3);
      expect(await queue.extend(last, 30)).toBe(true);
      expect(await queue.extend(last, 30)).toBe(true);
      await queue.done(last);
      await queue.wake({ plan: 'plan-2', tenant: 'tenant-1' });
      expect((await received()).plan).toBe('plan-2');
    });

    test('a nudge may come later', async () => {
      await queue.wake(one, 1);
      await queue.wake({ plan: 'plan-2', tenant: 'tenant-1' });
      expect((await received()).plan).toBe('plan-2');
      expect((await received()).plan).toBe('plan-1');
    });

    test('what is set aside can be read any number of times, and taken by plan or whole', async () => {
      for (const plan of ['plan-1', 'plan-2', 'plan-3']) await queue.wake({ plan, tenant: 'tenant-1' });
      for (const wake of await queue.receive(3, 30)) await queue.poison(wake, `failed: ${wake.plan} — “so”`);
      expect(await queue.receive(32, 30)).toEqual([]);
      const plans = ['plan-1', 'plan-2', 'plan-3'];
      expect((await queue.readPoison()).map(({ plan }) => plan).sort()).toEqual(plans);
      expect((await queue.readPoison()).map(({ plan }) => plan).sort()).toEqual(plans);
      const [second] = await queue.takePoison('plan-2');
      expect(second).toMatchObject({
        ...{ plan: 'plan-2', tenant: 'tenant-1', times: 1, reason: 'failed: plan-2 — “so”' },
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
    });

    test('answers when it is asked whether it is there', async () => {
      await expect(queue.ping()).resolves.toBeUndefined();
      expect(await queue.readPoison()).toEqual([]);
      expect(await queue.takePoison(null)).toEqual([]);
    });
  });
}
