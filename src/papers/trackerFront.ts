import type { PaperFacts } from '../app/readPaper';
import { dayName, nameOf, periodName } from '../cards/format';
import { dayIn } from '../domain/calendar';
import type { FigureKey } from '../domain/figures';
import type { Snapshot } from '../domain/snapshot';
import type { Words } from '../words/words';
import { dueWords, footOf, itemName } from './names';
import { positionHeads } from './positionHeads';
import { shareFormula } from './shareFormula';
import { statusCell, statusValue } from './statusCell';
import { type GroupSheet, namesOf, thinnedRows } from './trackerGroups';
import { type CellView, columnName, quotedText, type RowView, type SheetView } from './workbook';

/** Its columns: a name, then room for figures. */
const WIDTHS = [44, 12, 11, 12, 12, 12, 12, 12, 12];

/** The front page: the reconciled table, red items, each group, and the key. Its figures are formulas over the groups' sheets. */
export function frontSheet(
  facts: PaperFacts,
  name: string,
  groups: readonly GroupSheet[],
  words: Words,
): SheetView {
  const top = topRows(facts, words);
  const red = redRows(facts, words);
  const { figures } = facts.position;
  // Rows of the table of figures and its notes, which stand above the table of groups that it sums up.
  const afterTop = top.length + 1;
  const notes = noteRows(facts, words);
  const groupsHeader = afterTop + figures.length + 2 + notes.length + 1 + red.length + 1 + 1;
  const table = figureRows(facts, { header: afterTop, groupsHeader, groups: groups.length }, words);
  return {
    name,
    widths: WIDTHS,
    header: null,
    paper: 'A4',
    foot: footOf(facts, words),
    rows: [
      ...top,
      ...table,
      { cells: [] },
      ...notes,
      ...red,
      { cells: [] },
      ...groupRows(facts, groups, groupsHeader, words),
      { cells: [] },
      ...keyRows(facts, words),
    ],
  };
}

function topRows(facts: PaperFacts, words: Words): RowView[] {
  const { position, zone, published, order } = facts;
  const day = dayIn(zone, new Date(position.at));
  const note = words.say(published ? 'paper.publishedNote' : 'paper.nowNote', {
    day: dayName(day, '0000-01-01', words),
  });
  return [
    { cells: [text(facts.planTitle, 'title')] },
    {
      cells: [text(words.say('paper.position', { period: periodName(position.period, words) }), 'subtitle')],
    },
    { cells: [text(note, 'note', WIDTHS.length)] },
    ...(order.isPublic ? [{ cells: [text(words.say('paper.publicNote'), 'note', WIDTHS.length)] }] : []),
    ...thinnedRows(facts, WIDTHS.length, words),
    { cells: [] },
  ];
}

/** The table of figures: total, % split, then change and total for each earlier position in turn. */
function figureRows(
  facts: PaperFacts,
  at: { readonly header: number; readonly groupsHeader: number; readonly groups: number },
  words: Words,
): RowView[] {
  const { position, steps } = facts;
  const { figures, scale } = position;
  const first = at.header + 1;
  const last = at.header + figures.length;
  const groupsFirst = at.groupsHeader + 1;
  const groupsLast = at.groupsHeader + at.groups;
  const head = positionHeads(facts, words);
  const rows = figures.map(({ key, count, share }, line): RowView => {
    const row = first + line;
    const status = statusCell(scale, key);
    const column = columnName(line + 2);
    return {
      cells: [
        {
          value: key === 'none' ? textValue(words.say('status.none')) : statusValue(status),
          look: status.look,
        },
        figure(`SUM(${column}${groupsFirst}:${column}${groupsLast})`, count, 'count', 'strong'),
        figure(shareFormula('B', first, last, row), share / 100, 'share'),
        ...steps.flatMap(({ earlier, comparison }, n): CellView[] => {
          const [newer, own] = [columnName(n === 0 ? 2 : 3 + 2 * n), columnName(5 + 2 * n)];
          return [
            figure(`${newer}${row}-${own}${row}`, comparison.delta[key], 'change'),
            number(earlier.counts[key]),
          ];
        }),
      ],
    };
  });
  const sums = head.slice(1).map((_, n) => {
    const column = columnName(n + 2);
    return `SUM(${column}${first}:${column}${last})`;
  });
  const results = [
    position.total,
    figures.reduce((sum, { share }) => sum + share, 0) / 100,
    ...steps.flatMap(({ earlier, comparison }) => [
      comparison.delta.total,
      Object.values(earlier.counts).reduce((sum, n) => sum + n, 0),
    ]),
  ];
  const totals: RowView = {
    cells: [
      text(words.say('paper.total'), 'strong'),
      ...sums.map((sum, n) =>
        figure(sum, results[n] ?? 0, n === 1 ? 'share' : n > 1 && n % 2 === 0 ? 'change' : 'count', 'strong'),
      ),
    ],
  };
  return [{ cells: head.map((one, n) => text(one, n === 0 ? 'head' : 'headFigure')) }, ...rows, totals];
}

function noteRows({ steps }: PaperFacts, words: Words): RowView[] {
  const isUnlike = steps.some(({ comparison }) => !comparison.likeForLike);
  return [
    { cells: [text(words.say('paper.figures'), 'note', WIDTHS.length)] },
    ...(isUnlike ? [{ cells: [text(words.say('paper.unlike'), 'note', WIDTHS.length)] }] : []),
    { cells: [] },
  ];
}

