import { advancePlan } from '../../src/app/advancePlan';
import { answerDraft } from '../../src/app/answerDraft';
import { chooseDraft } from '../../src/app/chooseDraft';
import { type ConfirmChoices, confirmDraft, leaveDraft } from '../../src/app/confirmDraft';
import { handOver } from '../../src/app/handOver';
import type { Deps } from '../../src/app/ports';
import { readAudit } from '../../src/app/readAudit';
import { readDraft } from '../../src/app/readDraft';
import { keepDraft, maySendPlan } from '../../src/app/receivePlan';
import { recordReading } from '../../src/app/recordReading';
import { recordReturn } from '../../src/app/recordReturn';
import { currentPosition } from '../../src/app/viewPosition';
import { readTargetFigure } from '../../src/domain/readFigure';
import { readTargetDate } from '../../src/domain/targetDate';
import type { UnderstoodAction, UnderstoodMeasure, UnderstoodPlan } from '../../src/domain/understood';
import { Crash, CrashingTable, CrashPlan } from '../fakes/tables';
import { type AppWorld, callerOf, idOf, LINES, line, makeWorld, SEPTEMBER, understood } from '../fakes/world';
import { full } from './understoodPlans';

/** A plan that is loaded again: what was said stays with its action, whatever the file calls it by now. */

const OLIVE = 'Olive Officer';
const KEEP: ConfirmChoices = { missing: 'keep', answered: 'ours' };
const LEAVE: ConfirmChoices = { missing: 'leave', answered: 'ours' };

const TITLES: Readonly<Record<string, string>> = {
  '1.1': 'Mend the harbour wall before winter',
  '1.2': 'Train two pilots for the night tide',
  '1.3': 'Count every mooring in the inner basin',
  '2.1': 'Paint the lighthouse and its railings',
  '2.2': 'Replace ropes on the eastern quay',
  '2.3': 'Report on the lighthouse lamps',
  '3.1': 'Agree opening hours with the fishermen',
  '3.2': 'Buy a second tug for heavy weather',
};

const NAMED = LINES.map((action) => ({ ...action, title: TITLES[action.ref] ?? '' }));

/** The file that is loaded again: as of September, 1.1 and 1.2 swapped, 2.2 gone, 3.3 new, 3.2 led by Ann, 2.1 said otherwise. */
function newer(asOf = '2023-09'): UnderstoodPlan {
  const changed = NAMED.filter(({ ref }) => ref !== '2.2').map((action): UnderstoodAction => {
    switch (action.ref) {
      case '1.1':
        return { ...action, ref: '1.2' };
      case '1.2':
        return { ...action, ref: '1.1', narrative: 'The file has a word of its own.' };
      case '2.1':
        return { ...action, percent: 90, narrative: 'Primed.', planned: readTargetDate('Nov 2023') };
      case '3.2':
        return { ...action, leads: line('x', ['Ann Archer']).leads };
      default:
        return action;
    }
  });
  const added = { ...line('3.3', ['Gil Gannet']), title: 'Write down who keeps the keys' };
  return { ...understood([...changed, added]), plan: { title: 'A plan', asOf } };
}

async function send(world: AppWorld, plan: UnderstoodPlan = newer(), deps: Deps = world.deps) {
  const may = await maySendPlan(deps, callerOf(OLIVE), await world.plan());
  if (!may.may) throw new Error('the officer may not send a plan');
  const draft = await keepDraft(deps, callerOf(OLIVE), may, 'tracker.xlsx', full(plan));
  if (!draft || 'later' in draft) throw new Error('the draft was not kept');
  return draft;
}

function confirm(world: AppWorld, id: string, choices = KEEP, deps: Deps = world.deps, who = OLIVE) {
  return confirmDraft(deps, callerOf(who), { id: idOf(who), name: who, chat: 'chat' }, id, choices);
}

async function openWorld(): Promise<AppWorld> {
  const world = await makeWorld({ lines: NAMED, now: '2023-09-25T09:00:00Z' });
  await world.open();
  await world.advance();
  return world;
}

