/** How long (ms) work on a long list keeps the event loop before whoever waits has their turn. */
const SLICE_MS = 5;

/**
 * As `list.map(change)`, in slices of a few milliseconds between which the event loop goes round: the largest plan keeps nobody else waiting. What is
 * done within one slice, as with nearly all lists, is done in one go.
 */
export async function mapInSlices<Item, Changed>(
  list: Iterable<Item>,
  change: (item: Item) => Changed,
): Promise<Changed[]> {
  const changed: Changed[] = [];
  let began = performance.now();
  for (const item of list) {
    changed.push(change(item));
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return changed;
}
