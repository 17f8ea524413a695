import { Template } from 'adaptivecards-templating';
import type { FormFacts } from '../../src/cards/facts';
import { formCard } from '../../src/cards/form';
import { monthCard } from '../../src/cards/month';
import { english } from '../../src/words/words';
import { FORM, MONTH } from './samples';

/** Filling a template in is most of what a card costs: so it is done as often as it must be. */

afterEach(() => jest.restoreAllMocks());

function timesFilledIn(render: () => unknown): number {
  const expand = jest.spyOn(Template.prototype, 'expand');
  render();
  return expand.mock.calls.length;
}

test('a form that fits is filled in once', () => {
  expect(timesFilledIn(() => formCard(FORM, english))).toBe(1);
});

test('a form whose texts are too long is filled in anew to be cut', () => {
  const long = 'A sentence of somebody who had a lot to say. '.repeat(1_000);
  const typed = { percent: '40', status: 'amber', narrative: long, revised: '', barriers: '', ask: '' };
  const facts: FormFacts = { ...FORM, typed };
  expect(timesFilledIn(() => formCard(facts, english))).toBe(3);
});

test('a month is filled in once, and each of its rows once', () => {
  const facts = { ...MONTH, rows: MONTH.rows.slice(0, 4) };
  expect(timesFilledIn(() => monthCard(facts, english))).toBe(1 + 4);
});
