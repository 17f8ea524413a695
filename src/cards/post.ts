import template from '../../cards/post.json';
import { dayIn } from '../domain/calendar';
import type { IsoDate } from '../domain/period';
import {
  decisionsIn,
  type FigureKey,
  type GroupFigures,
  type Move,
  type ReportStanding,
  type Snapshot,
} from '../domain/position';
import type { Words } from '../words/words';
import { type Button, type ButtonData, dialogButton } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, PostFacts } from './facts';
import {
  dayName,
  GROUP_LIMIT,
  monthShort,
  nameOf,
  nameRuns,
  periodName,
  REF_LIMIT,
  signed,
  tintOf,
} from './format';
import { BOLD, dotted, labelled, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { fits } from './size';
import { countsInWords, decisionLine, inOrderOfConcern, standingLine } from './standings';
import { postSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

interface CellView extends Paragraph {
  readonly tint: string;
  readonly align: 'Left' | 'Right';
}

/** A part of the post under a heading of its own. */
interface SectionView {
  readonly heading: readonly TextRun[];
  readonly lines: readonly LineView[];
}

/** A line of a section; what belongs to the line above stands close to it. */
interface LineView extends Paragraph {
  readonly spacing: 'Small' | 'None' | 'Medium';
}

/** What the post's template shows. */
export interface PostView extends CardView {
  readonly title: string;
  readonly plan: readonly TextRun[];
  /** What the card is, where it is not the published post; empty there. */
  readonly note: string;
  readonly chart: readonly { readonly legend: string; readonly value: number; readonly color: string }[];
  /** The same as a bar, for clients without charts. */
  readonly bar: readonly (Paragraph & { readonly width: number; readonly tint: string })[];
  readonly inWords: readonly TextRun[];
  readonly table: {
    readonly columns: readonly { readonly width: number }[];
    readonly rows: readonly { readonly cells: readonly CellView[] }[];
  };
  readonly footnote: readonly TextRun[];
  readonly sections: readonly SectionView[];
  readonly buttons: readonly { readonly first: boolean; readonly actions: readonly Button[] }[];
}

const expand = cardTemplate<PostView>(template);

/** How much of each red item and how many of them the post shows; the dialog behind "R Red" shows them whole. */
interface RedRoom {
  /** Longest narrative and ask, in characters. */
  readonly text: number;
  readonly most: number;
}

/** From the most generous room down: narratives give way before items do. */
const RED_ROOMS: readonly RedRoom[] = [
  ...[600, 400, 280, 200, 140].map((text) => ({ text, most: 40 })),
  ...[30, 24, 20, 16, 12, 8, 5, 3, 1].map((most) => ({ text: 140, most })),
];

const MOST_MOVES = 10;
const MOST_GROUPS = 12;
const MOST_SILENT = 12;
const MOST_MEASURES = 10;
const MOST_DECISIONS = 8;
const MOST_KEPT_BACK = 20;

/** Teams shows at most six buttons in a row of them. */
const BUTTONS_IN_A_ROW = 6;

/**
 * The position for the board: figures, changes, red items, what moved, who did not reply. Its buttons open dialogs,
 * so that the post itself stays the same for everybody.
 */
export function postCard(facts: PostFacts, words: Words): AdaptiveCard {
  const cards = RED_ROOMS.map((room) => () => expand(postView(facts, room, words), words));
  for (const build of cards) {
    const card = build();
    if (fits(card)) return card;
  }
  return expand(postView(facts, { text: 100, most: 0 }, words), words);
}

function postView(facts: PostFacts, room: RedRoom, words: Words): PostView {
  const { position } = facts;
  const summary = postSummary(facts, words);
  return {
    speak: spoken(`${summary}. ${figuresInWords(facts, words)}`),
    fallbackText: escapeMarkdown(summary),
    ...titleOf(facts, words),
    plan: [run(cut(plain(facts.planTitle), GROUP_LIMIT), SUBTLE)],
    chart: chartOf(facts, words),
    bar: barOf(facts, words),
    inWords: [run(figuresInWords(facts, words))],
    table: tableOf(facts, words),
    footnote: footnoteOf(facts, words),
    sections: [
      redSection(facts, room, words),
      ...movesSections(facts, words),
      ...measuresSection(facts, room, words),
      ...decisionsSection(facts, room, words),
      repliesSection(facts, words),
      ...(position.groups.length > 1 ? [groupsSection(facts, words)] : []),
    ],
    buttons: buttonRows(facts, words),
  };
}

function titleOf(facts: PostFacts, words: Words): Pick<PostView, 'title' | 'note'> {
  const { kind, position, today, keptBack = [] } = facts;
  const period = periodName(position.period, words, position.months);
  const thinned = position.thinned ? words.say('post.thinned') : '';
  if (kind === 'post') return { title: words.say('post.title', { period }), note: thinned };
  if (kind === 'preview') {
    const note = words.say('post.previewNote');
    const refs = listedRefs(keptBack, words);
    return {
      title: words.say('post.previewTitle', { period }),
      note: refs === '' ? note : words.say('post.keptBackNote', { note, refs }),
    };
  }
  const day = dayName(today, today, words);
  return { title: words.say('post.nowTitle', { day }), note: words.say('post.nowNote') };
}

function listedRefs(refs: readonly string[], words: Words): string {
  const shown = refs.slice(0, MOST_KEPT_BACK).map((ref) => cut(plain(ref), REF_LIMIT));
  const more = refs.length - shown.length;
  return [...shown, ...(more > 0 ? [words.say('action.more', { n: more })] : [])].join(', ');
}

const CHART_COLOURS: Readonly<Record<FigureKey, string>> = {
  red: 'attention',
  amber: 'warning',
  green: 'good',
  blue: 'categoricalBlue',
  grey: 'neutral',
  none: 'categoricalLavender',
};

function chartOf({ position }: PostFacts, words: Words): PostView['chart'] {
  return position.figures
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => ({
      legend: plain(nameOf(position.scale, key, words)),
      value: count,
      color: CHART_COLOURS[key],
    }));
}

function barOf({ position }: PostFacts, words: Words): PostView['bar'] {
  return position.figures
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => {
      const status = nameOf(position.scale, key, words);
      return {
        width: count,
        tint: tintOf(key),
        ...paragraph(words.say('post.concern', { status, n: count })),
      };
    });
}

