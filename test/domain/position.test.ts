import fc from 'fast-check';
import {
  type Counts,
  compareTotals,
  countByStatus,
  type EarlierTotals,
  type FigureKey,
  sharesOf,
} from '../../src/domain/figures';
import { type Period, periodOf } from '../../src/domain/period';
import type { Action, NamedLead } from '../../src/domain/plan';
import { type PositionInput, takePosition } from '../../src/domain/position';
import { compareRefs } from '../../src/domain/refs';
import { type Snapshot, snapshotOf } from '../../src/domain/snapshot';
import { DEFAULT_SCALE, STATUS_KEYS, type StatusKey } from '../../src/domain/status';

const PERIOD: Period = '2023-09';
const FIGURE_KEYS: readonly FigureKey[] = [...STATUS_KEYS, 'none'];

describe('the figures of a real front page', () => {
  const actions = snapshotsOf({ red: 3, amber: 27, green: 19, blue: 46, grey: 3 });
  const position = takePosition(
    inputOf({
      actions,
      earlier: [
        typed('2022-12', { red: 4, amber: 67, green: 23, blue: 2 }, 'before-2023-02'),
        typed('2023-06', { amber: 32, green: 29, blue: 31, grey: 2 }),
        typed('2023-03', { red: 3, amber: 45, green: 17, blue: 31 }),
      ],
    }),
  );

  test('are counted, and their shares add up to 100', () => {
    expect(position.total).toBe(98);
    expect(position.figures).toEqual([
      { key: 'red', count: 3, share: 3 },
      { key: 'amber', count: 27, share: 28 },
      { key: 'green', count: 19, share: 19 },
      { key: 'blue', count: 46, share: 47 },
      { key: 'grey', count: 3, share: 3 },
    ]);
  });

  test('are compared with three earlier ones, newest first; a changed scale is said', () => {
    expect(position.comparisons).toEqual([
      {
        with: '2023-06',
        delta: { red: 3, amber: -5, green: -10, blue: 15, grey: 1, none: 0, total: 4 },
        likeForLike: true,
      },
      {
        with: '2023-03',
        delta: { red: 0, amber: -18, green: 2, blue: 15, grey: 3, none: 0, total: 2 },
        likeForLike: true,
      },
      {
        with: '2022-12',
        delta: { red: -1, amber: -40, green: -4, blue: 44, grey: 3, none: 0, total: 2 },
        likeForLike: false,
      },
    ]);
  });

  test('between neighbours, as the tracker titles them', () => {
    const march = typed('2023-03', { red: 3, amber: 45, green: 17, blue: 31 });
    const december = typed('2022-12', { red: 4, amber: 67, green: 23, blue: 2 }, 'before-2023-02');

    expect(compareTotals(march, december)).toEqual({
      with: '2022-12',
      delta: { red: -1, amber: -22, green: -6, blue: 29, grey: 0, none: 0, total: 0 },
      likeForLike: false,
    });
  });
});

