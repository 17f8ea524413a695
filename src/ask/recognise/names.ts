import { distance } from 'fastest-levenshtein';
import { areFormsOfOneName } from '../../domain/firstNames';
import type { KnownPerson } from '../context';
import { foldText } from '../fold';
import type { Who } from '../question';

/** What a way of writing a name costs a reading. */
const COST = {
  exact: 0,
  otherForm: 0.3,
  beginning: 0.5,
  initial: 0.6,
  slip: 0.6,
  initials: 0.8,
  lonePlural: 0.1,
};

const TITLES: ReadonlySet<string> = new Set(
  'dr mr mrs ms miss mx cllr councillor prof professor sir dame'.split(' '),
);

/** Words of roles that are in so many that they tell nobody apart. */
const ROLE_STOP: ReadonlySet<string> = new Set('of and the for to in a head lead officer manager'.split(' '));

/** What somebody is, in roles. */
const JOBS: ReadonlySet<string> = new Set(
  'head lead officer manager director chair leader coordinator adviser advisor commissioner psychologist consultant nurse'.split(
    ' ',
  ),
);

/** Somebody whom some words may name, and how far-fetched that is. */
export interface Likeness {
  readonly who: Who;
  readonly cost: number;
}

/**
 * Whom some words may name, the likeliest first: by whole name, by a part of it, by a short form or near spelling, by initials, or by
 * role. Every word must be a word of the name.
 */
export function whoIsNamed(words: readonly string[], people: readonly KnownPerson[]): Likeness[] {
  const typed = words.filter((word) => !TITLES.has(word));
  if (typed.length === 0) return [];
  const byName = people.flatMap(({ key, name }) => {
    const cost = nameCost(typed, nameWords(name));
    return cost === null ? [] : [{ who: { kind: 'lead' as const, leads: [key], name }, cost }];
  });
  return [...byName, ...byRole(typed, people)].sort(
    (a, b) => a.cost - b.cost || nameOf(a.who).localeCompare(nameOf(b.who), 'en-GB'),
  );
}

function nameOf(who: Who): string {
  if (who.kind === 'lead') return who.name;
  return who.kind === 'role' ? who.role : '';
}

function nameWords(name: string): string[] {
  return foldText(name)
    .split(' ')
    .filter((word) => !TITLES.has(word));
}

function nameCost(typed: readonly string[], name: readonly string[]): number | null {
  const [only] = typed;
  if (only && typed.length === 1 && name.length > 1 && only === name.map((word) => word[0]).join(''))
    return COST.initials;
  let cost = 0;
  let left = [...name];
  for (const word of typed) {
    const likest = left
      .map((part, at) => ({ part, at, cost: wordCost(word, part, part === name[0], typed.length > 1) }))
      .filter((one): one is { part: string; at: number; cost: number } => one.cost !== null)
      .sort((a, b) => a.cost - b.cost)[0];
    if (!likest) return null;
    cost += likest.cost;
    left = left.filter((_, at) => at !== likest.at);
  }
  return cost;
}

function wordCost(typed: string, part: string, isFirst: boolean, mayBeInitial: boolean): number | null {
  if (typed === part) return COST.exact;
  if (typed === `${part}s`) return COST.lonePlural;
  if (isFirst && areFormsOfOneName(typed, part)) return COST.otherForm;
  if (mayBeInitial && typed.length === 1 && part.startsWith(typed)) return COST.initial;
  if (typed.length >= 3 && part.startsWith(typed) && isFirst) return COST.beginning;
  return isNear(typed, part) || (typed.endsWith('s') && isNear(typed.slice(0, -1), part)) ? COST.slip : null;
}

function isNear(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || Math.abs(a.length - b.length) > 2) return false;
  if (a[0] !== b[0] && shorter < 6) return false;
  const swapped = [...a].sort().join('') === [...b].sort().join('');
  const slips = distance(a, b);
  const isLong = shorter >= 7 || (shorter >= 6 && a.slice(0, 3) === b.slice(0, 3));
  return slips <= (isLong ? 2 : 1) || (swapped && slips === 2);
}

/** Everybody of a role that the words are of: two words of it, its only telling one, or its initials. */
function byRole(typed: readonly string[], people: readonly KnownPerson[]): Likeness[] {
  const roles = new Map<string, KnownPerson[]>();
  for (const person of people) {
    if (person.role) roles.set(person.role, [...(roles.get(person.role) ?? []), person]);
  }
  return [...roles].flatMap(([role, holders]) => {
    const cost = roleCost(typed, foldText(role).split(' '));
    return cost === null
      ? []
      : [{ who: { kind: 'role' as const, leads: holders.map(({ key }) => key), role }, cost }];
  });
}

function roleCost(typed: readonly string[], role: readonly string[]): number | null {
  const telling = role.filter((word) => !ROLE_STOP.has(word));
  const initials = telling.map((word) => word[0]).join('');
  const [only] = typed;
  if (only && typed.length === 1) {
    if (only.length >= 3 && (only === initials || only === role.map((word) => word[0]).join('')))
      return COST.initials;
    return telling.includes(only) && only.length >= 8 ? COST.initials : null;
  }
  const hits = typed.filter((word) => role.some((part) => part === word || isNear(word, part)));
  const tells = hits.some((word) => !ROLE_STOP.has(word));
  // "Local offer" is no person, "local offer lead" is one.
  const namesJob = hits.some((word) => JOBS.has(word) || word === role.at(-1));
  if (hits.length !== typed.length || !tells || !namesJob) return null;
  return 0.2 + 0.05 * (role.length - hits.length);
}
