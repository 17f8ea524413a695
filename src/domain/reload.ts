import type { Period } from './period';
import type { Action, Group, LeadKey, Plan } from './plan';
import { type ActionMatch, type ComparedPlan, comparePlans, type PlanDiff } from './planDiff';
import { distinctLeads, namedLead, printedFrom } from './planFromFile';
import type { FullAction, FullPlan } from './understood';
import type { FileSays } from './update';

/**
 * Loading a plan again: what a new file changes in a plan that is stored. Everything is decided here, from the plan as it stands, and carried
 * out by `app/goOnWithReload.ts`. See docs/decisions for what wins where the file and Steward differ.
 */

/** What somebody chose when they confirmed. */
export interface ReloadChoices {
  /** Actions of the plan that the file has no row for: they have left the plan, or the file forgot them; or the ids of those that have left. */
  readonly missing: 'leave' | 'keep' | readonly string[];
  /** Where a lead has answered in Steward since the file was made: their words, or the file's. */
  readonly answered: 'ours' | 'file';
}

/** What a file says of an action otherwise. */
export type FileFields = Pick<Action, 'ref' | 'group' | 'title' | 'leads' | 'planned' | 'see' | 'printed'>;

/** An action that the file has a row for. */
export interface ReloadMatch {
  readonly before: Action;
  /** Its place in the file. */
  readonly at: number;
  readonly by: ActionMatch['by'];
  readonly fields: FileFields;
  readonly says: FileSays;
  /** It was answered in Steward since the file was made, and the file says something else. */
  readonly contested: boolean;
  /** Steward handed it to others since the plan was loaded, and the file still names the former leads: who leads it stays. */
  readonly handedOver: boolean;
  /** It had left the plan, and is back. */
  readonly back: boolean;
  readonly changes: ActionMatch['changes'];
}

/** What a file would change. Refs are in the order in which people count. */
export interface ReloadDiff {
  readonly matches: readonly ReloadMatch[];
  readonly added: readonly { readonly at: number; readonly ref: string; readonly title: string }[];
  /** Actions of the plan that no row of the file stands for. */
  readonly missing: readonly Action[];
  /** Refs of the plan that have no row in the file; `perhaps` is the ref that the action goes on under. */
  readonly noRow: PlanDiff['missing'];
  readonly leads: PlanDiff['leads'];
  readonly gone: PlanDiff['gone'];
  readonly groups: readonly Group[];
  /** The matches whose ref is another one now. */
  readonly moved: readonly ActionMatch[];
}

/** A stored plan as {@link comparePlans} takes it. */
export function comparedPlan(plan: Pick<Plan, 'groups'>, actions: readonly Action[]): ComparedPlan {
  return { groups: plan.groups, actions };
}

/** Compares a plan as it stands with a file. `actions` may hold those that have left: they can come back. `notRenumbered`: see {@link comparePlans}. Pure. */
export function diffPlan(
  plan: Pick<Plan, 'groups'>,
  actions: readonly Action[],
  file: FullPlan,
  asOf: Period | null,
  notRenumbered: ReadonlySet<string> = new Set(),
): ReloadDiff {
  const there = actions.filter(({ left }) => !left);
  const diff = comparePlans(comparedPlan(plan, there), file, notRenumbered);
  const changesAt = new Map(diff.matches.map(({ at, changes }) => [at.after, changes]));
  const backs = backAgain(actions, file, new Set(changesAt.keys()));
  const groups = mergedGroups(plan.groups, file);
  const has = columnsOf(file);
  const matchOf = (before: Action, at: number, by: ActionMatch['by'], back: boolean): ReloadMatch[] => {
    const row = file.actions[at];
    if (!row) return [];
    const { fields, handedOver } = fieldsFrom(row, before, has);
    const says = saysOf(row, before);
    return [
      {
        before,
        at,
        by,
        fields,
        says,
        contested: isAnsweredSince(before, asOf) && Object.keys(says).length > 0,
        handedOver,
        back,
        changes: (changesAt.get(at) ?? []).filter(
          ({ after, field }) => after !== '' && !(field === 'leads' && handedOver),
        ),
      },
    ];
  };
  const matches = [
    ...diff.matches.flatMap(({ at, by }) => {
      const before = there[at.before];
      return before ? matchOf(before, at.after, by, false) : [];
    }),
    ...backs.flatMap(({ before, at }) => matchOf(before, at, 'words', true)),
  ];
  const matched = new Set(matches.map(({ before }) => before.id));
  const isTaken = new Set(matches.map(({ at }) => at));
  return {
    matches,
    added: file.actions.flatMap(({ ref, title }, at) => (isTaken.has(at) ? [] : [{ at, ref, title }])),
    missing: there.filter(({ id }) => !matched.has(id)),
    noRow: diff.missing,
    leads: diff.leads,
    gone: diff.gone,
    groups,
    moved: diff.moved,
  };
}

