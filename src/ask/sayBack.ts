import type { StatusScale } from '../domain/status';
import type { AnswerData, Scope } from './answer';
import { conditionsOf, type Question } from './question';
import { sayCommand } from './sayCommand';
import { sayActions } from './sayConditions';
import { positionName, type Say, whoName } from './sayWords';

export type { AskWordKey, Say } from './sayWords';

/**
 * Says a question back in words, from the typed question alone: "Overdue red or amber actions in priority 5, due by 24 Dec 2023".
 * What is said is read as the same question again, so that it can stand on a button.
 */
export function sayQuestion(question: Question, scale: StatusScale, say: Say): string {
  return capital(
    question.kind === 'command' ? sayCommand(question.command, scale, say) : asked(question, scale, say),
  );
}

/** Says an answer's question back with its count: "Amber actions that you lead: 4 of your 11". */
export function sayAnswer(answer: AnswerData, scale: StatusScale, say: Say): string {
  if (answer.kind === 'list') {
    const question = sayQuestion(answer.question, scale, say);
    return say('ask.answer', { question, count: countOf(answer.matching, answer.scope, say) });
  }
  if (answer.kind === 'count') {
    const question = capital(sayActions(answer.question.conditions, scale, say));
    return say('ask.answer', { question, count: countOf(answer.n, answer.scope, say) });
  }
  if (answer.kind === 'rank')
    return say('ask.answer', { question: sayQuestion(answer.question, scale, say), count: answer.n });
  if (answer.kind === 'action')
    return sayQuestion({ kind: answer.history ? 'history' : 'action', ref: answer.ref }, scale, say);
  if (answer.kind === 'missing') return '';
  const question = sayQuestion(answer.question, scale, say);
  if (answer.kind !== 'group' && answer.kind !== 'person') return question;
  return say('ask.answer', { question, count: say('ask.standing', { n: answer.standing.actions.length }) });
}

function countOf(n: number, { of, total }: Scope, say: Say): string {
  return n === total ? say('ask.ofAll', { n }) : say(`ask.of.${of}`, { n, total });
}

function asked(question: Exclude<Question, { kind: 'command' }>, scale: StatusScale, say: Say): string {
  const about = () => sayActions(conditionsOf(question), scale, say);
  switch (question.kind) {
    case 'list': {
      const every = question.conditions.length === 0 ? say('ask.all') : about();
      const all = question.limit === null ? every : say('ask.first', { n: question.limit, actions: about() });
      const ordered = question.order
        ? say('ask.ordered', { actions: all, order: say(`ask.order.${question.order}`) })
        : all;
      return question.shape === 'titles' ? say('ask.titles', { actions: ordered }) : ordered;
    }
    case 'count':
      return say('ask.count', { actions: about() });
    case 'rank': {
      const ranked = say(`ask.rank.${question.by}.${question.order}`, { actions: about() });
      return question.limit === null ? ranked : say('ask.rank.top', { n: question.limit, question: ranked });
    }
    case 'action':
      return question.ref;
    case 'history':
      return say('ask.history', { ref: question.ref });
    case 'leads':
      return say('ask.leads', { what: ledOf(question.of, scale, say) });
    case 'group':
      return say('ask.groupReport', { group: question.group });
    case 'person':
      return say('ask.person', { name: whoName(question.who, say) });
    case 'compare': {
      const ends = { from: positionName(question.from, say), to: positionName(question.to, say) };
      return question.conditions.length === 0
        ? say('ask.compare', ends)
        : say('ask.compareOf', { ...ends, actions: about() });
    }
  }
}

function ledOf(of: Extract<Question, { kind: 'leads' }>['of'], scale: StatusScale, say: Say): string {
  if (of.kind === 'action') return of.ref;
  return of.kind === 'group'
    ? say('ask.theGroup', { group: of.group })
    : sayActions(of.conditions, scale, say);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