function figuresInWords({ position }: PostFacts, words: Words): string {
  const figures = position.figures.map(({ key, count, share }) =>
    words.say('status.share', { status: nameOf(position.scale, key, words), n: count, share }),
  );
  return words.say('post.inWords', { total: position.total, figures: figures.join(', ') });
}

function tableOf(facts: PostFacts, words: Words): PostView['table'] {
  const { position } = facts;
  const { comparisons } = position;
  const head = [
    words.say('post.status'),
    words.say('post.now'),
    ...comparisons.map((comparison) => {
      const month = monthShort(comparison.with, readDay(facts), words);
      return words.say(comparison.likeForLike ? 'post.since' : 'post.sinceUnlike', { month });
    }),
  ];
  const rows = position.figures.map(({ key, count, share }) => [
    cell(nameOf(position.scale, key, words), 0, { tint: tintOf(key), bold: true }),
    cell(withShare(count, share, words), 1),
    ...comparisons.map(({ delta }, at) => cell(signed(delta[key]), 2 + at)),
  ]);
  const sharesTotal = position.figures.reduce((sum, { share }) => sum + share, 0);
  const total = [
    cell(words.say('post.total'), 0, { bold: true }),
    cell(withShare(position.total, sharesTotal, words), 1, { bold: true }),
    ...comparisons.map(({ delta }, at) => cell(signed(delta.total), 2 + at, { bold: true })),
  ];
  return {
    columns: head.map((_, at) => ({ width: at < 2 ? 3 : 2 })),
    rows: [
      { cells: head.map((text, at) => cell(text, at, { bold: true, small: true })) },
      ...[...rows, total].map((cells) => ({ cells })),
    ],
  };
}

/** A count and its share in one cell: six columns are too many for a phone. */
function withShare(count: number, share: number, words: Words): string {
  return `${count} ${words.say('post.share', { n: share })}`;
}

function cell(
  text: string,
  column: number,
  look: { readonly tint?: string; readonly bold?: boolean; readonly small?: boolean } = {},
): CellView {
  const style = { ...(look.bold ? BOLD : {}), ...(look.small ? { size: 'Small' as const } : {}) };
  return { tint: look.tint ?? 'default', align: column === 0 ? 'Left' : 'Right', ...paragraph(text, style) };
}

function footnoteOf({ position }: PostFacts, words: Words): TextRun[] {
  if (position.comparisons.every(({ likeForLike }) => likeForLike)) return [];
  const { from } = position.scale;
  const text =
    from === null
      ? words.say('post.unlike')
      : words.say('post.unlikeFrom', { month: periodName(from, words) });
  return [run(text, SUBTLE)];
}

