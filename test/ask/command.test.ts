import fc from 'fast-check';
import { type Command, readCommand } from '../../src/ask/command';
import { DEFAULT_SCALE } from '../../src/domain/status';

const read = (text: string): Command | null => readCommand(text, { scale: DEFAULT_SCALE, latest: '2023-10' });

describe('months', () => {
  test.each([
    'open the September 2023 update',
    'Open September 2023',
    'OPEN THE SEPT 23 UPDATE!!',
    'open sep-2023 pls',
    'please open the 2023-09 update',
    'could you open the update for September 2023, please?',
    'Steward, open the september update',
    'opne the September 2023 update',
    '  open   the\tSeptember\u00a02023 update.  ',
    'open 09/2023',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ kind: 'open', period: '2023-09' });
  });

  test.each([
    ['open', null],
    ['open the update', null],
    ['open the month', null],
    ['open the october update', '2023-10'],
    // Without a year: the latest such month up to next month.
    ['open the november update', '2022-11'],
    ['open the May 2023 update', '2023-05'],
    ['open the Dec 2022 update', '2022-12'],
  ])('%s: period %s', (text, period) => {
    expect(read(text)).toEqual({ kind: 'open', period });
  });

  test.each([
    ['close the September 2023 update', { kind: 'close', period: '2023-09' }],
    ['close sept', { kind: 'close', period: '2023-09' }],
    ['close the sept 23 update', { kind: 'close', period: '2023-09' }],
    ['CLOSE', { kind: 'close', period: null }],
    ['publish 2023-09', { kind: 'publish', period: '2023-09', again: false }],
    ['publish the September 2023 update', { kind: 'publish', period: '2023-09', again: false }],
    ['pls publish', { kind: 'publish', period: null, again: false }],
    ['publsh the sept update', { kind: 'publish', period: '2023-09', again: false }],
    ['publish the September 2023 update again', { kind: 'publish', period: '2023-09', again: true }],
    ['preview', { kind: 'preview', period: null }],
    ['show me a preview', { kind: 'preview', period: null }],
    ['preview the September 2023 update', { kind: 'preview', period: '2023-09' }],
    ['preveiw', { kind: 'preview', period: null }],
  ] satisfies [string, Command][])('%s', (text, command) => {
    expect(read(text)).toEqual(command);
  });
});

describe('questions', () => {
  test.each([
    'who has not replied',
    'Who has not replied?',
    'who hasn’t replied',
    "who hasn't answered yet",
    'who have not replied',
    'WHO HAS NOT REPLYED',
    'who has not responded to the update',
    'who is yet to reply?',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ kind: 'silent', period: null });
  });

  test('who has not replied, of a month', () => {
    expect(read('who has not replied for September 2023?')).toEqual({ kind: 'silent', period: '2023-09' });
  });

  test.each([
    'show my actions',
    'Show my actions.',
    'show me my actions',
    'list my actions',
    'my actions',
    'what are my actions?',
    'shwo my actions',
    'show my actoins please',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ kind: 'show', whose: 'mine', statuses: [] });
  });

  test.each([
    ['show my amber actions', 'mine', ['amber']],
    ['SHOW MY AMBER ACTIONS', 'mine', ['amber']],
    ['show my ambr actions', 'mine', ['amber']],
    ['my ambers', 'mine', ['amber']],
    ['which of my actions are red?', 'mine', ['red']],
    ['show my red or amber actions', 'mine', ['red', 'amber']],
    ['show all red actions', 'all', ['red']],
    ['list the green actions', 'all', ['green']],
    ['show gray actions', 'all', ['grey']],
    ['show all actions', 'all', []],
  ] as const)('%s', (text, whose, statuses) => {
    expect(read(text)).toEqual({ kind: 'show', whose, statuses });
  });

  test.each([
    ['update 1.3.2', '1.3.2'],
    ['Update 1.3.2 please', '1.3.2'],
    ['update action 1.3.2.', '1.3.2'],
    ['I want to update 2.3.a', '2.3.a'],
    ['update AIP4', 'AIP4'],
    ['updtae 10.1.1', '10.1.1'],
  ])('%s', (text, ref) => {
    expect(read(text)).toEqual({ kind: 'update', ref });
  });

  test.each([
    'summary',
    'Summary!',
    'give me a summary',
    'summery',
    'show the position',
    'how are we doing',
    'how is the plan',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ kind: 'summary' });
  });

  test.each([
    'post the summary here',
    'Post the summary here, please.',
    'post here',
    'pls post the summry here',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ kind: 'post-here' });
  });

  test.each([
    'help',
    'Help!',
    'help me',
    '?',
    'hi',
    'Hello Steward',
    'hey',
    'what can you do?',
    '',
    '   ',
    'please',
  ])('help: "%s"', (text) => {
    expect(read(text)).toEqual({ kind: 'help' });
  });

  test.each(['play the month', 'Play month.', 'play'])('%s', (text) => {
    expect(read(text)).toEqual({ kind: 'play' });
  });
});

describe('what is no command', () => {
  test.each([
    'the weather is nice',
    'lunch?',
    'Thank you for everything',
    '1.3.2',
    'September 2023',
    'I spoke with the openers yesterday',
    'Tell everybody that the closing date has moved',
    '{{DATE(2023-09-01)}}',
    '<script>alert(1)</script>',
  ])('%s', (text) => {
    expect(read(text)).toBeNull();
  });

  test('a word that only looks like a month is no period', () => {
    expect(read('open the marble update')).toEqual({ kind: 'open', period: null });
    expect(read('publish it, maybe')).toEqual({ kind: 'publish', period: null, again: false });
  });
});

describe('any text at all', () => {
  test('never throws, and always reads the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.lorem({ maxCount: 20 })),
        (text) => {
          expect(read(text)).toEqual(read(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('never throws on words that mean something, in any order', () => {
    const words = fc.constantFrom(
      ...[
        'open',
        'close',
        'publish',
        'the',
        'update',
        'who',
        'has',
        'not',
        'replied',
        'show',
        'my',
        'amber',
        'actions',
      ],
      ...[
        'September',
        '2023',
        '2023-13',
        '99',
        '1.3.2',
        'AIP4',
        'summary',
        'preview',
        'here',
        'post',
        'again',
        '?',
        '<at>x</at>',
      ],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (some) => {
        const command = read(some.join(' '));
        if (command && 'period' in command && command.period !== null)
          expect(command.period).toMatch(/^\d{4}-(0[1-9]|1[0-2])$/);
      }),
      { numRuns: 500 },
    );
  });

  test('a very long text takes no time', () => {
    const started = Date.now();
    for (const text of [
      'open '.repeat(20_000),
      'a'.repeat(100_000),
      '1.'.repeat(50_000),
      `update ${'1'.repeat(99_999)}`,
    ])
      read(text);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});
