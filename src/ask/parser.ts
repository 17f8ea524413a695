import type { AskContext } from './context';
import { formsOf, know } from './lexicon';
import { titleWordsOf } from './titleWords';
import type { Token, Tokens } from './tokens';

/** A text on its way to being read. */
export interface Input extends Tokens {
  readonly context: AskContext;
  /** For each token, what it may stand for and at what cost. */
  readonly forms: readonly ReadonlyMap<string, number>[];
}

/** One way in which a parser reads the tokens from where it stands. */
export interface Match<T> {
  /** The token after the last one read. */
  readonly end: number;
  readonly value: T;
  /** How far-fetched it is; 0 for what is plainly meant. */
  readonly cost: number;
}

/** Reads something from a token on, in every way that it can be read. */
export interface Parser<T> {
  (input: Input, at: number): readonly Match<T>[];
  /** The words that it may begin with, where they are known: no other is worth trying. */
  readonly starts?: ReadonlySet<string> | undefined;
  /** Whether it reads nothing as well. */
  readonly isOptional?: boolean | undefined;
}

type Values<Parsers extends readonly Parser<unknown>[]> = {
  [At in keyof Parsers]: Parsers[At] extends Parser<infer T> ? T : never;
};

/** Words that say nothing: they may stand between any two parts of a phrase. */
const FILLERS: ReadonlySet<string> = new Set(
  `the a an please pls plz kindly just actually really currently presently still all any some of our out exactly maybe perhaps
  then so ok okay hey hi hello thanks thank cheers steward ta quick quickly at moment actual very also too got that which are is
  is were was been being be`.split(/\s+/),
);

/** Stands among the forms of every token of a kind, for parsers that take any of them. No word has a mark in it. */
function anyOf(kind: Token['kind']): string {
  return `#${kind}`;
}

/** A text that is ready to be read. */
export function inputOf(tokens: Tokens, context: AskContext): Input {
  // A word of the plan's own is no slip of one of the grammar's: "timeliness" is no "timeline".
  const own = context.titles ? titleWordsOf(context.titles) : null;
  const forms = tokens.tokens.map(({ kind, word }) => {
    const made = kind === 'word' ? formsOf(word) : new Map([[word, 0]]);
    if (own?.has(word)) for (const [form, cost] of made) if (cost > 0) made.delete(form);
    return made.set(anyOf(kind), 0);
  });
  return { ...tokens, context, forms };
}

/**
 * Reads words. `|` parts phrases, a space parts words, `/` stands between words of which one is read, `?` after a word makes it
 * optional: `words('due in/within the? next')`. Plurals and slips are read too. Gives the phrase's words as written in the pattern.
 */
export function words(pattern: string): Parser<string> {
  const phrases = pattern.split('|').map((phrase) => phrase.trim().split(/\s+/).map(stepOf));
  const byFirst = new Map<string, (readonly Step[])[]>();
  for (const phrase of phrases) {
    for (const word of firstWordsOf(phrase)) byFirst.set(word, [...(byFirst.get(word) ?? []), phrase]);
  }
  const read = (input: Input, at: number) => {
    const found: Match<string>[] = [];
    for (const word of input.forms[at]?.keys() ?? []) {
      for (const phrase of byFirst.get(word) ?? []) found.push(...matchSteps(input, phrase, 0, at, at));
    }
    return found;
  };
  return Object.assign(read, { starts: new Set(byFirst.keys()) });
}

/** The words that a phrase may begin with. */
function firstWordsOf(phrase: readonly Step[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { choices, optional } of phrase) {
    for (const choice of choices) found.add(choice);
    if (!optional) break;
  }
  return found;
}

interface Step {
  readonly choices: readonly string[];
  readonly optional: boolean;
}

function stepOf(written: string): Step {
  const optional = written.endsWith('?');
  const choices = (optional ? written.slice(0, -1) : written).split('/').filter(Boolean);
  // A pattern that is "/" alone means the mark.
  const all = choices.length > 0 ? choices : ['/'];
  know(all.filter((choice) => /^[a-z]/.test(choice)));
  return { choices: all, optional };
}

