import type { Problem } from '../domain/understood';
import { foldHeader, periodIn } from './headerWords';
import type { TableWalk } from './rawPlan';
import { placeOf, problem } from './tables';

/** Sheets that stand beside a plan: what looks like actions in them belongs to something else. */
const BESIDE =
  /\b(?:risks?|kpis?|measures?|dashboard|look ?ups?|lists?|glossary|contacts?|guidance|instructions?|change log|versions?|archived?|history|audit|decisions?|issues log|template)\b/i;

/**
 * Chooses the tables that make the plan: where other sheets have actions, those of risks, archives and the like are left out, and of
 * sheets that hold the same actions (one for each month) the latest is taken. What is left out is said. `own` are sheets of a tracker that
 * Steward made: they are known for what they are, and all taken.
 */
export function chooseTables(
  walks: readonly TableWalk[],
  own: readonly TableWalk[] = [],
): { chosen: TableWalk[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const leaveOut = (walk: TableWalk, why: string): void => {
    problems.push(problem('note', placeOf(walk.table), `The sheet was left out: ${why}.`));
  };
  const isMain = ({ actions, table }: TableWalk): boolean => actions.length > 0 && !BESIDE.test(table.name);
  const hasMain = own.length > 0 || walks.some(isMain);
  const inScope = walks.filter((walk) => {
    if (walk.actions.length === 0) {
      if (walk.table.rows.length > 0 && walk.totals.length === 0 && walks.length > 1 && own.length === 0)
        leaveOut(walk, 'it has no table of actions');
      return true;
    }
    if (!hasMain || isMain(walk)) return true;
    leaveOut(walk, 'by its name it holds something else than the plan’s actions');
    return false;
  });
  const older = olderCopies(inScope.filter(({ actions }) => actions.length > 0));
  for (const { walk, newer } of older)
    leaveOut(walk, `it holds the same actions as sheet ${newer.table.name}, which was read`);
  const rest = inScope.filter((walk) => !older.some((copy) => copy.walk === walk));
  return { chosen: [...own, ...rest], problems };
}

/** Sheets most of whose refs stand in another sheet too, which is of a later month or, without months, comes first. */
function olderCopies(walks: readonly TableWalk[]): { walk: TableWalk; newer: TableWalk }[] {
  const newestFirst = walks
    .map((walk, index) => ({ walk, index, period: periodIn(walk.table.name) ?? '' }))
    .sort((a, b) => (a.period === b.period ? a.index - b.index : a.period < b.period ? 1 : -1))
    .map(({ walk }) => walk);
  const kept: TableWalk[] = [];
  const older: { walk: TableWalk; newer: TableWalk }[] = [];
  for (const walk of newestFirst) {
    const newer = kept.find((one) => sharesMostRefs(walk, one));
    if (newer) older.push({ walk, newer });
    else kept.push(walk);
  }
  return older;
}

function sharesMostRefs(walk: TableWalk, other: TableWalk): boolean {
  const known = new Set(other.actions.flatMap(({ ref }) => ref ?? []));
  const refs = walk.actions.flatMap(({ ref }) => ref ?? []);
  // Sheets that each count their actions from 1 share refs and are no copies: only dotted refs tell.
  const dotted = refs.filter((ref) => /\d[.\-/]\d/.test(ref));
  const isCopy = dotted.length >= 2 && dotted.filter((ref) => known.has(ref)).length > dotted.length / 2;
  return isCopy && !isOfOtherGroups(walk, other) && sharesTitles(walk, other);
}

/** Whether two sheets name the groups that they are of, and none of these is in both. */
function isOfOtherGroups(walk: TableWalk, other: TableWalk): boolean {
  const names = ({ groups }: TableWalk): string[] => groups.map(({ ref, title }) => ref || foldHeader(title));
  const [own, others] = [names(walk), names(other)];
  return own.length > 0 && others.length > 0 && !own.some((name) => others.includes(name));
}

/** Whether some of the actions that two sheets both number so are called the same, too: else each sheet counts anew from 1.1. */
function sharesTitles(walk: TableWalk, other: TableWalk): boolean {
  const titles = ({ actions }: TableWalk): Map<string, string> =>
    new Map(
      actions.flatMap(({ ref, fields }): [string, string][] =>
        ref === null ? [] : [[ref, foldHeader(fields.get('title')?.text ?? '')]],
      ),
    );
  const others = titles(other);
  const shared = [...titles(walk)].filter(([ref]) => others.has(ref));
  return shared.filter(([ref, title]) => others.get(ref) === title).length >= shared.length * 0.3;
}
