import type { PaperFacts } from '../app/readPaper';
import type { StatusKey } from '../domain/status';
import type { WordKey, Words } from '../words/words';
import { footOf } from './names';
import { statusCell, statusValue } from './statusCell';
import { namesOf } from './trackerGroups';
import { type CellView, type Look, paperFor, type SheetView } from './workbook';

/*
 * The sheets that list one kind of thing, one a row: what a plan holds beside its actions and measures. Their heads are what a reader of files knows
 * them by (`src/plans/ownLists.ts`), so that a tracker that is loaded again gives the same plan.
 */

/** A sheet that lists things, before it has its name. */
export interface ListView {
  /** What it would be called. */
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly note: string;
  readonly columns: readonly ListColumn[];
  readonly rows: readonly (readonly CellView[])[];
}

/** A head and the width of its column, in characters. */
export type ListColumn = readonly [head: string, width: number];

type ListName =
  | 'groups'
  | 'outcomes'
  | 'steps'
  | 'milestones'
  | 'assurance'
  | 'recommendations'
  | 'people'
  | 'statuses';
type Heads = readonly (readonly [WordKey, number])[];
type Row = readonly (string | CellView)[];

const HEADS: Readonly<Record<ListName, Heads>> = {
  groups: [
    ['paper.groupRef', 9],
    ['paper.group', 60],
    ['paper.groupLeads', 40],
    ['paper.groupSaid', 40],
  ],
  outcomes: [
    ['paper.groupRef', 9],
    ['paper.outcomeRef', 10],
    ['paper.outcome', 110],
  ],
  steps: [
    ['paper.groupRef', 9],
    ['paper.ref', 10],
    ['paper.action', 42],
    ['paper.step', 56],
    ['paper.stepDate', 18],
    ['paper.stepStatus', 14],
  ],
  milestones: [
    ['paper.groupRef', 9],
    ['paper.milestoneRef', 10],
    ['paper.milestone', 80],
    ['paper.milestoneOf', 10],
    ['paper.when', 22],
    ['paper.milestoneStatus', 14],
  ],
  assurance: [
    ['paper.groupRef', 9],
    ['paper.activity', 50],
    ['paper.complete', 36],
    ['paper.impact', 54],
  ],
  recommendations: [
    ['paper.groupRef', 9],
    ['paper.recommendationRef', 17],
    ['paper.recommendation', 110],
  ],
  people: [
    ['paper.code', 16],
    ['paper.name', 34],
    ['paper.role', 60],
    ['paper.organisation', 36],
  ],
  statuses: [
    ['paper.letter', 14],
    ['paper.word', 30],
    ['paper.keyMeaning', 90],
    ['paper.countsAs', 16],
    ['paper.colour', 12],
  ],
};

/** The lists that the plan has something for, and that of its priorities. */
export function listViews(facts: PaperFacts, words: Words): ListView[] {
  const rows: Readonly<Record<ListName, readonly Row[]>> = {
    groups: groupRows(facts),
    outcomes: facts.detail.outcomes.map(({ group, ref, title }) => [group, ref, title]),
    steps: stepRows(facts),
    milestones: facts.detail.milestones.map(({ group, ref, text, action, when, status }) => [
      group ?? '',
      ref ?? '',
      text,
      action ?? '',
      when?.text ?? '',
      statusOf(facts, status),
    ]),
    assurance: assuranceRows(facts),
    recommendations: facts.detail.recommendations.map(({ group, ref, text }) => [
      group ?? '',
      ref ?? '',
      text,
    ]),
    people: facts.detail.people.map(({ code, name, role, organisation }) => [
      code ?? '',
      name,
      role ?? '',
      organisation ?? '',
    ]),
    statuses: facts.position.scale.statuses.map(({ key, letter, label, meaning, phase }) => [
      letter,
      label,
      meaning,
      words.say('paper.phase', { phase }),
      { ...text(words.say('paper.colourName', { key })), look: `tint-${key}` },
    ]),
  };
  const isSaid = rows.groups.some(([, , , said]) => said !== '');
  return (Object.keys(HEADS) as ListName[])
    .filter((name) => rows[name].length > 0)
    .map((name) => {
      const heads = HEADS[name].filter(([head]) => head !== 'paper.groupSaid' || isSaid);
      return {
        title: words.say(`paper.${name}Sheet`),
        note: words.say(`paper.${name}Note`),
        columns: heads.map(([head, width]) => [words.say(head), width]),
        rows: rows[name].map((row) =>
          row.slice(0, heads.length).map((cell) => (typeof cell === 'string' ? text(cell) : cell)),
        ),
      };
    });
}

/** The sheet of a list: what it is of, its heads, its rows. The heads stay in sight. */
export function listSheet(facts: PaperFacts, name: string, list: ListView, words: Words): SheetView {
  const { columns, rows } = list;
  const widths = columns.map(([, width]) => width);
  const top = [
    { cells: [text(facts.planTitle, 'title')] },
    { cells: [{ ...text(list.note, 'note'), across: columns.length }] },
    { cells: columns.map(([head]) => text(head, 'head')) },
  ];
  return {
    name,
    widths,
    header: top.length,
    paper: paperFor(widths),
    foot: footOf(facts, words),
    rows: [...top, ...rows.map((cells) => ({ cells }))],
  };
}

function groupRows({ position, detail }: PaperFacts): Row[] {
  const said = new Map(detail.narratives.map(({ group, text: words }) => [group, words]));
  return position.groups.map(({ ref, title, leads = [] }) => [
    ref,
    title,
    namesOf(leads),
    said.get(ref) ?? '',
  ]);
}

function stepRows(facts: PaperFacts): Row[] {
  return facts.actions.flatMap(({ group, ref, title, printed }) =>
    (printed?.steps ?? []).map((step): Row => {
      const status = step.status ? statusOf(facts, step.status) : '';
      return [group, ref, title, step.text, step.date?.text ?? '', status];
    }),
  );
}

/** As it stood when the position was taken: of no group first, then each group's. */
function assuranceRows({ detail, position }: PaperFacts): Row[] {
  const ofNone = detail.assurance.map((line) => ({ ...line, group: '' }));
  const ofGroups = (position.reports ?? []).flatMap(({ group, assurance }) =>
    assurance.map((line) => ({ ...line, group })),
  );
  return [...ofNone, ...ofGroups].map(({ group, activity, complete, impact }) => [
    group,
    activity,
    complete,
    impact,
  ]);
}

/** A status of the plan's scale in its colour; any other words as they stand. */
function statusOf(
  { position }: PaperFacts,
  status: { readonly text: string; readonly key: StatusKey | null },
): CellView {
  if (status.key === null) return text(status.text);
  const cell = statusCell(position.scale, status.key);
  return { value: statusValue(cell), look: cell.look };
}

function text(words: string, look: Look = 'plain'): CellView {
  return { value: { kind: 'text', text: words }, look };
}
