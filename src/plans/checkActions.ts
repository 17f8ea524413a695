import { refSortKey } from '../domain/refs';
import type { Problem, UnderstoodAction, UnderstoodPlan } from '../domain/understood';
import { problem, quote, shortPlace } from './tables';

/** An action with the place that its row has in the file. */
export interface PlacedAction {
  readonly action: UnderstoodAction;
  readonly where: string;
}

/**
 * What is odd about a plan's actions taken together, or about what one says of itself: refs that repeat, pointers to
 * rows that are missing, percentages and statuses that contradict each other, dates that are past, nobody to ask.
 */
export function checkActions(
  actions: readonly PlacedAction[],
  groups: UnderstoodPlan['groups'],
  asOf: string | null,
): Problem[] {
  const known = new Set([
    ...actions.map(({ action }) => refSortKey(action.ref)),
    ...groups.map(({ ref }) => refSortKey(ref)),
  ]);
  return [
    ...findDuplicates(actions),
    ...actions.flatMap((placed) => [
      ...checkPointers(placed, known),
      ...checkProgress(placed),
      ...checkDate(placed, asOf),
    ]),
    ...checkLeads(actions, groups),
  ];
}

/** All that have the key of one before them, each with the first that has it. */
function repeated(
  actions: readonly PlacedAction[],
  keyOf: (placed: PlacedAction) => string,
): { readonly placed: PlacedAction; readonly first: PlacedAction }[] {
  const firsts = new Map<string, PlacedAction>();
  return actions.flatMap((placed) => {
    const key = keyOf(placed);
    const first = firsts.get(key);
    if (first) return [{ placed, first }];
    firsts.set(key, placed);
    return [];
  });
}

function findDuplicates(actions: readonly PlacedAction[]): Problem[] {
  const again = repeated(actions, ({ action }) => refSortKey(action.ref));
  const [example] = again;
  const isOnceInGroup =
    repeated(actions, ({ action }) => `${action.group}|${refSortKey(action.ref)}`).length === 0;
  // A plan that counts from 1 in each group does so all through.
  if (example && again.length >= 2 && isOnceInGroup) {
    const { action, where } = example.placed;
    const message = `The refs begin again in each group: ${again.length} actions have a ref that another has, too (as ${action.ref}). They are kept as they are printed; to tell them apart by ref, put the group’s before it in the file (${action.group}.${action.ref}).`;
    return [problem('warning', where, message)];
  }
  return again.map(({ placed, first }) => {
    const message = `Ref ${placed.action.ref} stands twice: it is also in ${shortPlace(first.where)}. Both rows are kept as actions of their own; give one another ref.`;
    return problem('warning', placed.where, message);
  });
}

function checkPointers({ action, where }: PlacedAction, known: ReadonlySet<string>): Problem[] {
  const missing = action.see
    .filter((ref) => !known.has(refSortKey(ref)))
    .map((ref) =>
      problem('warning', where, `Action ${action.ref} points at ${ref}, which has no row in this file.`),
    );
  const ofItself = action.see.includes(action.ref)
    ? [problem('warning', where, `Action ${action.ref} points at itself.`)]
    : [];
  return [...missing, ...ofItself];
}

function checkProgress({ action, where }: PlacedAction): Problem[] {
  const { ref, status, percent } = action;
  if (percent === 100 && status.key !== 'blue') {
    const says = status.key === null ? 'it has no status' : `its status is ${statusWords(status)}`;
    return [
      problem(
        'warning',
        where,
        `Action ${ref} is at 100%, but ${says}: if it is delivered it should be blue.`,
      ),
    ];
  }
  if (status.key === 'blue' && percent !== null && percent < 100) {
    return [
      problem(
        'warning',
        where,
        `Action ${ref} is ${statusWords(status)} (delivered) at ${percent}%: mend the status or the percentage.`,
      ),
    ];
  }
  return [];
}

/** A date is past when it lies before the month that the file speaks of. */
function checkDate({ action, where }: PlacedAction, asOf: string | null): Problem[] {
  if (asOf === null || action.status.key === 'blue') return [];
  const date = action.revised ?? action.planned;
  if (!date?.due || date.due >= `${asOf}-01`) return [];
  const kind = action.revised ? 'revised' : 'planned';
  const status = action.status.key === null ? 'has no status' : `is ${statusWords(action.status)}`;
  return [
    problem(
      'warning',
      where,
      `Action ${action.ref} is past its ${kind} date (${inLine(date.text)}) as at ${asOf}, and ${status}: it needs a new date or a new status.`,
    ),
  ];
}

function statusWords({ text, key }: UnderstoodAction['status']): string {
  return inLine(text) || (key ?? 'without a status');
}

/** In one line, and short: cells may hold several. */
function inLine(text: string): string {
  return quote(text).slice(1, -1);
}

/** Actions that nobody can be asked for: each by itself where they are few, in one list where they are many. */
function checkLeads(actions: readonly PlacedAction[], groups: UnderstoodPlan['groups']): Problem[] {
  const led = new Set(groups.flatMap(({ ref, leads }) => (leads.length > 0 ? [ref] : [])));
  const leaderless = actions.filter(({ action }) => {
    const isPointer = action.see.length > 0 && action.status.key === null && action.percent === null;
    return action.leads.length === 0 && !led.has(action.group) && !isPointer;
  });
  const [first] = leaderless;
  if (first === undefined) return [];
  if (leaderless.length <= FEW)
    return leaderless.map(({ action, where }) =>
      problem(
        'warning',
        where,
        `Action ${action.ref} has no lead, and its group has none: nobody can be asked for it.`,
      ),
    );
  const which =
    leaderless.length === actions.length
      ? 'No action has a lead, and no group has one'
      : `${leaderless.length} actions have no lead, and their groups have none (${leaderless.map(({ action }) => action.ref).join(', ')})`;
  return [problem('warning', first.where, `${which}: nobody can be asked for them.`)];
}

/** Problems of one kind that a person reads one by one; more are put in a list. */
const FEW = 5;
