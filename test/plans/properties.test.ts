import fc from 'fast-check';
import type { FullPlan } from '../../src/domain/understood';
import { readPlan } from '../../src/plans/readPlan';
import { type MadeBlock, type MadeCell, makeDocx } from '../fixtures/plans/office';

const read = (blocks: readonly MadeBlock[]): Promise<FullPlan> => readPlan(makeDocx(blocks), 'plan.docx');

/** Columns under names that plans give them, with what stands below. */
const COLUMNS = {
  Ref: ['1.1', '1.2', '2.1'],
  'What will we do?': ['Build a boat that floats', 'Paint the hull before winter', 'Write to each family'],
  'Lead officer': ['Ada Stone', 'Ben Reed; Cleo Marsh', 'Harbour Master'],
  'By when': ['Mar-24', 'Ongoing', '31/05/2024'],
  'Revised date': ['', 'Sept 2024', ''],
  RAG: ['A', 'G', 'Blue'],
  '% complete': ['50%', '', '100%'],
  'Progress update': ['The keel is laid.', '', 'All were written to.'],
  'How will we know?': ['It floats', 'It is blue', 'They answer'],
  Resources: ['Wood', '', 'Stamps'],
} as const;
const HEADERS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

it('the order of the columns does not matter', async () => {
  const tableOf = (headers: readonly (keyof typeof COLUMNS)[]): MadeBlock => ({
    rows: [headers, ...[0, 1, 2].map((row) => headers.map((header) => COLUMNS[header][row] ?? ''))],
  });
  const { actions: wanted } = await read([tableOf(HEADERS)]);
  expect(wanted.map(({ ref }) => ref)).toEqual(['1.1', '1.2', '2.1']);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(HEADERS, { minLength: HEADERS.length, maxLength: HEADERS.length }),
      async (headers) => {
        expect((await read([tableOf(headers)])).actions).toEqual(wanted);
      },
    ),
    { numRuns: 20 },
  );
});

it('any document gives a plan or a sentence, never a fault', async () => {
  const text = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HEADERS, ...Object.values(COLUMNS).flat()) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'Priority 1: Boats',
        'Lead: Ada Stone',
        'Outcome 1.1 Boats float',
        'KPI',
        'Target',
        'Apr-24',
        'Action 1.1: Do it',
        'Red | 3',
        'Business as usual',
        'see 1.2',
        'cont.',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.string({ maxLength: 12 }).map((one) => one.replace(/[^\p{L}\p{N}\p{P} ]/gu, '')),
    },
  );
  const cell: fc.Arbitrary<MadeCell> = fc.oneof(
    text,
    fc.record({
      text,
      across: fc.integer({ min: 1, max: 4 }),
      down: fc.constantFrom('begins' as const, 'on' as const),
      fill: fc.constantFrom('FF0000', 'FFC000', '00B050', 'FFFFFF'),
    }),
  );
  const table = fc.record({
    rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
  });
  const block: fc.Arbitrary<MadeBlock> = fc.oneof(
    table,
    text,
    text.map((heading) => ({ heading })),
    text.map((bold) => ({ bold })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(block, { maxLength: 8 }), async (blocks) => {
      const plan = await read(blocks);
      const errors = plan.problems.filter(({ severity }) => severity === 'error');
      expect(plan.actions.length > 0 || errors.length === 1).toBe(true);
      expect(errors.filter(({ message }) => message.includes('fault'))).toEqual([]);
      expect(new Set(plan.groups.map(({ ref }) => ref)).size).toBe(plan.groups.length);
    }),
    { numRuns: 80 },
  );
});

it('refs that were made are the same at each reading, and rows added at the end leave them alone', async () => {
  const header = ['Action', 'Lead', 'Deadline', 'RAG'];
  const row = (n: number): string[] => [`Build boat number ${n}`, 'Ada Stone', 'May 2024', 'Green'];
  const document = (rows: number): MadeBlock[] => [
    { heading: 'Priority 1: Boats' },
    { rows: [header, ...Array.from({ length: rows }, (_, n) => row(n))] },
  ];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 4 }), async (rows, more) => {
      const refs = async (count: number): Promise<string[]> =>
        (await read(document(count))).actions.map(({ ref }) => ref);
      const first = await refs(rows);
      expect(await refs(rows)).toEqual(first);
      expect((await refs(rows + more)).slice(0, rows)).toEqual(first);
    }),
    { numRuns: 8 },
  );
  const { problems } = await read(document(2));
  expect(problems.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/2 actions have no refs in the file: they were numbered/),
  );
});