/** Everything that a reload may change, by the actions' words. */
async function shape(world: AppWorld) {
  const actions = await world.deps.plans.readEveryAction(world.planId);
  const updates = await Promise.all(
    actions.map(async ({ id, title }) => {
      const all = await world.deps.plans.readUpdates(world.planId, id);
      return [title, all.map(({ kind, after }) => `${kind} ${after.percent} ${after.narrative}`)];
    }),
  );
  const leads = await world.deps.plans.readLeads(world.planId);
  const mine = await Promise.all(
    leads.map(async ({ value }) => {
      const own = await world.deps.plans.readActionsOfLead(world.planId, value.lead.key);
      return [value.lead.name, value.person, own.map(({ ref, percent }) => `${ref} ${percent}`)];
    }),
  );
  const prompts = (await world.messages(`prompt|${SEPTEMBER}|`)).map(({ key, state, actions: asked }) => [
    key,
    state,
    asked.length,
  ]);
  const audit = (await readAudit(world.deps, await world.plan())).map(({ what }) =>
    what.kind === 'action-loaded' ? `${what.how} ${what.ref}` : what.kind,
  );
  return {
    actions: actions.map(({ ref, title, percent, narrative, version, left, leads: own, updatedIn }) => ({
      ref,
      title,
      percent,
      narrative,
      version,
      left: left !== undefined,
      leads: own.map(({ name }) => name),
      updatedIn,
    })),
    updates,
    mine,
    prompts,
    audit: audit.sort(),
    reload: (await world.deps.reloads.readReload(world.planId))?.value.state,
  };
}

test('ids, replies and history stay with the action whatever its ref is now', async () => {
  const world = await openWorld();
  const wall = (await world.action('1.1')).value;
  await world.reply('Ann Archer', '1.1', { percent: 75, narrative: 'Half of the wall stands.' });
  const draft = await send(world);
  expect(await confirm(world, draft.id)).toMatchObject({
    outcome: 'loaded',
    result: { counts: { added: 1, moved: 2, left: 0 } },
  });
  await world.advance();
  const now = (await world.action('1.2')).value;
  expect(now).toMatchObject({ id: wall.id, title: TITLES['1.1'], percent: 75, updatedIn: SEPTEMBER });
  expect(now.narrative).toBe('Half of the wall stands.');
  const updates = await world.deps.plans.readUpdates(world.planId, wall.id);
  expect(updates.map(({ after }) => after.narrative)).toEqual(['Half of the wall stands.']);
  const own = await world.deps.plans.readActionsOfLead(world.planId, wall.leads[0]?.key ?? '');
  expect(own.find(({ id }) => id === wall.id)).toMatchObject({ ref: '1.2', percent: 75 });
});

test('what the file says is taken where nobody answered since its month, and kept as a line of the history', async () => {
  const world = await openWorld();
  await world.reply('Ben Baker', '1.2', { percent: 33, narrative: 'One pilot is trained.' });
  const draft = await send(world);
  await confirm(world, draft.id);
  await world.advance();
  // Answered this month: the lead's words hold.
  expect((await world.action('1.1')).value).toMatchObject({
    percent: 33,
    narrative: 'One pilot is trained.',
  });
  const lighthouse = (await world.action('2.1')).value;
  expect(lighthouse).toMatchObject({ percent: 90, narrative: 'Primed.', updatedIn: null, version: 1 });
  expect(lighthouse.planned?.due).toBe('2023-11-30');
  const [said] = await world.deps.plans.readUpdates(world.planId, lighthouse.id);
  expect(said).toMatchObject({
    kind: 'loaded',
    by: { name: OLIVE },
    before: { percent: 70 },
    after: { percent: 90 },
  });
});

test('the file’s words are taken over an answer only when that was chosen', async () => {
  const world = await openWorld();
  await world.reply('Ben Baker', '1.2', { percent: 33, narrative: 'One pilot is trained.' });
  const draft = await send(world);
  await confirm(world, draft.id, { missing: 'keep', answered: 'file' });
  await world.advance();
  const pilots = (await world.action('1.1')).value;
  expect(pilots).toMatchObject({ percent: 50, narrative: 'The file has a word of its own.', version: 2 });
  const updates = await world.deps.plans.readUpdates(world.planId, pilots.id);
  expect(updates.map(({ kind }) => kind)).toEqual(['loaded', 'answer']);
});

