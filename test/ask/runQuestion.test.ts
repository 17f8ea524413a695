import type { AnswerData, ListAnswer, RankAnswer } from '../../src/ask/answer';
import { neededOf } from '../../src/ask/neededOf';
import type { Condition, Question } from '../../src/ask/question';
import { runQuestion } from '../../src/ask/runQuestion';
import { sayAnswer } from '../../src/ask/sayBack';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { english } from '../../src/words/words';
import { CORPUS } from './corpus';
import {
  action,
  by,
  compare,
  count,
  done,
  due,
  group,
  HELEN,
  inGroup,
  is,
  leadsOf,
  leadsOfGroup,
  list,
  listed,
  live,
  ME,
  mine,
  moved,
  NOBODY,
  not,
  ongoing,
  overdue,
  overdueBy,
  PRIYA,
  percent,
  personal,
  quoted,
  rank,
  refs,
  silent,
  slipped,
  slippedBy,
  stood,
  TOM,
  text,
  unchanged,
  update,
  updated,
} from './support/means';
import { type SamplePlan, samplePlan } from './support/samplePlan';

let sample: SamplePlan;
beforeAll(async () => {
  sample = await samplePlan();
});

function run(question: Question): AnswerData {
  return runQuestion(question, sample.data);
}

function listedBy(...conditions: Condition[]): ListAnswer {
  const answer = run(list(...conditions));
  if (answer.kind !== 'list') throw new Error(`it is ${answer.kind}`);
  return answer;
}

/** The refs that a list gives, in its order. */
function refsOf(...conditions: Condition[]): string {
  return listedBy(...conditions)
    .actions.map(({ ref }) => ref)
    .join(' ');
}

function rowsOf(question: Question): string[] {
  const answer = run(question) as RankAnswer;
  return answer.rows.map(({ key, n, of }) => `${key} ${n}/${of}`);
}