describe('the lines of the figures', () => {
  test('show a status that no action has, and no status only where some have none', () => {
    expect(linesOf([snapshot({ status: 'blue' })])).toEqual([
      'red 0',
      'amber 0',
      'green 0',
      'blue 1',
      'grey 0',
    ]);
    expect(linesOf([snapshot({ status: null })]).at(-1)).toBe('none 1');
  });

  test('come in the order of concern of the scale, and leave no action out that the scale lacks', () => {
    const statuses = DEFAULT_SCALE.statuses.filter(({ key }) => key !== 'grey' && key !== 'blue').reverse();
    const actions = snapshotsOf({ grey: 1, amber: 2, none: 1 });
    const { figures } = takePosition(inputOf({ actions, scale: { ...DEFAULT_SCALE, statuses } }));

    expect(figures.map(({ key, count, share }) => `${key} ${count} ${share}`)).toEqual([
      'red 0 0',
      'amber 2 50',
      'green 0 0',
      'grey 1 25',
      'none 1 25',
    ]);
  });

  test('of an empty plan are 0', () => {
    const position = takePosition(inputOf({}));

    expect(position.total).toBe(0);
    expect(position.figures.map(({ share }) => share)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('shares', () => {
  test.each<[string, number[], number[]]>([
    ['nothing', [], []],
    ['zeros', [0, 0], [0, 0]],
    ['one of all', [7], [100]],
    ['equal remainders: the earlier line', [1, 1, 1], [34, 33, 33]],
    ['equal remainders: the larger count', [1, 3, 4], [12, 38, 50]],
    ['a published page that was cut', [3, 27, 19, 46, 3], [3, 28, 19, 47, 3]],
  ])('%s', (_, counts, shares) => {
    expect(sharesOf(counts)).toEqual(shares);
  });

  test('are whole, add up to 100, and are less than one off', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { maxLength: 8 }), (counts) => {
        const total = sum(counts);
        const shares = sharesOf(counts);

        expect(sum(shares)).toBe(total === 0 ? 0 : 100);
        for (const [line, share] of shares.entries()) {
          expect(Number.isInteger(share)).toBe(true);
          if (total > 0) expect(Math.abs(share - ((counts[line] ?? 0) * 100) / total)).toBeLessThan(1);
        }
      }),
    );
  });
});

describe('groups', () => {
  test('each have a line, in ref order; one that only actions name too', () => {
    const actions = [
      snapshot({ group: '2', status: 'red' }),
      snapshot({ group: '11' }),
      snapshot({ group: '2' }),
    ];
    const groups = [
      { ref: '10', title: 'Ten' },
      { ref: '2', title: 'Two' },
    ];
    const position = takePosition(inputOf({ actions, groups }));

    expect(position.groups.map(({ ref, title, total, counts }) => [ref, title, total, counts.red])).toEqual([
      ['2', 'Two', 2, 1],
      ['10', 'Ten', 0, 0],
      ['11', '', 1, 0],
    ]);
  });
});

describe('comparisons', () => {
  test('leave out this period and later, take the latest three, and published before typed', () => {
    const periods: Period[] = ['2023-10', '2023-09', '2023-08', '2023-07', '2023-05', '2023-06', '2022-01'];
    const earlier: EarlierTotals[] = periods.map((period) => typed(period, { red: 1 }));
    const published: EarlierTotals = { ...typed('2023-07', { red: 2 }), from: 'published' };
    const { comparisons } = takePosition(inputOf({ earlier: [...earlier, published] }));

    expect(comparisons.map((comparison) => [comparison.with, comparison.delta.red])).toEqual([
      ['2023-08', -1],
      ['2023-07', -2],
      ['2023-06', -1],
    ]);
  });
});

describe('what moved', () => {
  test('is said of actions in both, with its direction, in ref order', () => {
    const before = [
      snapshot({ id: 'a', status: 'amber' }),
      snapshot({ id: 'b', status: 'amber' }),
      snapshot({ id: 'c', status: 'green' }),
      snapshot({ id: 'd', status: 'green' }),
      snapshot({ id: 'e', status: null }),
      snapshot({ id: 'gone', status: 'red' }),
    ];
    const actions = [
      snapshot({ id: 'a', ref: '1.10.1', status: 'red' }),
      snapshot({ id: 'b', ref: '1.2.1', status: 'blue' }),
      snapshot({ id: 'c', ref: '1.3.1', status: 'green' }),
      snapshot({ id: 'd', ref: '1.4.1', status: 'grey' }),
      snapshot({ id: 'e', ref: '1.5.1', status: 'amber' }),
      snapshot({ id: 'new', ref: '1.6.1', status: 'red' }),
    ];
    const { moves } = takePosition(inputOf({ actions, before }));

    expect(moves.map(({ ref, from, to, direction }) => [ref, from, to, direction])).toEqual([
      ['1.2.1', 'amber', 'blue', 'better'],
      ['1.4.1', 'green', 'grey', 'neither'],
      ['1.5.1', null, 'amber', 'neither'],
      ['1.10.1', 'amber', 'red', 'worse'],
    ]);
  });

  test('red actions are listed as people count', () => {
    const refs = ['10.1.1', 'AIP4', '1.10.2', '1.2.1'];
    const actions = refs.map((ref) => snapshot({ id: `id of ${ref}`, ref, status: 'red' }));

    expect(takePosition(inputOf({ actions })).red).toEqual([
      'id of 1.2.1',
      'id of 1.10.2',
      'id of 10.1.1',
      'id of AIP4',
    ]);
  });
});

describe('silence', () => {
  const actions = [
    snapshot({ id: 'answered', ref: '1', updatedIn: PERIOD }),
    snapshot({ id: 'old', ref: '2', updatedIn: '2023-08' }),
    snapshot({ id: 'never', ref: '10', updatedIn: null }),
    snapshot({ id: 'done', ref: '4', live: false, status: 'blue' }),
    snapshot({ id: 'unasked', ref: '3' }),
  ];

  test('is of each lead who was asked, for what is live and nobody answered', () => {
    const asked = [
      { lead: leadOf('Wanda Zell'), actions: ['never', 'old', 'answered', 'done', 'removed'] },
      { lead: leadOf('Abel Quist'), actions: ['old'] },
      { lead: leadOf('Bea Dunn'), actions: ['answered', 'done'] },
    ];
    const position = takePosition(inputOf({ actions, asked }));

    expect(position.silences).toEqual([
      { lead: leadOf('Abel Quist'), actions: ['old'] },
      { lead: leadOf('Wanda Zell'), actions: ['old', 'never'] },
    ]);
    expect(position.asked).toBe(3);
    expect(position.carried).toEqual(['old', 'unasked', 'never']);
  });

  test('counts a lead once who was asked twice', () => {
    const asked = [
      { lead: leadOf('Abel Quist', 'co-lead'), actions: ['old'] },
      { lead: leadOf('Abel Quist'), actions: ['never', 'old'] },
    ];
    const position = takePosition(inputOf({ actions, asked }));

    expect(position.asked).toBe(1);
    expect(position.silences).toEqual([{ lead: leadOf('Abel Quist'), actions: ['old', 'never'] }]);
  });
});

test('each action is looked at as often in a plan of many groups and leads as in one of few', () => {
  const looksAtEach = (size: number): number => {
    let looks = 0;
    const actions = Array.from({ length: size }, (_, at) => {
      const action = snapshot({ id: `id-${at}`, ref: String(at), group: String(at) });
      return new Proxy(action, {
        get: (target, name) => {
          looks += 1;
          return Reflect.get(target, name);
        },
      });
    });
    const asked = Array.from({ length: size }, (_, at) => {
      return { lead: leadOf(`Lead ${at}`), actions: [`id-${at}`] };
    });
    expect(takePosition(inputOf({ actions, asked })).silences).toHaveLength(size);
    return looks / size;
  };
  expect(looksAtEach(400)).toBeLessThan(2 * looksAtEach(50));
});

describe('a snapshot', () => {
  const action: Action = {
    id: 'a1',
    ref: '1.3.2',
    group: '1',
    title: 'Train the teams',
    leads: [],
    groupLeads: [leadOf('Abel Quist')],
    planned: { text: 'Jul-22', due: '2022-07-31', precision: 'month', recurrence: null, word: null },
    revised: { text: 'Ongoing', due: null, precision: null, recurrence: null, word: 'ongoing' },
    see: [],
    status: { text: 'A', key: 'amber' },
    percent: 50,
    narrative: 'Half are trained.',
    barriers: 'No room',
    ask: 'A room',
    version: 2,
    updatedIn: PERIOD,
    updatedBy: 'Abel Quist',
    updatedAt: '2023-09-21T10:00:00.000Z',
    narrativeFrom: '2023-08',
    unchangedFor: 1,
    was: null,
  };

  test('names who is asked, the dates as written and the day it is due', () => {
    expect(snapshotOf(action, DEFAULT_SCALE)).toEqual({
      id: 'a1',
      ref: '1.3.2',
      group: '1',
      title: 'Train the teams',
      leads: [leadOf('Abel Quist')],
      status: 'amber',
      percent: 50,
      narrative: 'Half are trained.',
      ledByGroup: true,
      narrativeFrom: '2023-08',
      barriers: 'No room',
      ask: 'A room',
      due: null,
      plannedText: 'Jul-22',
      revisedText: 'Ongoing',
      live: true,
      updatedIn: PERIOD,
    });
  });

  test('of something done, or a mere cross-reference, is not live', () => {
    const done: Action = { ...action, status: { text: 'B', key: 'blue' } };
    const pointer: Action = { ...action, status: { text: '', key: null }, percent: null, see: ['7.3.1'] };

    expect(snapshotOf(done, DEFAULT_SCALE).live).toBe(false);
    expect(snapshotOf(pointer, DEFAULT_SCALE)).toMatchObject({ live: false, status: null });
    expect(snapshotOf({ ...action, revised: null }, DEFAULT_SCALE)).toMatchObject({
      due: '2022-07-31',
      revisedText: '',
    });
  });
});

describe('whatever the plan, figures reconcile', () => {
  const aStatus = fc.constantFrom<StatusKey | null>(...STATUS_KEYS, null);
  const aSnapshot = fc
    .record({
      ref: fc.constantFrom('1.2.1', '1.10.2', '1.2.10', 'AIP4', '2.3.a', '10.1.1'),
      group: fc.constantFrom('1', '2', '10', 'other'),
      status: aStatus,
      live: fc.boolean(),
      updatedIn: fc.constantFrom<Period | null>(PERIOD, '2023-08', null),
    })
    .map(snapshot);
  const somePlan = fc
    .array(aSnapshot, { maxLength: 30 })
    .map((actions) => actions.map((action, at): Snapshot => ({ ...action, id: `id-${at}` })));
  const someCounts = fc.record<Counts>({
    red: fc.nat(99),
    amber: fc.nat(99),
    green: fc.nat(99),
    blue: fc.nat(99),
    grey: fc.nat(99),
    none: fc.nat(99),
  });
  const someEarlier = fc.array(
    fc.record<EarlierTotals>({
      period: fc
        .tuple(fc.integer({ min: 2022, max: 2024 }), fc.integer({ min: 1, max: 12 }))
        .map((of) => periodOf(...of)),
      counts: someCounts,
      scale: fc.constantFrom(DEFAULT_SCALE.id, 'older'),
      from: fc.constant('typed'),
    }),
    { maxLength: 6 },
  );
  const someAsked = fc.array(
    fc.record({
      lead: fc.constantFrom('Abel Quist', 'Bea Dunn', 'Wanda Zell').map((name) => leadOf(name)),
      actions: fc.array(
        fc.nat(30).map((at) => `id-${at}`),
        { maxLength: 8 },
      ),
    }),
    { maxLength: 6 },
  );
  const someInput = fc
    .record({ actions: somePlan, before: somePlan, asked: someAsked, earlier: someEarlier })
    .map((parts) => inputOf(parts));

  test('statuses add up to the total, and so do groups, line by line', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const { total, figures, groups } = takePosition(input);

        expect(total).toBe(input.actions.length);
        expect(sum(figures.map(({ count }) => count))).toBe(total);
        expect(sum(figures.map(({ share }) => share))).toBe(total === 0 ? 0 : 100);
        expect(sum(groups.map((group) => group.total))).toBe(total);
        for (const { key, count } of figures) {
          expect(sum(groups.map(({ counts }) => counts[key]))).toBe(count);
        }
        for (const group of groups) expect(sum(Object.values(group.counts))).toBe(group.total);
      }),
    );
  });

  test('each change since the last position is what moved, came and went', () => {
    fc.assert(
      fc.property(somePlan, somePlan, (before, actions) => {
        const last: EarlierTotals = {
          ...typed('2023-08', {}),
          counts: countByStatus(before),
          from: 'published',
        };
        const { comparisons, moves } = takePosition(inputOf({ actions, before, earlier: [last] }));
        const came = actions.filter(({ id }) => !before.some((action) => action.id === id));
        const went = before.filter(({ id }) => !actions.some((action) => action.id === id));

        for (const key of FIGURE_KEYS) {
          const is = (status: StatusKey | null) => (status ?? 'none') === key;
          const arrived =
            moves.filter(({ to }) => is(to)).length + came.filter(({ status }) => is(status)).length;
          const departed =
            moves.filter(({ from }) => is(from)).length + went.filter(({ status }) => is(status)).length;
          expect(comparisons[0]?.delta[key]).toBe(arrived - departed);
        }
        expect(comparisons[0]?.delta.total).toBe(came.length - went.length);
      }),
    );
  });

  test('every change adds up to the change of the total', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        for (const { delta } of takePosition(input).comparisons) {
          expect(sum(FIGURE_KEYS.map((key) => delta[key]))).toBe(delta.total);
        }
      }),
    );
  });

  test('everybody who is silent was asked, about something that is carried over', () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const { silences, carried, asked } = takePosition(input);

        expect(silences.length).toBeLessThanOrEqual(asked);
        for (const { lead, actions } of silences) {
          const askedOf = input.asked
            .filter((one) => one.lead.key === lead.key)
            .flatMap((one) => one.actions);
          expect(carried).toEqual(expect.arrayContaining([...actions]));
          expect(askedOf).toEqual(expect.arrayContaining([...actions]));
          expect(actions.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('the same input in any order gives the same position', () => {
    const inTwoOrders = someInput.chain((input) =>
      fc
        .record({
          actions: shuffled(input.actions),
          before: shuffled(input.before),
          asked: shuffled(input.asked),
          earlier: shuffled(input.earlier.filter(uniquePeriod)),
          groups: shuffled(input.groups),
        })
        .map((parts) => [
          { ...input, earlier: input.earlier.filter(uniquePeriod) },
          { ...input, ...parts },
        ]),
    );
    fc.assert(
      fc.property(inTwoOrders, ([input, reordered]) => {
        if (!input || !reordered) throw new Error('Two inputs are compared');
        const position = takePosition(input);

        expect(takePosition(input)).toEqual(position);
        expect(takePosition(reordered)).toEqual(position);
        expect(JSON.parse(JSON.stringify(position))).toEqual(position);
      }),
    );
  });

  test('reds come as people count', () => {
    fc.assert(
      fc.property(somePlan, (actions) => {
        const refOf = new Map(actions.map(({ id, ref }) => [id, ref]));
        const refs = takePosition(inputOf({ actions })).red.map((id) => refOf.get(id) ?? '');

        expect(refs).toEqual([...refs].sort(compareRefs));
        expect(refs).toHaveLength(countByStatus(actions).red);
      }),
    );
  });
});

function inputOf(parts: Partial<PositionInput>): PositionInput {
  return {
    period: PERIOD,
    at: new Date('2023-10-02T08:00:00Z'),
    scale: DEFAULT_SCALE,
    groups: [
      { ref: '1', title: 'One' },
      { ref: '2', title: 'Two' },
      { ref: '10', title: 'Ten' },
    ],
    actions: [],
    before: [],
    earlier: [],
    asked: [],
    ...parts,
  };
}

function snapshot(parts: Partial<Snapshot>): Snapshot {
  return {
    id: 'a1',
    ref: '1.1.1',
    group: '1',
    title: 'Train the teams',
    leads: [],
    status: 'amber',
    percent: 50,
    narrative: '',
    narrativeFrom: null,
    barriers: '',
    ask: '',
    due: null,
    plannedText: '',
    revisedText: '',
    live: true,
    updatedIn: null,
    ...parts,
  };
}

function snapshotsOf(counts: Partial<Counts>): Snapshot[] {
  return FIGURE_KEYS.flatMap((key) =>
    Array.from({ length: counts[key] ?? 0 }, (_, at) =>
      snapshot({ id: `${key}-${at}`, status: key === 'none' ? null : key }),
    ),
  );
}

function typed(period: Period, counts: Partial<Counts>, scale = DEFAULT_SCALE.id): EarlierTotals {
  return { period, counts: { ...countByStatus([]), ...counts }, scale, from: 'typed' };
}

function leadOf(name: string, kind: NamedLead['kind'] = 'lead'): NamedLead {
  return { key: name.toLowerCase(), name, role: null, kind };
}

function linesOf(actions: readonly Snapshot[]): string[] {
  return takePosition(inputOf({ actions })).figures.map(({ key, count }) => `${key} ${count}`);
}

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}

/** History holds one typed total a period: two of one period would be a question of order. */
function uniquePeriod(totals: EarlierTotals, at: number, all: readonly EarlierTotals[]): boolean {
  return all.findIndex(({ period }) => period === totals.period) === at;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
