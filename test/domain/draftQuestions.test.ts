import { distance } from 'fastest-levenshtein';
import {
  type AskedAgainst,
  type DraftQuestion,
  draftQuestions,
  NO_STATUS,
  NOBODY_HERE,
  settledPlan,
  TWO_PEOPLE,
} from '../../src/domain/draftQuestions';
import { readTargetDate } from '../../src/domain/targetDate';
import type { FullPlan } from '../../src/domain/understood';
import { full } from '../app/understoodPlans';
import { line, understood } from '../fakes/world';

const ROSTER = [
  { id: 'ann', name: 'Ann Archer' },
  { id: 'ben', name: 'Ben Baker' },
];
const AGAINST: AskedAgainst = { known: [], settled: new Set(), roster: ROSTER, period: '2023-09' };

function planOf(...actions: Parameters<typeof line>[]): FullPlan {
  return full(
    understood(
      actions.map((args) => line(...args)),
      [],
    ),
  );
}

function ask(plan: FullPlan, answers = {}, against: Partial<AskedAgainst> = {}): DraftQuestion[] {
  return draftQuestions(plan, answers, { ...AGAINST, ...against }, distance);
}

function only<Kind extends DraftQuestion['kind']>(questions: readonly DraftQuestion[], kind: Kind) {
  return questions.filter((one): one is Extract<DraftQuestion, { kind: Kind }> => one.kind === kind);
}

describe('names', () => {
  const plan = planOf(['1.1', ['Ann Archer']], ['1.2', ['Ann ArcherI']], ['1.3', ['Ben Baker']]);

  test('that look alike are asked about, and stay two people until somebody says otherwise', () => {
    const [question] = only(ask(plan), 'name');
    expect(question).toMatchObject({ first: 'Ann Archer', second: 'Ann ArcherI' });
    expect(settledPlan(plan, {})).toEqual(plan);
    expect(settledPlan(plan, { [question?.id ?? '']: TWO_PEOPLE })).toEqual(plan);
  });

  test('that are one person’s become one everywhere, and the other is no longer asked about', () => {
    const [question] = only(ask(plan), 'name');
    const answers = { [question?.id ?? '']: 'Ann Archer' };
    const settled = settledPlan(plan, answers);
    expect(settled.actions.map(({ leads }) => leads[0]?.name)).toEqual([
      'Ann Archer',
      'Ann Archer',
      'Ben Baker',
    ]);
    expect(only(ask(plan), 'lead').map(({ lead }) => lead.name)).toEqual(['Ann ArcherI']);
    expect(only(ask(plan, answers), 'lead')).toEqual([]);
  });

  test('of the stored plan are compared with the file’s', () => {
    const file = planOf(['1.1', ['Anne Archer']]);
    const [question] = only(ask(file, {}, { known: ['Ann Archer', 'Ben Baker'] }), 'name');
    expect(question).toMatchObject({ known: 'Ann Archer' });
    const settled = settledPlan(file, { [question?.id ?? '']: 'Ann Archer' });
    expect(settled.actions[0]?.leads[0]?.name).toBe('Ann Archer');
  });
});

describe('dates', () => {
  const dated = (text: string) => planOf(['1.1', ['Ann Archer'], { planned: readTargetDate(text) }]);

  test.each([
    ['bi-monthly', 'every-second', 'every second month'],
    ['May 2022, bi-annually', 'twice', 'twice a year'],
  ])('%s is asked about', (text, answer, recurrence) => {
    const plan = dated(text);
    const [question] = only(ask(plan), 'date');
    expect(question?.options.map(({ value }) => value)).toEqual(['twice', 'every-second']);
    const [action] = settledPlan(plan, { [question?.id ?? '']: answer }).actions;
    expect(action?.planned).toMatchObject({ text, recurrence });
  });

  test('a month without a year gets the year that is chosen', () => {
    const plan = dated('By November');
    const [question] = only(ask(plan), 'date');
    expect(question?.options.map(({ value }) => value)).toEqual(['2022', '2023', '2024', '2025']);
    const [action] = settledPlan(plan, { [question?.id ?? '']: '2024' }).actions;
    expect(action?.planned).toMatchObject({ text: 'By November', due: '2024-11-30' });
  });

  test.each(['Nov 2023', 'Ongoing', 'see 7.3.1', 'Q4 2017/18', ''])('“%s” is not', (text) => {
    expect(only(ask(dated(text)), 'date')).toEqual([]);
  });
});

describe('statuses', () => {
  const plan = planOf(
    ['1.1', ['Ann Archer'], { status: { text: 'Nearly', key: null } }],
    ['1.2', ['Ann Archer'], { status: { text: 'nearly ', key: null } }],
    ['1.3', ['Ann Archer'], { status: { text: 'N/A', key: null } }],
  );

  test('a word that is none is asked about once, whatever its case', () => {
    const [question, ...others] = only(ask(plan), 'status');
    expect(question).toMatchObject({ refs: ['1.1', '1.2'] });
    expect(others).toEqual([]);
    const id = question?.id ?? '';
    expect(settledPlan(plan, { [id]: 'green' }).actions.map(({ status }) => status.key)).toEqual([
      'green',
      'green',
      null,
    ]);
    expect(settledPlan(plan, { [id]: NO_STATUS }).actions[0]?.status).toEqual({ text: 'Nearly', key: null });
  });
});

describe('leads', () => {
  test('whom nobody in the team is called are asked about, with how many actions they lead', () => {
    const plan = planOf(['1.1', ['Ann Archer']], ['1.2', ['Cat Carter']], ['1.3', ['Cat Carter']]);
    expect(only(ask(plan), 'lead')).toEqual([expect.objectContaining({ actions: 2, proposed: [] })]);
    expect(only(ask(plan, {}, { settled: new Set(['cat carter']) }), 'lead')).toEqual([]);
    expect(only(ask(plan, {}, { roster: null }), 'lead')).toEqual([]);
  });

  test('an answer changes nothing of the plan itself', () => {
    const plan = planOf(['1.1', ['Cat Carter']]);
    const [question] = only(ask(plan), 'lead');
    expect(settledPlan(plan, { [question?.id ?? '']: NOBODY_HERE })).toEqual(plan);
  });
});
