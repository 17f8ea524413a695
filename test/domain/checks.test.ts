import fc from 'fast-check';
import { type Answer, checkAnswer, type FindingCode, TEXT_LIMIT } from '../../src/domain/checks';
import type { IsoDate } from '../../src/domain/period';
import type { Action, TargetDate } from '../../src/domain/plan';
import { DEFAULT_SCALE, STATUS_KEYS, type StatusKey } from '../../src/domain/status';

const TODAY: IsoDate = '2023-09-26';
const SENTENCE = 'Two teams are trained.';

describe('an answer that is in order', () => {
  test.each<[string, Partial<Answer>, Partial<Action>]>([
    ['amber with a later date', { status: 'amber', percent: 50, revised: '2023-10-31' }, {}],
    ['green before its date', { status: 'green', percent: 90 }, { planned: due('2023-12-31') }],
    ['blue with evidence', { status: 'blue', percent: 100 }, {}],
    ['red with all that it needs', { status: 'red', percent: 0, barriers: 'No money', ask: 'Decide' }, {}],
    ['grey without a word', { status: 'grey', percent: 40, narrative: '' }, {}],
    [
      'worse without a word',
      { status: 'amber', percent: 50, narrative: '', revised: '2023-10-31' },
      at('green'),
    ],
    ['the same without a word', { status: 'green', percent: 50, narrative: '' }, at('green')],
    ['a first status without a word', { status: 'green', percent: 50, narrative: '' }, at(null)],
    ['a first percent', { status: 'green', percent: 0 }, { percent: null }],
    ['text as long as it may be', { status: 'green', percent: 50, narrative: 'é'.repeat(TEXT_LIMIT) }, {}],
  ])('%s', (_, typed, action) => {
    expect(codesOf(typed, action)).toEqual({ refused: [], asked: [] });
  });
});

describe('refused', () => {
  test.each<[string, Partial<Answer>, string[]]>([
    ['no percent', { percent: null }, ['percent percent-missing']],
    ['no number', { percent: Number.NaN }, ['percent percent-missing']],
    ['101', { percent: 101 }, ['percent percent-out-of-range']],
    ['below nothing', { percent: -1 }, ['percent percent-out-of-range']],
    ['beyond all measure', { percent: Number.POSITIVE_INFINITY }, ['percent percent-out-of-range']],
    ['far out and not whole', { percent: 101.5 }, ['percent percent-out-of-range']],
    ['half a percent', { percent: 62.5 }, ['percent percent-not-whole']],
    ['no status', { status: null }, ['status status-missing']],
    ['blue at 99', { status: 'blue', percent: 99 }, ['percent done-under-100']],
    [
      'blue without a word',
      { status: 'blue', percent: 100, narrative: ' ' },
      ['narrative done-without-evidence'],
    ],
    [
      'blue and "all done"',
      { status: 'blue', percent: 100, narrative: 'All done.' },
      ['narrative done-without-evidence'],
    ],
    [
      'blue and dashes',
      { status: 'blue', percent: 100, narrative: '- done - - .' },
      ['narrative done-without-evidence'],
    ],
    [
      'blue, half done, nothing said',
      { status: 'blue', percent: 50, narrative: '' },
      ['percent done-under-100', 'narrative done-without-evidence'],
    ],
    [
      'red with nothing',
      { status: 'red', narrative: '', barriers: ' ', ask: '\n' },
      ['narrative red-without-narrative', 'barriers red-without-barriers', 'ask red-without-ask'],
    ],
    ['red without an ask', { status: 'red', barriers: 'No money' }, ['ask red-without-ask']],
    [
      'red with a dash in the way',
      { status: 'red', barriers: '-', ask: 'Decide' },
      ['barriers red-without-barriers'],
    ],
    ['a day that is none', { revised: '2023-02-31' }, ['revised revised-unreadable']],
    ['a year of five digits', { revised: '20231-01-01' }, ['revised revised-unreadable']],
    ['words for a day', { revised: 'soon' as IsoDate }, ['revised revised-unreadable']],
    ['a long ask', { ask: 'a'.repeat(TEXT_LIMIT + 1) }, ['ask too-long']],
    ['an e-mail address', { narrative: 'Ask jo@example.com' }, ['narrative personal-data']],
    ['a phone number in the way', { barriers: 'Call 0161 496 0123' }, ['barriers personal-data']],
    ['an NHS number asked for', { ask: 'Place 943 476 5919' }, ['ask personal-data']],
    [
      'two kinds of data, one twice',
      { narrative: 'jo@example.com 07700 900123 jo@example.com' },
      ['narrative personal-data', 'narrative personal-data'],
    ],
  ])('%s', (_, typed, expected) => {
    expect(codesOf({ status: 'green', percent: 50, ...typed }, at('green')).refused).toEqual(expected);
  });

  test('red is not saved by what the action already holds', () => {
    const action: Partial<Action> = { barriers: 'No money', ask: 'Decide', narrative: 'Late' };

    expect(codesOf({ status: 'red', narrative: '' }, action).refused).toEqual([
      'narrative red-without-narrative',
      'barriers red-without-barriers',
      'ask red-without-ask',
    ]);
  });

  test('a status that the plan does not have', () => {
    const statuses = DEFAULT_SCALE.statuses.filter(({ key }) => key !== 'grey');
    const { refused } = check({ status: 'grey' }, {}, { ...DEFAULT_SCALE, statuses });

    expect(refused).toEqual([{ field: 'status', code: 'status-missing' }]);
  });

  test('done by the phase of the plan, whatever its colour', () => {
    const statuses = DEFAULT_SCALE.statuses
      .filter(({ key }) => key !== 'blue')
      .map((status) => (status.key === 'green' ? { ...status, phase: 'done' as const } : status));
    const { refused } = check({ status: 'green', percent: 80 }, {}, { ...DEFAULT_SCALE, statuses });

    expect(refused).toEqual([{ field: 'percent', code: 'done-under-100' }]);
  });

  test('says what was recognised, and how long a text is', () => {
    expect(check({ narrative: 'Ask jo@example.com' }).refused).toEqual([
      { field: 'narrative', code: 'personal-data', kind: 'email', match: 'jo@example.com' },
    ]);
    expect(check({ ask: 'a'.repeat(40_000) }).refused).toEqual([
      { field: 'ask', code: 'too-long', length: 40_000, limit: TEXT_LIMIT },
    ]);
  });
});