function matchSteps(
  input: Input,
  steps: readonly Step[],
  step: number,
  start: number,
  at: number,
): readonly Match<string>[] {
  const next = steps[step];
  if (!next) return at > start ? [{ end: at, value: '', cost: 0 }] : [];
  const found: Match<string>[] = [];
  const place = placeOf(input, next.choices, at, at > start);
  if (place) {
    for (const rest of matchSteps(input, steps, step + 1, start, place.at + 1)) {
      found.push({
        end: rest.end,
        value: rest.value ? `${place.word} ${rest.value}` : place.word,
        cost: place.cost + rest.cost,
      });
    }
  }
  if (found.length === 0 && next.optional) return matchSteps(input, steps, step + 1, start, at);
  return found;
}

/** Where one of some words stands: here, or after fillers once a phrase has begun. */
function placeOf(
  input: Input,
  choices: readonly string[],
  at: number,
  begun: boolean,
): { at: number; word: string; cost: number } | null {
  for (let here = at; here < input.tokens.length; here += 1) {
    const forms = input.forms[here];
    let cheapest: { at: number; word: string; cost: number } | null = null;
    for (const word of choices) {
      const cost = forms?.get(word);
      if (cost !== undefined && (!cheapest || cost < cheapest.cost)) cheapest = { at: here, word, cost };
    }
    if (cheapest) return cheapest;
    if (!begun || !isFiller(input.tokens[here])) return null;
  }
  return null;
}

const NOTHING: readonly never[] = [];

/** Whether a token says nothing. */
export function isFiller(token: Token | undefined): boolean {
  return token !== undefined && token.kind === 'word' && FILLERS.has(token.word);
}

/** One after the other; fillers may stand between. */
export function seq<Parsers extends readonly Parser<unknown>[]>(
  ...parsers: Parsers
): Parser<Values<Parsers>> {
  const read = (input: Input, at: number) =>
    sequence(input, parsers, at).map(({ end, value, cost }) => ({
      end,
      cost,
      value: value as Values<Parsers>,
    }));
  return beginning(read, startsOf(parsers));
}

/** The words that parsers one after the other may begin with; unknown where one of the first ones' are. */
function startsOf(parsers: readonly Parser<unknown>[]): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const { starts, isOptional } of parsers) {
    if (!starts) return undefined;
    for (const word of starts) found.add(word);
    if (!isOptional) return found;
  }
  return undefined;
}

/** A reader that is tried only where a word stands that it may begin with. */
function beginning<T>(
  read: (input: Input, at: number) => readonly Match<T>[],
  starts: ReadonlySet<string> | undefined,
): Parser<T> {
  if (!starts) return read;
  return Object.assign((input: Input, at: number) => (mayBegin(input, at, starts) ? read(input, at) : []), {
    starts,
  });
}

function mayBegin(input: Input, at: number, starts: ReadonlySet<string>): boolean {
  for (const word of input.forms[at]?.keys() ?? []) if (starts.has(word)) return true;
  return false;
}

function sequence(
  input: Input,
  parsers: readonly Parser<unknown>[],
  at: number,
): readonly Match<unknown[]>[] {
  const [opening, ...others] = parsers;
  const opened = opening?.(input, at) ?? NOTHING;
  if (opened.length === 0) return NOTHING;
  let ways: Match<unknown[]>[] = opened.map(({ end, value, cost }) => ({ end, value: [value], cost }));
  for (const parser of others) {
    ways = ways.flatMap((way) =>
      parsedFrom(input, parser, way.end, way.end > at).map(({ end, value, cost }) => ({
        end,
        value: [...way.value, value],
        cost: way.cost + cost,
      })),
    );
    if (ways.length === 0) return NOTHING;
  }
  return ways.filter(({ end }) => end > at);
}

/** What a parser reads here or, once a phrase has begun, after the fillers that stand here. */
function parsedFrom(
  input: Input,
  parser: Parser<unknown>,
  at: number,
  begun: boolean,
): readonly Match<unknown>[] {
  const here = parser(input, at);
  if (!begun || here.some(({ end }) => end > at)) return here;
  let after = at;
  while (isFiller(input.tokens[after])) after += 1;
  return after > at ? [...parser(input, after).filter(({ end }) => end > after), ...here] : here;
}