/** The red items with what is asked of the board. */
function redRows(facts: PaperFacts, words: Words): RowView[] {
  const { position, order } = facts;
  const byId = new Map(facts.actions.map((action) => [action.id, action]));
  const red = position.red.flatMap((id) => byId.get(id) ?? []);
  if (red.length === 0) return [{ cells: [text(words.say('paper.redNone'), 'heading')] }];
  const status = nameOf(position.scale, 'red', words);
  const heading = { cells: [text(words.say('paper.redHeading', { status, n: red.length }), 'heading')] };
  // Two columns, and each says what it holds: whoever reads the sheet again takes no red item for a second row of its action.
  const room = WIDTHS.length - 1;
  return [
    heading,
    {
      cells: [
        text(words.say('paper.redItem'), 'head'),
        text(words.say(order.isPublic ? 'paper.redPublicHead' : 'paper.redAskedHead'), 'head', room),
      ],
    },
    ...red.map(
      (action): RowView => ({
        cells: [text(redName(action, words)), text(saidOf(action, facts, words), 'plain', room)],
      }),
    ),
  ];
}

function saidOf(action: Snapshot, { order, position }: PaperFacts, words: Words): string {
  if (position.thinned) return words.say('paper.notKept');
  if (!order.isPublic) return redSaid(action, words);
  return [dueWords(action, words), action.narrative].filter((part) => part !== '').join('\n');
}

function redName(action: Snapshot, words: Words): string {
  const led = namesOf(action.leads);
  const { percent } = action;
  const item = itemName(action, words);
  const name = percent === null ? item : `${item} (${words.say('status.percent', { percent })})`;
  return led === '' ? name : `${name}\n${words.say('paper.groupLed', { names: led })}`;
}

function redSaid({ ask, barriers, narrative }: Snapshot, words: Words): string {
  const lines: readonly (readonly [string, string])[] = [
    [words.say('paper.redAsked'), ask || words.say('paper.noneAsked')],
    [words.say('paper.redBarriers'), barriers],
    [words.say('paper.redSaid'), barriers === '' ? narrative : ''],
  ];
  return lines
    .filter(([, said]) => said !== '')
    .map(([label, said]) => words.say('paper.labelled', { label, text: said }))
    .join('\n');
}

/** Each group's figures, counted from its own sheet. */
function groupRows(
  { position, actions }: PaperFacts,
  groups: readonly GroupSheet[],
  header: number,
  words: Words,
): RowView[] {
  const { figures, scale } = position;
  const totalColumn = figures.length + 2;
  const sum = (column: number): string =>
    `SUM(${columnName(column)}${header + 1}:${columnName(column)}${header + groups.length})`;
  return [
    { cells: [text(words.say('paper.groupsHeading'), 'heading')] },
    {
      cells: [
        text(words.say('paper.group'), 'head'),
        ...figures.map(({ key }) => text(nameOf(scale, key, words), 'headFigure')),
        text(words.say('paper.total'), 'headFigure'),
        ...(groups.some(({ percents }) => percents !== null)
          ? [text(words.say('paper.average'), 'headFigure')]
          : []),
      ],
    },
    ...groups.map(({ group, sheet, refs, statuses, percents }): RowView => {
      return {
        cells: [
          { value: { kind: 'link', text: itemName(group, words), sheet: sheet.name }, look: 'plain' },
          ...figures.map(({ key }) =>
            figure(countFormula(refs, statuses, key, scale), group.counts[key], 'count'),
          ),
          figure(`COUNTA(${refs})`, group.total, 'count', 'strong'),
          ...(percents === null
            ? []
            : [
                figure(
                  `IF(COUNT(${percents})=0,"",AVERAGE(${percents}))`,
                  averageOf(actions.filter((action) => action.group === group.ref)),
                  'share',
                ),
              ]),
        ],
      };
    }),
    {
      cells: [
        text(words.say('paper.total'), 'strong'),
        ...figures.map(({ count }, at) => figure(sum(at + 2), count, 'count', 'strong')),
        figure(sum(totalColumn), position.total, 'count', 'strong'),
      ],
    },
  ];
}

/** The average of the percentages that are known, as a part of one; empty where none is. */
function averageOf(actions: readonly Snapshot[]): number | '' {
  const known = actions.flatMap(({ percent }) => (percent === null ? [] : [percent / 100]));
  return known.length === 0 ? '' : known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** Compared cell by cell, since COUNTIF would read signs of a plan's own words as patterns. */
function countFormula(
  refs: string,
  statuses: string,
  key: FigureKey,
  scale: PaperFacts['position']['scale'],
): string {
  if (key === 'none') return `SUMPRODUCT((${refs}<>"")*(${statuses}=""))`;
  return `SUMPRODUCT(--(${statuses}=${quotedText(statusCell(scale, key).text)}))`;
}

function keyRows({ position }: PaperFacts, words: Words): RowView[] {
  return [
    {
      cells: [
        text(words.say('paper.keyHeading'), 'head'),
        text(words.say('paper.keyMeaning'), 'head', WIDTHS.length - 1),
      ],
    },
    ...position.scale.statuses.map(({ key, meaning }): RowView => {
      const status = statusCell(position.scale, key);
      return {
        cells: [{ value: statusValue(status), look: status.look }, text(meaning, 'plain', WIDTHS.length - 1)],
      };
    }),
  ];
}

function figure(
  formula: string,
  result: number | '',
  format: 'count' | 'share' | 'change',
  look: CellView['look'] = 'plain',
): CellView {
  return { value: { kind: 'formula', formula, result, format }, look };
}

function number(n: number): CellView {
  return { value: { kind: 'number', number: n, format: 'count' }, look: 'plain' };
}

function text(words: string, look: CellView['look'] = 'plain', across = 1): CellView {
  return { value: textValue(words), look, ...(across > 1 ? { across } : {}) };
}

function textValue(words: string) {
  return { kind: 'text' as const, text: words };
}
