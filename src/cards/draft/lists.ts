import type { DraftView } from '../../app/readDraft';
import { countByStatus } from '../../domain/figures';
import type { NamedPart } from '../../domain/partsDiff';
import { scaleFrom } from '../../domain/planFromFile';
import { compareRefs } from '../../domain/refs';
import type { ReloadMatch } from '../../domain/reload';
import { STATUS_KEYS } from '../../domain/status';
import type { WordKey, Words } from '../../words/words';
import type { AdaptiveCard } from '../facts';
import { nameOf, nameRuns } from '../format';
import { BOLD, dotted, gap, type Paragraph, paragraph, run, SUBTLE } from '../runs';
import { pageOf, weightOf } from '../size';
import type { DraftPage } from '../verbs';
import { type DraftFacts, draftCard, listButtons, section, short, showing } from './frame';
import { changeCounts } from './preview';

/** A list of a draft: a kind of change, the groups, what looks wrong. */
export type DraftList = Exclude<DraftPage, 'preview' | 'questions'>;

const ROOM = { most: 12, bytes: 15_000 };
const TEXT_LIMIT = 200;

/** One of the lists behind the preview, in pages, in place. */
export function listCard(facts: DraftFacts, list: Exclude<DraftList, 'missing'>, words: Words): AdaptiveCard {
  const { view } = facts;
  const lines = linesOf(view, list, words);
  const page = pageOf(lines, facts.page, weightOf, ROOM);
  const n = list === 'groups' || list === 'problems' ? lines.length : changeCounts(view)[list];
  const title = words.say(`draft.list.${list}`, { n });
  return draftCard(
    facts,
    {
      title,
      summary: title,
      intro: [paragraph(words.say(`draft.about.${list}`), SUBTLE), ...showing(page, words)],
      sections: page.items.length > 0 ? [section([], page.items)] : [],
      buttons: listButtons(view.draft.id, list, page, words),
    },
    words,
  );
}

function linesOf(view: DraftView, list: Exclude<DraftList, 'missing'>, words: Words): Paragraph[] {
  switch (list) {
    case 'groups':
      return groupLines(view, words);
    case 'problems':
      return view.understood.problems.map(({ severity, where, message }) => ({
        runs: [
          run(words.say(`draft.severity.${severity}`), BOLD),
          gap(' '),
          run(short(where, 80), SUBTLE),
          gap(': '),
          run(short(message, 400)),
        ],
      }));
    case 'added':
      return (view.again?.diff.added ?? []).map((action) => ({ runs: nameRuns(action) }));
    case 'changed':
      return matchesOf(view, ({ changes }) => changes.length > 0).map((match) => changedLine(match, words));
    case 'moved':
      return matchesOf(view, ({ before, fields }) => before.ref !== fields.ref).map((match) =>
        movedLine(match, words),
      );
    case 'leads':
      return leadLines(view, words);
    case 'others':
      return partLines(view, words);
    case 'answered':
      return matchesOf(view, ({ contested }) => contested).map((match) => answeredLine(match, view, words));
  }
}

function matchesOf({ again }: DraftView, isOne: (match: ReloadMatch) => boolean): ReloadMatch[] {
  return (again?.diff.matches ?? []).filter(isOne).sort((a, b) => compareRefs(a.fields.ref, b.fields.ref));
}

function groupLines({ understood }: DraftView, words: Words): Paragraph[] {
  const scale = scaleFrom(understood.scale);
  return understood.groups.map((group) => {
    const own = understood.actions.filter((action) => action.group === group.ref);
    const counts = countByStatus(own.map(({ status }) => ({ status: status.key })));
    const split = STATUS_KEYS.filter((key) => counts[key] > 0)
      .map((key) => words.say('status.count', { status: nameOf(scale, key, words), n: counts[key] }))
      .join(', ');
    return {
      runs: dotted([
        nameRuns(group),
        [run(words.say('draft.groupSize', { n: own.length }))],
        [run(split, SUBTLE)],
        [run(short(group.leads.map(({ name }) => name).join(', '), TEXT_LIMIT), SUBTLE)],
      ]),
    };
  });
}

function changedLine({ fields, changes }: ReloadMatch, words: Words): Paragraph {
  const what = changes.map(({ field, before, after }) =>
    field === 'narrative'
      ? words.say('draft.change.narrative')
      : words.say(`draft.change.${field}`, {
          before: short(before, 60) || words.say('draft.blank'),
          after: short(after, 60),
        }),
  );
  return { runs: dotted([nameRuns(fields), ...what.map((text) => [run(text, SUBTLE)])]) };
}

