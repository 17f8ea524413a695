import type { AdaptiveCard } from '../../src/cards/facts';

/** Parsing all templates was most of what starting took: none is parsed before a card of its kind is shown or the process has started, and then once. */

interface Cards {
  readonly parsed: () => number;
  readonly parseTemplates: () => Promise<void>;
  readonly showForm: () => AdaptiveCard;
}

/** Every card, loaded anew, with the number of templates that were parsed since. */
function loadCards(): Cards {
  let parsed = 0;
  let cards: Cards | null = null;
  jest.isolateModules(() => {
    jest.doMock('adaptivecards-templating', () => {
      const actual =
        jest.requireActual<typeof import('adaptivecards-templating')>('adaptivecards-templating');
      class Counted extends actual.Template {
        constructor(payload: unknown) {
          super(payload);
          parsed += 1;
        }
      }
      return { ...actual, Template: Counted };
    });
    require('./everyCard');
    const { formCard } = require('../../src/cards/form') as typeof import('../../src/cards/form');
    const { parseTemplates } =
      require('../../src/cards/template') as typeof import('../../src/cards/template');
    const { FORM } = require('./samples') as typeof import('./samples');
    const { english } = require('../../src/words/words') as typeof import('../../src/words/words');
    cards = { parsed: () => parsed, parseTemplates, showForm: () => formCard(FORM, english) };
  });
  if (!cards) throw new Error('no card was loaded');
  return cards;
}

test('loading every card parses no template; showing one parses its own, once', () => {
  const { parsed, showForm } = loadCards();
  expect(parsed()).toBe(0);
  showForm();
  showForm();
  expect(parsed()).toBe(1);
});

test('when the process has started the rest are parsed, not all in one go, and no card parses its own any more', async () => {
  const { parsed, parseTemplates, showForm } = loadCards();
  showForm();
  let parsedBeforeTheirs = 0;
  setImmediate(() => {
    parsedBeforeTheirs = parsed();
  });
  await parseTemplates();
  const all = parsed();
  expect(all).toBeGreaterThan(10);
  expect(parsedBeforeTheirs).toBeLessThan(all);
  showForm();
  await parseTemplates();
  expect(parsed()).toBe(all);
});
