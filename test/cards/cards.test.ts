import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { MonthFacts } from '../../src/cards/facts';
import { formCard } from '../../src/cards/form';
import { monthCard } from '../../src/cards/month';
import { postCard } from '../../src/cards/post';
import { verbSchema } from '../../src/cards/verbs';
import { english } from '../../src/words/words';
import { buttonsOf, partsOf, textsOf } from './answers/checkCard';
import { faultsOf } from './checker';
import { EVERY_CARD } from './everyCard';
import * as sample from './samples';

const GOLDEN = join(__dirname, 'golden');
const ROOT = join(__dirname, '..', '..');

describe('every card', () => {
  test.each(Object.entries(EVERY_CARD))('%s expands as it did when it was last looked at', (name, build) => {
    const file = join(GOLDEN, `${name}.json`);
    const card = JSON.parse(JSON.stringify(build())) as unknown;
    if (process.env.UPDATE_GOLDEN) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);
    }
    expect(existsSync(file)).toBe(true);
    expect(card).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  test.each(Object.entries(EVERY_CARD))('%s can be shown everywhere', (_, build) => {
    expect(faultsOf(build())).toEqual([]);
  });

  test.each(Object.entries(EVERY_CARD))('%s has buttons that are understood', (_, build) => {
    for (const { data } of buttonsOf(build()))
      if (typeof data === 'object' && data !== null && 'verb' in data)
        expect(verbSchema.safeParse({ lead: '', percent: '', ...data }).success).toBe(true);
  });
});

describe('what people and tests rely on', () => {
  test('a month shows each action once over its pages, and opens it by a button that carries its ref', () => {
    const refs: string[] = [];
    for (let page = 0; page < 20; page += 1) {
      const card = monthCard({ ...sample.MONTH, page, onward: false }, english);
      const opens = buttonsOf(card).filter(
        ({ data }) => (data as { verb?: string } | undefined)?.verb === 'form',
      );
      refs.push(...opens.map(({ data }) => String((data as { ref?: string }).ref)));
      for (const { data, title, tooltip } of opens)
        expect(`${String(title)} ${String(tooltip)}`).toContain(String((data as { ref?: string }).ref));
      if (!buttonsOf(card).some(({ title }) => String(title).startsWith('Next'))) break;
    }
    expect([...refs].sort()).toEqual(sample.MONTH.rows.map(({ action }) => action.ref).sort());
  });

  test('what follows a page is the same on a card that is older than the last answers', () => {
    const refsOn = (rows: MonthFacts['rows'], look: { page: number; onward: boolean }) =>
      buttonsOf(monthCard({ ...sample.MONTH, rows, ...look }, english))
        .filter(({ data }) => (data as { verb?: string } | undefined)?.verb === 'form')
        .map(({ data }) => String((data as { ref?: string }).ref));
    const before = sample.MONTH_ROWS;
    const first = refsOn(before, { page: 0, onward: false });
    const second = refsOn(before, { page: 1, onward: false });
    const after = before.map((row) => (first.includes(row.action.ref) ? sample.answeredRow(row) : row));
    expect(second.length).toBeGreaterThan(0);
    expect(refsOn(after, { page: 1, onward: false })).toEqual(second);
    expect(refsOn(after, { page: 0, onward: false })).toEqual(first);
    expect(refsOn(after, { page: 0, onward: true })).toEqual(second);
    expect(
      refsOn(
        before.map((row) => sample.answeredRow(row)),
        { page: 1, onward: true },
      ),
    ).toEqual(second);
  });

  test('a form has one number, one choice of statuses, one date, and the narrative first of its long texts', () => {
    const parts = partsOf(formCard(sample.FORM, english));
    const of = (type: string) => parts.filter((part) => part.type === type);
    expect([of('Input.Number').length, of('Input.ChoiceSet').length, of('Input.Date').length]).toEqual([
      1, 1, 1,
    ]);
    expect(of('Input.Text').filter(({ isMultiline }) => isMultiline)[0]?.id).toBe('narrative');
    const saves = buttonsOf(formCard(sample.FORM, english)).filter(
      ({ data }) => (data as { verb?: string })?.verb === 'save',
    );
    expect(saves.length).toBeGreaterThan(0);
    for (const { title } of saves) expect(title).toMatch(/^Save/);
  });

  test('a refused form keeps what was typed', () => {
    const parts = partsOf(formCard(sample.FORM_REFUSED, english));
    const typedIn = (id: string) => String(parts.find((part) => part.id === id)?.value ?? '');
    for (const [id, value] of Object.entries(sample.TYPED)) expect([id, typedIn(id)]).toEqual([id, value]);
  });
});

