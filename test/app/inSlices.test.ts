import { mapInSlices } from '../../src/app/inSlices';

test('a long list is changed whole and in order, and whoever waits has their turn meanwhile', async () => {
  const list = Array.from({ length: 20 }, (_, at) => at);
  let changed = 0;
  let changedBeforeTheirs = 0;
  setImmediate(() => {
    changedBeforeTheirs = changed;
  });
  const doubled = await mapInSlices(list, (at) => {
    // Work that takes its time, whatever the machine.
    const until = performance.now() + 1;
    while (performance.now() < until);
    changed += 1;
    return 2 * at;
  });
  expect(doubled).toEqual(list.map((at) => 2 * at));
  expect(changedBeforeTheirs).toBeGreaterThan(0);
  expect(changedBeforeTheirs).toBeLessThan(list.length);
});
