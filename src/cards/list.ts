import template from '../../cards/list.json';
import type { Period } from '../domain/period';
import { type Action, askedLeads } from '../domain/plan';
import type { Words } from '../words/words';
import { type ActionRow, renderRows, rowWeight, standingOf } from './actionRow';
import { type Button, type ButtonData, executeButton, pageButtons, refData } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, ListFacts } from './facts';
import { actionName, dueRuns, nameRuns, REF_LIMIT } from './format';
import { BOLD, dotted, run, SUBTLE, type TextRun } from './runs';
import { type Page, pageOf } from './size';
import { listSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the list's template shows. */
export interface ListView extends CardView {
  readonly heading: readonly TextRun[];
  readonly about: readonly TextRun[];
  readonly rows: readonly object[];
  readonly buttons: readonly Button[];
}

const expand = cardTemplate<ListView>(template);

const ROOM = { most: 8, bytes: 20_000 };
const HEADING_LIMIT = 300;
const NAMES_LIMIT = 120;
const QUESTION_LIMIT = 500;
const MOST_SUGGESTIONS = 4;

/** A list of actions that answers a question, page by page, with "Update 1.2.2" where the asker may. */
export function listCard(facts: ListFacts, words: Words): AdaptiveCard {
  const rows = facts.actions.map((action) => rowView(action, facts, words));
  const page = pageOf(rows, facts.page, rowWeight, ROOM);
  const summary = listSummary(facts);
  return expand(
    {
      speak: spoken(cut(summary, HEADING_LIMIT)),
      fallbackText: escapeMarkdown(cut(summary, HEADING_LIMIT)),
      heading: [run(cut(summary, HEADING_LIMIT), { ...BOLD, size: 'Medium' })],
      about: [run(aboutText(page, words), SUBTLE)],
      rows: renderRows(page.items, words),
      buttons: [
        ...pageButtons(page, words, (title, to) => askButton(title, facts.question, to, facts)),
        ...suggestions(facts),
      ],
    },
    words,
  );
}

function aboutText(page: Page<ActionRow>, words: Words): string {
  if (page.total === 0) return words.say('list.nothing');
  if (page.total === page.items.length) return '';
  return words.say('page.showing', {
    from: page.start + 1,
    to: page.start + page.items.length,
    total: page.total,
  });
}

function rowView(action: Action, facts: ListFacts, words: Words): ActionRow {
  const names = askedLeads(action)
    .map(({ name }) => plain(name))
    .join(', ');
  const leads = names === '' ? '' : words.say('action.ledBy', { names: cut(names, NAMES_LIMIT) });
  const about = dotted([dueRuns(action, facts.scale, facts, words), [run(leads, SUBTLE)]]);
  const at = { status: action.status.key, percent: action.percent };
  return {
    ...standingOf(facts.scale, at, words),
    heading: nameRuns(action),
    lines: [{ runs: about }],
    buttons:
      facts.period !== null && facts.mine.has(action.id)
        ? [updateButton(action, facts.period, facts, words)]
        : [],
  };
}

function updateButton(action: Action, period: Period, facts: ListFacts, words: Words): Button {
  const data: ButtonData = {
    verb: 'form',
    plan: facts.plan,
    period,
    action: action.id,
    ref: refData(action.ref),
    page: 0,
  };
  const title = words.say('list.update', { ref: cut(plain(action.ref), REF_LIMIT) });
  return executeButton(title, data, {
    tooltip: words.say('month.updateTip', { action: actionName(action, words) }),
  });
}

function suggestions(facts: ListFacts): Button[] {
  return facts.more
    .slice(0, MOST_SUGGESTIONS)
    .map(({ title, question }) => askButton(title, question, 0, facts));
}

function askButton(title: string, question: string, page: number, facts: ListFacts): Button {
  return executeButton(title, {
    verb: 'ask',
    plan: facts.plan,
    question: question.slice(0, QUESTION_LIMIT),
    page,
  });
}