describe('the actions of a list', () => {
  test('have the status, the group, the lead, the refs', () => {
    expect(refsOf(is('red'))).toBe('5.1.4 5.1.5');
    expect(refsOf(mine, is('amber'))).toBe('1.2.1 1.2.2 2.2.3 2.3.2 7.2.3');
    expect(refsOf(is('none'))).toBe('4.4.1 4.4.2');
    expect(refsOf(by(PRIYA))).toBe('2.1.2 2.4.1 6.2.1 7.3.2 10.2.1');
    expect(refsOf(by(TOM), is('green'))).toBe('3.3.1');
    expect(refsOf(refs(['1.2.1', '1.3']))).toBe('1.2.1 1.2.2 1.3.1 1.3.2');
    expect(refsOf(inGroup('4'), live)).toBe('4.1.1 4.1.2');
    expect(refsOf(by({ kind: 'group-leads', group: '5' }), is('red'))).toBe('5.1.4 5.1.5');
    // Those that name no lead of their own, though their group's leads are asked.
    expect(refsOf(by(NOBODY))).toBe('4.4.1 4.4.2 9.1.1 9.1.2 9.1.3 9.2.1 9.2.2 9.2.3 9.2.4 9.2.5 9.3.2');
  });

  test('are due, overdue and slipped as the glossary says', () => {
    expect(refsOf(overdue)).toBe('1.2.2 2.2.1 3.1.5 3.2.1 5.1.5 10.1.4');
    expect(refsOf(overdueBy('>', 3, 'month'))).toBe('2.2.1 3.1.5 3.2.1');
    expect(refsOf(due('2023-11-01', '2023-11-30'))).toBe('1.1.2 1.1.4 3.2.3 6.1.4 7.3.1 10.3.1');
    expect(refsOf(ongoing)).toBe('1.1.3 8.2.1 8.2.2 8.2.3 10.4.2');
    expect(refsOf(slippedBy('>', 17, 'month'))).toBe('3.1.2 3.1.4');
    // A month means its last day, so from July to September is two months and not more.
    expect(refsOf(slippedBy('>=', 2, 'month'), inGroup('6'))).toContain('6.1.2');
    expect(refsOf(done, slipped, inGroup('6'))).toBe('6.1.1');
  });

  test('contradict themselves', () => {
    const full = '1.1.3 2.2.1 3.1.5 4.5.1 8.2.2 8.2.3 10.4.2';
    expect(refsOf(percent('=', 100), not(is('blue')))).toBe(full);
    expect(refsOf({ kind: 'contradiction', which: 'full-not-done' })).toBe(full);
    expect(refsOf(is('blue'), percent('<', 100))).toBe('1.3.2');
    expect(refsOf({ kind: 'contradiction', which: 'done-not-full' })).toBe('1.3.2');
  });

  test('were updated, or not, or without a change', () => {
    expect(refsOf(updated())).toBe('1.2.1 2.2.3 5.1.4');
    expect(refsOf(updated('2023-08'))).toBe('1.2.1 2.2.3 5.1.4 7.3.1');
    expect(refsOf(silent(), inGroup('5'))).toBe('5.1.5');
    expect(refsOf(unchanged(3), mine)).toBe('1.2.2 2.2.3 2.3.2 3.2.1 5.1.5 7.2.3');
    expect(refsOf(unchanged(2), refs('6.1.3', '7.3.1'))).toBe('6.1.3');
  });

  test('moved between positions, with the step that each made', () => {
    const answer = listedBy(moved({ became: ['red'], from: '2023-06' }));
    expect(answer.moves.map(({ ref, from, to }) => `${ref} ${from} ${to}`)).toEqual([
      '5.1.4 green red',
      '5.1.5 amber red',
    ]);
    expect(answer.compared).toEqual({ from: '2023-06', to: 'now' });
    expect(refsOf(moved({ direction: 'worse' }))).toBe('5.1.4');
    expect(refsOf(moved({ from: '2023-05', to: '2023-06', left: ['red'] }))).toBe('2.2.1');
    expect(refsOf(stood('2023-03', 'red'))).toBe('2.2.1 5.1.2');
  });

  test('speak of a phrase as it was typed, or else of its words', () => {
    expect(refsOf(text('local offer'))).toBe('3.1.1 3.1.2 3.1.5 3.2.2');
    expect(refsOf(text('autism pathways'))).toBe('5.1.4');
    expect(refsOf(quoted('autism pathways'))).toBe('');
    expect(refsOf(text('PARENTS’ forum'))).toBe('2.1.1 6.3.1');
  });

  test('are told with what they are out of', () => {
    expect(listedBy(mine, is('amber')).scope).toEqual({ of: 'mine', total: 8 });
    expect(listedBy(is('amber')).scope).toEqual({ of: 'plan', total: 90 });
    expect(listedBy(is('amber'), inGroup('5')).scope).toEqual({ of: 'group', total: 9 });
    expect(listedBy(by(HELEN), is('red')).scope).toEqual({ of: 'lead', total: 9 });
    const said = (question: Question) => sayAnswer(run(question), DEFAULT_SCALE, english.say);
    expect(said(list(mine, is('amber')))).toBe('Amber actions that you lead: 5 of your 8');
    expect(said(count(is('amber'), inGroup('6')))).toBe('Amber actions in priority 6: 5 of 8');
    expect(said(list())).toBe('All actions: 90');
  });

  test('come in the order asked for, as many as asked for', () => {
    const answer = run(listed({ order: 'most-overdue', limit: 2 }, overdue)) as ListAnswer;
    expect(answer.actions.map(({ ref }) => ref)).toEqual(['2.2.1', '3.1.5']);
    expect(answer.matching).toBe(6);
    const lowest = run(listed({ order: 'percent-lowest', limit: 3 }, is('amber'))) as ListAnswer;
    expect(lowest.actions.map(({ ref }) => ref)).toEqual(['8.2.4', '9.2.5', '7.3.5']);
    const latest = run(listed({ order: 'due-latest', limit: 2 }, live)) as ListAnswer;
    expect(latest.actions.map(({ ref }) => ref)).toEqual(['4.1.1', '9.1.3']);
  });
});

