import { refSortKey } from '../domain/refs';
import type { Problem, UnderstoodAction, UnderstoodLead, UnderstoodPlan } from '../domain/understood';
import { groupPartOf, makeRef } from './actionRefs';
import { checkActions, type PlacedAction } from './checkActions';
import { chooseTables } from './chooseTables';
import type { ColumnMap, Meaning } from './columns';
import { findNameVariants, type PrintedName } from './nameVariants';
import { nameThePlan } from './planTitle';
import { checkPrintedTotals, checkRedList } from './printedTotals';
import { habitsOf, readAction } from './readAction';
import { readLeads } from './readLeads';
import { RepeatedDoubts } from './repeatedDoubts';
import { readGroupText, splitLeadingRef, tidyGroupRef } from './rowKinds';
import { placeOf, problem, quote, type Table } from './tables';
import { type Placed, type RawAction, type RawGroup, type TableWalk, walkTable } from './walkTable';

/** A group while the file is being read. */
interface GroupDraft {
  ref: string;
  title: string;
  where: string;
  readonly leads: UnderstoodLead[];
  /** Texts of leads that have been read already: a column repeats them on each row. */
  readonly seenLeads: Set<string>;
}

/**
 * Makes a plan of a file's tables. Pure: the same tables give the same plan and the same problems. It never throws and
 * never drops a row in silence; where no action can be found, one error says what was looked for.
 */
export function understandTables(tables: readonly Table[], fileName: string): UnderstoodPlan {
  const { chosen, problems: choices } = chooseTables(tables.map(walkTable));
  const naming = nameThePlan(chosen, fileName);
  const problems: Problem[] = [...choices, ...chosen.flatMap((walk) => walk.problems)];
  const groups = new Groups(problems);
  const placed = chosen.flatMap((walk) => readActions(walk, chosen.length, groups, problems));
  const actions = placed.map(({ action }) => action);
  const understoodGroups = groups.list(actions);
  const names = groups
    .printedNames()
    .concat(placed.flatMap(({ action, where }) => action.leads.map(({ name }) => ({ name, where }))));
  return {
    plan: naming,
    groups: understoodGroups,
    actions,
    measures: [],
    people: peopleOf(understoodGroups, actions),
    problems: inOrder([
      ...(actions.length === 0 ? [nothingFound(tables)] : []),
      ...problems,
      ...groups.repeated.list(),
      ...columnProblems(chosen, placed),
      ...emptyGroups(chosen),
      ...checkActions(placed, understoodGroups, naming.asOf),
      ...findNameVariants(names),
      ...chosen.flatMap(({ totals }) => totals.flatMap((printed) => checkPrintedTotals(printed, actions))),
      ...checkRedList(
        chosen.flatMap(({ redList }) => redList),
        actions,
      ),
    ]),
  };
}

/** A plan in which nothing was found, for the reasons given. */
export function emptyPlan(fileName: string, problems: readonly Problem[]): UnderstoodPlan {
  return {
    plan: nameThePlan([], fileName),
    groups: [],
    actions: [],
    measures: [],
    people: [],
    problems,
  };
}

function nothingFound(tables: readonly Table[]): Problem {
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const looked =
    'a header row with a column for the ref or the action (Ref, Action, Title …) and at least one for who, when or how far (Lead, Target date, RAG, % complete, Progress …), and rows below it';
  return problem(
    'error',
    'the file',
    `No actions were found in ${rows} rows. Steward looked for ${looked}. Add such a header above the actions.`,
  );
}

