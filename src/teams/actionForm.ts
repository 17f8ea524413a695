import { isMatch } from 'date-fns';
import type { Content } from '../app/ports';
import type { Month } from '../app/readMonth';
import type { Typed } from '../cards/facts';
import { presentForm } from '../cards/present';
import type { VerbOf } from '../cards/verbs';
import type { Answer, Finding } from '../domain/checks';
import type { IsoDate } from '../domain/period';
import type { Action } from '../domain/plan';
import { unansweredIn } from '../domain/prompt';
import { STATUS_KEYS, scaleAt } from '../domain/status';
import type { TurnDeps } from './turn';

/** The form of one action of a month; `came` is what a reply that was not kept brought with it. */
export function actionForm(
  deps: TurnDeps,
  month: Month,
  action: Action,
  page: number,
  came: Parameters<typeof presentForm>[3] = {},
): Content {
  const { plan, cycle, late } = month;
  const left = unanswered(month).length;
  const about = { plan, period: cycle.period, action, late, left, page };
  return presentForm(about, deps.clock.now(), deps.words, came);
}

/** The next action without an answer, after the one just answered and then from the beginning; null when all are answered. */
export function nextAfter(month: Month, id: string): Action | null {
  const left = unanswered(month);
  const at = month.asked.findIndex((action) => action.id === id);
  return left.find((action) => month.asked.indexOf(action) > at) ?? left[0] ?? null;
}

function unanswered({ asked, cycle, plan }: Month): readonly Action[] {
  return unansweredIn(asked, cycle.period, scaleAt(plan.scales, cycle.period));
}

/** What stands in the form's fields, as an answer, and the faults that only the typing has. */
export function readAnswer(verb: VerbOf<'save'>): {
  readonly answer: Answer;
  readonly unread: readonly Finding[];
} {
  const percentText = verb.percent.trim().replace(/\s*%$/, '').replace(',', '.');
  const percent = percentText === '' ? Number.NaN : Number(percentText);
  const chosen = (verb.as ?? verb.status).trim();
  const revisedText = verb.revised.trim();
  const revised = isDay(revisedText) ? revisedText : null;
  return {
    answer: {
      percent: Number.isFinite(percent) ? percent : null,
      status: STATUS_KEYS.find((key) => key === chosen) ?? null,
      narrative: verb.narrative,
      revised,
      barriers: verb.barriers,
      ask: verb.ask,
    },
    unread: revisedText !== '' && revised === null ? [{ code: 'revised-unreadable', field: 'revised' }] : [],
  };
}

/** What stands in the form's fields, as it was typed: it comes back with a reply that was not kept. */
export function typedIn(verb: VerbOf<'save'>): Typed {
  return {
    percent: verb.percent,
    // What "Save as Blue" chose stays chosen when something else still has to be mended.
    status: verb.as ?? verb.status,
    narrative: verb.narrative,
    revised: verb.revised,
    barriers: verb.barriers,
    ask: verb.ask,
  };
}

function isDay(text: string): text is IsoDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMatch(text, 'yyyy-MM-dd');
}