function movedLine({ before, fields, by }: ReloadMatch, words: Words): Paragraph {
  const values = { before: short(before.ref, 40), after: short(fields.ref, 40) };
  return {
    runs: dotted([
      [run(words.say('draft.renumbered', values), BOLD)],
      [run(short(fields.title, 80))],
      [run(words.say(`draft.by.${by}`), SUBTLE)],
    ]),
  };
}

function leadLines(view: DraftView, words: Words): Paragraph[] {
  const groups = (view.again?.diff.leads ?? []).map(
    ({ group, left, joined }): Paragraph => ({
      runs: dotted([
        [run(words.say('draft.groupNamed', { ref: short(group, 40) }), BOLD)],
        [
          run(
            left.length > 0
              ? words.say('draft.leadsLeft', { names: short(left.join(', '), TEXT_LIMIT) })
              : '',
          ),
        ],
        [
          run(
            joined.length > 0
              ? words.say('draft.leadsJoined', { names: short(joined.join(', '), TEXT_LIMIT) })
              : '',
          ),
        ],
      ]),
    }),
  );
  const actions = matchesOf(view, ({ changes }) => changes.some(({ field }) => field === 'leads')).map(
    ({ fields, changes }): Paragraph => {
      const change = changes.find(({ field }) => field === 'leads');
      return {
        runs: dotted([
          nameRuns(fields),
          [
            run(
              words.say('draft.change.leads', {
                before: short(change?.before ?? '', 80) || words.say('draft.blank'),
                after: short(change?.after ?? '', 80),
              }),
              SUBTLE,
            ),
          ],
        ]),
      };
    },
  );
  const kept = matchesOf(view, ({ handedOver }) => handedOver).map(
    ({ before, fields }): Paragraph => ({
      runs: dotted([
        nameRuns(fields),
        [
          run(
            words.say('draft.handedOver', {
              names: short(before.leads.map(({ name }) => name).join(', '), 80),
            }),
            SUBTLE,
          ),
        ],
      ]),
    }),
  );
  const gone = (view.again?.diff.gone ?? []).map(({ name, actions: n }) =>
    paragraph(words.say('draft.personGone', { name: short(name), n })),
  );
  return [...groups, ...actions, ...kept, ...gone];
}

/** Measures, business as usual and recommendations that are new, gone or other. */
function partLines({ again }: DraftView, words: Words): Paragraph[] {
  if (!again) return [];
  const { measures, assurance, recommendations } = again.parts;
  const line = (kind: WordKey, { group, text }: NamedPart, more = ''): Paragraph => ({
    runs: dotted([
      [run(words.say(kind), BOLD)],
      [run(short(text, TEXT_LIMIT))],
      [run(group === null ? '' : words.say('draft.groupNamed', { ref: short(group, 40) }), SUBTLE)],
      [run(more, SUBTLE)],
    ]),
  });
  return [
    ...measures.added.map((part) => line('draft.measure.added', part)),
    ...measures.changed.map((part) =>
      line(
        'draft.measure.changed',
        part,
        part.fields.map((field) => words.say(`draft.measureField.${field}`)).join(', '),
      ),
    ),
    ...measures.missing.map((part) => line('draft.measure.missing', part)),
    ...assurance.added.map((part) => line('draft.assurance.added', part)),
    ...assurance.missing.map((part) => line('draft.assurance.missing', part)),
    ...recommendations.added.map((part) => line('draft.recommendation.added', part)),
    ...recommendations.missing.map((part) => line('draft.recommendation.missing', part)),
  ];
}

function answeredLine({ before, says, fields }: ReloadMatch, view: DraftView, words: Words): Paragraph {
  const scale = scaleFrom(view.understood.scale);
  const step = (key: typeof before.status.key, percent: number | null) =>
    percent === null
      ? nameOf(scale, key, words)
      : words.say('status.standing', { status: nameOf(scale, key, words), percent });
  return {
    runs: dotted([
      nameRuns(fields),
      [run(words.say('draft.oursSays', { standing: step(before.status.key, before.percent) }))],
      [
        run(
          words.say('draft.fileSays', {
            standing: step(says.status?.key ?? before.status.key, says.percent ?? before.percent),
          }),
        ),
      ],
      [run(short(before.updatedBy ?? ''), SUBTLE)],
    ]),
  };
}
