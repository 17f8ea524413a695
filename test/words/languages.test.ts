import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLanguage, UnknownLanguage } from '../../src/words/languages';
import { en, english } from '../../src/words/words';

const folder = mkdtempSync(join(tmpdir(), 'steward-words-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('English is what is shipped', () => {
  expect(readLanguage('en-GB')).toEqual({ words: english, missing: [] });
});

test('a language that is put into the folder is spoken, with its own plurals; what it lacks is English, and is told', () => {
  writeFileSync(join(folder, 'en.json'), '{}');
  writeFileSync(join(folder, 'cy.json'), JSON.stringify({ 'form.save': 'Cadw', 'form.back': '{broken' }));
  writeFileSync(
    join(folder, 'cy.more.json'),
    JSON.stringify({ 'form.left': '{n, plural, two {dau ar ôl} few {# ar ôl (few)} other {# ar ôl}}' }),
  );
  const { words, missing } = readLanguage('cy', folder);
  expect(words.say('form.save')).toBe('Cadw');
  expect([2, 3, 20].map((n) => words.say('form.left', { n }))).toEqual([
    'dau ar ôl',
    '3 ar ôl (few)',
    '20 ar ôl',
  ]);
  expect(words.say('form.back')).toBe(english.say('form.back'));
  expect(missing).toContain('form.back');
  expect(missing).toHaveLength(Object.keys(en).length - 2);
});

test('a language without words is refused, and those that there are are named', () => {
  expect(() => readLanguage('fr', folder)).toThrow(UnknownLanguage);
  expect(() => readLanguage('fr', folder)).toThrow(/“fr”, and there are words for cy, en/);
});
