import type { Activity, TurnContext } from 'botbuilder';
import type { LeadKey } from '../../src/domain/plan';
import { readAhead, readNow } from '../../src/teams/readAhead';
import { runTurn, type TurnDeps } from '../../src/teams/turn';
import { turnDepsOf } from '../fakes/turns';
import { type AppWorld, callerOf, idOf, makeWorld, PEOPLE, TENANT } from '../fakes/world';

/** A text is read while storage says who asks. What it is taken for must be what it would have been taken for after. */

const ann = callerOf('Ann Archer');
const CHAT = 'chat';
const incoming = { caller: ann, place: { kind: 'personal', conversation: CHAT } } as const;

async function makeTurns(): Promise<{ world: AppWorld; deps: TurnDeps }> {
  const world = await makeWorld({ people: PEOPLE });
  await world.open();
  await world.advance();
  const deps = turnDepsOf(world.instance('reading'));
  return { world, deps };
}

/** Ann says something, as a turn; gives the line that stands for the answer. */
async function say(deps: TurnDeps, text: string): Promise<string> {
  const activity = {
    type: 'message',
    text,
    from: { id: ann.userId, aadObjectId: ann.objectId, name: ann.name },
    serviceUrl: ann.serviceUrl,
    conversation: { id: CHAT, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
  };
  const sent: Partial<Activity>[] = [];
  const sendActivity = async (one: Partial<Activity>): Promise<void> => {
    sent.push(one);
  };
  await runTurn(deps, { activity, sendActivity } as unknown as TurnContext);
  return sent.map(({ summary }) => summary ?? '').join('\n');
}

async function planOf({ deps, world }: { deps: TurnDeps; world: AppWorld }) {
  const plan = (await deps.plans.readPlan(world.planId))?.value;
  if (!plan) throw new Error('there is no plan');
  return plan;
}

test('nothing is read ahead for somebody who has not asked yet', async () => {
  const { deps } = await makeTurns();
  expect(await readAhead(deps, incoming, 'show my amber actions')).toBeNull();
  await say(deps, 'show my amber actions');
  expect(await readAhead(deps, incoming, 'show my amber actions')).not.toBeNull();
});

test('what a text was taken for is kept while all that it was read with is the same, whoever says it', async () => {
  const turns = await makeTurns();
  const { deps } = turns;
  await say(deps, 'show my amber actions');
  const text = 'only the overdue ones';
  const ahead = (await readAhead(deps, incoming, text))?.reading;
  if (!ahead) throw new Error('nothing was read ahead');
  const asker = { plan: await planOf(turns), incoming };
  expect(readNow(deps, asker, text, ahead)).toBe(ahead);
  expect((await readAhead(deps, incoming, text))?.reading).toBe(ahead);

  const otherChat = { ...incoming, place: { kind: 'personal', conversation: 'other' } } as const;
  expect(readNow(deps, { ...asker, incoming: otherChat }, text, ahead)).toMatchObject({
    previous: undefined,
    read: { hangs: true },
  });
  const tomorrow = { ...deps, clock: { ...deps.clock, now: () => new Date('2023-12-24T12:00:00Z') } };
  expect(readNow(tomorrow, asker, text, ahead).context.today).toBe('2023-12-24');
  const renamed = { ...asker, plan: { ...asker.plan, groups: [] } };
  expect(readNow(deps, renamed, text, ahead).context.groups).toEqual([]);
});

test('a group that was renamed since is asked for by its new name at once', async () => {
  const turns = await makeTurns();
  const { deps, world } = turns;
  const before = await say(deps, 'show actions in group 1');
  const stored = await deps.plans.readPlan(world.planId);
  if (!stored) throw new Error('there is no plan');
  const groups = stored.value.groups.map((group) =>
    group.ref === '1' ? { ...group, title: 'Transport to school' } : group,
  );
  await deps.plans.savePlan({ ...stored, value: { ...stored.value, groups } });
  const after = await say(deps, 'show actions in transport to school');
  expect(before).toContain('3');
  expect(after).toBe(before);
});

test('the asker’s own actions are read once, while it is looked up who they are; others’ are not read ahead', async () => {
  const { world, deps } = await makeTurns();
  const counting: string[] = [];
  const { readActionsOfLead } = deps.plans;
  const counted: TurnDeps = {
    ...deps,
    plans: Object.assign(Object.create(deps.plans) as TurnDeps['plans'], {
      readActionsOfLead: (plan: string, lead: string) => {
        counting.push(lead);
        return readActionsOfLead.call(deps.plans, plan, lead as LeadKey);
      },
    }),
  };
  await say(counted, 'show my amber actions');
  expect(counting).toHaveLength(1);
  const ahead = await readAhead(counted, incoming, 'show my amber actions');
  expect(counting).toHaveLength(2);
  const [lead] = counting;
  await ahead?.plans.readActionsOfLead(world.planId, lead as LeadKey);
  expect(counting).toHaveLength(2);
  await ahead?.plans.readActionsOfLead('another plan', lead as LeadKey);
  expect(counting).toHaveLength(3);
  await readAhead(counted, incoming, 'show all red actions');
  expect(counting).toHaveLength(3);
});

test('whoever answers for other leads since is shown theirs', async () => {
  const { deps } = await makeTurns();
  const before = await say(deps, 'show my amber actions');
  const found = await deps.people.readPerson(TENANT, idOf('Ann Archer'));
  if (!found) throw new Error('nobody knows Ann');
  const plans = found.value.plans.map((member) => ({ ...member, leads: [] }));
  await deps.people.savePerson({ ...found, value: { ...found.value, plans } });
  expect(before).toContain('2');
  expect(await say(deps, 'show my amber actions')).not.toBe(before);
});