test('what has no row stays, or leaves the plan: not counted, not asked, its history kept; and it can come back', async () => {
  const world = await openWorld();
  await confirm(world, (await send(world)).id, KEEP);
  await world.advance();
  expect((await world.deps.plans.readActions(world.planId)).map(({ ref }) => ref)).toContain('2.2');

  await confirm(world, (await send(world)).id, LEAVE);
  await world.advance();
  const left = (await world.deps.plans.readEveryAction(world.planId)).filter((action) => action.left);
  expect(left.map(({ title }) => title)).toEqual([TITLES['2.2']]);
  const view = await currentPosition(world.deps, await world.plan(), SEPTEMBER);
  expect(view.position.total).toBe(8);
  const reply = await world.reply('Cat Carter', '2.3', {}, { action: left[0]?.id ?? '' });
  expect(reply.outcome).toBe('no-action');

  const again = newer();
  const row = { ...(NAMED[4] ?? line('2.2', [])), ref: '2.4' };
  await confirm(world, (await send(world, { ...again, actions: [...again.actions, row] })).id, LEAVE);
  await world.advance();
  expect((await world.action('2.4')).value).toMatchObject({ id: left[0]?.id, title: TITLES['2.2'] });
  expect((await readAudit(world.deps, await world.plan())).map(({ what }) => what)).toContainEqual(
    expect.objectContaining({ kind: 'action-loaded', how: 'back', ref: '2.4' }),
  );
});

test('in an open month new leads are asked, and nobody is asked twice', async () => {
  const world = await openWorld();
  const prompts = () =>
    world.teams.arrived.filter(
      ({ to, content }) => to === idOf('Ann Archer') && content.summary.startsWith('prompt|'),
    ).length;
  const before = prompts();
  await world.rosterChanges([
    ...['Olive Officer', 'Ann Archer', 'Ben Baker', 'Cat Carter', 'Dan Draper', 'Eve Eaton'],
    'Gil Gannet',
  ]);
  await confirm(world, (await send(world)).id);
  await world.advance();
  const gil = await world.message(`prompt|${SEPTEMBER}|${idOf('Gil Gannet')}`);
  expect(gil).toMatchObject({ state: 'sent' });
  expect(prompts()).toBe(before);
  expect(world.teams.arrived.map(({ content }) => content.summary)).toContainEqual(
    expect.stringMatching(/^notice\|reload\|.*\|ann-archer$/),
  );
  // Ann answers for the tug from now on: her prompt says so, and Dan's no longer does.
  const tug = (await world.action('3.2')).value.id;
  expect((await world.message(`prompt|${SEPTEMBER}|${idOf('Ann Archer')}`)).actions).toContain(tug);
  expect((await world.message(`prompt|${SEPTEMBER}|${idOf('Dan Draper')}`)).actions).not.toContain(tug);
});

test('a lead whom Steward’s own hand-over put there stays while the file names the former', async () => {
  const world = await openWorld();
  const tug = (await world.action('3.2')).value;
  await handOver(
    world.deps,
    await world.plan(),
    { id: idOf(OLIVE), name: OLIVE, chat: 'c' },
    {
      actions: [tug.id],
      from: [tug.leads[0]?.key ?? ''],
      to: idOf('Cat Carter'),
    },
  );
  const same = { ...understood(NAMED), plan: { title: 'A plan', asOf: '2023-09' } };
  await confirm(world, (await send(world, same)).id);
  await world.advance();
  expect((await world.action('3.2')).value.leads.map(({ name }) => name)).toEqual(['Cat Carter']);
});

test('the same confirmation twice changes nothing, nor does one after it was left, nor one by somebody else', async () => {
  const world = await openWorld();
  const draft = await send(world);
  await confirm(world, draft.id);
  await world.advance();
  const once = await shape(world);
  expect(await confirm(world, draft.id)).toMatchObject({ outcome: 'loaded', repeat: true });
  await world.advance();
  expect(await shape(world)).toEqual(once);

  const second = await send(world, { ...newer(), actions: [] });
  expect(await confirm(world, second.id, LEAVE, world.deps, 'Ann Archer')).toEqual({ outcome: 'none' });
  await leaveDraft(world.deps, callerOf(OLIVE).tenant, idOf(OLIVE), second.id);
  expect(await confirm(world, second.id, LEAVE)).toEqual({ outcome: 'none' });
  expect(await shape(world)).toEqual(once);
});

test('whoever is no programme officer any more loads nothing', async () => {
  const world = await openWorld();
  const draft = await send(world);
  const stored = await world.deps.plans.readPlan(world.planId);
  if (stored)
    await world.deps.plans.savePlan({
      ...stored,
      value: { ...stored.value, officers: [idOf('Ann Archer')] },
    });
  expect(await confirm(world, draft.id, LEAVE)).toMatchObject({ outcome: 'not-officer' });
});

