import {
  type DraftQuestion,
  NO_STATUS,
  NOT_RENUMBERED,
  RENUMBERED,
  TWO_PEOPLE,
} from '../../domain/draftQuestions';
import { scaleFrom } from '../../domain/planFromFile';
import type { Words } from '../../words/words';
import { type Button, executeButton } from '../buttons';
import type { AdaptiveCard } from '../facts';
import { BOLD, dotted, type Paragraph, paragraph, run, SUBTLE } from '../runs';
import { CHOICES_BYTES, PEOPLE_TO_SCROLL, personChoices } from '../settle';
import { pageOf, weightOf } from '../size';
import {
  type ChoiceView,
  type DraftFacts,
  type DraftSection,
  draftCard,
  markdownFree,
  short,
  showButton,
} from './frame';
import { openQuestions } from './preview';

const ROOM = { most: 4, bytes: CHOICES_BYTES };
/** Refs that a question names. */
const MOST_REFS = 12;

/** The questions about a file, a few at a time: each a list to choose from, all of a page kept with one tap. */
export function questionsCard(facts: DraftFacts, words: Words): AdaptiveCard {
  const { view } = facts;
  const { draft, questions } = view;
  const sections = questions.map((question) => sectionFor(question, facts, words));
  const page = pageOf(sections, facts.page, weightOf, ROOM);
  const left = openQuestions(view);
  const summary = words.say('draft.questionsSummary', { n: left });
  const isLast = page.next === 0;
  const buttons: Button[] = [
    executeButton(
      words.say(isLast ? 'draft.keepLast' : 'draft.keepNext'),
      { verb: 'draftKeep', draft: draft.id, page: page.number },
      { style: 'positive' },
    ),
    ...(page.next > 0 ? [showButton(words.say('draft.skip'), draft.id, 'questions', page.number + 1)] : []),
    ...(page.number > 0
      ? [showButton(words.say('draft.earlier'), draft.id, 'questions', page.number - 1)]
      : []),
    showButton(words.say('draft.back'), draft.id, 'preview'),
  ];
  return draftCard(
    facts,
    {
      title: words.say('draft.questionsTitle', { n: left }),
      summary,
      intro: [
        paragraph(words.say('draft.questionsWhat')),
        paragraph(
          words.say('page.showing', {
            from: page.start + 1,
            to: page.start + page.items.length,
            total: page.total,
          }),
          SUBTLE,
        ),
      ],
      sections: page.items,
      buttons,
    },
    words,
  );
}

/**
 * The page to show after one was kept: that of the next question, from there on, that is open and was not on it; null when there is none.
 * Answers take questions away (two names made one are one lead), so places are counted anew.
 */
export function pageAfter(
  view: DraftFacts['view'],
  kept: { readonly page: number; readonly shown: readonly string[] },
  words: Words,
): number | null {
  const facts = { view, until: '', page: 0, note: null };
  const sections = view.questions.map((question) => sectionFor(question, facts, words));
  const { start } = pageOf(sections, kept.page, weightOf, ROOM);
  const next = view.questions.findIndex(
    ({ id }, at) => at >= start && view.draft.answers[id] === undefined && !kept.shown.includes(id),
  );
  if (next < 0) return null;
  let page = pageOf(sections, 0, weightOf, ROOM);
  while (page.start + page.items.length <= next) page = pageOf(sections, page.number + 1, weightOf, ROOM);
  return page.number;
}

function sectionFor(question: DraftQuestion, facts: DraftFacts, words: Words): DraftSection {
  const value = facts.view.draft.answers[question.id] ?? '';
  const choice = { id: question.id, value };
  switch (question.kind) {
    case 'name':
      return ask(
        words.say('draft.nameQuestion', { first: short(question.first), second: short(question.second) }),
        question.known === null ? [] : [words.say('draft.nameKnown', { name: short(question.known) })],
        {
          ...choice,
          style: 'expanded',
          label: words.say('draft.nameLabel'),
          options: [
            { title: words.say('draft.namesTwo'), value: TWO_PEOPLE },
            ...[question.first, question.second].map((name) => ({
              title: words.say('draft.nameOne', { name: markdownFree(name) }),
              value: name,
            })),
          ],
        },
      );
    case 'date':
      return ask(
        words.say('draft.dateQuestion', { text: short(question.text) }),
        [refsLine(question.refs, words)],
        {
          ...choice,
          style: 'expanded',
          label: words.say('draft.dateLabel'),
          options: question.options.map((option) => ({
            value: option.value,
            title:
              'year' in option
                ? String(option.year)
                : words.say(option.often === 'twice' ? 'draft.twice' : 'draft.everySecond', {
                    unit: option.unit,
                  }),
          })),
        },
      );
    case 'status':
      return ask(
        words.say('draft.statusQuestion', { text: short(question.text) }),
        [refsLine(question.refs, words)],
        {
          ...choice,
          style: 'compact',
          label: words.say('draft.statusLabel'),
          options: [
            ...scaleFrom(facts.view.understood.scale).statuses.map(({ key, letter, label }) => ({
              title: `${letter} ${label}`,
              value: key,
            })),
            { title: words.say('draft.noStatus'), value: NO_STATUS },
          ],
        },
      );
    case 'moved': {
      const moves = question.moves.map((move) => words.say('draft.renumbered', move)).join(', ');
      return ask(
        words.say('draft.movedQuestion', { moves: short(moves, 200) }),
        [words.say('draft.movedWhy')],
        {
          ...choice,
          style: 'expanded',
          label: words.say('draft.movedLabel'),
          options: [
            { title: words.say('draft.movedYes'), value: RENUMBERED },
            { title: words.say('draft.movedNo'), value: NOT_RENUMBERED },
          ],
        },
      );
    }
    case 'lead': {
      const { lead, proposed, actions } = question;
      const { roster } = facts.view;
      const names = proposed.map(({ name }) => short(name)).join(', ');
      return {
        ...ask(
          words.say('draft.leadQuestion', { name: short(lead.name) }),
          [names === '' ? words.say('settle.noneLike') : words.say('settle.like', { names })],
          {
            ...choice,
            style: (roster?.length ?? 0) > PEOPLE_TO_SCROLL ? 'filtered' : 'compact',
            label: words.say('settle.choose', { name: short(lead.name) }),
            options: personChoices(lead.name, proposed, roster ?? [], words).choices,
          },
        ),
        heading: dotted([
          [run(words.say('draft.leadQuestion', { name: short(lead.name) }), BOLD)],
          [run(short(lead.role ?? '', 60), SUBTLE)],
          [run(words.say('settle.actions', { n: actions }), SUBTLE)],
        ]),
      };
    }
  }
}

function ask(question: string, about: readonly string[], choice: ChoiceView): DraftSection {
  const lines: Paragraph[] = about.filter((line) => line !== '').map((line) => paragraph(line, SUBTLE));
  return { heading: [run(question, BOLD)], lines, choices: [choice], buttons: [] };
}

function refsLine(refs: readonly string[], words: Words): string {
  const shown = refs.slice(0, MOST_REFS).map((ref) => short(ref, 40));
  return words.say('draft.inActions', {
    refs: shown.join(', '),
    n: refs.length,
    more: refs.length - shown.length,
  });
}
