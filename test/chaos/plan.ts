import type { UnderstoodAction, UnderstoodPlan } from '../../src/domain/understood';
import type { Random } from './random';

/** The people of the simulated team; the first is programme officer. All are invented. */
export const NAMES = [
  'Olive Officer',
  'Ann Archer',
  'Ben Baker',
  'Cat Carter',
  'Dan Draper',
  'Eve Eaton',
  'Gus Gardner',
  'Hal Hooper',
] as const;

/** Somebody in plans who is in nobody's team. */
const ABSENT = 'Fay Farmer';

export function idOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

const WORDS = 'Mend Train Count Paint Replace Report Agree Buy Write Open Close Survey Clear Move'.split(' ');
const THINGS =
  'the harbour wall|two pilots for the night tide|every mooring|the lighthouse|ropes on the quay|lamps|opening hours|a second tug'.split(
    '|',
  );

/** A plan of eight to fourteen actions in three groups: shared ones, some without leads, a delivered one, a pointer, a lead whom nobody knows. */
export function makePlanOf(random: Random): UnderstoodPlan {
  const actions = Array.from({ length: random.int(8, 14) }, (_, at): UnderstoodAction => {
    const group = String((at % 3) + 1);
    const status = random.pick([
      { text: 'R', key: 'red' as const },
      { text: 'A', key: 'amber' as const },
      { text: 'A', key: 'amber' as const },
      { text: 'G', key: 'green' as const },
      { text: 'B', key: 'blue' as const },
      { text: '', key: null },
    ]);
    const names = NAMES.slice(1);
    const lead = random.chance(0.08) ? ABSENT : random.pick(names);
    const leads = random.chance(0.12) ? [] : random.chance(0.2) ? [lead, random.pick(names)] : [lead];
    return {
      ref: `${group}.${Math.floor(at / 3) + 1}`,
      group,
      title: `${random.pick(WORDS)} ${random.pick(THINGS)}, part ${at + 1}`,
      leads: [...new Set(leads)].map((name, n) => ({ name, role: null, kind: n === 0 ? 'lead' : 'co-lead' })),
      planned: null,
      revised: null,
      status,
      percent: status.key === 'blue' ? 100 : status.key === null ? null : random.int(5, 90),
      narrative: 'As the file says it.',
      barriers: status.key === 'red' ? 'Nobody has agreed to pay.' : '',
      ask: status.key === 'red' ? 'Agree who pays.' : '',
      see: status.key === null && at > 3 ? ['1.1'] : [],
    };
  });
  return {
    plan: { title: 'A plan', asOf: null },
    groups: ['1', '2', '3'].map((ref, at) => ({
      ref,
      title: `Group ${ref}`,
      leads: [{ name: NAMES[at + 3] ?? NAMES[3], role: null }],
    })),
    actions,
    measures: [],
    people: [],
    problems: [],
  };
}

/** The same plan as a later file has it: one row gone, one new, one with another lead, one renumbered, one that says otherwise. */
export function laterPlan(plan: UnderstoodPlan, random: Random, asOf: `${number}-${number}`): UnderstoodPlan {
  const gone = random.int(0, plan.actions.length - 1);
  const kept = plan.actions.filter((_, at) => at !== gone);
  const changed = kept.map((action, at): UnderstoodAction => {
    if (at === 1) return { ...action, leads: [{ name: random.pick(NAMES), role: null, kind: 'lead' }] };
    if (at === 2)
      return { ...action, percent: random.int(1, 99), narrative: 'A later file says it otherwise.' };
    if (at === 3) return { ...action, ref: `${action.group}.9` };
    return action;
  });
  const first = plan.actions[0];
  const added: UnderstoodAction[] = first
    ? [
        {
          ...first,
          ref: `${first.group}.${random.int(10, 99)}`,
          title: `Write down who keeps the keys ${random.int(1, 9_999)}`,
        },
      ]
    : [];
  return { ...plan, plan: { ...plan.plan, asOf }, actions: [...changed, ...added] };
}
