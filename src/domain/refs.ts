/** Longest ref that is told apart, in characters; what a plan prints after it is a sentence, not a ref. */
const LONGEST_REF = 80;

/** Digits that a number is padded to, so that text order is number order. Longer numbers carry their length instead. */
const PADDED_DIGITS = 4;

/**
 * Orders refs as people count: `1.2.1`, `1.2.10`, `1.10.2`, `10.1.1`, `AIP4`. Numbers come before letters, a
 * ref before what hangs on it (`2.3`, then `2.3.a`), and a trailing note keeps its place (`3.1.1 [3.2-3.5]`
 * is next to `3.1.1`). Case, spaces and kinds of dash make no difference. For `Array.sort`.
 */
export function compareRefs(a: string, b: string): number {
  return compareText(refSortKey(a), refSortKey(b));
}

/** By code units: an order that no language changes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The key of each ref is asked for again and again. So many are kept in mind. */
const MOST_KEYS = 20_000;
const keys = new Map<string, string>();

/**
 * A ref as text whose plain (code unit) order is the order of {@link compareRefs}: `1.2.10` becomes
 * `0001.0002.0010.`. Printable ASCII without `/ \ # ? %` and `|`, at most a few hundred characters, so that it can be part
 * of an Azure table key.
 */
export function refSortKey(ref: string): string {
  const known = keys.get(ref);
  if (known !== undefined) return known;
  if (ref.length > LONGEST_REF) return makeSortKey(ref);
  if (keys.size >= MOST_KEYS) keys.clear();
  const made = makeSortKey(ref);
  keys.set(ref, made);
  return made;
}

function makeSortKey(ref: string): string {
  const { main, note } = splitNote(foldRef(ref));
  const mainKey = segmentsOf(main).map(segmentKey).join('');
  // "!" sorts before every character that a segment can begin with: the note stays beside its ref.
  return note ? `${mainKey}!${segmentsOf(note).map(segmentKey).join('')}` : mainKey;
}

/** Removes what can't be seen and tells compatible forms apart no longer (`１．２` is `1.2`); never throws. */
function foldRef(ref: string): string {
  return ref
    .slice(0, LONGEST_REF)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** `3.1.1 [3.2-3.5]` has a note; `2.3(a)` has none: a short bracket is one more step of the ref. */
function splitNote(ref: string): { main: string; note: string } {
  const at = ref.search(/\[|\((?![a-z0-9]{1,3}\))/);
  return at <= 0 ? { main: ref, note: '' } : { main: ref.slice(0, at), note: ref.slice(at) };
}

function segmentsOf(text: string): string[] {
  return text.match(/\d+|\p{L}+|[^\p{P}\p{S}\p{Z}\p{C}\d]+/gu) ?? [];
}

function segmentKey(segment: string): string {
  // "." ends a segment: it sorts before all digits and letters, so that "a" comes before "aip".
  return /^\d/.test(segment) ? `${numberKey(segment)}.` : `${wordKey(segment)}.`;
}

function numberKey(digits: string): string {
  const significant = digits.replace(/^0+(?=\d)/, '');
  if (significant.length <= PADDED_DIGITS) return significant.padStart(PADDED_DIGITS, '0');
  // ":" sorts after the digits and before the letters.
  return `:${String(significant.length).padStart(3, '0')}${significant}`;
}

function wordKey(word: string): string {
  // "~" sorts after a to z: letters of other scripts come last, in code point order.
  return [...word].map((letter) => (/[a-z]/.test(letter) ? letter : `~${hex(letter)}`)).join('');
}

function hex(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0');
}

/** What says that a text points somewhere else for its news. */
const POINTER =
  /\b(?:see(?:\s+also)?|refer(?:s|red)?\s+to|as\s+per|same\s+as|(?:reported|covered|included|monitored|picked\s+up)\s+(?:under|in|by|within|through)|(?:merged|combined)\s+(?:with|into|in|under)|(?:moved|transferred)\s+to|duplicat(?:e|es|ed|ion)\s+(?:of|in|by)|(?:superseded|replaced)\s+by|refs?\.?:?(?=\s+(?:action|priorit)))\s*/giu;

/** Words that may stand before the number: after the first kind a bare number is a ref, too ("see Priority 9"). */
const NAMING =
  /^(?:priorit(?:y|ies)|actions?|work\s?streams?|themes?|outcomes?|objectives?|areas?|sections?|strands?|items?|rows?|refs?|recommendations?|lines?)\b[\s.:-]*(?:no\.?|number|ref\.?)?[\s.:-]*/iu;
const FILLER =
  /^(?:the|our|update|updates|under|in|at|above|below|and|or|also|for|to|narrative|progress|comments?)\b\s*/iu;
const SEPARATOR = /^(?:\s*(?:,|;|&|\/|\+|\band\b|\bor\b|\bto\b|[-–—:])\s*)+/iu;

const DOTTED_REF = /^[a-z]{0,5}\d{1,3}(?:\.(?:\d{1,3}|[a-z]{1,3}(?![a-z])))+[a-z]?(?![\p{L}\d])/iu;
const LETTERED_REF = /^[A-Z]{1,5}[- ]?\d{1,3}(?:\.\d{1,3})*[a-z]?(?![\p{L}\d.])/u;
const BARE_NUMBER = /^\d{1,3}[a-z]?(?![\p{L}\d])/iu;
/** What follows a figure that is no ref: "see 12.5% fewer", "see 2.5 million". */
const UNIT =
  /^\s*(?:%|per\s?cent|million|billion|hours?|days?|weeks?|months?|years?|people|children|pupils|fte|wte|k\b|m\b|£)/iu;

/**
 * The refs that a free text points at, in the order of the text and each once: `see 7.3.1`, `See 7.3.1 and
 * 7.3.2`, `see 8.1.1 etc`, `(see priority 8 - actions 8.1.1, 8.1.2)`, `See Priority 9 for update` (which gives `9`, a
 * group's ref). A bare number counts only after a word that names what it is, so `see 2 people` gives none.
 * A group is left out where the text also names one of its actions.
 */
export function findRefs(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const found: string[] = [];
  for (const pointer of plain.matchAll(POINTER)) {
    found.push(...readRefList(plain.slice(pointer.index + pointer[0].length)));
  }
  const unique = [...new Set(found)];
  return unique.filter((ref) => !unique.some((other) => other.startsWith(`${ref}.`) && !ref.includes('.')));
}

/** Reads a list of refs off the front of a text; stops at the first thing that belongs to no list. */
function readRefList(text: string): string[] {
  const refs: string[] = [];
  let rest = text;
  let named = false;
  for (let step = 0; step < 60; step += 1) {
    const filler = FILLER.exec(rest) ?? SEPARATOR.exec(rest);
    const naming = NAMING.exec(rest);
    if (naming) {
      named = true;
      rest = rest.slice(naming[0].length);
      continue;
    }
    const ref = DOTTED_REF.exec(rest) ?? LETTERED_REF.exec(rest) ?? (named ? BARE_NUMBER.exec(rest) : null);
    if (ref && !UNIT.test(rest.slice(ref[0].length))) {
      refs.push(ref[0]);
      rest = rest.slice(ref[0].length);
      continue;
    }
    if (!filler?.[0]) return refs;
    rest = rest.slice(filler[0].length);
  }
  return refs;
}