function redSection(facts: PostFacts, room: RedRoom, words: Words): SectionView {
  const { position, actions } = facts;
  const status = nameOf(position.scale, 'red', words);
  const red = position.red.flatMap((id) => actions.get(id) ?? []);
  if (red.length === 0) return { heading: [run(words.say('post.noneRed', { status }), BOLD)], lines: [] };
  const shown = red.slice(0, room.most);
  const more = red.length - shown.length;
  const name = position.figures.some(({ key }) => key === 'red')
    ? words.say('post.openStatus', { status, n: red.length })
    : status;
  return {
    heading: [run(words.say('post.concern', { status, n: red.length }), BOLD)],
    lines: [
      ...shown.flatMap((action) => redLines(action, room, words)),
      ...(more > 0 ? [line(paragraph(words.say('post.moreRed', { n: more, status: name }), SUBTLE))] : []),
    ],
  };
}

/** An item's name and lead, then what was said and what is asked of the board, each on a line of its own close below. */
function redLines(action: Snapshot, room: RedRoom, words: Words): LineView[] {
  const percent = action.percent === null ? '' : words.say('status.percent', { percent: action.percent });
  const leads = action.leads.map(({ name }) => plain(name)).join(', ');
  const head = dotted([nameRuns(action), [run(cut(leads, GROUP_LIMIT), SUBTLE)], [run(percent, SUBTLE)]]);
  const said = cut(plain(action.narrative), room.text);
  const asked = cut(plain(action.ask), room.text);
  return [
    { runs: head, spacing: 'Medium' },
    ...(said === '' ? [] : [line(paragraph(words.say('action.quote', { text: said })), 'None')]),
    ...(asked === '' ? [] : [line(labelled(words.say('action.askedLabel'), asked), 'None')]),
  ];
}

function line(text: Paragraph, spacing: LineView['spacing'] = 'Small'): LineView {
  return { ...text, spacing };
}

function movesSections(facts: PostFacts, words: Words): SectionView[] {
  const { moves } = facts.position;
  const worse = moves.filter(({ direction }) => direction === 'worse');
  const better = moves.filter(({ direction }) => direction === 'better');
  if (worse.length + better.length === 0) {
    return [{ heading: [run(words.say('post.noneMoved'), BOLD)], lines: [] }];
  }
  return [
    ...movesSection(words.say('post.worse'), worse, facts, words),
    ...movesSection(words.say('post.better'), better, facts, words),
  ];
}

function movesSection(title: string, moves: readonly Move[], facts: PostFacts, words: Words): SectionView[] {
  if (moves.length === 0) return [];
  const { scale } = facts.position;
  const items = moves.slice(0, MOST_MOVES).map(({ ref, from, to }) => {
    const step = words.say('status.step', { from: nameOf(scale, from, words), to: nameOf(scale, to, words) });
    return words.say('post.move', { ref: cut(plain(ref), REF_LIMIT), step });
  });
  const more = moves.length - items.length;
  const text = [...items, ...(more > 0 ? [words.say('action.more', { n: more })] : [])].join(', ');
  return [
    {
      heading: [run(words.say('post.concern', { status: title, n: moves.length }), BOLD)],
      lines: [line(paragraph(text))],
    },
  ];
}

/** How the measures stand, those off track first, and which were not read. */
function measuresSection(facts: PostFacts, room: RedRoom, words: Words): SectionView[] {
  const { measures = [] } = facts.position;
  if (measures.length === 0) return [];
  const most = Math.min(MOST_MEASURES, Math.max(3, room.most));
  const shown = inOrderOfConcern(measures).slice(0, most);
  const more = measures.length - shown.length;
  const parts = countsInWords(measures, words);
  return [
    {
      heading: [run(words.say('post.measures', { parts }), BOLD)],
      lines: [
        ...shown.map((measure) => line(standingLine(measure, readDay(facts), words))),
        ...(more > 0 ? [line(paragraph(words.say('post.moreMeasures', { n: more }), SUBTLE))] : []),
      ],
    },
  ];
}

/** What the board is asked to decide, by group; who has nothing to decide, and who said nothing. */
function decisionsSection({ position }: PostFacts, room: RedRoom, words: Words): SectionView[] {
  const { reports = [] } = position;
  if (reports.length === 0) return [];
  const decisions = decisionsIn(position);
  const shown = decisions.slice(0, Math.max(3, Math.min(MOST_DECISIONS, room.most)));
  const more = decisions.length - shown.length;
  const groupsOf = (list: readonly ReportStanding[]) => list.map(({ group }) => plain(group)).join(', ');
  const none = groupsOf(reports.filter(({ said, recommendation }) => said && recommendation === ''));
  const unsaid = groupsOf(reports.filter(({ said }) => !said));
  return [
    {
      heading: [run(words.say('post.decisions', { n: decisions.length }), BOLD)],
      lines: [
        ...shown.map((report) => line(decisionLine(report, room.text, words))),
        ...(more > 0 ? [line(paragraph(words.say('action.more', { n: more }), SUBTLE))] : []),
        ...(none === '' ? [] : [line(paragraph(words.say('post.decisionsNone', { groups: none }), SUBTLE))]),
        ...(unsaid === ''
          ? []
          : [line(paragraph(words.say('post.decisionsUnsaid', { groups: unsaid }), SUBTLE), 'None')]),
      ],
    },
  ];
}

