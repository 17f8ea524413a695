import { refSortKey } from '../domain/refs';
import { readTargetDate } from '../domain/targetDate';
import type { FullAction, FullPlan, Problem, UnderstoodMilestone } from '../domain/understood';
import { RefMaker, readRef } from './actionRefs';
import { checkActions, type PlacedAction } from './checkActions';
import { chooseTables } from './chooseTables';
import { columnProblems, emptyGroups, inOrder, nothingFound, sectionNotes } from './fileProblems';
import { Glossary } from './glossary';
import { Groups } from './groups';
import { foldHeader } from './headerWords';
import { findNameVariants } from './nameVariants';
import { walkOwnSheet } from './ownActions';
import { type OwnLists, type OwnParts, partOwnLists } from './ownLists';
import { partCells } from './partCells';
import { nameThePlan } from './planTitle';
import { checkPrintedTotals, checkRedList } from './printedTotals';
import type { RawAction, RawGroup, RawSection, TableWalk } from './rawPlan';
import { habitsOf, questionOf, readAction } from './readAction';
import { measureOfItem, readMeasures } from './readMeasures';
import { type KnownPerson, readPeople, readPersonLine } from './readPeople';
import { readAssurance, readRecommendations } from './readSections';
import { readStatusText } from './readStatusText';
import { readGroupText, splitLeadingRef } from './rowKinds';
import { scaleOf } from './scaleOf';
import { placeOf, problem, quote, type Table } from './tables';
import { walkTable } from './walkTable';

/**
 * Makes a plan of a file's tables. Pure: the same tables give the same plan and the same problems. It never throws and
 * never drops a row in silence; where no action can be found, one error says what was looked for.
 */
