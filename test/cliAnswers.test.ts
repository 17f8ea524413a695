import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedAtFirst, checkAnswers, questionForms, readAnswers } from '../src/cliAnswers';
import { settledPlan } from '../src/domain/draftQuestions';
import { readTargetDate } from '../src/domain/targetDate';
import { full } from './app/understoodPlans';
import { line, understood } from './fakes/world';

/** Questions about a file, answered in a file: what the command line has in the place of a card's taps. */

const NOW = new Date('2023-09-25T09:00:00Z');
const PLAN = full(
  understood([
    line('1.1', ['Ann Archer'], { planned: readTargetDate('March, repeated bi-annually') }),
    line('1.2', ['Ann Archar'], { status: { text: 'Parked', key: null } }),
  ]),
);
const FOLDER = mkdtempSync(join(tmpdir(), 'answers-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function written(json: unknown): string {
  const path = join(FOLDER, 'answers.json');
  writeFileSync(path, typeof json === 'string' ? json : JSON.stringify(json));
  return path;
}

test('the questions are printed in the form in which they are answered, and settle the plan', () => {
  const forms = questionForms(askedAtFirst(PLAN, {}, NOW));
  expect(forms.length).toBeGreaterThanOrEqual(2);
  const status = forms.find(({ question }) => question.includes('Parked'));
  expect(status).toMatchObject({ answer: null, options: { grey: 'grey', none: 'no status' } });
  const filled = forms.map((form) => (form === status ? { ...form, answer: 'grey' } : form));
  for (const json of [filled, { questions: filled }, { [status?.id ?? '']: 'grey' }]) {
    const answers = readAnswers(written(json));
    checkAnswers(askedAtFirst(PLAN, answers, NOW), answers);
    expect(settledPlan(PLAN, answers).actions[1]?.status.key).toBe('grey');
  }
});

test('an answer that nothing asks for, or that is none of those offered, is refused with what would do', () => {
  const [first] = questionForms(askedAtFirst(PLAN, {}, NOW));
  if (!first) throw new Error('nothing is asked');
  const answers = { [first.id]: 'perhaps', nonsense: 'yes' };
  const check = () => checkAnswers(askedAtFirst(PLAN, answers, NOW), answers);
  expect(check).toThrow(/“perhaps” is no answer to .* Say one of: .*\nNothing of the id nonsense is asked/);
  expect(() => readAnswers(written('{'))).toThrow(/is no JSON/);
  expect(() => readAnswers(written([1, 2]))).toThrow(/holds no answers/);
});
