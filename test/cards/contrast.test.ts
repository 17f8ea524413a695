import { partsOf } from './answers/checkCard';
import { EVERY_ANSWER } from './answers/everyAnswer';
import { contrast, groundOf, type ShownText, THEMES, textsIn } from './contrast';
import { EVERY_CARD } from './everyCard';

/** What WCAG 2.2 asks of text at level AA (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
const ENOUGH = 4.5;
const CARDS = Object.entries({ ...EVERY_CARD, ...EVERY_ANSWER });
const THEME_NAMES = Object.keys(THEMES) as (keyof typeof THEMES)[];

test('the sums are right', () => {
  const text: ShownText = { text: 'x', colour: 'default', subtle: false, style: 'default' };
  expect(contrast('dark', text)).toBeCloseTo(13.8, 0);
  // Teams' own palette falls short here, which is why no card has these.
  expect(contrast('light', { ...text, colour: 'warning' })).toBeLessThan(1.6);
  expect(contrast('light', { ...text, colour: 'good' })).toBeLessThan(2.2);
  expect(contrast('dark', { ...text, colour: 'attention' })).toBeLessThan(3.3);
});

test.each(CARDS)('%s can be read in the light and the dark theme', (_, build) => {
  const texts = textsIn(build());
  expect(texts.length).toBeGreaterThan(0);
  const faint = THEME_NAMES.flatMap((theme) =>
    texts
      .filter((text) => contrast(theme, text) < ENOUGH)
      .map((text) => `${theme}: “${text.text}” ${contrast(theme, text).toFixed(1)}`),
  );
  expect(faint).toEqual([]);
});

test.each(CARDS)('%s says nothing by colour alone, since high contrast shows none', (_, build) => {
  // A bar's pieces hold nothing: its figures stand in words beside it. Whatever else has a ground of a status says what it is by a letter or a word.
  const coloured = partsOf(build()).filter(
    (part) => isStatus(groundOf(part, 'default')) && part.type !== 'Column',
  );
  const wordless = coloured.filter((part) => !textsIn(part).some(({ text }) => /\p{L}/u.test(text)));
  expect(wordless).toEqual([]);
  // No two things are told apart by their colour alone.
  const grounds = new Map<string, Set<string>>();
  for (const { text, style } of textsIn(build()))
    if (/\p{L}/u.test(text)) grounds.set(text, (grounds.get(text) ?? new Set()).add(style));
  const told = [...grounds].filter(([, styles]) => [...styles].filter(isStatus).length > 1);
  expect(told.map(([text, styles]) => `“${text}”: ${[...styles].join(', ')}`)).toEqual([]);
});

test.each(CARDS)(
  '%s begins with what it is about (a form with the way back), before anything to fill in',
  (_, build) => {
    const first = partsOf(build().body).find(({ type }) => /^(?:Text|Input|Image|Chart)/.test(String(type)));
    expect(String(first?.type)).toMatch(/^Text/);
  },
);

/** A ground that stands for a status. */
function isStatus(style: string): boolean {
  return style !== 'default' && style !== 'emphasis';
}
