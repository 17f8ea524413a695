import fc from 'fast-check';
import { plain } from '../../src/cards/escape';
import { activityOf } from '../../src/teams/messenger';

/** What turns the writing direction or shows nothing: with these a text reads as another, or two names look the same. */
const TRICKS = /[\u00AD\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Surrogate}/u;

test('no message carries what makes a text read as another, whatever was typed', () => {
  const trick = fc.constantFrom(
    '\u202E',
    '\u2066',
    '\u200B',
    '\uFEFF',
    '\u00AD',
    '\u0000',
    '\uD800',
    '\u2028',
    'a',
    ' ',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(trick, { maxLength: 20 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const { summary, text: said } = activityOf({
        summary: `You said “${typed}”`,
        text: `I did not understand “${typed}”.`,
      });
      expect(TRICKS.test(`${summary}${said}`)).toBe(false);
    }),
  );
});

test.each([
  ['a turned name', 'gnp.\u202Eexe', 'gnp.exe'],
  ['a name with nothing in it', 'Ann\u200B Archer\uFEFF', 'Ann Archer'],
])('%s is shown as it reads', (_kind, typed, shown) => {
  expect(plain(typed)).toBe(shown);
});

test('what scripts and emoji need stays, and so do lines', () => {
  const text = 'می\u200Cخواهم 👩\u200D🏫\nsecond line';
  expect(activityOf({ summary: 's', text }).text).toBe(text);
});
