import { type EditDistance, UNLIKENESS, unlikenessOf } from './nameLikeness';
import type { LeadKey } from './plan';

/** Somebody in the team's roster, as Teams gives them. */
export interface RosterPerson {
  /** The Entra object id in lower case where Teams gives one, else Teams' own user id. */
  readonly id: string;
  readonly name: string;
}

/** What matching a lead's name against the roster came to. A likeness is a question, never an answer. */
export type Match =
  | { readonly kind: 'exact'; readonly person: RosterPerson }
  /** Several people of the very same name, or people whose names are near: best first, at most five. */
  | { readonly kind: 'proposed'; readonly people: readonly RosterPerson[] }
  | { readonly kind: 'none' };

/** More than this is no choice any more. */
const MOST_PROPOSED = 5;

/** Key of a name that holds no letter and no digit. Its underscore is in no other key. */
const NAMELESS: LeadKey = '_';

/** Longest key in characters; an Azure table key takes 512, and this is only a part of one. */
const LONGEST_KEY = 120;

/** Letters that Unicode does not take apart into a base and an accent, with what they are written as without one. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** What people are addressed by; it makes names alike, but never the same: a doctor and a councillor may share one. */
const TITLES: ReadonlySet<string> = new Set(
  'dr mr mrs ms miss mx cllr councillor prof professor sir dame lord lady rev revd reverend'.split(' '),
);

/**
 * Makes the key of a lead from their printed name. Only case, accents, spaces and punctuation are folded (`Zoë  O'Neil`
 * and `zoe oneil` have one key; `Dr Ann Cole` and `Ann Cole` have two), since two people must never be made one.
 * Letters and digits of any script are kept, with single spaces between the words, so that it is safe as a part of an
 * Azure table key. A name without any letter or digit gives `_`; a very long one is cut and ends in a checksum.
 */
export function leadKeyOf(name: string): LeadKey {
  const folded = foldName(name);
  if (folded === '') return NAMELESS;
  if (folded.length <= LONGEST_KEY) return folded;
  const kept = [...folded].slice(0, LONGEST_KEY / 2).join('');
  return `${kept.trim()}_${checksumOf(folded)}`;
}

/**
 * Matches one lead's printed name against the roster. Exact: the same name but for case, accents, spaces,
 * punctuation, order (`Cole, Ann`) and what Teams appends in brackets or after a bar (`Ann Cole (NHS)`). Proposed: one or two
 * slips, a title, a short first name (`Ann`/`Anne`, `Dave`/`David`), swapped or double-barrelled names, initials, and
 * where nobody is nearer, a changed surname. Never both: a proposal is made only where nobody matches exactly. Several
 * people of the very same name are proposed, since none of them is the one. `distance` counts the edits between
 * two texts.
 */
export function matchName(name: string, roster: readonly RosterPerson[], distance: EditDistance): Match {
  const wanted = exactFormOf(name);
  if (wanted === '') return { kind: 'none' };
  const people = [...new Map(roster.map((person) => [person.id, person])).values()];

  const namesakes = people.filter((person) => exactFormOf(person.name) === wanted).sort(compareByName);
  const [only] = namesakes;
  if (only && namesakes.length === 1) return { kind: 'exact', person: only };
  if (namesakes.length > 1) return { kind: 'proposed', people: namesakes.slice(0, MOST_PROPOSED) };

  const proposed = proposeNearest(name, people, distance);
  return proposed.length > 0 ? { kind: 'proposed', people: proposed } : { kind: 'none' };
}

function proposeNearest(
  name: string,
  people: readonly RosterPerson[],
  distance: EditDistance,
): RosterPerson[] {
  const wanted = wordsOf(name);
  const near = people
    .flatMap((person) => {
      const unlikeness = unlikenessOf(wanted, wordsOf(person.name), distance);
      return unlikeness === null ? [] : [{ person, unlikeness }];
    })
    .sort((a, b) => a.unlikeness - b.unlikeness || compareByName(a.person, b.person));
  // Somebody else with the same first name is worth asking about only when there is nobody better to ask about.
  const nearer = near.filter(({ unlikeness }) => unlikeness < UNLIKENESS.otherSurname);
  return (nearer.length > 0 ? nearer : near).slice(0, MOST_PROPOSED).map(({ person }) => person);
}

/** A name as exact matching compares it: without what Teams appends, in the order in which it is spoken. */
function exactFormOf(name: string): string {
  return foldName(inSpokenOrder(withoutSuffix(name)));
}

/** A name's words as likeness compares them: as {@link exactFormOf}, without titles; the title alone where it is all there is. */
function wordsOf(name: string): readonly string[] {
  const words = exactFormOf(name)
    .split(' ')
    .filter((word) => word !== '');
  const untitled = words.filter((word) => !TITLES.has(word));
  return untitled.length > 0 ? untitled : words;
}

/** Takes away `(NHS)`, `[External]` and `| Council`; keeps a name that is nothing else. */
function withoutSuffix(name: string): string {
  const bare = name.replace(/\([^()]*\)?|\[[^[\]]*\]?/g, ' ').replace(/\|.*$/s, ' ');
  return foldName(bare) === '' ? name : bare;
}

/** `Cole, Ann` is Ann Cole; with several commas nobody can tell. */
function inSpokenOrder(name: string): string {
  const [surname = '', firstNames, ...more] = name.split(',');
  return firstNames === undefined || more.length > 0 ? name : `${firstNames} ${surname}`;
}

/** Small letters and digits of any script without accents, single spaces between words; apostrophes join, all else parts. */
function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’‘ʼ`\u200b-\u200d\u00ad\u2060\ufeff]/g, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** FNV-1a, 32 bits, in hexadecimal: enough to keep apart the names and words of one plan. */
export function checksumOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

function compareByName(a: RosterPerson, b: RosterPerson): number {
  return a.name.localeCompare(b.name, 'en-GB') || (a.id < b.id ? -1 : 1);
}