test('a draft goes away by itself, with all that was understood', async () => {
  const world = await openWorld();
  const draft = await send(world);
  await world.deps.drafts.dropExpired(draft.receivedAt);
  expect(await world.deps.drafts.readDraft(draft.tenant, draft.person)).not.toBeNull();
  await world.deps.drafts.dropExpired(draft.expires);
  expect(await world.deps.drafts.readDraft(draft.tenant, draft.person)).toBeNull();
  expect(await confirm(world, draft.id)).toEqual({ outcome: 'none' });
});

describe('a process that stops', () => {
  const replied = async (world: AppWorld) => {
    await world.reply('Ann Archer', '1.1', { percent: 75, narrative: 'Half of the wall stands.' });
    return send(world);
  };

  test('at any write of a load is gone on from by another, to the very same end', async () => {
    const whole = await openWorld();
    const { id } = await replied(whole);
    await confirm(whole, id, LEAVE);
    await whole.advance();
    const expected = await shape(whole);

    let crashes = 0;
    for (let at = 1; at < 80; at += 1) {
      for (const afterwards of [false, true]) {
        const world = await openWorld();
        const draft = await replied(world);
        const crash = new CrashPlan();
        const dying = world.instance('dying', (table) => new CrashingTable(table, crash));
        crash.crashAt(at, afterwards);
        const died = await (async () => {
          await confirm(world, draft.id, LEAVE, dying);
          await advancePlan(dying, world.planId);
        })().then(
          () => false,
          (error: unknown) => {
            if (error instanceof Crash) return true;
            throw error;
          },
        );
        if (!died && !crash.crashed) {
          expect(crashes).toBeGreaterThan(20);
          return;
        }
        crashes += 1;
        // The officer taps once more (or the worker finds it), when the lease of the one that stopped has run out.
        world.clock.advance(60_000);
        await confirm(world, draft.id, LEAVE);
        await world.advance();
        const { prompts: _, ...end } = await shape(world);
        const { prompts: __, ...wanted } = expected;
        expect({ at, afterwards, ...end }).toEqual({ at, afterwards, ...wanted });
      }
    }
    throw new Error('a load takes more writes than any test went through');
  });

  test('a reply that arrives in the middle of a load is kept', async () => {
    const whole = await openWorld();
    const draft = await send(whole);
    const crash = new CrashPlan();
    const dying = whole.instance('dying', (table) => new CrashingTable(table, crash));
    await confirm(whole, draft.id, LEAVE, dying);
    crash.crashAt(3);
    await advancePlan(dying, whole.planId).catch(() => undefined);
    expect((await whole.deps.reloads.readReload(whole.planId))?.value.state).toBe('running');
    const ref = (await whole.deps.plans.readActions(whole.planId)).find(
      ({ title }) => title === TITLES['2.1'],
    )?.ref;
    expect(
      await whole.reply('Ben Baker', ref ?? '', { percent: 11, narrative: 'The paint ran out.' }),
    ).toMatchObject({
      outcome: 'saved',
    });
    whole.clock.advance(60_000);
    await whole.advance();
    expect((await whole.deps.reloads.readReload(whole.planId))?.value.state).toBe('done');
    expect((await whole.action('2.1')).value).toMatchObject({ percent: 11, narrative: 'The paint ran out.' });
  });
});

test('actions without a row are chosen one by one: those that were said to have left leave, the others stay', async () => {
  const world = await openWorld();
  const few = understood(NAMED.slice(2));
  const draft = await send(world, few);
  const [first, second] = (await world.deps.plans.readActions(world.planId)).filter(({ ref }) =>
    NAMED.slice(0, 2).some((row) => row.ref === ref),
  );
  if (!first || !second) throw new Error('two actions were to go');
  const typed = { [`gone|${first.id}`]: 'left', [`gone|${second.id}`]: 'stays', 'gone|nobody': 'left' };
  await answerDraft(world.deps, draft.tenant, draft.person, draft.id, typed);
  await confirm(world, draft.id, { missing: 'chosen', answered: 'ours' });
  await world.advance();
  const refs = (await world.deps.plans.readActions(world.planId)).map(({ ref }) => ref);
  expect(refs).not.toContain(first.ref);
  expect(refs).toContain(second.ref);
});

