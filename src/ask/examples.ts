import { distance } from 'fastest-levenshtein';
import type { AskContext } from './context';
import type { Input } from './parser';

const MOST_NEAR = 3;

/** Questions of every kind, in words that {@link readQuestion} reads. `{group}`, `{ref}` and `{name}` are the plan's own. */
const EXAMPLES: readonly string[] = [
  'show my amber actions',
  'what is overdue?',
  'what is due next month?',
  'which actions have slipped by more than 3 months?',
  'red actions in priority {group}',
  'how is priority {group} doing?',
  'how many actions are amber?',
  'which priority has most reds?',
  'who has most overdue?',
  'what went red since last month?',
  'what got worse?',
  'which actions have not been updated this month?',
  'actions unchanged for 3 months',
  '100% but not blue',
  'five most overdue',
  'tell me about {ref}',
  'history of {ref}',
  'who leads {ref}?',
  'what does {name} lead?',
  'compare with last month',
  'who has not replied?',
  'update {ref}',
  'no change on {ref}',
  'actions about training',
  'summary',
  'help',
];

/** Three questions that have most in common with a text that was not understood. */
export function nearQuestions(input: Input, context: AskContext): string[] {
  const typed = input.tokens.map(({ word }) => word);
  return EXAMPLES.map((example) => ({ example, score: likeness(typed, example) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_NEAR)
    .map(({ example }) => filled(example, context));
}

/** How many of the words are in the example, nearly; a tie goes to the one that comes first. */
function likeness(typed: readonly string[], example: string): number {
  const words = example.replace(/[?{}]/g, '').split(' ');
  return typed.filter((word) => word.length > 2 && words.some((other) => isNear(word, other))).length;
}

function isNear(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) >= 4 && distance(a, b) <= 1);
}

function filled(example: string, { groups, refs, people }: AskContext): string {
  return example
    .replace('{group}', groups[0]?.ref ?? '1')
    .replace('{ref}', refs?.[0] ?? '1.1.1')
    .replace('{name}', people?.[0]?.name ?? 'Sam');
}
