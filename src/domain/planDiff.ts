import type { TargetDate } from './plan';
import { compareRefs, refSortKey } from './refs';
import type { UnderstoodAction, UnderstoodPlan } from './understood';

/** What of an action is compared. */
export type ComparedAction = Pick<
  UnderstoodAction,
  'ref' | 'group' | 'title' | 'leads' | 'planned' | 'revised' | 'status' | 'percent' | 'narrative'
>;

/** What of a plan is compared: a stored plan or one that was understood from a file. */
export interface ComparedPlan {
  readonly groups: readonly Pick<UnderstoodPlan['groups'][number], 'ref' | 'title' | 'leads'>[];
  readonly actions: readonly ComparedAction[];
}

export type ChangedField = 'title' | 'leads' | 'planned' | 'revised' | 'status' | 'percent' | 'narrative';

/** An action that stands in both, under the same ref or another one. */
export interface ActionMatch {
  /** Ref in the older plan, and in the newer one. */
  readonly before: string;
  readonly after: string;
  /** Places in the lists of actions, since refs repeat. */
  readonly at: { readonly before: number; readonly after: number };
  /** By what: its ref; its words; the dates of the rows around it, which is a question for a person. */
  readonly by: 'ref' | 'words' | 'dates';
  /** What reads otherwise, each as printed; a field that one of the two leaves blank for every action is not compared. */
  readonly changes: readonly {
    readonly field: ChangedField;
    readonly before: string;
    readonly after: string;
  }[];
}

/** What became of a plan from one file to the next. Refs are in the order in which people count. */
export interface PlanDiff {
  readonly matches: readonly ActionMatch[];
  /** The matches whose ref is another one now. */
  readonly moved: readonly ActionMatch[];
  /** The matches of which anything reads otherwise. */
  readonly changed: readonly ActionMatch[];
  /** Actions of the older plan whose ref has no row in the newer; `perhaps` is the ref under which its words or its date go on. */
  readonly missing: readonly { readonly ref: string; readonly perhaps: string | null }[];
  /** Actions of the newer plan that match none of the older. */
  readonly added: readonly string[];
  /** Groups whose leads are others now. */
  readonly leads: readonly {
    readonly group: string;
    readonly left: readonly string[];
    readonly joined: readonly string[];
  }[];
  /** People who led a group or an action and are named nowhere in the newer plan, with how many actions they led or co-led. */
  readonly gone: readonly { readonly name: string; readonly actions: number }[];
}

/** A pair of places: older, newer. */
interface Pair {
  readonly before: number;
  readonly after: number;
  readonly by: ActionMatch['by'];
}

/** How much of two titles' words must be shared for them to be one action under another ref. */
const SAME_WORDS = 0.6;
/** Titles that share less than this are two actions, whatever their refs. */
const OTHER_WORDS = 0.2;
/** Dates this near are taken for one that slipped in copying, in days. */
const NEAR = 31;
/** How much better the dates must fit when rows are moved before it is said that they were. */
const MARGIN = 0.7;

/**
 * Compares a plan with a newer one, such as this month's tracker: what is missing, added, changed or renumbered, whose leads changed, who has
 * gone. Never by ref alone where both print titles: words decide then. Where one prints none, refs count, unless the dates of
 * neighbouring rows say that the rows were renumbered (two swapped, or several shifted), but for rows under the parents of `notRenumbered`,
 * of which somebody said that they were not (see {@link parentOf}). Pure; people are told apart by name.
 */