/** Any of several, in every way. */
export function either<T>(...parsers: readonly Parser<T>[]): Parser<T> {
  const byWord = new Map<string, readonly Parser<T>[]>();
  const always: readonly Parser<T>[] = parsers.filter(({ starts, isOptional }) => !starts || isOptional);
  for (const parser of parsers) {
    if (always.includes(parser)) continue;
    for (const word of parser.starts ?? []) byWord.set(word, [...(byWord.get(word) ?? always), parser]);
  }
  const read = (input: Input, at: number) => {
    // Most places begin nothing or one thing, and every place of every question comes by here.
    let tried = always;
    for (const word of input.forms[at]?.keys() ?? []) {
      const more = byWord.get(word);
      if (more) tried = tried === always ? more : [...new Set([...tried, ...more])];
    }
    let found: readonly Match<T>[] = NOTHING;
    for (const parser of tried) {
      const more = parser(input, at);
      if (more.length > 0) found = found.length > 0 ? [...found, ...more] : more;
    }
    return found;
  };
  return always.length > 0 ? read : Object.assign(read, { starts: new Set(byWord.keys()) });
}

/** What is there, or null. Where it is there, it is not left out. */
export function maybe<T>(parser: Parser<T>): Parser<T | null> {
  const read = (input: Input, at: number): readonly Match<T | null>[] => {
    const found = parser(input, at);
    return found.length > 0 ? found : [{ end: at, value: null, cost: 0 }];
  };
  return Object.assign(read, { starts: parser.starts, isOptional: true });
}

/** Makes something of what a parser reads; null for "not that, after all". */
export function as<T, U>(parser: Parser<T>, make: (value: T, input: Input) => U | null): Parser<U> {
  const read = (input: Input, at: number) => {
    const made: Match<U>[] = [];
    for (const { end, value, cost } of parser(input, at)) {
      const of = make(value, input);
      if (of !== null) made.push({ end, value: of, cost });
    }
    return made;
  };
  return like(parser, read);
}

/** The same, but dearer. */
export function costing<T>(more: number, parser: Parser<T>): Parser<T> {
  return like(parser, (input, at) =>
    parser(input, at).map((match) => ({ ...match, cost: match.cost + more })),
  );
}

/** Another reader that begins as a parser does. */
function like<T>(
  { starts, isOptional }: Parser<unknown>,
  read: (input: Input, at: number) => readonly Match<T>[],
): Parser<T> {
  return Object.assign(read, { starts, isOptional });
}

/** One or more, parted by commas, "and", "or" or a stroke: every number of them that can be read. */
export function series<T>(parser: Parser<T>, separator: Parser<unknown> = SEPARATOR): Parser<readonly T[]> {
  const many: Parser<readonly T[]> = (input, at) =>
    parser(input, at).flatMap((first) => {
      const one: Match<readonly T[]> = { end: first.end, value: [first.value], cost: first.cost };
      const more = parsedFrom(input, separator, first.end, true).flatMap(({ end }) =>
        parsedFrom(input, many, end, true).map((rest) => ({
          end: rest.end,
          value: [first.value, ...(rest.value as readonly T[])],
          cost: first.cost + rest.cost,
        })),
      );
      return more.length > 0 ? [...more, one] : [one];
    });
  return like(parser, many);
}

/** Reads the same place once only, however many phrases try it there. */
export function once<T>(parser: Parser<T>): Parser<T> {
  const read = new WeakMap<Input, Map<number, readonly Match<T>[]>>();
  return like(parser, (input, at) => {
    const known = read.get(input) ?? new Map<number, readonly Match<T>[]>();
    read.set(input, known);
    const found = known.get(at) ?? parser(input, at);
    known.set(at, found);
    return found;
  });
}

/** The one token here, if it is of a kind. */
export function token(kind: Token['kind']): Parser<Token> {
  const read = (input: Input, at: number) => {
    const here = input.tokens[at];
    return here?.kind === kind ? [{ end: at + 1, value: here, cost: 0 }] : [];
  };
  return Object.assign(read, { starts: new Set([anyOf(kind)]) });
}

const SEPARATOR = words('and also?|and/or|or|,|, and/or|/|&|+|and or|nor');
