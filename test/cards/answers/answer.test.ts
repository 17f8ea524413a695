import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { listOf, type Question } from '../../../src/ask/question';
import { parseQuestion } from '../../../src/ask/questionSchema';
import { answerCard } from '../../../src/cards/answer';
import type { AnswerFacts } from '../../../src/cards/answerFacts';
import type { AdaptiveCard } from '../../../src/cards/facts';
import type { Action } from '../../../src/domain/plan';
import { english } from '../../../src/words/words';
import { actionWith, leadNamed } from '../samples';
import { buttonsOf, faultsOf, partsOf, textsOf } from './checkCard';
import { EVERY_ANSWER, EVERY_ANSWER_FACTS } from './everyAnswer';
import * as sample from './samples';

const GOLDEN = join(__dirname, 'golden');

describe('every answer', () => {
  test.each(Object.keys(EVERY_ANSWER))('%s expands as it did when it was last looked at', (name) => {
    const file = join(GOLDEN, `${name}.json`);
    const card = cardNamed(name);
    if (process.env.UPDATE_GOLDEN) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);
    }
    expect(existsSync(file)).toBe(true);
    expect(card).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  test.each(Object.keys(EVERY_ANSWER))(
    '%s can be shown everywhere, and its buttons are understood',
    (name) => {
      expect(faultsOf(cardNamed(name))).toEqual([]);
    },
  );

  test.each(Object.entries(EVERY_ANSWER_FACTS))('%s says the question back first', (_, facts) => {
    const card = answerCard(facts, english);
    expect(textsOf(card)[0]).toBe(facts.said);
    expect(card.speak).toContain(facts.said);
  });
});

describe('a list', () => {
  test('has the status by letter and word, the percentage, ref, title, date and leads in each row', () => {
    const text = textOf(answerCard(sample.LISTED, english));
    expect(text).toContain('A Amber');
    expect(text).toContain('13%');
    expect(text).toContain('1.1.2 The new website is tested with families before it opens');
    expect(text).toContain('due Aug 2023, passed');
    expect(text).toContain('led by Maya Okafor, Tom Reed');
  });

  test('shows ten a page, each action once, by its own buttons', () => {
    const seen: string[][] = [];
    let facts: AnswerFacts | null = sample.LONG_LIST;
    while (facts) {
      const card = answerCard(facts, english);
      seen.push(rowIds(card));
      const next = buttonsOf(card).find(({ title }) => String(title).startsWith('Next'));
      facts = next ? { ...facts, page: pageSent(next) } : null;
    }
    expect(seen.map((page) => page.length)).toEqual([10, 4]);
    expect(seen.flat()).toEqual(sample.AMBERS.map(({ id }) => id));
  });

  test('leads back to the first page, and says where one is', () => {
    const card = cardNamed('list-page-2');
    expect(textsOf(card)).toContain('11 to 14 of 14');
    const first = buttonsOf(card).find(({ title }) => title === 'Back to first');
    expect(first && pageSent(first)).toBe(0);
  });

  test('shows the nearest page where there is none so far on', () => {
    expect(textsOf(answerCard({ ...sample.LONG_LIST, page: 9_999 }, english))).toContain('11 to 14 of 14');
  });

  test('offers to update only what is the asker’s, and only while a month can be answered', () => {
    const updates = (facts: AnswerFacts) =>
      buttonsOf(answerCard(facts, english)).filter(({ verb }) => verb === 'form').length;
    expect(updates(sample.LISTED)).toBe(4);
    expect(updates({ ...sample.LISTED, mine: new Set(['m1']) })).toBe(1);
    expect(updates({ ...sample.LISTED, period: null })).toBe(0);
  });

  test('names the action in the tooltip and the data of its buttons', () => {
    const [update] = buttonsOf(answerCard(sample.LISTED, english));
    expect(update?.tooltip).toContain('1.1.1');
    expect(update?.data).toMatchObject({ plan: 'plan-1', period: '2023-09', action: 'm0', ref: '1.1.1' });
  });

  test('leads to each action in full, and from there back to the same page', () => {
    const facts = { ...sample.LONG_LIST, page: 1, mine: new Set<string>() };
    const more = buttonsOf(answerCard(facts, english)).find(({ title }) => title === 'More');
    const data = more?.data as Record<string, string | number>;
    expect(data).toMatchObject({ action: 'm10', fromPage: 1 });
    expect(parseQuestion(String(data.q))).toEqual({ kind: 'action', ref: '1.3.1' });
    expect(parseQuestion(String(data.from))).toEqual(listQuestion(facts));
  });

  test('of titles has refs and titles alone', () => {
    const texts = textsOf(cardNamed('list-titles'));
    expect(texts.join('')).not.toContain('Amber 0%');
    expect(texts.filter((text) => /^1\.\d\.\d$/.test(text))).toHaveLength(14);
  });

  test('about movement tells the step of each', () => {
    expect(textsOf(cardNamed('list-moved'))).toContain('G Green → A Amber since June');
  });

  test('shows what a row that only points elsewhere points at', () => {
    expect(textsOf(cardNamed('list-pointer'))).toContain('reported under 7.3.1: A Amber 80%');
  });

  test('with nothing in it says so and offers near questions', () => {
    const card = cardNamed('list-nothing');
    expect(textsOf(card)).toContain('No action of the plan answers to that.');
    expect(titlesOf(card)).toEqual(['Only the overdue', 'Whole plan: 27 amber']);
  });

  test('is done with a page of ten thousand as fast as with one of a hundred', () => {
    const actions = Array.from({ length: 10_000 }, (_, at) => actionWith({ id: `n${at}`, ref: `1.${at}` }));
    const card = answerCard({ ...sample.LONG_LIST, answer: { ...sample.LIST, actions } }, english);
    expect(rowIds(card)).toHaveLength(10);
    expect(textsOf(card)).toContain('1 to 10 of 10000');
  });
});

