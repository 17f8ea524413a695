import fc from 'fast-check';
import type { Condition, Question } from '../../src/ask/question';
import { parseQuestion } from '../../src/ask/questionSchema';
import { type AskContext, readQuestion } from '../../src/ask/readQuestion';
import { sayQuestion } from '../../src/ask/sayBack';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { english } from '../../src/words/words';
import { CORPUS } from './corpus';
import {
  action,
  by,
  count,
  group,
  inGroup,
  is,
  list,
  listed,
  ME,
  mine,
  not,
  overdue,
  PRIYA,
  personal,
  TOM,
  text,
} from './support/means';
import { type SamplePlan, samplePlan } from './support/samplePlan';
import { UNSEEN } from './unseen';

let sample: SamplePlan;
beforeAll(async () => {
  sample = await samplePlan();
});

const said = [...CORPUS, ...UNSEEN].flatMap((meaning) => meaning.said);

/** The question that a text means; fails where it means none. */
function read(typed: string, previous?: Question, context: AskContext = sample.context): Question {
  const reading = readQuestion(typed, context, previous);
  if (reading.kind !== 'question') throw new Error(`"${typed}" is ${reading.kind}`);
  return reading.question;
}

describe('any text', () => {
  /** Words of the grammar and others, in any order, with marks. */
  const soup = fc
    .array(
      fc.constantFrom(...said.flatMap((one) => one.split(' ')), ',', '"', '(', ':', '%', '’s', '1.3.2', 'zz'),
      {
        maxLength: 14,
      },
    )
    .map((parts) => parts.join(' '));

  test('is read without throwing, and the same every time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string(), soup), (typed) => {
        const first = readQuestion(typed, sample.context);
        expect(readQuestion(typed, sample.context)).toEqual(first);
        if (first.kind === 'not-understood') expect(first.near).toHaveLength(3);
        if (first.kind === 'question') sayQuestion(first.question, DEFAULT_SCALE, english.say);
      }),
      { numRuns: 300 },
    );
  });

  test('means the same whatever its case and spacing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...said), fc.boolean(), (typed, isUpper) => {
        // What somebody wants recorded keeps the case that it was typed in.
        if (/[:"“]|note|because/.test(typed) || /-\s/.test(typed)) return;
        const shouted = (isUpper ? typed.toUpperCase() : typed.toLowerCase()).replace(/ /g, '   ');
        expect(readQuestion(`  ${shouted} `, sample.context)).toMatchObject({ question: read(typed) });
      }),
      { numRuns: 200 },
    );
  });

  test('of 3,000 characters is read, and so is nothing at all', () => {
    expect(read('amber '.repeat(500))).toEqual(list(is('amber')));
    expect(read('')).toEqual({ kind: 'command', command: { do: 'help' } });
    expect(read('  ?! ')).toEqual({ kind: 'command', command: { do: 'help' } });
  });
});

describe('saying back', () => {
  test('what is said back is read as the same question', () => {
    for (const { means } of [...CORPUS, ...UNSEEN]) {
      const back = sayQuestion(means, DEFAULT_SCALE, english.say);
      expect({ back, question: read(back) }).toEqual({ back, question: means });
    }
  });

  test('is in words that people use', () => {
    const words = (...conditions: Condition[]) =>
      sayQuestion(list(...conditions), DEFAULT_SCALE, english.say);
    expect(words(mine, is('amber'))).toBe('Amber actions that you lead');
    expect(
      words(is('red', 'amber'), overdue, inGroup('5'), { kind: 'due', from: null, to: '2023-12-24' }),
    ).toBe('Overdue red or amber actions in priority 5, due by 24 Dec 2023');
    expect(words(by(TOM, PRIYA), not(is('blue')))).toBe(
      'Actions led by Tom Ashdown or Priya Raman, not blue',
    );
    expect(words()).toBe('All actions');
  });

  test('a question that went through a button comes back as it was', () => {
    for (const { means } of [...CORPUS, ...UNSEEN]) {
      if (means.kind !== 'command') expect(parseQuestion(JSON.stringify(means))).toEqual(means);
    }
  });
});