describe('other questions', () => {
  test('groups and leads are ranked', () => {
    expect(rowsOf(rank('group', 'most', is('red')))).toEqual(['5 2/9']);
    expect(
      rowsOf(rank('group', 'plain', is('amber'))).reduce((sum, row) => sum + Number(row.split(/[ /]/)[1]), 0),
    ).toBe(26);
    expect(rowsOf(rank('lead', 'most', overdue))[0]).toBe('miriam adeyemi 3/8');
    expect(rowsOf(rank('group', 'fewest', is('blue')))[0]).toBe('4 0/5');
  });

  test('one action, with near refs where there is none', () => {
    expect(run(action('1.3.2'))).toMatchObject({ kind: 'action', actions: [{ ref: '1.3.2' }], near: [] });
    expect(run(action('1.3.9'))).toMatchObject({ actions: [], near: ['1.3.1', '1.3.2'] });
    expect(run(action('7.2'))).toMatchObject({ actions: [], near: ['7.2.1', '7.2.2', '7.2.3'] });
  });

  test('leads of an action and of a group', () => {
    expect(run(leadsOf('1.2.1'))).toMatchObject({
      leads: [{ name: 'Gareth Pritchard' }, { name: 'Miriam Adeyemi' }],
    });
    expect(run(leadsOfGroup('5'))).toMatchObject({ leads: [{ name: 'Helen Brackley' }] });
  });

  test('a group and a person stand so', () => {
    expect(run(group('5'))).toMatchObject({
      group: { ref: '5' },
      standing: { live: 2, overdue: [expect.any(String)], counts: { red: 2, blue: 7 }, percent: 94 },
    });
    expect(run(personal(TOM))).toMatchObject({ groups: [{ ref: '7' }, { ref: '9' }, { ref: '10' }] });
  });

  test('two positions are compared', () => {
    const answer = run(compare('2023-06', 'now'));
    expect(answer).toMatchObject({
      compared: { from: '2023-06', to: 'now' },
      after: { red: 2, amber: 26, green: 16, blue: 43, grey: 1, none: 2 },
      added: [],
      gone: [],
    });
    expect(answer.kind === 'compare' && answer.moves.map(({ ref }) => ref)).toEqual([
      '2.2.1',
      '5.1.2',
      '5.1.4',
      '5.1.5',
      '6.1.3',
    ]);
  });

  test('a position that does not exist is said to be missing', () => {
    expect(run(compare('2019-01', 'now'))).toEqual({ kind: 'missing', positions: ['2019-01'] });
    expect(run(list(moved({ from: '2019-01' })))).toEqual({ kind: 'missing', positions: ['2019-01'] });
  });
});

describe('what has to be read', () => {
  test('of the asker’s own actions, no more than those', () => {
    expect(neededOf(list(mine, is('amber')))).toEqual({
      actions: { of: 'mine' },
      positions: [],
      updates: false,
    });
    expect(neededOf(count(mine, overdue)).actions).toEqual({ of: 'mine' });
    expect(neededOf(list(by(TOM, PRIYA))).actions).toEqual({
      of: 'leads',
      leads: ['tom ashdown', 'priya raman'],
    });
    expect(neededOf(list(not(mine))).actions).toEqual({ of: 'all' });
    expect(neededOf(list(by(ME, TOM))).actions).toEqual({ of: 'all' });
  });

  test('positions only for what compares', () => {
    expect(neededOf(list(moved({ from: '2023-06' }))).positions).toEqual(['2023-06']);
    expect(neededOf(compare('2023-03', '2023-06')).positions).toEqual(['2023-03', '2023-06']);
    expect(neededOf(list(is('red'))).positions).toEqual([]);
    expect(neededOf(update('1.3.2')).actions).toEqual({ of: 'none' });
  });

  test('is enough: an answer from that alone is the answer from everything', () => {
    for (const { means } of CORPUS) {
      const { actions, positions } = neededOf(means);
      const own = sample.actions.filter(({ leads, groupLeads }) =>
        (leads.length > 0 ? leads : groupLeads).some(({ key }) =>
          actions.of === 'mine'
            ? sample.data.mine.includes(key)
            : actions.of === 'leads' && actions.leads.includes(key),
        ),
      );
      const read = {
        none: [],
        mine: own,
        leads: own,
        all: sample.actions,
        ref: sample.actions.filter(({ ref }) => actions.of === 'ref' && ref === actions.ref),
      }[actions.of];
      const given = new Map([...sample.data.positions].filter(([at]) => positions.includes(at)));
      const answer = runQuestion(means, { ...sample.data, actions: read, positions: given });
      expect(answer).toEqual(run(means));
    }
  });

  test('in any order: the same answer', () => {
    const shuffled = {
      ...sample.data,
      actions: [...sample.actions].reverse(),
      groups: [...sample.data.groups].reverse(),
    };
    for (const { means } of CORPUS) expect(runQuestion(means, shuffled)).toEqual(run(means));
  });
});