describe('a shared answer', () => {
  test.each(Object.entries(EVERY_ANSWER_FACTS))('%s names who shared it and updates nothing', (_, facts) => {
    const card = answerCard({ ...facts, sharedBy: 'Ines Duarte' }, english);
    expect(textsOf(card)).toContain('Shared by Ines Duarte');
    expect(buttonsOf(card).filter(({ verb }) => verb === 'form' || verb === 'share')).toEqual([]);
    expect(faultsOf(card)).toEqual([]);
  });

  test('of one’s own actions has no ways on that would mean whoever presses', () => {
    const mine = { ...sample.LONG_LIST, answer: { ...sample.LIST, actions: sample.AMBERS } };
    const shared = answerCard({ ...mine, sharedBy: 'Ines Duarte' }, english);
    expect(JSON.stringify(shared)).not.toContain('\\"me\\"');
    expect(JSON.stringify(answerCard(mine, english))).toContain('\\"me\\"');
  });
});

describe('the other kinds', () => {
  test('a count shows its number large, its split in words, and the actions', () => {
    const card = cardNamed('count');
    expect(partsOf(card)).toContainEqual(expect.objectContaining({ text: '7', size: 'ExtraLarge' }));
    expect(textOf(card)).toContain('R Red 2 · A Amber 4 · G Green 1');
    expect(textOf(card)).toContain('1.2.2');
  });

  test('a rank leads from each row to its actions', () => {
    expect(questionSent(cardNamed('rank'), 'Show the 9')).toEqual(
      listOf([{ kind: 'status', statuses: ['amber'] }, sample.inGroup('1')]),
    );
    expect(questionSent(cardNamed('rank-leads'), 'Show it')).toEqual(
      listOf([
        { kind: 'overdue', by: null },
        { kind: 'who', who: [{ kind: 'nobody' }] },
      ]),
    );
  });

  test('an action has its dates as written and as read, and says when it was moved', () => {
    const text = textOf(cardNamed('action'));
    expect(text).toContain('Planned: “Jul-22”, read as 31 Jul 2022');
    expect(text).toContain('Revised: “Aug-23”, read as 31 Aug 2023 · 13 months later than planned');
    expect(text).toContain('moved Thu 24 Aug, 10:12 by Maya Okafor');
    expect(text).toContain('Due: 31 Aug 2023 · passed 21 days ago');
  });

  test('an action has its leads with roles, its last words with who said them, and what it points at', () => {
    const text = textOf(cardNamed('action'));
    expect(text).toContain('Led by: Maya Okafor (Head of SEND); Tom Reed, co-lead');
    expect(text).toContain('Maya Okafor said on Thu 24 Aug, 10:12:');
    expect(text).toContain('Name an owner by October.');
    expect(text).toContain('It is A Amber, delayed, but has no later date that is still to come.');
    expect(text).toContain('A Amber 80% 7.3.1 Annual reviews');
    expect(text).toContain('The plan has no action 9.9.9.');
  });

  test('an action’s months are drawn, with a fallback, and said in words', () => {
    const chart = partsOf(cardNamed('action')).find(({ type }) => type === 'Chart.VerticalBar');
    expect(chart?.data).toContainEqual({ x: 'Jun A', y: 40, color: 'warning' });
    expect(chart?.fallback).toMatchObject({ type: 'ColumnSet' });
    expect(textOf(cardNamed('action'))).toContain('As loaded: G Green 30% · Mar: G Green 60%');
  });

  test('a ref that several actions have leads to each of them by its id', () => {
    const more = buttonsOf(cardNamed('action-several')).filter(({ title }) => title === 'More');
    expect(more.map(({ data }) => (data as { action: string }).action)).toEqual(['a122', 'b122']);
  });

  test('a ref that no action has offers those near it', () => {
    expect(titlesOf(cardNamed('action-near'))).toEqual(['1.2.1', '1.2.2', '1.2.3']);
  });

  test('a history tells who, when, for whom, from what to what, and what was odd about it', () => {
    const text = textOf(cardNamed('history'));
    expect(text).toContain('Thu 22 Jun, 09:05 · Ines Duarte for Maya Okafor');
    expect(text).toContain('G Green 60% → A Amber 40%');
    expect(text).toContain('Saved anyway, though: the percentage fell');
    expect(text).toContain('for July 2023 · “No change” · after the month had closed');
    expect(text).toContain('took back the update before');
    expect(text).toContain('Date set: 31 Mar 2023');
  });

  test('a group leads to its red, its overdue and its unanswered actions', () => {
    const card = cardNamed('group');
    expect(questionSent(card, 'Not answered: 3')).toEqual(
      listOf([sample.inGroup('5'), { kind: 'silent', from: '2023-09', to: null }]),
    );
    expect(questionSent(card, 'R Red: 6')).toEqual(
      listOf([sample.inGroup('5'), { kind: 'status', statuses: ['red'] }]),
    );
  });

  test('a comparison has its figures, what changed, and every move with its ref', () => {
    const text = textOf(cardNamed('compare'));
    expect(text).toContain('A Amber 45 27 −18');
    expect(text).toContain(
      '5.1.4 The neurodevelopmental pathway is staffed and open to referrals · G Green → R Red',
    );
    expect(text).toContain('New in the plan: 2 5.1.6 Families are told');
    expect(text).toContain('No longer in the plan: 1 2.9.9');
  });
});

