import type { DraftView } from '../../app/readDraft';
import { leftIn } from '../../domain/draft';
import { countByStatus, type FigureKey } from '../../domain/figures';
import { countParts } from '../../domain/partsDiff';
import { scaleFrom } from '../../domain/planFromFile';
import { STATUS_KEYS } from '../../domain/status';
import type { Words } from '../../words/words';
import { type Button, executeButton } from '../buttons';
import type { AdaptiveCard } from '../facts';
import { nameOf, periodName } from '../format';
import { BOLD, dotted, gap, type Paragraph, paragraph, run, SUBTLE } from '../runs';
import { type DraftFacts, type DraftSection, draftCard, section, short, showButton } from './frame';

/** Problems that the first page shows; the others have pages of their own. */
const MOST_SHOWN = 3;

/** What was understood of a file, or what it would change in a plan that is stored; and the buttons to settle, load or leave it. */
export function previewCard(facts: DraftFacts, words: Words): AdaptiveCard {
  const { view } = facts;
  return draftCard(
    facts,
    {
      title: titleOf(view, words),
      summary: draftSummary(view, words),
      intro: [
        ...introOf(view, words),
        paragraph(words.say(view.again ? 'draft.waitsAgain' : 'draft.waits', { until: facts.until }), SUBTLE),
      ],
      sections: [...changesSection(view, words), ...doubtsSection(view, words)],
      buttons: closingButtons(view, words),
    },
    words,
  );
}

/** `“Harbour plan”: 90 actions understood, nothing is stored yet`: what a phone's notification says. */
export function draftSummary({ understood, again, draft }: DraftView, words: Words): string {
  const n = understood.actions.length;
  if (again) return words.say('draft.summaryAgain', { n, plan: short(again.plan.title) });
  return words.say('draft.summaryFirst', { n, file: short(draft.fileName) });
}

/** How many of the questions have no answer yet. */
export function openQuestions({ questions, draft }: Pick<DraftView, 'questions' | 'draft'>): number {
  return questions.filter(({ id }) => draft.answers[id] === undefined).length;
}

function titleOf({ understood, again }: DraftView, words: Words): string {
  return again
    ? words.say('draft.titleAgain', { plan: again.plan.title })
    : words.say('draft.titleFirst', { plan: understood.plan.title });
}

function introOf(view: DraftView, words: Words): Paragraph[] {
  const { understood, draft, asOf, leads, roster } = view;
  const { actions, groups, measures, outcomes, milestones } = understood;
  const month = asOf
    ? words.say('draft.asOf', { period: periodName(asOf, words) })
    : words.say('draft.noMonth');
  const counts = countByStatus(actions.map(({ status }) => ({ status: status.key })));
  const scale = scaleFrom(understood.scale);
  const statuses = ([...STATUS_KEYS, 'none'] satisfies FigureKey[])
    .filter((key) => counts[key] > 0)
    .map((key) => [run(words.say('status.count', { status: nameOf(scale, key, words), n: counts[key] }))]);
  const matched = roster
    ? words.say('draft.leads', { n: leads.all, matched: leads.matched, open: leads.all - leads.matched })
    : words.say('draft.leadsUnread', { n: leads.all });
  const also = [measures.length, outcomes.length, milestones.length].some((n) => n > 0)
    ? [
        paragraph(
          words.say('draft.also', {
            measures: measures.length,
            outcomes: outcomes.length,
            milestones: milestones.length,
          }),
        ),
      ]
    : [];
  return [
    {
      runs: dotted([
        [run(short(draft.fileName), BOLD)],
        [run(words.say('draft.size', { actions: actions.length, groups: groups.length }))],
        [run(month)],
      ]),
    },
    { runs: dotted(statuses) },
    paragraph(matched),
    ...also,
  ];
}

