/** Parsing all templates was most of what starting took: none is parsed before a card of its kind is shown, and then once. */

test('loading every card parses no template; showing one parses its own, once', () => {
  let parsed = 0;
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
    expect(parsed).toBe(0);
    const { formCard } = require('../../src/cards/form') as typeof import('../../src/cards/form');
    const { FORM } = require('./samples') as typeof import('./samples');
    const { english } = require('../../src/words/words') as typeof import('../../src/words/words');
    formCard(FORM, english);
    formCard(FORM, english);
    expect(parsed).toBe(1);
  });
});
