import type { PaperFacts } from '../app/readPaper';
import { dayName, nameOf, periodName, signed } from '../cards/format';
import { dayIn } from '../domain/calendar';
import type { Counts, FigureKey } from '../domain/figures';
import type { Move } from '../domain/position';
import type { Snapshot } from '../domain/snapshot';
import type { WordKey, Words } from '../words/words';
import type { BarChart, Block, DocumentView, TableCell } from './document';
import { dueWords, footOf, itemName, shortTitle } from './names';
import { positionHeads } from './positionHeads';
import { measureBlocks } from './reportMeasures';
import { namesOf } from './trackerGroups';
import type { Tint } from './workbook';

/** Longest line of what was said in the report, in characters; the tracker has it whole. */
const LONGEST_SAID = 1_200;

/** The board's report as a document: where the plan stands, what changed, what is asked, who did not reply, each group. */
export function reportView(facts: PaperFacts, words: Words): DocumentView {
  const { position } = facts;
  const period = periodName(position.period, words);
  const title = words.say('paper.reportTitle', { plan: shortTitle(facts.planTitle), period });
  return {
    title,
    subject: words.say('paper.position', { period }),
    language: words.locale,
    at: position.at,
    foot: footOf(facts, words),
    blocks: [
      { kind: 'title', text: shortTitle(facts.planTitle) },
      { kind: 'text', text: words.say('paper.position', { period }), look: 'strong' },
      ...openingNotes(facts, words),
      ...positionBlocks(facts, words),
      ...redBlocks(facts, words),
      ...(facts.order.isPublic ? [] : decisionBlocks(facts, words)),
      ...measureBlocks(facts, words),
      ...changeBlocks(facts, words),
      ...replyBlocks(facts, words),
      ...groupBlocks(facts, words),
    ],
  };
}

function openingNotes(facts: PaperFacts, words: Words): Block[] {
  const day = dayName(dayIn(facts.zone, new Date(facts.position.at)), '0000-01-01', words);
  return [
    {
      kind: 'text',
      text: words.say(facts.published ? 'paper.publishedNote' : 'paper.nowNote', { day }),
      look: 'note',
    },
    ...(facts.order.isPublic
      ? [{ kind: 'text' as const, text: words.say('paper.publicNote'), look: 'note' as const }]
      : []),
    ...(facts.position.thinned
      ? [{ kind: 'text' as const, text: words.say('post.thinned'), look: 'note' as const }]
      : []),
  ];
}

function positionBlocks(facts: PaperFacts, words: Words): Block[] {
  const { position, steps } = facts;
  const { figures, scale, total } = position;
  const said = figures
    .map(({ key, count, share }) =>
      words.say('status.share', { status: nameOf(scale, key, words), n: count, share }),
    )
    .join(', ');
  const head = positionHeads(facts, words);
  const rows = figures.map(({ key, count, share }): TableCell[] => [
    { text: nameOf(scale, key, words), tint: tintOf(key) },
    figure(String(count), true),
    figure(`${share}%`),
    ...steps.flatMap(({ earlier, comparison }) => [
      figure(signed(comparison.delta[key])),
      figure(String(earlier.counts[key])),
    ]),
  ]);
  const sums: TableCell[] = [
    { text: words.say('paper.total'), isStrong: true },
    figure(String(total), true),
    figure(`${figures.reduce((sum, { share }) => sum + share, 0)}%`, true),
    ...steps.flatMap(({ earlier, comparison }) => [
      figure(signed(comparison.delta.total), true),
      figure(String(Object.values(earlier.counts).reduce((sum, n) => sum + n, 0)), true),
    ]),
  ];
  const isUnlike = steps.some(({ comparison }) => !comparison.likeForLike);
  return [
    { kind: 'heading', level: 1, text: words.say('paper.summaryHeading') },
    { kind: 'text', text: words.say('post.inWords', { total, figures: said }) },
    {
      kind: 'chart',
      chart: {
        ...chartOf(facts, [''], [(key) => figures.find((one) => one.key === key)?.count ?? 0], words),
        name: words.say('paper.chartSplitName'),
        alt: words.say('paper.chartSplit', { total, figures: said }),
        height: 100,
      },
    },
    { kind: 'table', widths: [14, ...head.slice(1).map(() => 10)], head, rows: [...rows, sums] },
    ...(isUnlike ? [{ kind: 'text' as const, text: words.say('paper.unlike'), look: 'note' as const }] : []),
  ];
}