test('hostile text never becomes a link, a mention or a formula in any card', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '[click](javascript:alert(1))',
      '<at>everyone</at>',
      '{{DATE(2023-01-01)}}',
      `$\{title}`,
      '# big',
      '![](http://x)',
      '**bold**',
    ),
    fc.string({ maxLength: 300 }),
  );
  fc.assert(
    fc.property(hostile, hostile, (title, narrative) => {
      const rows = sample.MONTH.rows.map((row) => ({ ...row, action: { ...row.action, title, narrative } }));
      const typed = { ...sample.TYPED, narrative };
      for (const card of [
        monthCard({ ...sample.MONTH, rows }, english),
        formCard({ ...sample.FORM, action: { ...sample.FORM.action, title, narrative }, typed }, english),
      ]) {
        expect(faultsOf(card)).toEqual([]);
        const markdown = partsOf(card)
          .filter(({ type }) => type === 'TextBlock')
          .map(({ text }) => String(text));
        for (const text of markdown) expect(text).not.toMatch(/(^|[^\\])\]\(|<at>|\{\{/);
      }
    }),
    { numRuns: 150 },
  );
});

test('the post stays under the limit however much was said', () => {
  const actions = new Map(
    [...sample.POST.actions].map(([id, action]) => [
      id,
      { ...action, narrative: 'x'.repeat(2000), ask: 'y'.repeat(2000) },
    ]),
  );
  expect(faultsOf(postCard({ ...sample.POST, actions }, english))).toEqual([]);
});

describe('words', () => {
  const files = [
    'en.json',
    'en.chat.json',
    'en.answers.json',
    'en.ask.json',
    'en.measures.json',
    'en.draft.json',
    'en.papers.json',
  ];
  const keys = files.flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(join(ROOT, 'cards', 'words', file), 'utf8')) as object),
  );
  const sources = [...filesIn(join(ROOT, 'src'), '.ts'), ...filesIn(join(ROOT, 'cards'), '.json')]
    .filter((file) => !file.includes(join('cards', 'words')))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  test('no key stands in two files', () => {
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test('every word is used', () => {
    // A key may be put together from its beginning and something that varies: `finding.${code}`.
    const begins = [...sources.matchAll(/`([a-zA-Z]+(?:\.[a-zA-Z-]+)*\.)\$\{/g)].map(
      ([, begin]) => begin ?? '',
    );
    const isUsed = (key: string) =>
      sources.includes(`'${key}'`) ||
      sources.includes(`w.${key}`) ||
      begins.some((begin) => key.startsWith(begin));
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  test('templates hold no words of their own', () => {
    for (const file of filesIn(join(ROOT, 'cards'), '.json').filter(
      (one) => !one.includes(join('cards', 'words')),
    )) {
      const parts = partsOf(JSON.parse(readFileSync(file, 'utf8')));
      for (const part of parts)
        for (const property of [
          'text',
          'title',
          'label',
          'placeholder',
          'altText',
          'errorMessage',
          'tooltip',
          'speak',
          'fallbackText',
        ])
          if (typeof part[property] === 'string')
            expect([file, part[property]]).toEqual([file, expect.stringMatching(/^(\$\{.*\}|)$/)]);
    }
  });
});

test('what a card says can be read aloud', () => {
  for (const build of Object.values(EVERY_CARD)) expect(textsOf(build()).join('').length).toBeGreaterThan(0);
});

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
}
