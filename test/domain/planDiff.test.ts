import fc from 'fast-check';
import { type ComparedAction, type ComparedPlan, comparePlans } from '../../src/domain/planDiff';
import { readTargetDate } from '../../src/domain/targetDate';

function action(ref: string, planned: string, more: Partial<ComparedAction> = {}): ComparedAction {
  return {
    ref,
    group: ref.split('.')[0] ?? '',
    title: '',
    leads: [],
    planned: readTargetDate(planned),
    revised: null,
    status: { text: '', key: null },
    percent: null,
    narrative: '',
    ...more,
  };
}

function plan(actions: readonly ComparedAction[], leads: readonly string[] = []): ComparedPlan {
  const group = { ref: '1', title: '', leads: leads.map((name) => ({ name, role: null })) };
  return { groups: [group], actions };
}

const moves = (older: readonly ComparedAction[], newer: readonly ComparedAction[]): string[] =>
  comparePlans(plan(older), plan(newer)).moved.map(({ before, after }) => `${before}→${after}`);

describe('a tracker that prints no titles', () => {
  it('is matched by refs, and lists what has no row', () => {
    const older = [action('1.1', 'Jul 22'), action('1.2', 'Sep 22'), action('1.10', 'Dec 22')];
    const { missing, added, moved } = comparePlans(
      plan(older),
      plan([action('1.1', 'Jul-22'), action('1.3', '')]),
    );
    expect(missing.map(({ ref }) => ref)).toEqual(['1.2', '1.10']);
    expect(added).toEqual(['1.3']);
    expect(moved).toEqual([]);
  });

  it('tells two rows that were swapped by their dates', () => {
    const older = [action('9.1.1', 'May 22'), action('9.1.2', 'May 24'), action('9.1.3', 'Jul 22')];
    const newer = [action('9.1.1', 'Sep 22'), action('9.1.2', 'Jul 22'), action('9.1.3', 'May 24')];
    expect(moves(older, newer)).toEqual(['9.1.3→9.1.2', '9.1.2→9.1.3']);
  });

  it('tells rows that moved up after one was dropped, even where the last date slipped', () => {
    const dates = ['Jan 23', 'Feb 23', 'Jul 23', 'Jan 23', 'Nov 22', 'Mar 23', 'Mar 23', 'Jul 22'];
    const later = ['Jan 23', 'Feb 23', 'Jul 23', 'Feb 23', 'Mar 23', 'Mar 23', 'Aug 22'];
    const older = dates.map((date, index) => action(`5.1.${index + 1}`, date));
    const newer = later.map((date, index) => action(`5.1.${index + 1}`, date));
    expect(moves(older, newer)).toEqual(['5.1.6→5.1.5', '5.1.7→5.1.6', '5.1.8→5.1.7']);
    expect(comparePlans(plan(older), plan(newer)).missing).toEqual([{ ref: '5.1.8', perhaps: '5.1.7' }]);
  });

  it('does not take new dates for new numbers', () => {
    const older = ['Apr 22', 'Jan 23', 'May 23'].map((date, index) => action(`1.3.${index + 1}`, date));
    expect(moves(older, [action('1.3.1', 'Sep 22'), action('1.3.2', 'Aug 22')])).toEqual([]);
  });
});

describe('a new version of the plan', () => {
  const boat = action('1.1', 'Jul 22', { title: 'Build a boat that floats in any weather' });
  const nets = action('1.2', 'Sep 22', { title: 'Mend the nets before the winter storms' });

  it('is matched by words, never by ref alone', () => {
    const diff = comparePlans(
      plan([boat, nets]),
      plan([
        { ...nets, ref: '1.1' },
        { ...boat, ref: '2.4' },
        action('1.2', '', { title: 'Teach the children to swim' }),
      ]),
    );
    expect(diff.moved.map(({ before, after, by }) => [before, after, by])).toEqual([
      ['1.2', '1.1', 'words'],
      ['1.1', '2.4', 'words'],
    ]);
    expect(diff.added).toEqual(['1.2']);
    expect(diff.missing).toEqual([]);
  });

  it('says what reads otherwise, and knows one date in two spellings', () => {
    const after = {
      ...boat,
      planned: readTargetDate('Jul-22'),
      percent: 40,
      status: { text: 'A', key: 'amber' as const },
    };
    const before = { ...boat, percent: 20, status: { text: 'Green', key: 'green' as const } };
    const [match] = comparePlans(plan([before, nets]), plan([after, nets])).changed;
    expect(match?.changes).toEqual([
      { field: 'status', before: 'Green', after: 'A' },
      { field: 'percent', before: '20%', after: '40%' },
    ]);
  });
});

it('tells whose leads changed and who has gone', () => {
  const led = action('1.1', '', { leads: [{ name: 'Ada Stone', role: null, kind: 'lead' }] });
  const diff = comparePlans(
    plan([led, { ...led, ref: '1.2' }], ['Ada Stone', 'Ben Reed']),
    plan([action('1.1', '')], ['ben  reed', 'Cleo Marsh']),
  );
  expect(diff.leads).toEqual([{ group: '1', left: ['Ada Stone'], joined: ['Cleo Marsh'] }]);
  expect(diff.gone).toEqual([{ name: 'Ada Stone', actions: 2 }]);
});

it('finds nothing to say of a plan compared with itself, and loses no action of any other', () => {
  const made = fc.record({
    ref: fc.constantFrom('1.1', '1.2', '1.3', '2.1', 'A4', ''),
    title: fc.constantFrom('', 'Build a boat now', 'Mend the nets', 'Build a boat'),
    planned: fc.constantFrom('', 'Jul 22', 'Sep 22', 'Rolling'),
  });
  const plans = fc
    .array(made, { maxLength: 12 })
    .map((rows) => plan(rows.map(({ ref, planned, title }) => action(ref, planned, { title }))));
  fc.assert(
    fc.property(plans, plans, (one, other) => {
      const same = comparePlans(one, one);
      expect([same.added, same.changed, same.moved]).toEqual([[], [], []]);
      const { matches, added } = comparePlans(one, other);
      expect(matches.length + added.length).toBe(other.actions.length);
      expect(new Set(matches.map(({ at }) => at.before)).size).toBe(matches.length);
    }),
  );
});
