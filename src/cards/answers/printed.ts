import { type Action, printedOf, type Step } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { cut, plain } from '../escape';
import { nameOf, REF_LIMIT, targetName } from '../format';
import { BOLD, dotted, labelled, type Paragraph, paragraph, run, SUBTLE } from '../runs';
import { type Section, sectionOf } from './section';

const MOST_STEPS = 8;
const STEP_LIMIT = 160;

/** What the plan prints of an action beside what a month asks: its parts, and whom and what it needs. */
export function printedSections(action: Action, limit: number, facts: AnswerFacts, words: Words): Section[] {
  const { steps, partners, resources, evidence, outcome } = printedOf(action);
  const texts = [
    ['printed.evidence', evidence],
    ['printed.partners', partners],
    ['printed.resources', resources],
    ['printed.outcome', outcome === null ? '' : cut(outcome, REF_LIMIT)],
  ] as const;
  const lines = texts.flatMap(([label, text]) => {
    const shown = cut(plain(text), limit);
    return shown === '' ? [] : [labelled(words.say(label), shown)];
  });
  return [stepsSection(steps, facts, words), sectionOf({ lines, spacing: 'Small', separator: false })];
}

function stepsSection(steps: readonly Step[], facts: AnswerFacts, words: Words): Section {
  if (steps.length === 0) return sectionOf({});
  const shown = steps.slice(0, MOST_STEPS).map((step) => stepLine(step, facts, words));
  const more = steps.length - shown.length;
  return sectionOf({
    heading: [run(words.say('printed.steps', { n: steps.length }), BOLD)],
    lines: [...shown, ...(more > 0 ? [paragraph(words.say('action.more', { n: more }), SUBTLE)] : [])],
    spacing: 'Small',
    separator: false,
  });
}

function stepLine({ text, date, status }: Step, facts: AnswerFacts, words: Words): Paragraph {
  const standing =
    status === null ? '' : status.key ? nameOf(facts.scale, status.key, words) : plain(status.text);
  return {
    runs: dotted([
      [run(standing, BOLD)],
      [run(cut(plain(text), STEP_LIMIT))],
      [run(date ? targetName(date, facts.today, words) : '', SUBTLE)],
    ]),
  };
}