/** What a new version changes, by kind; each opens in place. */
function changesSection(view: DraftView, words: Words): DraftSection[] {
  if (!view.again) return [];
  const { diff } = view.again;
  const id = view.draft.id;
  const n = changeCounts(view);
  const kinds = [
    ['added', n.added],
    ['changed', n.changed],
    ['moved', n.moved],
    ['missing', n.missing],
    ['leads', n.leads],
    ['answered', n.answered],
    ['others', n.others],
  ] as const;
  const there = kinds.filter(([, count]) => count > 0);
  const lines =
    there.length === 0
      ? [paragraph(words.say('draft.changesNothing'))]
      : there.map(([kind, count]) => paragraph(words.say(`draft.kind.${kind}`, { n: count })));
  const back = diff.matches.filter((match) => match.back).length;
  return [
    {
      heading: [run(words.say('draft.changes'), BOLD)],
      lines: back > 0 ? [...lines, paragraph(words.say('draft.comeBack', { n: back }))] : lines,
      choices:
        n.answered > 0
          ? [
              {
                id: 'answered',
                label: words.say('draft.answeredLabel'),
                style: 'expanded',
                value: 'ours',
                options: [
                  { title: words.say('draft.answeredOurs'), value: 'ours' },
                  { title: words.say('draft.answeredFile'), value: 'file' },
                ],
              },
            ]
          : [],
      buttons: there.map(([kind, count]) =>
        showButton(words.say(`draft.show.${kind}`, { n: count }), id, kind),
      ),
    },
  ];
}

/** How many of each kind of change a new version of a plan brings. */
export function changeCounts({ again }: DraftView) {
  const matches = again?.diff.matches ?? [];
  const leads = matches.filter(({ changes }) => changes.some(({ field }) => field === 'leads')).length;
  return {
    added: again?.diff.added.length ?? 0,
    changed: matches.filter(({ changes }) => changes.length > 0).length,
    moved: matches.filter(({ before, fields }) => before.ref !== fields.ref).length,
    missing: Math.max(again?.diff.missing.length ?? 0, again?.diff.noRow.length ?? 0),
    leads: leads + (again?.diff.leads.length ?? 0),
    answered: matches.filter(({ contested }) => contested).length,
    others: again ? countParts(again.parts) : 0,
  };
}

/** What looks wrong, the worst first, with its place. */
function doubtsSection({ understood, draft }: DraftView, words: Words): DraftSection[] {
  const doubts = understood.problems.filter(({ severity }) => severity !== 'note');
  const all = understood.problems.length;
  if (all === 0) return [];
  const lines = doubts.slice(0, MOST_SHOWN).map(
    ({ where, message }): Paragraph => ({
      runs: [run(short(where, 60), BOLD), gap(': '), run(short(message, 240))],
    }),
  );
  return [
    section([run(words.say('draft.doubts', { n: doubts.length, notes: all - doubts.length }), BOLD)], lines, [
      showButton(words.say('draft.show.problems', { n: all }), draft.id, 'problems'),
    ]),
  ];
}

function closingButtons(view: DraftView, words: Words): Button[] {
  const { draft, again } = view;
  const left = openQuestions(view);
  const settle =
    view.questions.length > 0
      ? [
          executeButton(
            words.say('draft.settle', { n: left }),
            { verb: 'draft', draft: draft.id, show: 'questions', page: 0 },
            { associatedInputs: 'none', ...(left > 0 ? { style: 'positive' } : {}) },
          ),
        ]
      : [];
  const load = (title: string, missing: 'keep' | 'leave' | 'chosen', isFirst: boolean): Button =>
    executeButton(
      title,
      { verb: 'draftLoad', draft: draft.id, missing },
      { ...(isFirst && left === 0 ? { style: 'positive' } : {}), tooltip: words.say('draft.loadTip') },
    );
  const missing = again?.diff.missing.length ?? 0;
  const gone = leftIn(draft.answers, again?.diff.missing ?? []).length;
  const loads =
    missing === 0
      ? [load(words.say('draft.load'), 'keep', true)]
      : gone > 0
        ? [load(words.say('draft.loadChosen', { n: gone, kept: missing - gone }), 'chosen', true)]
        : [
            load(words.say('draft.loadKeep', { n: missing }), 'keep', true),
            load(words.say('draft.loadLeave', { n: missing }), 'leave', false),
          ];
  return [
    ...settle,
    showButton(words.say('draft.show.groups'), draft.id, 'groups'),
    ...loads,
    executeButton(
      words.say('draft.leave'),
      { verb: 'draftLeave', draft: draft.id },
      { associatedInputs: 'none', tooltip: words.say('draft.leaveTip') },
    ),
  ];
}

/** What came of a draft: loaded, left, or gone. No button is left to press. */
export function doneCard(text: string, title: string, before: string, words: Words): AdaptiveCard {
  const intro = [before, text].filter((line) => line !== '').map((line) => paragraph(line));
  return draftCard({ note: null }, { title, summary: text, intro, sections: [], buttons: [] }, words);
}