describe('asked', () => {
  test.each<[string, Partial<Answer>, Partial<Action>, string[]]>([
    ['full but green', { percent: 100 }, {}, ['status full-but-not-done']],
    ['full and blue', { percent: 100, status: 'blue' }, {}, []],
    ['full and grey', { percent: 100, status: 'grey' }, {}, []],
    ['fell', { percent: 49 }, { percent: 50 }, ['percent percent-fell']],
    ['stayed', { percent: 50 }, { percent: 50 }, []],
    ['out of range, not fallen', { percent: -1 }, { percent: 50 }, []],
    [
      'better without a word',
      { status: 'green', narrative: '' },
      at('amber'),
      ['narrative better-without-a-word'],
    ],
    [
      'better with a dash',
      { status: 'green', narrative: ' - ' },
      at('amber'),
      ['narrative better-without-a-word'],
    ],
    ['better with a word', { status: 'green', narrative: 'Trained.' }, at('amber'), []],
    ['reopened from grey', { status: 'green', narrative: '' }, at('grey'), []],
    [
      'blue without a word is refused, not asked',
      { status: 'blue', percent: 100, narrative: '' },
      at('green'),
      [],
    ],

    ['green past its planned date', {}, { planned: due('2023-09-25') }, ['status green-past-due']],
    ['green due today', {}, { planned: due(TODAY) }, []],
    [
      'green past its revised date',
      {},
      { planned: due('2022-01-31'), revised: due('2023-08-31') },
      ['status green-past-due'],
    ],
    ['green moved on', {}, { planned: due('2022-01-31'), revised: due('2023-12-31') }, []],
    ['green given a new date', { revised: '2023-10-31' }, { planned: due('2022-01-31') }, []],
    [
      'green given an old date',
      { revised: '2023-07-31' },
      { planned: due('2024-01-31') },
      ['status green-past-due'],
    ],
    ['green, ongoing', {}, { planned: due('2022-01-31'), revised: word('ongoing') }, []],
    ['green without dates', {}, { planned: null }, []],

    ['amber as planned', amber(), { planned: due('2023-12-31') }, ['revised amber-without-later-date']],
    [
      'amber, planned date passed',
      amber(),
      { planned: due('2023-01-31') },
      ['revised amber-without-later-date'],
    ],
    ['amber with a later date', amber(), { planned: due('2023-01-31'), revised: due('2023-10-31') }, []],
    ['amber due today', amber(), { planned: due('2023-01-31'), revised: due(TODAY) }, []],
    [
      'amber, revised passed',
      amber(),
      { planned: due('2023-01-31'), revised: due('2023-08-31') },
      ['revised amber-without-later-date'],
    ],
    [
      'amber, revised sooner',
      amber(),
      { planned: due('2024-01-31'), revised: due('2023-12-31') },
      ['revised amber-without-later-date'],
    ],
    [
      'amber given a later date',
      amber('2023-10-31'),
      { planned: due('2023-01-31'), revised: due('2023-08-31') },
      [],
    ],
    [
      'amber given a passed date',
      amber('2023-09-25'),
      { planned: due('2023-01-31') },
      ['revised amber-without-later-date'],
    ],
    [
      'amber given an earlier date',
      amber('2023-10-31'),
      { planned: due('2023-12-31') },
      ['revised amber-without-later-date'],
    ],
    ['amber, rolling', amber(), { planned: due('2023-01-31'), revised: word('rolling') }, []],
    [
      'amber, rolling, given a passed date',
      amber('2023-01-31'),
      { planned: null, revised: word('rolling') },
      ['revised amber-without-later-date'],
    ],
    ['amber, planned in words', amber(), { planned: word('ongoing') }, []],
    ['amber, only a revised date to come', amber(), { planned: null, revised: due('2023-10-31') }, []],
    ['amber without dates', amber(), { planned: null }, []],
    [
      'amber given a day that is none',
      amber('2023-02-31'),
      { planned: due('2023-12-31') },
      ['revised amber-without-later-date'],
    ],
  ])('%s', (_, typed, action, expected) => {
    expect(codesOf({ status: 'green', percent: 50, ...typed }, action).asked).toEqual(expected);
  });

  test('says from what to what', () => {
    const action: Partial<Action> = { ...at('amber'), percent: 80, planned: due('2023-08-31') };

    expect(check({ status: 'green', percent: 60, narrative: '' }, action).asked).toEqual([
      { field: 'percent', code: 'percent-fell', from: 80, to: 60 },
      { field: 'status', code: 'green-past-due', due: '2023-08-31' },
      { field: 'narrative', code: 'better-without-a-word', from: 'amber', to: 'green' },
    ]);
  });
});

