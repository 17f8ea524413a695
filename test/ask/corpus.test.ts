import type { AskedData } from '../../src/ask/answer';
import { readQuestion } from '../../src/ask/readQuestion';
import { runQuestion } from '../../src/ask/runQuestion';
import { type Asked, FIRST_ASKED, SECOND_ASKED, THIRD_ASKED } from './asked';
import { CORPUS } from './corpus';
import { NINTH_ASKED } from './lastAsked';
import { EIGHTH_ASKED, FIFTH_ASKED, FOURTH_ASKED, SEVENTH_ASKED, SIXTH_ASKED } from './laterAsked';
import type { Meaning } from './support/means';
import { sampleRows } from './support/rows';
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

test.each([
  ['First', FIRST_ASKED],
  ['Second', SECOND_ASKED],
  ['Third', THIRD_ASKED],
  ['Fourth', FOURTH_ASKED],
  ['Fifth', FIFTH_ASKED],
  ['Sixth', SIXTH_ASKED],
  ['Seventh', SEVENTH_ASKED],
  ['Eighth', EIGHTH_ASKED],
  ['Ninth', NINTH_ASKED],
] as const)('%s: what was asked gives exactly the rows that it asks for', (name, asked) => {
  const misses = asked.filter((one) => given(one) !== wanted(one));
  const share = (asked.length - misses.length) / asked.length;
  process.stdout.write(
    `${name} asked: ${asked.length - misses.length} of ${asked.length} answered with exactly the right actions (${(share * 100).toFixed(1)}%)\n`,
  );
  for (const [, typed] of misses) process.stdout.write(`  missed: ${typed}\n`);
  expect(share).toBeGreaterThanOrEqual(0.95);
});

function wanted([, , isWanted]: Asked): string {
  return sampleRows()
    .filter(isWanted)
    .map(({ ref }) => ref)
    .sort()
    .join(' ');
}

/** The refs of the answer to what was typed, as a question of its own. */
function given([asker, typed]: Asked): string {
  const mine = sample.people.filter(({ name }) => name === asker).map(({ key }) => key);
  const reading = readQuestion(typed, sample.context);
  return reading.kind === 'question' ? refsOf(reading.question, { ...sample.data, mine }) : reading.kind;
}

function refsOf(question: Parameters<typeof runQuestion>[0], data: AskedData): string {
  const answer = runQuestion(question, data);
  if (!('actions' in answer) && !('standing' in answer)) return answer.kind;
  const actions = 'actions' in answer ? answer.actions : answer.standing.actions;
  return actions
    .map(({ ref }) => ref)
    .sort()
    .join(' ');
}

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
