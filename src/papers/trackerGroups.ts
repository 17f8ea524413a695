import type { PaperFacts } from '../app/readPaper';
import { nameOf } from '../cards/format';
import type { NamedLead, Step } from '../domain/plan';
import type { GroupFigures } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import type { StatusScale } from '../domain/status';
import type { WordKey, Words } from '../words/words';
import { footOf } from './names';
import { safeText } from './safeText';
import { asksOnTrack, statusCell, statusValue } from './statusCell';
import { type CellView, columnName, paperFor, quotedSheet, type RowView, type SheetView } from './workbook';

/** A group's sheet, and where formulas find what they count. */
export interface GroupSheet {
  readonly group: GroupFigures;
  readonly sheet: SheetView;
  /** `'1 Title'!$A$6:$A$20`, of the refs, the statuses and the percentages. */
  readonly refs: string;
  readonly statuses: string;
  /** null where no action of the plan has a percentage. */
  readonly percents: string | null;
}

interface Column {
  readonly header: WordKey;
  /** In characters. */
  readonly width: number;
  readonly cell: (action: Snapshot) => CellView | null;
  /** Left out where no action of the plan has anything in it. */
  readonly isOptional?: boolean;
}

/** Longest title of a group's heading: what reads the file takes longer lines for prose. */
const LONGEST_HEADING = 380;

/** The sheets of the plan's groups, one each, in order; a group without actions has none. `names` are the sheets' names. */
export function groupSheets(
  facts: PaperFacts,
  groups: readonly GroupFigures[],
  names: readonly string[],
  words: Words,
): GroupSheet[] {
  const columns = columnsOf(facts, words).filter(
    ({ isOptional, cell }) => !isOptional || facts.actions.some((action) => cell(action) !== null),
  );
  return groups.map((group, at) => groupSheet(facts, group, names[at] ?? '', columns, words));
}

function groupSheet(
  facts: PaperFacts,
  group: GroupFigures,
  name: string,
  columns: readonly Column[],
  words: Words,
): GroupSheet {
  const actions = facts.actions.filter((action) => action.group === group.ref);
  const leads = namesOf(group.leads ?? []);
  const top: RowView[] = [
    { cells: [text(facts.planTitle, 'title')] },
    headingOf(group, columns.length - 1, words),
    ...(leads === ''
      ? []
      : [{ cells: [text(words.say('paper.groupLed', { names: leads }), 'note', columns.length)] }]),
    ...thinnedRows(facts, columns.length, words),
    { cells: [] },
  ];
  const header = top.length + 1;
  const last = header + Math.max(1, actions.length);
  const has = (wanted: WordKey): boolean => columns.some(({ header: key }) => key === wanted);
  const rangeOf = (wanted: WordKey[]): string => {
    const letters = columnName(columns.findIndex(({ header: key }) => wanted.includes(key)) + 1);
    return `${quotedSheet(name)}!$${letters}$${header + 1}:$${letters}$${last}`;
  };
  return {
    group,
    refs: rangeOf(['paper.ref']),
    percents: has('paper.percent') ? rangeOf(['paper.percent']) : null,
    statuses: rangeOf(['paper.rag', 'paper.onTrack']),
    sheet: {
      name,
      widths: columns.map(({ width }) => width),
      header,
      paper: paperFor(columns.map(({ width }) => width)),
      foot: footOf(facts, words),
      rows: [
        ...top,
        { cells: columns.map((column) => text(words.say(column.header), 'head')) },
        ...actions.map((action) => ({ cells: columns.map(({ cell }) => cell(action) ?? text('')) })),
      ],
    },
  };
}

/** Why a month that is long past has no words any more: a line of its own, so that no empty cell is taken for an answer. */
export function thinnedRows({ position }: PaperFacts, across: number, words: Words): RowView[] {
  return position.thinned ? [{ cells: [text(words.say('post.thinned'), 'note', Math.max(1, across))] }] : [];
}

/** `Priority | 1: Its title`, which is how plans print it. */
function headingOf(
  { ref, title }: Pick<GroupFigures, 'ref' | 'title'>,
  across: number,
  words: Words,
): RowView {
  const label = words.say('paper.group');
  if (title === '') return { cells: [text(`${label} ${ref}`, 'subtitle')] };
  const name = safeText(words.say('paper.groupName', { ref, title }), LONGEST_HEADING);
  return { cells: [text(label, 'subtitle'), text(name, 'subtitle', Math.max(1, across))] };
}