test('any answer to any action is checked without an error, in the order of the fields, each thing once', () => {
  const order = ['percent', 'status', 'narrative', 'revised', 'barriers', 'ask'];
  const aText = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('', SENTENCE, 'a@b.org', 'x'.repeat(2_001)),
  );
  const aDay = fc.constantFrom<IsoDate>('2022-01-31', '2023-09-25', TODAY, '2023-12-31', '2023-02-30');
  const aStatus = fc.constantFrom<StatusKey | null>(...STATUS_KEYS, null);
  const aDate = fc.option(fc.oneof(aDay.map(due), fc.constant(word('ongoing'))));
  const anAnswer = fc.record<Answer>({
    percent: fc.oneof(fc.constant(null), fc.double(), fc.integer({ min: -1, max: 101 })),
    status: aStatus,
    narrative: aText,
    revised: fc.option(aDay),
    barriers: aText,
    ask: aText,
  });
  fc.assert(
    fc.property(anAnswer, aStatus, aDate, aDate, (answer, before, planned, revised) => {
      const { refused, asked } = check(answer, { ...at(before), planned, revised });

      for (const findings of [refused, asked]) {
        const places = findings.map(({ field }) => order.indexOf(field));
        expect(places).toEqual([...places].sort());
        expect(new Set(findings.map((finding) => JSON.stringify(finding))).size).toBe(findings.length);
      }
    }),
    { numRuns: 300 },
  );
});

/** Checks an answer that is in order but for what is given, to an action that nothing speaks against. */
function check(typed: Partial<Answer>, action: Partial<Action> = {}, scale = DEFAULT_SCALE) {
  const answer: Answer = {
    percent: 50,
    status: 'green',
    narrative: SENTENCE,
    revised: null,
    barriers: '',
    ask: '',
    ...typed,
  };
  return checkAnswer(answer, { action: { ...ACTION, ...action }, scale, period: '2023-09', today: TODAY });
}

function codesOf(typed: Partial<Answer>, action: Partial<Action> = {}) {
  const { refused, asked } = check(typed, action);
  const codes = (findings: readonly { field: string; code: FindingCode }[]) =>
    findings.map(({ field, code }) => `${field} ${code}`);
  return { refused: codes(refused), asked: codes(asked) };
}

function amber(revised: IsoDate | null = null): Partial<Answer> {
  return { status: 'amber', revised };
}

function at(key: StatusKey | null): Partial<Action> {
  return { status: { text: '', key } };
}

function due(day: IsoDate): TargetDate {
  return { text: day, due: day, precision: 'day', recurrence: null, word: null };
}

function word(text: string): TargetDate {
  return { text, due: null, precision: null, recurrence: null, word: text };
}

const ACTION: Action = {
  id: 'a1',
  ref: '1.3.2',
  group: '1',
  title: 'Train the teams',
  leads: [],
  groupLeads: [],
  planned: null,
  revised: null,
  see: [],
  status: { text: 'G', key: 'green' },
  percent: 0,
  narrative: '',
  barriers: '',
  ask: '',
  version: 0,
  updatedIn: null,
  updatedBy: null,
  updatedAt: null,
  narrativeFrom: null,
  unchangedFor: 0,
  was: null,
};