describe('whatever people wrote', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3_000 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.constantFrom(
      '[a](https://example.org)',
      '<at>everyone</at>',
      '{{DATE(2023-01-01T00:00:00Z)}}',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a binding of templates, as somebody might type it
      '${said}',
      '\u202Eabc',
      '\uD800',
      '',
      '\u4E00'.repeat(3_000),
      '"\\'.repeat(1_500),
    ),
  );

  test('every card can still be shown', async () => {
    await fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.constantFrom(...Object.keys(EVERY_ANSWER_FACTS)),
        (text, other, name) => {
          const facts = EVERY_ANSWER_FACTS[name];
          if (!facts) throw new Error(name);
          const spoiled = { ...spoil(facts, text, other), said: `x${text}` };
          expect(faultsOf(answerCard(spoiled, english))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the longest of everything fits', () => {
    const long = '\u4E00'.repeat(2_000);
    const faults = Object.entries(EVERY_ANSWER_FACTS).map(([name, facts]) => {
      const card = answerCard({ ...spoil(facts, long, long), note: long }, english);
      return [name, faultsOf(card)];
    });
    expect(faults.filter(([, found]) => found?.length)).toEqual([]);
  });

  test('a question that is too long to be carried leaves out the buttons that would carry it', () => {
    const question = listOf(
      Array.from({ length: 20 }, (_, at) => ({
        kind: 'text' as const,
        phrases: ['\u4E00'.repeat(180), `${at}`],
      })),
    );
    const card = answerCard(
      { ...sample.LONG_LIST, answer: { ...sample.LIST, question, actions: sample.AMBERS } },
      english,
    );
    expect(faultsOf(card)).toEqual([]);
    expect(titlesOf(card)).not.toContain('Next 4');
    expect(textOf(card)).toContain('The question is too long to page');
  });

  test('heavy questions leave room for actions on every page, each once', () => {
    const question = listOf(
      Array.from({ length: 9 }, (_, at) => ({ kind: 'text' as const, phrases: ['a'.repeat(180), `${at}`] })),
    );
    const facts = { ...sample.LONG_LIST, answer: { ...sample.LIST, question, actions: sample.AMBERS } };
    const pages = [0, 1, 2, 3].map((page) => answerCard({ ...facts, page }, english));
    for (const card of pages) expect(faultsOf(card)).toEqual([]);
    expect([...new Set(pages.flatMap(rowIds))]).toHaveLength(14);
  });
});