export function comparePlans(
  older: ComparedPlan,
  newer: ComparedPlan,
  notRenumbered: ReadonlySet<string> = new Set(),
): PlanDiff {
  const hasTitles = saysTitles(older) && saysTitles(newer);
  const pairs = hasTitles
    ? matchByWords(older.actions, newer.actions)
    : matchByRefs(older.actions, newer.actions, notRenumbered);
  const compared = comparedFields(older, newer);
  const matches = pairs
    .flatMap(({ before, after, by }): ActionMatch[] => {
      const [one, other] = [older.actions[before], newer.actions[after]];
      if (!one || !other) return [];
      return [
        {
          before: one.ref,
          after: other.ref,
          at: { before, after },
          by,
          changes: changesOf(one, other, compared),
        },
      ];
    })
    .sort((a, b) => compareRefs(a.after, b.after));
  const moved = matches.filter(({ before, after }) => refSortKey(before) !== refSortKey(after));
  const known = new Set(newer.actions.map(({ ref }) => refSortKey(ref)));
  const matchedAfter = new Set(pairs.map(({ after }) => after));
  const matchedBefore = new Map(matches.map((match) => [match.at.before, match.after]));
  const missing = older.actions
    .map(({ ref }, at) => ({ ref, perhaps: matchedBefore.get(at) ?? null }))
    .filter(({ ref, perhaps }) => (hasTitles ? perhaps === null : !known.has(refSortKey(ref))))
    .sort((a, b) => compareRefs(a.ref, b.ref));
  return {
    matches,
    moved,
    changed: matches.filter(({ changes }) => changes.length > 0),
    missing,
    added: newer.actions
      .filter((_, at) => !matchedAfter.has(at))
      .map(({ ref }) => ref)
      .sort(compareRefs),
    leads: changedLeads(older, newer),
    gone: peopleGone(older, newer),
  };
}

function saysTitles({ actions }: ComparedPlan): boolean {
  return actions.filter(({ title }) => title !== '').length > actions.length / 2;
}

/** Same ref and words that are not quite others; then the same words under another ref, the most alike first. */
function matchByWords(older: readonly ComparedAction[], newer: readonly ComparedAction[]): Pair[] {
  const left = older.map(({ title }) => wordsOf(title));
  const right = newer.map(({ title }) => wordsOf(title));
  const likeness = (before: number, after: number): number => {
    const [one, other] = [older[before]?.title ?? '', newer[after]?.title ?? ''];
    if (one === other) return 1;
    // What has no words tells nothing against its ref.
    if (one === '' || other === '') return OTHER_WORDS;
    return sharedShare(left[before] ?? new Set(), right[after] ?? new Set());
  };
  const sure = pairRefs(older, newer).filter(({ before, after }) => likeness(before, after) >= SAME_WORDS);
  const free = leftOver(older, newer, sure);
  const alike = free.before
    .flatMap((before) => free.after.map((after) => ({ before, after, like: likeness(before, after) })))
    .filter(({ before, like }) => like >= SAME_WORDS && older[before]?.title !== '')
    .sort((a, b) => b.like - a.like);
  const byWords = takeEachOnce(alike).map(({ before, after }) => ({ before, after, by: 'words' as const }));
  const rest = leftOver(older, newer, [...sure, ...byWords]);
  const byRef = pairRefs(older, newer).filter(
    ({ before, after }) =>
      rest.before.includes(before) && rest.after.includes(after) && likeness(before, after) >= OTHER_WORDS,
  );
  return [...sure, ...byWords, ...byRef];
}

/** By ref, mended where the dates of neighbouring rows say that they were renumbered. */
function matchByRefs(
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  notRenumbered: ReadonlySet<string>,
): Pair[] {
  const pairs = pairRefs(older, newer);
  return [...byParent(older, newer, pairs)].flatMap(([parent, block]) =>
    notRenumbered.has(parent)
      ? block.pairs
      : (shiftedPairs(block, older, newer) ?? swappedPairs(block, older, newer)),
  );
}

/** The first of each ref with the first, the second with the second. */
function pairRefs(older: readonly ComparedAction[], newer: readonly ComparedAction[]): Pair[] {
  const places = new Map<string, number[]>();
  for (const [at, { ref }] of newer.entries()) {
    const known = places.get(refSortKey(ref));
    if (known) known.push(at);
    else places.set(refSortKey(ref), [at]);
  }
  return older.flatMap(({ ref }, before) => {
    const after = places.get(refSortKey(ref))?.shift();
    return after === undefined ? [] : [{ before, after, by: 'ref' as const }];
  });
}

/** All steps of a ref but the last: `9.1` of `9.1.2`. Rows are renumbered among those that share it. */
export function parentOf(ref: string): string {
  return ref.replace(/[.\-/]?[^.\-/]+$/, '');
}

/** The rows that share all steps of their ref but the last: they are renumbered among each other. */
interface Block {
  readonly before: number[];
  readonly after: number[];
  readonly pairs: Pair[];
}

