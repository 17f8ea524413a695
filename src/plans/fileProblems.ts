import type { Problem } from '../domain/understood';
import type { PlacedAction } from './checkActions';
import type { ColumnMap } from './columns';
import type { Meaning } from './headerWords';
import type { RawSection, TableWalk } from './rawPlan';
import { filledColumns, placeOf, problem, quote, type Table, textAt } from './tables';

/** That a file holds no action, with what was looked for. */
export function nothingFound(tables: readonly Table[]): Problem {
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const looked =
    'a header row with a column for the ref or the action (Ref, Action, Title …) and at least one for who, when or how far (Lead, Target date, RAG, % complete, Progress …), and rows below it';
  return problem(
    'error',
    'the file',
    `No actions were found in ${rows} rows. Steward looked for ${looked}. Add such a header above the actions.`,
  );
}

/** What the headers lack or hold besides, said once for each header. */
export function columnProblems(walks: readonly TableWalk[], placed: readonly PlacedAction[]): Problem[] {
  return walks.flatMap(({ table, headers, actions }) => {
    if (actions.length === 0) return [];
    const where = placeOf(table);
    const has = (meaning: Meaning): boolean => headers.some(({ columns }) => columns.has(meaning));
    const problems: Problem[] = [];
    if (!has('title') && !has('outcome')) {
      problems.push(
        problem(
          'note',
          where,
          'The file has no column for what each action is: titles are left blank, and the ref stands for the action.',
        ),
      );
    }
    if (!has('status') && !has('narrativeAndStatus'))
      problems.push(
        problem('note', where, 'No column for a status (RAG) was found: every action is without one.'),
      );
    if (!has('percent'))
      problems.push(
        problem('note', where, 'No column for a percentage was found: every action is without one.'),
      );
    if (!has('planned') && !has('revised'))
      problems.push(problem('warning', where, 'No column for dates was found: no action has a due date.'));
    const places = new Set(actions.map((raw) => raw.where));
    const own = placed.filter((one) => places.has(one.where));
    const noStatus = own.filter(
      ({ action }) => action.status.key === null && action.status.text === '',
    ).length;
    if (noStatus > 0 && (has('status') || has('narrativeAndStatus'))) {
      const which = noStatus === own.length ? 'every row' : `${noStatus} of ${own.length} rows`;
      problems.push(
        problem('note', where, `The status cell is blank in ${which}: these count as “No status”.`),
      );
    }
    return [...problems, ...unusedColumns(headers, where)];
  });
}

/** Headings over no action: a level above the groups, or a group whose table could not be read. */
export function emptyGroups(walks: readonly TableWalk[]): Problem[] {
  return walks.flatMap(({ groups, actions, sections, items }) =>
    groups
      .filter(
        (group) =>
          actions.length > 0 && ![...actions, ...sections, ...items].some((one) => one.group === group),
      )
      .map(({ ref, title, where }) =>
        problem(
          'note',
          where,
          `The heading ${quote(`${ref} ${title}`)} has no actions of its own: it was left out.`,
        ),
      ),
  );
}

/** What the tables of risks and versions say is nobody's business here: that they were passed over is said. */
export function sectionNotes(sections: readonly RawSection[]): Problem[] {
  return sections
    .filter(({ kind }) => kind === 'risks' || kind === 'versions')
    .map(({ kind, where, header }) => {
      const words = header
        ? filledColumns(header)
            .map((column) => textAt(header, column))
            .join(' | ')
        : '';
      return problem('note', where, `A table of ${kind} begins here (${quote(words)}): it was not read.`);
    });
}

const UNUSED: readonly Meaning[] = ['aside'];

function unusedColumns(headers: readonly ColumnMap[], where: string): Problem[] {
  const names = new Set<string>();
  for (const { columns, headers: texts, unknown } of headers) {
    const left = [...unknown, ...UNUSED.flatMap((meaning) => columns.get(meaning) ?? [])].sort(
      (a, b) => a - b,
    );
    for (const column of left)
      names.add(quote(texts.get(column) ?? `column ${column + 1}, without a header`));
  }
  if (names.size === 0) return [];
  return [problem('note', where, `Columns that were not read: ${[...names].join(', ')}.`)];
}

/** Errors first, then warnings, then notes; within each as they were found. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const order = ['error', 'warning', 'note'];
  return [...problems].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