/** Every red item whole: what was said, what stands in the way, what is asked. */
function redBlocks(facts: PaperFacts, words: Words): Block[] {
  const { position } = facts;
  const status = nameOf(position.scale, 'red', words);
  const red = redOf(facts);
  const heading: Block = {
    kind: 'heading',
    level: 1,
    text: words.say('paper.redHeading', { status, n: red.length }),
  };
  if (red.length === 0) return [heading, { kind: 'text', text: words.say('post.noneRed', { status }) }];
  return [
    heading,
    ...red.flatMap((action): Block[] => {
      const known = [
        namesOf(action.leads),
        action.percent === null ? '' : words.say('status.percent', { percent: action.percent }),
        dueWords(action, words),
      ].filter((part) => part !== '');
      return [
        { kind: 'heading', level: 2, text: itemName(action, words) },
        ...(known.length > 0
          ? [{ kind: 'text' as const, text: known.join(' · '), look: 'note' as const }]
          : []),
        ...labelled('paper.redSaid', action.narrative, words),
        ...labelled('paper.redBarriers', action.barriers, words),
        ...(facts.order.isPublic || position.thinned
          ? []
          : labelled('paper.redAsked', action.ask || words.say('paper.noneAsked'), words)),
      ];
    }),
  ];
}

function labelled(label: WordKey, said: string, words: Words): Block[] {
  if (said === '') return [];
  return [{ kind: 'text', text: words.say('paper.labelled', { label: words.say(label), text: cut(said) }) }];
}