/** Reads the actions of one table, gives each its group, and a ref where it has none. */
function readActions(
  walk: TableWalk,
  tableCount: number,
  groups: Groups,
  problems: Problem[],
): PlacedAction[] {
  const habits = habitsOf(walk.actions);
  if (habits.hasFractions) {
    problems.push(
      problem(
        'warning',
        placeOf(walk.table),
        'The percentages are written as fractions (0.75): they were read as 75% and so on.',
      ),
    );
  }
  const printed = new Set(walk.actions.flatMap(({ ref }) => (ref === null ? [] : [refSortKey(ref)])));
  const sheetGroup = groupOfSheet(walk, tableCount);
  const placed: PlacedAction[] = [];
  let before: { readonly ref: string; readonly group: string; readonly isPrinted: boolean } | null = null;
  for (const raw of walk.actions) {
    const group = groups.of(raw, sheetGroup);
    const after: string | null = before?.group === group && before.isPrinted ? before.ref : null;
    const ref: string =
      raw.ref ?? makeRef(after, group, (one) => printed.has(refSortKey(one)) || groups.isTaken(one));
    const { content, problems: own } = readAction(raw, ref, habits, groups.repeated);
    groups.take(ref);
    if (raw.ref === null && raw.header.columns.has('ref')) {
      const said = raw.refNote === '' ? 'has no ref' : `has ${quote(raw.refNote)} in place of a ref`;
      problems.push(
        problem(
          'warning',
          raw.where,
          `The row ${said}: it was given ${ref}. Write a ref of your own in the file to keep it stable.`,
        ),
      );
    }
    problems.push(...own);
    placed.push({ where: raw.where, action: { ref, group, ...content } });
    before = { ref, group, isPrinted: raw.ref !== null };
  }
  const withoutRefs = walk.actions.filter((raw) => raw.ref === null && !raw.header.columns.has('ref')).length;
  if (withoutRefs > 0) {
    problems.push(
      problem(
        'note',
        placeOf(walk.table),
        `${withoutRefs} actions have no refs in the file: they were numbered within their groups, in the file’s order.`,
      ),
    );
  }
  return placed;
}

/** Where each sheet is a group of its own, the sheet's name tells which. */
function groupOfSheet(walk: TableWalk, tableCount: number): RawGroup | null {
  if (tableCount < 2 || walk.table.name === '') return null;
  const { name } = walk.table;
  const short = /^(?:p|pr|ws)\s?(\d{1,2})$/i.exec(name)?.[1];
  const heading = short
    ? { ref: short, title: '' }
    : (readGroupText(name) ?? splitLeadingRef(name) ?? { ref: '', title: name });
  return { ...heading, leads: [], where: `sheet ${name}` };
}

/** The groups of a plan as they come up: by a heading, by a column, by the sheet, or by the first step of a ref. */
class Groups {
  readonly repeated = new RepeatedDoubts();
  private readonly drafts: GroupDraft[] = [];
  private readonly names: PrintedName[] = [];
  private readonly taken = new Set<string>();
  /** The last group that a column named: a blank cell below it means the same one. */
  private fromColumn: { header: ColumnMap; group: GroupDraft } | null = null;

  constructor(private readonly problems: Problem[]) {}

  /** The ref of an action's group. */
  of(raw: RawAction, sheetGroup: RawGroup | null): string {
    const group =
      this.byColumn(raw) ?? this.byHeading(raw.group) ?? this.byHeading(sheetGroup) ?? this.byRef(raw);
    this.addLeads(group, raw.fields.get('groupLead'));
    return group.ref;
  }

  take(ref: string): void {
    this.taken.add(refSortKey(ref));
  }

  isTaken(ref: string): boolean {
    return this.taken.has(refSortKey(ref));
  }

  printedNames(): PrintedName[] {
    return this.names;
  }

  /** The groups that have actions, in the file's order. */
  list(actions: readonly UnderstoodAction[]): UnderstoodPlan['groups'] {
    const used = new Set(actions.map(({ group }) => group));
    return this.drafts
      .filter(({ ref }) => used.has(ref))
      .map(({ ref, title, leads }) => ({
        ref,
        title,
        leads: leads.map(({ name, role }) => ({ name, role })),
      }));
  }

  private byColumn(raw: RawAction): GroupDraft | null {
    const [label, title] = [raw.fields.get('group')?.text ?? '', raw.fields.get('groupTitle')?.text ?? ''];
    if (label === '' && title === '') {
      const isSameTable = this.fromColumn?.header === raw.header && raw.group === null;
      return isSameTable ? (this.fromColumn?.group ?? null) : null;
    }
    const group = this.find(readGroupCell(label, title), raw.fields.get('group')?.where ?? raw.where);
    this.fromColumn = { header: raw.header, group };
    return group;
  }

  private byHeading(heading: RawGroup | null): GroupDraft | null {
    if (!heading) return null;
    const group = this.find(heading, heading.where);
    for (const leads of heading.leads) this.addLeads(group, leads);
    return group;
  }