test('a file that comes in the middle of a month leaves readings and reports as they were said, and brings new lines of business as usual', async () => {
  const measure: UnderstoodMeasure = {
    ref: null,
    name: 'Advice in time',
    group: '1',
    owners: [{ name: 'Ann Archer', role: null, kind: 'lead' }],
    target: readTargetFigure('75%'),
    baseline: '',
    interim: [],
    readings: [{ period: '2023-08', text: '59%', value: 59, kind: 'number' }],
    narrative: '',
  };
  const more = {
    measures: [measure],
    assurance: [{ group: '1', activity: 'Files are audited', complete: 'TBC', impact: '' }],
  };
  const world = await makeWorld({ lines: NAMED, more, now: '2023-09-25T09:00:00Z' });
  await world.open();
  await world.advance();
  const [stored] = await world.deps.measures.readMeasures(world.planId);
  const [report] = await world.deps.measures.readReports(world.planId);
  if (!stored || !report) throw new Error('nothing to read');
  const reply = { plan: world.planId, period: SEPTEMBER, chat: 'chat' };
  await recordReading(world.deps, callerOf('Ann Archer'), {
    ...reply,
    measure: stored.id,
    version: stored.version,
    text: '62%',
    anyway: false,
  });
  const lines = report.assurance.map(({ id }) => ({ id, complete: 'Yes', impact: 'Fewer slips' }));
  await recordReturn(world.deps, callerOf(report.leads[0]?.name ?? ''), {
    ...reply,
    report: report.id,
    version: report.version,
    said: { recommendation: 'Agree a second tug.', lines },
  });
  const draft = await send(world, {
    ...understood(NAMED),
    plan: { title: 'A plan', asOf: '2023-09' },
    measures: [
      {
        ...measure,
        target: readTargetFigure('80%'),
        readings: [{ period: '2023-09', text: '50%', value: 50, kind: 'number' }],
      },
      { ...measure, name: 'Calls answered', owners: [] },
    ],
    assurance: [
      { group: '1', activity: 'Files are audited', complete: 'No', impact: '' },
      { group: '1', activity: 'Lamps are trimmed', complete: '', impact: '' },
    ],
  });
  const found = await readDraft(world.deps, draft.tenant, draft.person, draft.id);
  expect(found).toMatchObject({
    view: {
      again: {
        parts: {
          measures: {
            added: [{ text: 'Calls answered' }],
            changed: [{ text: 'Advice in time', fields: ['target'] }],
          },
          assurance: { added: [{ text: 'Lamps are trimmed' }], missing: [] },
        },
      },
    },
  });
  await confirm(world, draft.id);
  await world.advance();
  const after = await world.deps.measures.readMeasures(world.planId);
  expect(after.map(({ name, target, last }) => [name, target?.text, last?.text])).toEqual([
    ['Advice in time', '80%', '62%'],
    ['Calls answered', '75%', '59%'],
  ]);
  const [kept] = await world.deps.measures.readReports(world.planId);
  expect(kept?.last?.recommendation).toBe('Agree a second tug.');
  expect(kept?.assurance.map(({ activity, complete }) => [activity, complete])).toEqual([
    ['Files are audited', 'Yes'],
    ['Lamps are trimmed', ''],
  ]);
});

test('a second file while one waits asks which to keep, and drops neither before', async () => {
  const world = await openWorld();
  const first = await send(world);
  const may = await maySendPlan(world.deps, callerOf(OLIVE), await world.plan());
  if (!may.may) throw new Error('the officer may not send a plan');
  const again = () => keepDraft(world.deps, callerOf(OLIVE), may, 'later.xlsx', full(understood(NAMED)));
  const two = await again();
  if (!two || !('later' in two)) throw new Error('there should be two');
  expect([two.present.id, two.later.fileName]).toEqual([first.id, 'later.xlsx']);
  const shown = (id: string) => readDraft(world.deps, first.tenant, first.person, id);
  expect((await shown(first.id)).found).toBe('draft');
  // Going on with the first leaves it as it was, and the other is gone.
  expect((await chooseDraft(world.deps, first.tenant, first.person, first.id))?.id).toBe(first.id);
  expect(await chooseDraft(world.deps, first.tenant, first.person, two.later.id)).toBeNull();
  const anew = await again();
  if (!anew || !('later' in anew)) throw new Error('there should be two');
  expect((await chooseDraft(world.deps, first.tenant, first.person, anew.later.id))?.id).toBe(anew.later.id);
  expect((await shown(anew.later.id)).found).toBe('draft');
  expect((await shown(first.id)).found).toBe('none');
});