function byParent(
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  pairs: readonly Pair[],
): Map<string, Block> {
  const blocks = new Map<string, Block>();
  const blockOf = (ref: string): Block => {
    const parent = parentOf(ref);
    const block = blocks.get(parent) ?? { before: [], after: [], pairs: [] };
    blocks.set(parent, block);
    return block;
  };
  for (const [at, { ref }] of older.entries()) blockOf(ref).before.push(at);
  for (const [at, { ref }] of newer.entries()) blockOf(ref).after.push(at);
  for (const pair of pairs) blockOf(older[pair.before]?.ref ?? '').pairs.push(pair);
  return blocks;
}

/** How ill two dates fit: 0 the same, a little for near ones, 1 for others. Rows without a day fit anything equally. */
function misfit(a: ComparedAction | undefined, b: ComparedAction | undefined): number {
  const [one, other] = [a?.planned?.due ?? null, b?.planned?.due ?? null];
  if (one === null || other === null) return 0.5;
  if (one === other) return 0;
  return Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000 <= NEAR ? 0.3 : 1;
}

/** More rows than this under one parent are not compared row against row. */
const LARGEST_BLOCK = 60;

/** Rows that moved up where one before them was dropped; null where that fits no better than the refs do. */
function shiftedPairs(
  { before, after, pairs }: Block,
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
): Pair[] | null {
  if (before.length <= after.length || after.length < 2 || before.length > LARGEST_BLOCK) return null;
  const byRef = pairs.reduce((sum, pair) => sum + misfit(older[pair.before], newer[pair.after]), 0);
  const best = bestAlignment(before, after, older, newer);
  if (best.cost + MARGIN > byRef) return null;
  return best.pairs.map((pair) => ({
    ...pair,
    by: older[pair.before]?.ref === newer[pair.after]?.ref ? ('ref' as const) : ('dates' as const),
  }));
}

/** The pairs, in order on both sides, of least misfit; every newer row has one. */
function bestAlignment(
  before: readonly number[],
  after: readonly number[],
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
): { cost: number; pairs: { before: number; after: number }[] } {
  const left = [...before].sort((a, b) => compareRefs(older[a]?.ref ?? '', older[b]?.ref ?? ''));
  const right = [...after].sort((a, b) => compareRefs(newer[a]?.ref ?? '', newer[b]?.ref ?? ''));
  type Way = { cost: number; pairs: { before: number; after: number }[] };
  let row: Way[] = left.map(() => ({ cost: 0, pairs: [] }));
  row.push({ cost: 0, pairs: [] });
  for (const place of right) {
    const next: Way[] = [{ cost: Number.POSITIVE_INFINITY, pairs: [] }];
    for (const [index, own] of left.entries()) {
      const way = row[index];
      const renumbered = older[own]?.ref === newer[place]?.ref ? 0 : 0.1;
      const cost = (way?.cost ?? Number.POSITIVE_INFINITY) + misfit(older[own], newer[place]) + renumbered;
      const skipped = next[index];
      const taken = { cost, pairs: [...(way?.pairs ?? []), { before: own, after: place }] };
      next.push(skipped && skipped.cost <= cost ? skipped : taken);
    }
    row = next;
  }
  return row.at(-1) ?? { cost: Number.POSITIVE_INFINITY, pairs: [] };
}

/** Two rows each of which has the date that the other had. */
function swappedPairs(
  { pairs }: Block,
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
): Pair[] {
  const due = (action: ComparedAction | undefined): string | null => action?.planned?.due ?? null;
  const misfits = pairs.filter((pair) => misfit(older[pair.before], newer[pair.after]) === 1);
  const swapped = new Map<Pair, Pair>();
  for (const [index, one] of misfits.entries()) {
    const other = misfits
      .slice(index + 1)
      .find(
        (pair) =>
          !swapped.has(pair) &&
          due(older[one.before]) === due(newer[pair.after]) &&
          due(older[pair.before]) === due(newer[one.after]),
      );
    if (!other || swapped.has(one)) continue;
    swapped.set(one, { before: one.before, after: other.after, by: 'dates' });
    swapped.set(other, { before: other.before, after: one.after, by: 'dates' });
  }
  return pairs.map((pair) => swapped.get(pair) ?? pair);
}

function leftOver(
  older: readonly ComparedAction[],
  newer: readonly ComparedAction[],
  pairs: readonly Pair[],
): { before: number[]; after: number[] } {
  const [taken, used] = [
    new Set(pairs.map(({ before }) => before)),
    new Set(pairs.map(({ after }) => after)),
  ];
  return {
    before: older.map((_, at) => at).filter((at) => !taken.has(at)),
    after: newer.map((_, at) => at).filter((at) => !used.has(at)),
  };
}

