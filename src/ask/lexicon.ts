import { distance } from 'fastest-levenshtein';

/**
 * The words that the grammar is made of. Every pattern adds its own when it is made, so that the list that slips are mended by
 * is never out of step with the grammar.
 */
const KNOWN = new Map<string, Set<string>>();

/** What mending a slip costs a reading, for each letter. */
const SLIP_COST = 0.8;

/** Shorter words than this are taken as they are: "rod" is no slip of "red". */
const SHORTEST_MENDED = 4;

/** Short words that are mended all the same where two of their letters changed places and make no other word: "hwo many". */
const SHORT_MENDED = ['how', 'who', 'for', 'not', 'due', 'red', 'has'];

const LONG_WORD = 7;

/**
 * Words that mean nothing to the grammar and are within a slip of one that does. They are what plans speak of, so they must be left as
 * they are.
 */
const ORDINARY: ReadonlySet<string> = new Set(
  `able above abuse access adult agency aware badge base based been best blank bleak block board boards bond book brand bread break brief
  broad build built burden care cared carer carers case cash cast chart charter child children choice class clear clinic club clubs coast
  code coast cost costs could count council court cover crime custody daily data date dead deaf deal dental dial diet door down draft
  early easy east elder eating equip even ever exit face facts fair fall farm feed feel felt fewer field film find firm first fleet food
  foot force foster four free front fund funding future game give goal good grade grand grant grants grass great greed greet grew grow
  growth guide hall hand hard head heads health heat held help high hire hold home homes hope host hour hours house housing human
  income inner job jobs join just keep kids kind lack land language large law laws leader leaders learn learning led left legal level
  library light like line link links lists live lives living load loan local long lose loss lost love loan made main make male many
  market matter meal means measure media medical meet men mental mile mind minor model money mood moon more most move moves music must
  name near neat need needs network night none north nurse nursery offer office older once open oral order other over pace paid pain pair
  panel paper parent parents park part parts path pathway pay peer people phone place places plan planning plant play pool poor post power
  price print prison process public pupil pupils quality race rail rate rates read reader reading real rent rest review reviews right road role roles
  roll room root route rule rules rural safe sale same save school schools score sector seek self sell send senior sense series set share
  sheet shift ship shop short shot sick side sign simple site sites size skill skills sleep slow small social soft soil some song sort
  south space speak speech spend sport sports staff stage stay step stock store street strong study suite summit sure swim system table tackle
  take talk task tasks tax teach teacher teams tell term terms test text theme these thing three tidy time times tool toolkit tools tour
  town track trade train trained training transport travel tree trend trust trusts type unit units upon urban user users value vary view
  visit vote wage wait waiting waits walk wall want ward warm waste watch water weak wear week well west wheel white whole wide wife wind
  wish women wood word work works world worth yard year years young youth zone charts guidance autumn lunch governance grants
  greens greener greenest branch reach teaching grows`
    .split(/\s+/)
    .filter(Boolean),
);

/** Adds words to those that slips are mended by. */
export function know(words: Iterable<string>): void {
  for (const word of words) {
    if (isKnown(word)) continue;
    const initial = word[0] ?? '';
    const alike = KNOWN.get(initial) ?? new Set();
    alike.add(word);
    KNOWN.set(initial, alike);
  }
}

/** Whether a word is one that plans speak of: read as it is, and never passed over lightly. */
export function isOrdinary(word: string): boolean {
  return ORDINARY.has(word);
}

/** Whether the grammar has a word, in the singular or the plural. */
export function isKnown(word: string): boolean {
  return KNOWN.get(word[0] ?? '')?.has(word) ?? false;
}

/**
 * What a word may stand for and what that costs: itself and its singular for nothing, known words within a slip (two in a long word) for
 * something where it is not known itself.
 */
export function formsOf(word: string): Map<string, number> {
  const forms = new Map<string, number>([[word, 0]]);
  for (const singular of singularsOf(word)) if (isKnown(singular)) forms.set(singular, 0);
  if (forms.size > 1 || isKnown(word)) return forms;
  for (const short of SHORT_MENDED) if (isSwapped(word, short)) forms.set(short, SLIP_COST);
  if (forms.size > 1 || !isMendable(word)) return forms;
  for (const [known, slips] of nearest(word)) forms.set(known, slips * SLIP_COST);
  return forms;
}

function singularsOf(word: string): string[] {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return [];
  const found = [word.slice(0, -1)];
  if (word.endsWith('es')) found.push(word.slice(0, -2));
  if (word.endsWith('ies')) found.push(`${word.slice(0, -3)}y`);
  return found;
}

function isMendable(word: string): boolean {
  return word.length >= SHORTEST_MENDED && /^[a-z]+$/.test(word) && !ORDINARY.has(word);
}

/** The known words that are the fewest slips away. */
function nearest(word: string): [string, number][] {
  const singular = word.endsWith('s') ? word.slice(0, -1) : word;
  const candidates = [...(KNOWN.get(word[0] ?? '') ?? []), ...(KNOWN.get(word[1] ?? '') ?? [])];
  let best: [string, number][] = [];
  for (const known of candidates) {
    if (known.length < SHORTEST_MENDED) continue;
    const slips = Math.min(slipsBetween(word, known), slipsBetween(singular, known));
    const allowed = Math.min(word.length, known.length) >= LONG_WORD ? 2 : 1;
    if (slips > allowed || (known[0] !== word[0] && !isSwapped(word, known))) continue;
    const fewest = best[0]?.[1] ?? Number.POSITIVE_INFINITY;
    if (slips < fewest) best = [[known, slips]];
    else if (slips === fewest) best.push([known, slips]);
  }
  return best;
}

/** Single-letter edits, two neighbouring letters that changed places counted as one. */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  return isSwapped(a, b) ? 1 : distance(a, b);
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2) && at < a.length;
}
