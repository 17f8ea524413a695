import { readQuestion } from '../../src/ask/readQuestion';
import { type SamplePlan, samplePlan } from './support/samplePlan';

let sample: SamplePlan;
beforeAll(async () => {
  sample = await samplePlan();
});

const commandOf = (text: string, measures: boolean): unknown => {
  const read = readQuestion(text, { ...sample.context, measures });
  return read.kind === 'question' && read.question.kind === 'command' ? read.question.command : null;
};

test.each([
  ['how are the measures doing?', 'all', null],
  ['measures', 'all', null],
  ['show me the KPIs', 'all', null],
  ['are the measures on track?', 'all', null],
  ['measures off target', 'off', null],
  ['which measures are off track?', 'off', null],
  ['which KPIs are not on target', 'off', null],
  ['which measures are on track', 'on', null],
  ['which measures have not been read?', 'unread', null],
  ['KPI 2', 'all', '2'],
  ['how is KPI 2 doing?', 'all', '2'],
])('“%s” asks about measures: %s %s', (text, which, ref) => {
  expect(commandOf(text, true)).toEqual({ do: 'measures', which, ref });
});

test.each(['decisions', 'what does the board have to decide?', 'show me the recommendations'])(
  '“%s” asks what to decide',
  (text) => {
    expect(commandOf(text, true)).toEqual({ do: 'decisions' });
  },
);

test.each(['measures off target', 'KPI 2', 'decisions', 'how are the measures doing?'])(
  'where the plan has none, “%s” is read as it always was',
  (text) => {
    const { context } = sample;
    expect(readQuestion(text, { ...context, measures: false })).toEqual(readQuestion(text, context));
    expect(commandOf(text, false)).not.toEqual(commandOf(text, true));
  },
);

test.each([
  'show my amber actions',
  'how is priority 5 doing?',
  'which actions are off track?',
  'open the September update',
])('“%s” means the same with measures as without', (text) => {
  const { context } = sample;
  expect(readQuestion(text, { ...context, measures: true })).toEqual(readQuestion(text, context));
});

describe('a measure by its name', () => {
  const measureNames = ['Advice in time for new plans', 'Weeks of waiting', 'Complaints'];
  const named = (text: string): unknown => {
    const { context } = sample;
    const titles = [...(context.titles ?? []), ...measureNames];
    const read = readQuestion(text, {
      ...context,
      measures: true,
      people: context.people ?? [],
      titles,
      measureNames,
    });
    return read.kind === 'question' && read.question.kind === 'command' ? read.question.command : read.kind;
  };
  test.each([
    ['how is advice in time doing?', 'advice in time'],
    ['How are the weeks of waiting doing', 'weeks of waiting'],
    ['show me the measure complaints', 'complaints'],
    ['what about advice in time for new plans?', 'advice in time for new plans'],
    ['how is advise in time doing', 'advice in time'],
  ])('“%s”', (text, name) => {
    expect(named(text)).toEqual({ do: 'measures', which: 'all', ref: null, named: name });
  });

  test('a plan without measures is not asked for any', () => {
    expect(commandOf('how is advice in time doing?', false)).toBeNull();
  });
});