function takeEachOnce<T extends { readonly before: number; readonly after: number }>(
  pairs: readonly T[],
): T[] {
  const [taken, used] = [new Set<number>(), new Set<number>()];
  return pairs.filter(({ before, after }) => {
    if (taken.has(before) || used.has(after)) return false;
    taken.add(before);
    used.add(after);
    return true;
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{L}{3,}|\d+/gu) ?? []);
}

function sharedShare(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}

const FIELDS: Readonly<Record<ChangedField, (action: ComparedAction) => string>> = {
  title: ({ title }) => title,
  leads: ({ leads }) => leads.map(({ name }) => name).join(', '),
  planned: ({ planned }) => dateText(planned),
  revised: ({ revised }) => dateText(revised),
  status: ({ status }) => status.text || (status.key ?? ''),
  percent: ({ percent }) => (percent === null ? '' : `${percent}%`),
  narrative: ({ narrative }) => narrative,
};

function dateText(date: TargetDate | null): string {
  return date?.text ?? '';
}

/** Fields that both plans fill at all: a tracker without titles has not taken the titles away. */
function comparedFields(older: ComparedPlan, newer: ComparedPlan): ChangedField[] {
  const isFilled = ({ actions }: ComparedPlan, field: ChangedField): boolean =>
    actions.some((action) => FIELDS[field](action) !== '');
  return (Object.keys(FIELDS) as ChangedField[]).filter(
    (field) => isFilled(older, field) && isFilled(newer, field),
  );
}

function changesOf(
  before: ComparedAction,
  after: ComparedAction,
  fields: readonly ChangedField[],
): ActionMatch['changes'] {
  return fields.flatMap((field) => {
    const [one, other] = [FIELDS[field](before), FIELDS[field](after)];
    return isSame(field, before, after, one, other) ? [] : [{ field, before: one, after: other }];
  });
}

/** "Jul-22" and "July 2022" are one date, `R` and "Red" one status. */
function isSame(
  field: ChangedField,
  before: ComparedAction,
  after: ComparedAction,
  one: string,
  other: string,
): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();
  if (plain(one) === plain(other)) return true;
  if (field === 'status') return before.status.key !== null && before.status.key === after.status.key;
  if (field === 'planned' || field === 'revised') {
    const due = before[field]?.due ?? null;
    return due !== null && due === after[field]?.due;
  }
  return false;
}

function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function changedLeads(older: ComparedPlan, newer: ComparedPlan): PlanDiff['leads'] {
  return older.groups.flatMap((group) => {
    const other = newer.groups.find(({ ref }) => refSortKey(ref) === refSortKey(group.ref));
    if (!other || (group.leads.length === 0 && other.leads.length === 0)) return [];
    const left = namesIn(group.leads, other.leads);
    const joined = namesIn(other.leads, group.leads);
    return left.length + joined.length === 0 ? [] : [{ group: group.ref, left, joined }];
  });
}

/** Names of the first list that are not in the second. */
function namesIn(
  list: readonly { readonly name: string }[],
  other: readonly { readonly name: string }[],
): string[] {
  const known = new Set(other.map(({ name }) => foldName(name)));
  return list.map(({ name }) => name).filter((name) => !known.has(foldName(name)));
}

/** Where the newer plan names leads for its groups alone, only leads of groups can be seen to have gone. */
function peopleGone(older: ComparedPlan, newer: ComparedPlan): PlanDiff['gone'] {
  const there = new Set(
    [...newer.groups, ...newer.actions].flatMap(({ leads }) => leads.map(({ name }) => foldName(name))),
  );
  if (there.size === 0) return [];
  const namesActions = newer.actions.some(({ leads }) => leads.length > 0);
  const sources = namesActions ? [...older.groups, ...older.actions] : older.groups;
  const names = new Map(
    sources.flatMap(({ leads }) => leads.map(({ name }) => [foldName(name), name] as const)),
  );
  return [...names]
    .filter(([folded]) => !there.has(folded))
    .map(([folded, name]) => ({
      name,
      actions: older.actions.filter(({ leads }) => leads.some((lead) => foldName(lead.name) === folded))
        .length,
    }))
    .sort((a, b) => b.actions - a.actions);
}