describe('names', () => {
  const nameless = (): AskContext => {
    const { people: _, ...context } = sample.context;
    return context;
  };

  test('are not asked for where no word may be one', () => {
    for (const typed of [
      'show my amber actions',
      'what is overdue in priority 5?',
      '1.3.2',
      'who has not replied?',
    ])
      expect(readQuestion(typed, nameless()).kind).toBe('question');
  });

  test('are asked for where some word may be one', () => {
    for (const typed of [
      'what does Nasreen lead?',
      "Tom's actions",
      'nasreen',
      'hand 1.3.2 to Tom',
      'autism actions',
    ])
      expect(readQuestion(typed, nameless())).toEqual({ kind: 'needs-people' });
  });

  test('that nobody has are said to be nobody’s', () => {
    expect(readQuestion('what does Zebedee lead?', sample.context)).toMatchObject({
      kind: 'not-understood',
      nobody: 'zebedee',
    });
  });

  test('that two people may have are read as the nearer, and the other is offered', () => {
    const reading = readQuestion('what does Callum lead?', sample.context);
    expect(reading).toMatchObject({
      question: { kind: 'person', who: { name: 'Callum Reid' } },
      other: [{ kind: 'person', who: { name: 'Calum Reid' } }],
    });
  });

  test('that are colours are names where a name must stand', () => {
    const people = [...sample.people, { key: 'amber lewis', name: 'Amber Lewis', role: null }];
    const context = { ...sample.context, people };
    const amber = { kind: 'lead', leads: ['amber lewis'], name: 'Amber Lewis' } as const;
    expect(read('what does Amber lead?', undefined, context)).toEqual(personal(amber));
    expect(read('show amber actions', undefined, context)).toEqual(list(is('amber')));
    expect(readQuestion('what does Amber lead?', nameless())).toEqual({ kind: 'needs-people' });
  });
});

describe('follow-ups', () => {
  /** The last question of a talk. */
  const lastOf = (...talk: string[]): Question => {
    const [first = '', ...rest] = talk;
    return rest.reduce<Question>((previous, typed) => read(typed, previous), read(first));
  };

  test('narrow what they refine', () => {
    expect(lastOf('show my amber actions', 'only the overdue ones')).toEqual(
      list(mine, is('amber'), overdue),
    );
    expect(lastOf('what is overdue?', 'of those, which are amber?')).toEqual(list(is('amber'), overdue));
    expect(lastOf('overdue actions', 'in priority 1')).toEqual(list(overdue, inGroup('1')));
  });

  test('put one thing in the place of another', () => {
    expect(lastOf('show my amber actions', 'and for Tom?')).toEqual(list(by(TOM), is('amber')));
    expect(lastOf('how many amber in priority 5?', 'and 6?')).toEqual(count(is('amber'), inGroup('6')));
    expect(lastOf('how is priority 5 doing?', 'what about priority 7?')).toEqual(group('7'));
    expect(lastOf('what does Tom lead?', 'and Priya?')).toEqual(personal(PRIYA));
    expect(lastOf('1.3.2', 'and 1.2.2?')).toEqual(action('1.2.2'));
    expect(lastOf('my reds', 'everyone’s')).toEqual(list(is('red')));
  });

  test('ask the same in another shape', () => {
    expect(lastOf('red actions', 'as a list of titles')).toEqual(listed({ shape: 'titles' }, is('red')));
    expect(lastOf('red actions', 'how many?')).toEqual(count(is('red')));
    expect(lastOf('1.3.2', 'history')).toEqual({ kind: 'history', ref: '1.3.2' });
  });

  test('turn the page', () => {
    expect(lastOf('red actions', 'next', 'next', 'back')).toEqual(listed({ page: 1 }, is('red')));
    expect(lastOf('red actions', 'back')).toEqual(list(is('red')));
  });

  test('are nothing that stands for itself: the same after any question', () => {
    const before = [
      'show my amber actions',
      '1.3.2',
      'which priority has most reds?',
      'what went red since June?',
    ];
    for (const [n, typed] of said.entries()) {
      const previous = before[n % before.length] ?? '';
      expect({ typed, question: read(typed, read(previous)) }).toEqual({ typed, question: read(typed) });
    }
  });

  test('offer the refined question where it may have been meant', () => {
    const reading = readQuestion('which are overdue?', sample.context, list(by(ME), is('amber')));
    expect(reading).toMatchObject({ question: list(overdue), other: [list(mine, is('amber'), overdue)] });
  });
});

describe('what was not understood', () => {
  test('is said, with what was understood and three near questions', () => {
    const reading = readQuestion('is the weather 12 7 9 (3) overdue-ish 44 55 66', sample.context);
    expect(['question', 'not-understood']).toContain(reading.kind);
    expect(readQuestion('can you for the of it with', sample.context)).toMatchObject({
      kind: 'not-understood',
      nobody: null,
      near: [expect.any(String), expect.any(String), expect.any(String)],
    });
  });

  test('words that mean nothing are searched for', () => {
    expect(read('overdue wibble wobble')).toEqual(list(overdue, text('wibble wobble')));
  });

  test('near questions are understood themselves', () => {
    const reading = readQuestion('can you for the of it with', sample.context);
    if (reading.kind !== 'not-understood') throw new Error('it was understood');
    for (const near of reading.near) read(near);
  });

  test('words that had no part in a question are told', () => {
    expect(readQuestion('which actions are red at the next meeting 2 3', sample.context)).toMatchObject({
      ignored: expect.any(Array),
    });
  });
});
