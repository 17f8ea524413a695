import { readQuestion } from '../../src/ask/readQuestion';
import { CORPUS } from './corpus';
import type { Meaning } from './support/means';
import { type SamplePlan, samplePlan } from './support/samplePlan';
import { UNSEEN } from './unseen';

/** What must at least be understood of what the grammar was tuned against. */
const LEAST_SHARE = 0.98;

let sample: SamplePlan;
beforeAll(async () => {
  sample = await samplePlan();
});

test('the corpus has 300 utterances or more, each once', () => {
  const said = CORPUS.flatMap((meaning) => meaning.said);
  expect(said.length).toBeGreaterThanOrEqual(300);
  expect(said.filter((text, at) => said.indexOf(text) !== at)).toEqual([]);
});

test('nearly all of the corpus means what it should', () => {
  const { misses, total } = missesOf(CORPUS);
  const share = (total - misses.length) / total;
  process.stdout.write(
    `Corpus: ${total - misses.length} of ${total} understood (${(share * 100).toFixed(1)}%)\n`,
  );
  for (const miss of misses) process.stdout.write(`  missed: ${miss}\n`);
  expect(share).toBeGreaterThanOrEqual(LEAST_SHARE);
});

test('and so does what it was not tuned against', () => {
  const { misses, total } = missesOf(UNSEEN);
  const share = (total - misses.length) / total;
  process.stdout.write(
    `Unseen: ${total - misses.length} of ${total} understood (${(share * 100).toFixed(1)}%)\n`,
  );
  for (const miss of misses) process.stdout.write(`  missed: ${miss}\n`);
  expect(total).toBeGreaterThanOrEqual(100);
  expect(share).toBeGreaterThanOrEqual(0.9);
});

function missesOf(corpus: readonly Meaning[]): { misses: string[]; total: number } {
  const misses = corpus.flatMap(({ said, means }) =>
    said.filter((text) => {
      const reading = readQuestion(text, sample.context);
      return (
        reading.kind !== 'question' ||
        JSON.stringify(sorted(reading.question)) !== JSON.stringify(sorted(means))
      );
    }),
  );
  return { misses, total: corpus.flatMap(({ said }) => said).length };
}

/** The same value with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
