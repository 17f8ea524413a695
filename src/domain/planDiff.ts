import { matchByRefs, matchByWords } from './actionMatch';
import { type ChangedField, changesOf, comparedFields } from './changedFields';
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

/**
 * Compares a plan with a newer one, such as this month's tracker: what is missing, added, changed or renumbered, whose leads changed, who has
 * gone. Never by ref alone where both print titles: words decide then. Where one prints none, refs count, unless the dates of
 * neighbouring rows say that the rows were renumbered (two swapped, or several shifted), but for rows under the parents of `notRenumbered`,
 * of which somebody said that they were not (see `parentOf`). Pure; people are told apart by name.
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