  private byRef(raw: RawAction): GroupDraft {
    const part = raw.ref === null ? null : groupPartOf(raw.ref);
    if (part !== null) return this.find({ ref: part, title: '' }, raw.where);
    return this.find({ ref: '', title: 'All actions' }, raw.where);
  }

  private find({ ref, title }: Pick<RawGroup, 'ref' | 'title'>, where: string): GroupDraft {
    const known = this.drafts.find((draft) =>
      ref === '' ? draft.title.toLowerCase() === title.toLowerCase() : draft.ref === ref,
    );
    if (known) {
      if (known.title === '') known.title = title;
      return known;
    }
    const made: GroupDraft = {
      ref: ref === '' ? this.freeRef() : ref,
      title,
      where,
      leads: [],
      seenLeads: new Set(),
    };
    if (ref === '') {
      this.problems.push(
        problem(
          'note',
          where,
          `The group ${quote(title)} has no ref in the file: it is called ${made.ref} here.`,
        ),
      );
    }
    this.drafts.push(made);
    return made;
  }

  private freeRef(): string {
    let count = 1;
    while (this.drafts.some(({ ref }) => ref === String(count))) count += 1;
    return String(count);
  }

  private addLeads(group: GroupDraft, cell: Placed | undefined): void {
    if (!cell || cell.text === '' || group.seenLeads.has(cell.text)) return;
    group.seenLeads.add(cell.text);
    const reading = readLeads(cell.text);
    this.repeated.addLeads(reading, cell.where);
    for (const lead of reading.leads) {
      if (group.leads.some(({ name }) => name === lead.name)) continue;
      group.leads.push(lead);
      this.names.push({ name: lead.name, where: cell.where });
    }
  }
}

/** A group from its cells: `1` and its title, `Priority 1: title`, `1. title`, or a title alone. */
function readGroupCell(label: string, title: string): { ref: string; title: string } {
  const named =
    readGroupText(label) ??
    (/^[A-Z]{0,3}\d{1,2}[a-z]?\.?$|^[A-Z]$/i.test(label)
      ? { ref: tidyGroupRef(label.replace(/\.$/, '')), title: '' }
      : null);
  if (named) return { ref: named.ref, title: title || named.title };
  const leading = splitLeadingRef(label === '' ? title : label);
  if (leading) return { ref: leading.ref, title: label !== '' && title !== '' ? title : leading.title };
  return { ref: '', title: title || label };
}

/** Everybody that the plan names, each name once, with the first role that is printed for it. */
function peopleOf(
  groups: UnderstoodPlan['groups'],
  actions: readonly UnderstoodAction[],
): UnderstoodPlan['people'] {
  const roles = new Map<string, string | null>();
  for (const { name, role } of [
    ...groups.flatMap(({ leads }) => leads),
    ...actions.flatMap(({ leads }) => leads),
  ]) {
    roles.set(name, roles.get(name) ?? role);
  }
  return [...roles].map(([name, role]) => ({ code: null, name, role, organisation: null }));
}

/** What the headers lack or hold besides, said once for each header. */
function columnProblems(walks: readonly TableWalk[], placed: readonly PlacedAction[]): Problem[] {
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
function emptyGroups(walks: readonly TableWalk[]): Problem[] {
  return walks.flatMap(({ groups, actions }) =>
    groups
      .filter((group) => actions.length > 0 && !actions.some((action) => action.group === group))
      .map(({ ref, title, where }) =>
        problem(
          'note',
          where,
          `The heading ${quote(`${ref} ${title}`)} has no actions of its own: it was left out.`,
        ),
      ),
  );
}

const UNUSED: readonly Meaning[] = ['aside', 'partners', 'resources', 'evidence'];

function unusedColumns(headers: readonly ColumnMap[], where: string): Problem[] {
  const names = new Set<string>();
  for (const { columns, headers: texts, unknown } of headers) {
    const left = [...unknown, ...UNUSED.flatMap((meaning) => columns.get(meaning) ?? [])].sort(
      (a, b) => a - b,
    );
    for (const column of left) names.add(quote(texts.get(column) ?? ''));
  }
  if (names.size === 0) return [];
  return [problem('note', where, `Columns that were not read: ${[...names].join(', ')}.`)];
}

/** Errors first, then warnings, then notes; within each as they were found. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const order = ['error', 'warning', 'note'];
  return [...problems].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