function columnsOf({ position, order, detail }: PaperFacts, words: Words): Column[] {
  const { scale } = position;
  const own = (action: Snapshot): readonly NamedLead[] => (action.ledByGroup ? [] : action.leads);
  const ofKind = (action: Snapshot, kind: NamedLead['kind']): string =>
    namesOf(own(action).filter((lead) => lead.kind === kind));
  const optional = { isOptional: true };
  const outcomeOf = ({ printed, group }: Snapshot): CellView | null => {
    const ref = printed?.outcome ?? '';
    if (ref === '') return null;
    const title = detail.outcomes.find((one) => one.group === group && one.ref === ref)?.title ?? '';
    return text(title === '' ? ref : words.say('paper.groupName', { ref, title }));
  };
  return [
    { header: 'paper.ref', width: 10, cell: ({ ref }) => text(ref, 'strong') },
    { header: 'paper.outcome', width: 24, cell: outcomeOf, ...optional },
    { header: 'paper.action', width: 36, cell: ({ title }) => filled(title), ...optional },
    { header: 'paper.lead', width: 20, cell: (action) => filled(ofKind(action, 'lead')), ...optional },
    { header: 'paper.coLead', width: 18, cell: (action) => filled(ofKind(action, 'co-lead')), ...optional },
    { header: 'paper.planned', width: 13, cell: ({ plannedText }) => filled(plannedText) },
    { header: 'paper.revised', width: 13, cell: ({ revisedText }) => filled(revisedText) },
    {
      header: asksOnTrack(scale) ? 'paper.onTrack' : 'paper.rag',
      width: 10,
      cell: ({ status }) => {
        const cell = statusCell(scale, status);
        return { value: statusValue(cell), look: cell.look };
      },
    },
    {
      header: 'paper.percent',
      width: 12,
      cell: ({ percent }) =>
        percent === null
          ? null
          : { value: { kind: 'number', number: percent / 100, format: 'share' }, look: 'plain' },
      ...optional,
    },
    {
      header: 'paper.progress',
      width: 50,
      cell: ({ narrative }) => filled(narrative),
      isOptional: order.isPublic || position.thinned === true,
    },
    { header: 'paper.barriers', width: 24, cell: ({ barriers }) => filled(barriers), ...optional },
    { header: 'paper.ask', width: 24, cell: ({ ask }) => filled(ask), ...optional },
    {
      header: 'paper.partners',
      width: 18,
      cell: ({ printed }) => filled(printed?.partners ?? ''),
      ...optional,
    },
    {
      header: 'paper.resources',
      width: 16,
      cell: ({ printed }) => filled(printed?.resources ?? ''),
      ...optional,
    },
    {
      header: 'paper.evidence',
      width: 22,
      cell: ({ printed }) => filled(printed?.evidence ?? ''),
      ...optional,
    },
    {
      header: 'paper.steps',
      width: 26,
      cell: ({ printed }) => filled(stepsOf(printed?.steps ?? [], position.scale, words)),
      ...optional,
    },
    { header: 'paper.see', width: 9, cell: ({ see = [] }) => filled(see.join(', ')), ...optional },
  ];
}

/** Each part of an action in a line: its words, date and status. */
function stepsOf(steps: readonly Step[], scale: StatusScale, words: Words): string {
  return steps
    .map(({ text: said, date, status }) =>
      [said.replace(/\s+/g, ' '), date?.text ?? '', status?.key ? nameOf(scale, status.key, words) : '']
        .filter((part) => part !== '')
        .join(' · '),
    )
    .join('\n');
}

/** Leads as plans print them: `Ann Cole (Head of Service); Ben Dale`. */
export function namesOf(leads: readonly NamedLead[]): string {
  return leads.map(({ name, role }) => (role === null ? name : `${name} (${role})`)).join('; ');
}

function filled(words: string): CellView | null {
  return words === '' ? null : text(words);
}

function text(words: string, look: CellView['look'] = 'plain', across = 1): CellView {
  return { value: { kind: 'text', text: words }, look, ...(across > 1 ? { across } : {}) };
}
