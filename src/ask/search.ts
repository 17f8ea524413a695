import { distance } from 'fastest-levenshtein';
import type { Action } from '../domain/plan';
import type { AskedData } from './answer';
import { foldText, stemOf } from './fold';
import type { Condition, Question } from './question';

/*
 * Finding words in what actions say: mended to words of the plan, plurals as singulars.
 */

/** The question with the words that no action says mended to those that are spelled nearly so. */
export function mended(question: Question, data: AskedData): Question {
  const mend = (conditions: readonly Condition[]) =>
    conditions.map((one) => withPhrases(one, (phrase) => [mendedPhrase(phrase, data.actions)]));
  if (question.kind === 'leads' && question.of.kind === 'actions')
    return { ...question, of: { ...question.of, conditions: mend(question.of.conditions) } };
  return 'conditions' in question ? { ...question, conditions: mend(question.conditions) } : question;
}

/** A phrase that stands nowhere as it was typed is searched for by its words, plurals as singulars. */
export function withWords(condition: Condition, actions: readonly Action[]): Condition {
  return withPhrases(condition, (phrase) => (isSaid(phrase, actions) ? [phrase] : wordsIn(phrase)));
}

/** The condition with others in the place of each phrase that was not quoted. */
function withPhrases(condition: Condition, others: (phrase: string) => readonly string[]): Condition {
  switch (condition.kind) {
    case 'not':
      return { kind: 'not', of: withPhrases(condition.of, others) };
    case 'any':
      return { kind: 'any', of: condition.of.map((one) => withPhrases(one, others)) };
    case 'text':
      return condition.exact ? condition : { ...condition, phrases: condition.phrases.flatMap(others) };
    default:
      return condition;
  }
}

function isSaid(phrase: string, actions: readonly Action[]): boolean {
  return actions.some((action) => speaksOf(action, phrase));
}

function mendedPhrase(phrase: string, actions: readonly Action[]): string {
  if (isSaid(phrase, actions)) return phrase;
  const words = foldText(phrase).split(' ');
  const better = words.map((word) => (isSaid(word, actions) ? word : (nearestWord(word, actions) ?? word)));
  // A word that nobody says finds nothing: the others are searched for, and the answer says which.
  const found = better.filter((word) => isSaid(word, actions));
  return found.some((word) => !SMALL_WORDS.has(word)) ? found.join(' ') : phrase;
}

/** The word of the plan that is spelled nearly so; null for a short word, or where none is. */
function nearestWord(word: string, actions: readonly Action[]): string | null {
  const allowed = word.length >= LONG_WORD ? 2 : 1;
  if (word.length < SHORTEST_MENDED) return null;
  const near = [...vocabularyOf(actions)]
    .filter((other) => other.length >= SHORTEST_MENDED && other[0] === word[0])
    .map((other) => ({ other, slips: isSwapped(word, other) ? 1 : distance(word, other) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips || (a.other < b.other ? -1 : 1));
  return near[0]?.other ?? null;
}

/** Shorter words are taken as they are; in long ones two letters may be wrong. */
const SHORTEST_MENDED = 5;
const LONG_WORD = 8;

/** Two letters that changed places. */
function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && distance(a, b) === 2 && [...a].sort().join('') === [...b].sort().join('');
}

function wordsIn(phrase: string): string[] {
  const words = foldText(phrase)
    .split(' ')
    .filter((word) => !SMALL_WORDS.has(word));
  return words.map(stemOf);
}

const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an and at by for from in into of on or our the to with'.split(' '),
);

/**
 * Whether the phrase's words follow one another in it, plurals as singulars unless they were quoted; the last may be the beginning of a word, so that
 * "train" finds "training".
 */
export function speaksOf(action: Action, phrase: string, exact = false): boolean {
  const folded = foldText(phrase);
  if (folded === '') return true;
  const wanted = exact ? folded : folded.split(' ').map(stemOf).join(' ');
  const words = wordsOf(action);
  if (words[exact ? 'typed' : 'stems'].some((text) => text.includes(` ${wanted}`))) return true;
  // "Coproduction" is written "co-production", too.
  const joined = wanted.replaceAll(' ', '');
  return !exact && joined.length >= SHORTEST_JOINED && words.joined.some((text) => text.includes(joined));
}

const SHORTEST_JOINED = 9;

interface ActionWords {
  readonly typed: readonly string[];
  readonly stems: readonly string[];
  /** The stems without the spaces between them. */
  readonly joined: readonly string[];
}

/** What an action says, as searching compares it. */
function wordsOf(action: Action): ActionWords {
  const known = WORDS.get(action);
  if (known) return known;
  const typed = [action.title, action.narrative, action.barriers, action.ask].map(
    (text) => ` ${foldText(text)}`,
  );
  const stems = typed.map((text) => text.split(' ').map(stemOf).join(' '));
  const made = { typed, stems, joined: stems.map((text) => text.replaceAll(' ', '')) };
  WORDS.set(action, made);
  return made;
}

/** Every phrase of a question is looked for in every action: each is taken apart once. */
const WORDS = new WeakMap<Action, ActionWords>();

/** Every word that the actions say. */
function vocabularyOf(actions: readonly Action[]): ReadonlySet<string> {
  return new Set(actions.flatMap((action) => wordsOf(action).typed.flatMap((text) => text.split(' '))));
}
