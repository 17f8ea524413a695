import { readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { type Asked, answersTo } from './app/answerDraft';
import { dayIn } from './domain/calendar';
import { type DraftAnswers, goneAnswerId, HAS_LEFT, STAYS } from './domain/draft';
import {
  type DraftQuestion,
  draftQuestions,
  NO_STATUS,
  NOBODY_HERE,
  NOT_RENUMBERED,
  RENUMBERED,
  TWO_PEOPLE,
} from './domain/draftQuestions';
import { periodOfDate } from './domain/period';
import { DEFAULT_CALENDAR } from './domain/plan';
import { STATUS_KEYS } from './domain/status';
import type { FullPlan } from './domain/understood';
import { Refusal } from './refusal';

/** A question about a file as `check --json` prints it: put one of its `options` into `answer` and give the file to `load --answers`. */
export interface QuestionForm {
  readonly id: string;
  readonly question: string;
  /** What each answer means. */
  readonly options: Readonly<Record<string, string>>;
  readonly answer: null;
}

/** What is asked about a file that is to be a first plan, before any team has it. `now` is the machine's time. */
export function askedAtFirst(understood: FullPlan, answers: DraftAnswers, now: Date): Asked {
  const period = periodOfDate(dayIn(DEFAULT_CALENDAR.zone, now));
  const against = { known: [], settled: new Set<string>(), roster: null, period };
  return { questions: draftQuestions(understood, answers, against, distance), roster: null, again: null };
}

/** The questions about a file, to be answered in writing. */
export function questionForms({ questions, roster, again }: Asked): QuestionForm[] {
  return [
    ...questions.map((question): QuestionForm => {
      return { id: question.id, answer: null, ...asked(question, roster) };
    }),
    ...(again?.diff.missing ?? []).map(
      ({ id, ref, title }): QuestionForm => ({
        id: goneAnswerId(id),
        question: `${`${ref} ${title}`.trim()} has no row in the file. Has it left the plan?`,
        options: { [HAS_LEFT]: 'it has left the plan', [STAYS]: 'the file forgot it: it stays' },
        answer: null,
      }),
    ),
  ];
}

function asked(question: DraftQuestion, roster: Asked['roster']): Pick<QuestionForm, 'question' | 'options'> {
  switch (question.kind) {
    case 'name': {
      const { first, second } = question;
      return {
        question: `Are “${first}” and “${second}” one person?`,
        options: { [TWO_PEOPLE]: 'two people', [first]: `one: ${first}`, [second]: `one: ${second}` },
      };
    }
    case 'date':
      return {
        question: `What does “${question.text}” mean (${question.refs.join(', ')})?`,
        options: Object.fromEntries(
          question.options.map((option) => [
            option.value,
            'year' in option
              ? String(option.year)
              : option.often === 'twice'
                ? `twice a ${option.unit}`
                : `every second ${option.unit}`,
          ]),
        ),
      };
    case 'status':
      return {
        question: `“${question.text}” stands where a status is expected (${question.refs.join(', ')}). Which is it?`,
        options: Object.fromEntries([...STATUS_KEYS.map((key) => [key, key]), [NO_STATUS, 'no status']]),
      };
    case 'moved':
      return {
        question: `Were these renumbered? ${question.moves.map(({ before, after }) => `${before} → ${after}`).join(', ')}`,
        options: { [RENUMBERED]: 'yes', [NOT_RENUMBERED]: 'no: the same refs, new dates' },
      };
    case 'lead':
      return {
        question: `Nobody in the team is called ${question.lead.name}. Who is it?`,
        options: Object.fromEntries([
          [NOBODY_HERE, 'nobody: the programme officer answers for them'],
          ...(roster ?? []).map(({ id, name }) => [id, name]),
        ]),
      };
  }
}

const formSchema = z.union([
  z.record(z.string(), z.string().nullable()),
  z.array(z.looseObject({ id: z.string(), answer: z.string().nullish() })),
  z.looseObject({ questions: z.array(z.looseObject({ id: z.string(), answer: z.string().nullish() })) }),
]);

/** The answers in a file: the questions as `check --json` printed them with their answers put in, or `{"<id>": "<answer>"}`. */
export function readAnswers(path: string): DraftAnswers {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = formSchema.safeParse(json);
  if (!read.success)
    throw new Refusal(
      `${path} holds no answers. Take the questions of “steward check --json” and fill in “answer”.`,
    );
  const list = Array.isArray(read.data)
    ? read.data
    : Array.isArray(read.data.questions)
      ? read.data.questions
      : null;
  const pairs = list
    ? list.map(({ id, answer }): [string, unknown] => [id, answer])
    : Object.entries(read.data);
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''),
  );
}

/** Refuses answers that the file does not ask for, all of them at once. */
export function checkAnswers(view: Asked, answers: DraftAnswers): void {
  const taken = answersTo(view, answers);
  const wrong = Object.keys(answers).filter((id) => taken[id] === undefined);
  if (wrong.length === 0) return;
  const forms = new Map(questionForms(view).map((form) => [form.id, form]));
  const faults = wrong.map((id) => {
    const form = forms.get(id);
    return form
      ? `“${answers[id]}” is no answer to ${id} (${form.question}) Say one of: ${Object.keys(form.options).join(', ')}.`
      : `Nothing of the id ${id} is asked about this file.`;
  });
  throw new Refusal(`${faults.join('\n')}\nNothing was stored.`);
}
