import type { FigureKey } from '../domain/figures';
import { decisionsIn, type GroupFigures, type Move, type ReportStanding } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import type { Words } from '../words/words';
import { cut, plain } from './escape';
import type { PostFacts } from './facts';
import { GROUP_LIMIT, listed, nameOf, nameRuns, REF_LIMIT } from './format';
import { readDay } from './postFigures';
import { BOLD, dotted, labelled, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { countsInWords, decisionLine, inOrderOfConcern, standingLine } from './standings';

/** A part of the post under a heading of its own. */
export interface SectionView {
  readonly heading: readonly TextRun[];
  readonly lines: readonly LineView[];
}

/** A line of a section; what belongs to the line above stands close to it. */
interface LineView extends Paragraph {
  readonly spacing: 'Small' | 'None' | 'Medium';
}

/** How much of each red item and how many of them the post shows; the dialog behind "R Red" shows them whole. */
export interface RedRoom {
  /** Longest narrative and ask, in characters. */
  readonly text: number;
  readonly most: number;
}

const MOST_MOVES = 10;
const MOST_GROUPS = 12;
const MOST_SILENT = 12;
const MOST_MEASURES = 10;
const MOST_DECISIONS = 8;

/** The post's parts, in the order in which the board goes through them. */
export function sectionsView(facts: PostFacts, room: RedRoom, words: Words): SectionView[] {
  return [
    redSection(facts, room, words),
    ...movesSections(facts, words),
    ...measuresSection(facts, room, words),
    ...decisionsSection(facts, room, words),
    repliesSection(facts, words),
    ...(facts.position.groups.length > 1 ? [groupsSection(facts, words)] : []),
  ];
}

/** Each red action by name, with what was said of it and what the board is asked. */
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

/** What moved since the last post: what is worse first. */
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
  return [
    {
      heading: [run(words.say('post.concern', { status: title, n: moves.length }), BOLD)],
      lines: [line(paragraph(listed(items, moves.length, words)))],
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
  const first = named.slice(0, MOST_SILENT).map(({ lead }) => cut(plain(lead.name), GROUP_LIMIT));
  const names = listed(first, named.length, words);
  return {
    heading: [run(words.say('post.replies'), BOLD)],
    lines: [
      line(paragraph(counted)),
      ...(named.length > 0 ? [line(paragraph(words.say('post.silentWho', { names }), SUBTLE), 'None')] : []),
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

function line(text: Paragraph, spacing: LineView['spacing'] = 'Small'): LineView {
  return { ...text, spacing };
}