/** Whether somebody has answered for an action in Steward in the file's month or later; a file without a month is older than any answer. */
export function isAnsweredSince(action: Pick<Action, 'updatedIn'>, asOf: Period | null): boolean {
  return action.updatedIn !== null && (asOf === null || action.updatedIn >= asOf);
}

/** The groups after loading: the file's, and the plan's own that it does not name. A blank title or no leads say nothing. */
export function mergedGroups(stored: readonly Group[], file: Pick<FullPlan, 'groups'>): Group[] {
  const byRef = new Map(stored.map((group) => [group.ref, group]));
  const named = file.groups.map(({ ref, title, leads }): Group => {
    const known = byRef.get(ref);
    const own = distinctLeads(leads.map((lead) => namedLead({ ...lead, kind: 'lead' })));
    return {
      ...known,
      ref,
      title: title || known?.title || '',
      leads: own.length > 0 ? own : (known?.leads ?? []),
    };
  });
  const refs = new Set(named.map(({ ref }) => ref));
  return [...named, ...stored.filter(({ ref }) => !refs.has(ref))];
}

/** Actions that had left and stand in the file again, by their words and their ref. */
function backAgain(
  actions: readonly Action[],
  file: FullPlan,
  taken: ReadonlySet<number>,
): { before: Action; at: number }[] {
  const left = actions.filter((action) => action.left);
  const free = file.actions.map((_, at) => at).filter((at) => !taken.has(at));
  const rows = free.flatMap((at) => file.actions[at] ?? []);
  const { matches } = comparePlans({ groups: [], actions: left }, { groups: [], actions: rows });
  return matches.flatMap(({ at }) => {
    const before = left[at.before];
    const place = free[at.after];
    return before && place !== undefined ? [{ before, at: place }] : [];
  });
}

/** Whether a file has a column for something: a column that is blank from top to bottom is none. */
interface Columns {
  readonly title: boolean;
  readonly leads: boolean;
}

function columnsOf({ actions }: FullPlan): Columns {
  return {
    title: actions.some(({ title }) => title !== ''),
    leads: actions.some(({ leads }) => leads.length > 0),
  };
}

/**
 * What the file says of an action beside what people answer for. Blank cells say nothing. A lead whom Steward's hand-over put there stays
 * while the file names those of the last load.
 */
function fieldsFrom(
  row: FullAction,
  before: Action,
  has: Columns,
): { fields: FileFields; handedOver: boolean } {
  const named = distinctLeads(row.leads.map(namedLead));
  // What the file prints of it goes over what was printed before, the cells as they stood with it.
  const printed = { ...before.printed, ...printedFrom(row) };
  const base = before.loaded?.leads;
  const handedOver =
    base !== undefined &&
    named.length > 0 &&
    sameKeys(
      named.map(({ key }) => key),
      base,
    ) &&
    !sameKeys(
      before.leads.map(({ key }) => key),
      base,
    );
  const leads = handedOver || !has.leads || named.length === 0 ? before.leads : named;
  return {
    handedOver,
    fields: {
      ref: row.ref || before.ref,
      group: row.group || before.group,
      title: row.title || before.title,
      leads,
      planned: row.planned ?? before.planned,
      see: row.see.length > 0 ? row.see : before.see,
      ...(Object.keys(printed).length > 0 ? { printed } : {}),
    },
  };
}

/** What of the monthly things the file says, and says otherwise than the plan. */
function saysOf(row: FullAction, before: Action): FileSays {
  const { status, percent, narrative, revised, barriers } = row;
  return {
    ...(status.key !== null && status.key !== before.status.key ? { status } : {}),
    ...(percent !== null && percent !== before.percent ? { percent } : {}),
    ...(narrative !== '' && narrative !== before.narrative ? { narrative } : {}),
    ...(revised !== null && !sameDate(revised, before.revised) ? { revised } : {}),
    ...(barriers !== '' && barriers !== before.barriers ? { barriers } : {}),
  };
}

function sameDate(a: NonNullable<Action['revised']>, b: Action['revised']): boolean {
  return a.text === b?.text || (a.due !== null && a.due === b?.due);
}

function sameKeys(a: readonly LeadKey[], b: readonly LeadKey[]): boolean {
  return a.length === b.length && a.every((key) => b.includes(key));
}