/** Who did not answer, by name, and how many figures are carried over from earlier months. */
function repliesSection({ position }: PostFacts, words: Words): SectionView {
  const { asked, silences, carried, thinned } = position;
  const silent =
    silences.length === 0
      ? words.say('post.allAnswered', { asked })
      : words.say('post.silent', { n: silences.length, asked });
  const counted = [...(asked > 0 ? [silent] : []), words.say('post.carried', { n: carried.length })].join(
    ' ',
  );
  const named = thinned ? [] : silences;
  const shown = named.slice(0, MOST_SILENT).map(({ lead }) => cut(plain(lead.name), GROUP_LIMIT));
  const more = named.length - shown.length;
  const names = [...shown, ...(more > 0 ? [words.say('action.more', { n: more })] : [])].join(', ');
  return {
    heading: [run(words.say('post.replies'), BOLD)],
    lines: [
      line(paragraph(counted)),
      ...(shown.length > 0 ? [line(paragraph(words.say('post.silentWho', { names }), SUBTLE), 'None')] : []),
    ],
  };
}

/** Each group in a line: what worries in it, and how many actions it has. */
function groupsSection({ position }: PostFacts, words: Words): SectionView {
  const worries = position.scale.statuses
    .filter(({ phase }) => phase === 'live')
    .sort((a, b) => a.concern - b.concern)
    .slice(0, 2)
    .map(({ key }) => key);
  const lines = position.groups
    .slice(0, MOST_GROUPS)
    .map((group) => groupLine(group, worries, position.scale, words));
  const more = position.groups.length - lines.length;
  return {
    heading: [run(words.say('post.groups'), BOLD)],
    lines: [
      ...lines,
      ...(more > 0 ? [line(paragraph(words.say('post.moreGroups', { n: more }), SUBTLE))] : []),
    ],
  };
}

function groupLine(
  group: GroupFigures,
  worries: readonly FigureKey[],
  scale: PostFacts['position']['scale'],
  words: Words,
): LineView {
  const counts = worries
    .filter((key) => group.counts[key] > 0)
    .map((key) => words.say('status.count', { n: group.counts[key], status: nameOf(scale, key, words) }));
  const of = words.say('post.ofTotal', { n: group.total });
  const name = nameRuns({ ref: group.ref, title: cut(plain(group.title), GROUP_LIMIT) });
  return line({ runs: dotted([name, ...counts.map((count) => [run(count)]), [run(of, SUBTLE)]]) });
}

function buttonRows(facts: PostFacts, words: Words): PostView['buttons'] {
  const { position } = facts;
  const statuses = position.figures
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => {
      const status = nameOf(position.scale, key, words);
      const tooltip = words.say('post.openStatusTip', { n: count, status });
      const title = words.say('post.openStatus', { status, n: count });
      return dialogButton(title, figureData(facts, 'status', { key }), { tooltip });
    });
  const others = [
    dialogButton(words.say('post.openGroups'), figureData(facts, 'groups')),
    dialogButton(words.say('post.openMoves'), figureData(facts, 'moves')),
    dialogButton(words.say('post.openCarried'), figureData(facts, 'carried')),
    ...(position.silences.length > 0
      ? [dialogButton(words.say('post.openSilences'), figureData(facts, 'silences'))]
      : []),
    dialogButton(words.say('post.openTotal', { n: position.total }), figureData(facts, 'total')),
  ];
  const toldBoard = [
    ...((position.measures ?? []).length > 0
      ? [dialogButton(words.say('post.openMeasures'), figureData(facts, 'measures'))]
      : []),
    ...((position.reports ?? []).length > 0
      ? [
          dialogButton(
            words.say('post.openDecisions', { n: decisionsIn(position).length }),
            figureData(facts, 'decisions'),
          ),
        ]
      : []),
  ];
  return [statuses, others, toldBoard]
    .filter((row) => row.length > 0)
    .map((actions, at) => ({ first: at === 0, actions: actions.slice(0, BUTTONS_IN_A_ROW) }));
}

function figureData(facts: PostFacts, what: string, more: { readonly key?: FigureKey } = {}): ButtonData {
  const period = facts.kind === 'post' ? facts.position.period : 'now';
  return { verb: 'figure', plan: facts.plan, period, what, page: 0, ...more };
}

/** The day that the position was taken: a post reads the same when it is opened a year later. */
function readDay({ position, zone }: PostFacts): IsoDate {
  return dayIn(zone, new Date(position.at));
}