function cardNamed(name: string): AdaptiveCard {
  const make = EVERY_ANSWER[name];
  if (!make) throw new Error(`There is no answer ${name}`);
  return make();
}

function textOf(card: AdaptiveCard): string {
  const blocks = partsOf(card).flatMap(({ type, inlines, text }) =>
    type === 'RichTextBlock'
      ? [(inlines as { text: string }[]).map((run) => run.text).join('')]
      : type === 'TextBlock'
        ? [String(text)]
        : [],
  );
  return blocks.join(' ');
}

function titlesOf(card: AdaptiveCard): string[] {
  return buttonsOf(card).map(({ title }) => String(title));
}

/** Ids of the actions that have a row, by the buttons that lead to them in full. */
function rowIds(card: AdaptiveCard): string[] {
  return buttonsOf(card)
    .filter(({ title }) => title === 'More')
    .map(({ data }) => (data as { action: string }).action);
}

function pageSent(button: Readonly<Record<string, unknown>>): number {
  return (button.data as { page?: number }).page ?? 0;
}

function questionSent(card: AdaptiveCard, title: string): Question | null {
  const button = buttonsOf(card).find((candidate) => candidate.title === title);
  return parseQuestion(String((button?.data as { q?: string } | undefined)?.q));
}

function listQuestion(facts: AnswerFacts): Question | null {
  return facts.answer.kind === 'list' ? facts.answer.question : null;
}

/** The facts with all that people write, or files bring, replaced. */
function spoil(facts: AnswerFacts, text: string, other: string): AnswerFacts {
  const action = (from: Action): Action =>
    actionWith({
      ...from,
      ref: text.slice(0, 80),
      title: other,
      group: text.slice(0, 80),
      leads: Array.from({ length: 14 }, () => leadNamed(text, other)),
      planned: from.planned && { ...from.planned, text, recurrence: other },
      narrative: text,
      barriers: other,
      ask: text,
      updatedBy: other,
    });
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, walk(inner)]));
    if (value instanceof Set || typeof value !== 'object' || value === null) return value;
    if ('groupLeads' in value) return action(value as Action);
    const inner = Object.entries(value).map(([key, held]) => [key, key === 'question' ? held : walk(held)]);
    const walked = Object.fromEntries(inner) as Record<string, unknown>;
    for (const key of [
      'title',
      'name',
      'onBehalfOf',
      'narrative',
      'barriers',
      'ask',
      'revisedText',
      'sharedBy',
    ]) {
      if (typeof walked[key] === 'string') walked[key] = key === 'title' ? `${other}x` : text;
    }
    return walked;
  };
  return { ...(walk(facts) as AnswerFacts), scale: facts.scale };
}
