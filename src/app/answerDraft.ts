import { type DraftAnswers, goneAnswerId, HAS_LEFT, STAYS } from '../domain/draft';
import {
  type DraftQuestion,
  NO_STATUS,
  NOBODY_HERE,
  NOT_RENUMBERED,
  RENUMBERED,
  TWO_PEOPLE,
} from '../domain/draftQuestions';
import { STATUS_KEYS } from '../domain/status';
import type { Deps } from './ports';
import { type DraftView, type FoundDraft, readDraft } from './readDraft';
import { retryOnConflict } from './retry';

/** Longest answer that is kept, in characters: a name as it is printed. */
const LONGEST_ANSWER = 500;

/**
 * Keeps what somebody answered to a draft's questions, by the questions' ids. What is no answer to one of the questions that the draft has is
 * left out. Gives the draft as it is then.
 */
export async function answerDraft(
  deps: Pick<Deps, 'drafts' | 'plans' | 'measures' | 'clock'>,
  tenant: string,
  person: string,
  id: string,
  typed: Readonly<Record<string, unknown>>,
): Promise<FoundDraft> {
  return retryOnConflict(async () => {
    const found = await readDraft(deps, tenant, person, id);
    if (found.found !== 'draft') return found;
    const { view, stored } = found;
    const given = answersTo(view, typed);
    if (Object.keys(given).length === 0) return found;
    const answers = { ...stored.value.answers, ...given };
    await deps.drafts.saveDraft({ etag: stored.etag, value: { ...stored.value, answers } });
    return readDraft(deps, tenant, person, id);
  });
}

/** What is asked about a file, and of whom of the team. */
export type Asked = Pick<DraftView, 'questions' | 'roster' | 'again'>;

/** What of that is an answer to one of the draft's questions, or says of an action without a row whether it has left. */
export function answersTo(view: Asked, typed: Readonly<Record<string, unknown>>): DraftAnswers {
  const answers = view.questions.map((question): [string, unknown] => {
    const answer = typed[question.id];
    return [question.id, typeof answer === 'string' && isAnswer(question, answer, view) ? answer : undefined];
  });
  const gone = (view.again?.diff.missing ?? []).map((action): [string, unknown] => {
    const id = goneAnswerId(action.id);
    return [id, typed[id] === HAS_LEFT || typed[id] === STAYS ? typed[id] : undefined];
  });
  return Object.fromEntries(
    [...answers, ...gone].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function isAnswer(question: DraftQuestion, answer: string, { roster }: Asked): boolean {
  if (answer.length > LONGEST_ANSWER) return false;
  switch (question.kind) {
    case 'name':
      return [TWO_PEOPLE, question.first, question.second].includes(answer);
    case 'date':
      return question.options.some(({ value }) => value === answer);
    case 'status':
      return answer === NO_STATUS || STATUS_KEYS.some((key) => key === answer);
    case 'moved':
      return answer === RENUMBERED || answer === NOT_RENUMBERED;
    case 'lead':
      return answer === NOBODY_HERE || (roster ?? []).some(({ id }) => id === answer);
  }
}