export function understandTables(tables: readonly Table[], fileName: string): FullPlan {
  const { own, others: printed } = partOwnLists(tables);
  const ownSheets = own ? printed.flatMap((table) => walkOwnSheet(table, own) ?? []) : [];
  const isOwn = (table: Table): boolean => ownSheets.some((walk) => walk.table === table);
  const { chosen, problems: choices } = chooseTables(
    printed.filter((table) => !isOwn(table)).map(walkTable),
    ownSheets,
  );
  const naming = nameThePlan(chosen, fileName);
  const problems: Problem[] = [...choices, ...chosen.flatMap((walk) => walk.problems)];
  const sections = chosen.flatMap((walk) => walk.sections);
  const glossary = new Glossary(
    [...(own?.people() ?? []), ...peopleIn(chosen, sections)],
    (text) => own?.leadsIn(text) ?? null,
  );
  const groups = new Groups(problems, glossary);
  for (const outcome of chosen.flatMap((walk) => walk.outcomes)) groups.addOutcome(outcome);
  const read = chosen.flatMap((walk) => readActions(walk, chosen.length, groups, glossary, problems));
  const placed = own ? read.map((one) => withOwnLists(one, own)) : read;
  const actions = placed.map(({ action }) => action);
  const rest = readTheRest(chosen, sections, groups, glossary, placed, own);
  const others = [rest.measures, rest.assurance, rest.recommendations].flatMap((list) =>
    list.flatMap(({ group }: { readonly group: string | null }) => group ?? []),
  );
  const printedGroups = groups.list(actions, new Set(others));
  const understoodGroups = own ? own.groups(printedGroups, ownersBy(glossary, groups)) : printedGroups;
  const names = groups
    .printedNames()
    .concat(
      placed.flatMap(({ action, raw, where }) =>
        action.leads.map(({ name }) => ({ name, where: raw.fields.get('lead')?.where ?? where })),
      ),
    )
    .concat(glossary.people.map(({ name }) => ({ name, where: 'the glossary' })));
  const used = placed.map(({ action, raw }) => ({ ...action.status, question: questionOf(raw) }));
  const told = scaleOf(
    used,
    chosen.flatMap(({ meanings }) => meanings),
  );
  return {
    plan: naming,
    groups: understoodGroups,
    actions,
    ...rest,
    outcomes: own ? own.outcomesWith(groups.outcomes(), actions) : groups.outcomes(),
    people: peopleOf(glossary, understoodGroups, actions, own?.people() ?? []),
    scale: own ? own.scale(told) : told,
    problems: inOrder([
      ...(actions.length === 0 ? [nothingFound(printed)] : []),
      ...problems,
      ...groups.repeated.list(),
      ...columnProblems(chosen, placed),
      ...emptyGroups(chosen),
      ...sectionNotes(sections),
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
export function emptyPlan(fileName: string, problems: readonly Problem[]): FullPlan {
  return {
    plan: nameThePlan([], fileName),
    groups: [],
    actions: [],
    measures: [],
    people: [],
    outcomes: [],
    milestones: [],
    assurance: [],
    recommendations: [],
    scale: scaleOf([], []),
    problems,
  };
}

/** An action with its place and the row that it was read from. */
interface ReadAction extends PlacedAction {
  readonly action: FullAction;
  readonly raw: RawAction;
}

/** Reads the actions of one table, gives each its group, and a ref where it has none. */
function readActions(
  walk: TableWalk,
  tableCount: number,
  groups: Groups,
  glossary: Glossary,
  problems: Problem[],
): ReadAction[] {
  const own = partCells(walk.actions.filter((raw) => !isMilestone(raw, walk.actions)));
  const habits = habitsOf(own, walk.meanings);
  if (habits.hasFractions) {
    problems.push(
      problem(
        'warning',
        placeOf(walk.table),
        'The percentages are written as fractions (0.75): they were read as 75% and so on.',
      ),
    );
  }
  const printed = new Set(own.flatMap(({ ref }) => (ref === null ? [] : [refSortKey(ref)])));
  const sheetGroup = groupOfSheet(walk, tableCount);
  const isOutcomeGroup = outcomesAreGroups(own, sheetGroup);
  const refs = new RefMaker((one) => printed.has(refSortKey(one)) || groups.isTaken(one));
  const placed: ReadAction[] = [];
  let before: { readonly ref: string; readonly group: string; readonly isPrinted: boolean } | null = null;
  let outcomeRef = '';
  let lastGroup = '';
  for (const raw of own) {
    const group = groups.of(raw, sheetGroup, isOutcomeGroup);
    const after: string | null = before?.group === group && before.isPrinted ? before.ref : null;
    const printedOutcome = raw.fields.get('outcomeRef')?.text ?? '';
    if (printedOutcome !== '' || lastGroup !== group) outcomeRef = readRef(printedOutcome)?.ref ?? '';
    lastGroup = group;
    const ref: string = raw.ref ?? refs.make(after, stemOf(group, outcomeRef, raw.group !== null));
    const { content, problems: doubts } = readAction(raw, ref, habits, glossary, groups.repeated);
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
    problems.push(...doubts);
    const outcome = groups.outcomeOf(raw, ref, group, isOutcomeGroup);
    placed.push({ where: raw.where, raw, action: { ref, group, outcome, ...content } });
    before = { ref, group, isPrinted: raw.ref !== null };
  }
  const withoutRefs = own.filter((raw) => raw.ref === null && !raw.header.columns.has('ref')).length;
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

/** What the refs that are made within a group, or within an objective of it, begin with. */
function stemOf(group: string, outcomeRef: string, isInHeading: boolean): string {
  if (outcomeRef === '' || (outcomeRef === group && !isInHeading)) return group;
  return outcomeRef.startsWith(`${group}.`) || group === '' ? outcomeRef : `${group}.${outcomeRef}`;
}

/** A table of milestones stands beside the actions; where there is no other table, its rows are the actions. */
function isMilestone(raw: RawAction, all: readonly RawAction[]): boolean {
  return isOfMilestones(raw) && all.some((other) => !isOfMilestones(other));
}

function isOfMilestones({ header }: RawAction): boolean {
  const titles = (header.columns.get('title') ?? []).map((column) =>
    foldHeader(header.headers.get(column) ?? ''),
  );
  return titles.some((title) => /\bmilestones?\b/.test(title) && !/\bactions?\b/.test(title));
}

/** Objectives part the actions where no heading, column, sheet or ref does, and several actions share one. */
function outcomesAreGroups(own: readonly RawAction[], sheetGroup: RawGroup | null): boolean {
  if (sheetGroup !== null || own.some(({ group }) => group !== null)) return false;
  if (own.some(({ fields }) => fields.has('group') || fields.has('groupTitle'))) return false;
  if (own.some(({ ref }) => ref !== null && /\d[.\-/]\w/.test(ref))) return false;
  const named = own.filter(
    ({ fields, outcome }) => (fields.get('outcome')?.text ?? '') !== '' || outcome !== null,
  );
  const texts = new Set(named.map(({ fields, outcome }) => fields.get('outcome')?.text || outcome?.title));
  return texts.size > 0 && texts.size <= own.length * 0.7;
}

/** Where each sheet is a group of its own, the sheet's name tells which. */
function groupOfSheet(walk: TableWalk, tableCount: number): RawGroup | null {
  if (tableCount < 2 || walk.table.name === '') return null;
  const { name } = walk.table;
  const short = /^(?:p|pr|ws)\s?(\d{1,2})$/i.exec(name)?.[1];
  const heading = short
    ? { ref: short, title: '' }
    : (readGroupText(name) ?? splitLeadingRef(name) ?? { ref: '', title: name });
  return { ...heading, leads: [], narrative: [], where: `sheet ${name}` };
}

function peopleIn(walks: readonly TableWalk[], sections: readonly RawSection[]): KnownPerson[] {
  const listed = sections.filter(({ kind }) => kind === 'people').flatMap(readPeople);
  const lines = walks.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'person' ? (readPersonLine(item) ?? []) : [])),
  );
  return [...listed, ...lines];
}

/** Everything of a plan that is no action. */
function readTheRest(
  walks: readonly TableWalk[],
  sections: readonly RawSection[],
  groups: Groups,
  glossary: Glossary,
  placed: readonly ReadAction[],
  own: OwnLists | null,
): OwnParts {
  const items = walks.flatMap((walk) => walk.items);
  const of = (kind: RawSection['kind']): RawSection[] => sections.filter((section) => section.kind === kind);
  const owners = ownersBy(glossary, groups);
  const [first] = placed;
  const listed = own?.parts(owners, first ? questionOf(first.raw) : 'status');
  const itemsOfKind = (kind: (typeof items)[number]['kind']): typeof items =>
    items.filter((item) => item.kind === kind);
  return {
    measures: [
      ...(listed?.measures ?? []),
      ...of('measures').flatMap((section) =>
        readMeasures(section, groups.ofHeading(section.group), {
          owners,
          group: (text) => groups.namedIn(text),
        }),
      ),
      ...itemsOfKind('measure').map((item) => measureOfItem(item, groups.ofHeading(item.group))),
    ],
    assurance: [
      ...(listed?.assurance ?? []),
      ...of('assurance').flatMap((section) =>
        readAssurance(section, groups.ofHeading(section.group), (text) => groups.namedIn(text)),
      ),
      ...itemsOfKind('assurance').map(({ text, group }) => ({
        group: groups.ofHeading(group),
        activity: text,
        complete: '',
        impact: '',
      })),
    ],
    recommendations: [
      ...(listed?.recommendations ?? []),
      ...[
        ...of('recommendations').flatMap((section) =>
          readRecommendations(section, groups.ofHeading(section.group)),
        ),
        ...itemsOfKind('recommendation').map(({ text, group }) => ({
          group: groups.ofHeading(group),
          ref: null,
          text,
        })),
      ].filter(
        ({ text }) =>
          !/^(?:none|nil|n\/?a|no(?:ne)? (?:at this time|this (?:month|period|quarter))|-+)\.?$/i.test(text),
      ),
    ],
    milestones: [...(listed?.milestones ?? []), ...milestonesOf(walks, groups, placed)],
  };
}

/** Reads names with the file's glossary, and keeps what is doubtful about them. */
function ownersBy(glossary: Glossary, groups: Groups): (text: string, where: string) => FullAction['leads'] {
  return (text, where) => {
    const reading = glossary.read(text);
    groups.repeated.addLeads(reading, where);
    return reading.leads;
  };
}

/** An action of a tracker that Steward made, with the steps and the outcome that its lists give it. */
function withOwnLists(read: ReadAction, own: OwnLists): ReadAction {
  const { action, raw } = read;
  const outcome = own.outcomeOf(raw.fields.get('outcome')?.text ?? '', action.group);
  return {
    ...read,
    action: {
      ...action,
      steps: own.stepsOf(action, questionOf(raw)),
      outcome: outcome === undefined ? action.outcome : outcome,
    },
  };
}

function milestonesOf(
  walks: readonly TableWalk[],
  groups: Groups,
  placed: readonly ReadAction[],
): UnderstoodMilestone[] {
  const none = { text: '', key: null };
  const inColumns = placed.flatMap(({ action, raw }) =>
    raw.milestones.map(({ when, text }) => ({
      ref: null,
      group: action.group,
      action: action.ref,
      text,
      when: readTargetDate(when),
      status: none,
    })),
  );
  const inRows = walks.flatMap(({ actions }) =>
    actions
      .filter((raw) => isMilestone(raw, actions))
      .map((raw) => {
        const text = raw.fields.get('status')?.text ?? '';
        const date = raw.fields.get('revised')?.text || raw.fields.get('planned')?.text || '';
        return {
          ref: raw.ref,
          group: groups.ofHeading(raw.group),
          action: null,
          text: raw.fields.get('title')?.text ?? '',
          when: readTargetDate(date),
          status: { text, key: readStatusText(text, questionOf(raw)).key },
        };
      }),
  );
  return [...inColumns, ...inRows];
}

/** Everybody that the plan names, each name once, with the first role that is printed for it; those of its glossary first. */
function peopleOf(
  glossary: Glossary,
  groups: FullPlan['groups'],
  actions: readonly FullAction[],
  listed: readonly KnownPerson[],
): FullPlan['people'] {
  const named = [...groups.flatMap(({ leads }) => leads), ...actions.flatMap(({ leads }) => leads)];
  const people = new Map(listed.map((person) => [person.name, person]));
  const isUsed = ({ name, code }: KnownPerson): boolean =>
    named.some((lead) => lead.name === name || (code !== null && lead.code === code));
  for (const person of glossary.people) {
    if (people.has(person.name) || (!isUsed(person) && !glossary.isPerson(person))) continue;
    people.set(person.name, person);
  }
  for (const { name, role } of named) {
    const known = people.get(name);
    if (!known) people.set(name, { code: null, name, role, organisation: null });
    else if (known.role === null && role !== null) people.set(name, { ...known, role });
  }
  return [...people.values()];
}