function cut(text: string): string {
  return text.length <= LONGEST_SAID
    ? text
    : `${text.slice(0, LONGEST_SAID - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What the board is asked to decide: what groups recommend, and what live actions ask of it. */
function decisionBlocks(facts: PaperFacts, words: Words): Block[] {
  const asking = facts.actions.filter(({ ask, live }) => live && ask.trim() !== '');
  const recommended = (facts.position.reports ?? []).filter(({ recommendation }) => recommendation !== '');
  return [
    { kind: 'heading', level: 1, text: words.say('paper.decisionsHeading') },
    asking.length + recommended.length === 0 || facts.position.thinned
      ? {
          kind: 'text',
          text: words.say(facts.position.thinned ? 'paper.decisionsGone' : 'paper.noDecisions'),
        }
      : {
          kind: 'list',
          items: [
            ...recommended.map(({ group, title, recommendation }) =>
              words.say('paper.decision', {
                name: itemName({ ref: group, title }, words),
                ask: cut(recommendation),
              }),
            ),
            ...asking.map((action) =>
              words.say('paper.decision', { name: itemName(action, words), ask: cut(action.ask) }),
            ),
          ],
        },
  ];
}

function changeBlocks({ position, steps }: PaperFacts, words: Words): Block[] {
  const since = steps.find(({ earlier }) => earlier.from === 'published')?.earlier.period;
  const heading: Block = {
    kind: 'heading',
    level: 1,
    text: since
      ? words.say('paper.changesHeading', { month: periodName(since, words) })
      : words.say('paper.changesFirst'),
  };
  const of = (direction: Move['direction']) => position.moves.filter((move) => move.direction === direction);
  const [worse, better] = [of('worse'), of('better')];
  if (worse.length + better.length === 0) {
    return [heading, { kind: 'text', text: words.say('paper.nothingChanged') }];
  }
  const list = (title: string, moves: readonly Move[]): Block[] =>
    moves.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: title },
          {
            kind: 'list',
            items: moves.map(({ ref, title: name, from, to }) =>
              words.say('paper.moved', {
                name: itemName({ ref, title: name }, words),
                step: words.say('status.step', {
                  from: nameOf(position.scale, from, words),
                  to: nameOf(position.scale, to, words),
                }),
              }),
            ),
          },
        ];
  return [
    heading,
    ...list(words.say('paper.worse', { n: worse.length }), worse),
    ...list(words.say('paper.better', { n: better.length }), better),
  ];
}

/** Counts and names as in the post; in public the counts alone. */
function replyBlocks(facts: PaperFacts, words: Words): Block[] {
  const { asked, silences, carried, thinned } = facts.position;
  const refs = new Map(facts.actions.map(({ id, ref }) => [id, ref]));
  const counted =
    silences.length === 0
      ? words.say('post.allAnswered', { asked })
      : words.say('post.silent', { n: silences.length, asked });
  const sentence = [...(asked > 0 ? [counted] : []), words.say('post.carried', { n: carried.length })].join(
    ' ',
  );
  const { isPublic } = facts.order;
  return [
    { kind: 'heading', level: 1, text: words.say(isPublic ? 'paper.repliesPublic' : 'paper.repliesHeading') },
    { kind: 'text', text: sentence },
    ...(isPublic || thinned || silences.length === 0
      ? []
      : [
          {
            kind: 'list' as const,
            items: silences.map(({ lead, actions }) =>
              words.say('paper.silentActions', {
                name: lead.name,
                refs: actions.map((id) => refs.get(id) ?? '').join(', '),
              }),
            ),
          },
        ]),
  ];
}

function groupBlocks(facts: PaperFacts, words: Words): Block[] {
  const { position } = facts;
  const { groups, scale, figures } = position;
  if (groups.length < 2) return [];
  const nameOfGroup = (group: (typeof groups)[number]): string => itemName(group, words);
  const inWords = (counts: Counts): string =>
    figures
      .filter(({ key }) => counts[key] > 0)
      .map(({ key }) => words.say('status.count', { status: nameOf(scale, key, words), n: counts[key] }))
      .join(', ');
  return [
    { kind: 'heading', level: 1, text: words.say('paper.groupsHeading') },
    {
      kind: 'chart',
      chart: {
        ...chartOf(
          facts,
          groups.map(nameOfGroup),
          groups.map(
            ({ counts }) =>
              (key) =>
                counts[key],
          ),
          words,
        ),
        name: words.say('paper.chartGroupsName'),
        alt: words.say('paper.chartGroups', {
          groups: groups
            .map((group) =>
              words.say('paper.groupFigures', { name: nameOfGroup(group), figures: inWords(group.counts) }),
            )
            .join('; '),
        }),
        height: 60 + 34 * groups.length,
      },
    },
    {
      kind: 'table',
      widths: [36, ...figures.map(() => 13), 10],
      head: [
        words.say('paper.group'),
        ...figures.map(({ key }) => nameOf(scale, key, words)),
        words.say('paper.total'),
      ],
      rows: groups.map((group) => {
        const led = namesOf(group.leads ?? []);
        return [
          { text: led === '' ? nameOfGroup(group) : `${nameOfGroup(group)}\n${led}` },
          ...figures.map(({ key }) => figure(String(group.counts[key]))),
          figure(String(group.total), true),
        ];
      }),
    },
  ];
}

function redOf({ position, actions }: PaperFacts): Snapshot[] {
  const byId = new Map(actions.map((action) => [action.id, action]));
  return position.red.flatMap((id) => byId.get(id) ?? []);
}

function chartOf(
  { position }: PaperFacts,
  bars: readonly string[],
  counts: readonly ((key: FigureKey) => number)[],
  words: Words,
): Omit<BarChart, 'name' | 'alt' | 'height'> {
  return {
    kind: 'bars',
    width: 760,
    bars,
    series: position.figures
      .filter(({ count }) => count > 0)
      .map(({ key }) => ({
        key,
        name: nameOf(position.scale, key, words),
        values: counts.map((count) => count(key)),
      })),
  };
}

function tintOf(key: FigureKey): Tint {
  return `tint-${key}`;
}

function figure(text: string, isStrong = false): TableCell {
  return { text, isFigure: true, isStrong };
}
