import { ActivityTypes, type TurnContext } from 'botbuilder';
import { noteTeam, noteTeamRemoved } from '../app/noteTeam';
import { changePerson, identify, memberOf, personFrom, personId, planOf } from '../app/people';
import { mayRead } from '../domain/authority';
import { type Incoming, membersSchema, teamOf } from './activity';
import { activityOf } from './messenger';
import type { TurnDeps } from './turn';

/**
 * Steward was added or removed, or people joined or left. In a team only a note is written, and the settling of teams nudged; in somebody's own
 * chat they are welcomed, once.
 */
export async function noteMembership(
  deps: TurnDeps,
  context: TurnContext,
  incoming: Incoming,
): Promise<void> {
  if (incoming.place.kind === 'channel') await noteInTeam(deps, context, incoming);
  else if (incoming.place.kind === 'personal') await noteInChat(deps, context, incoming);
}

async function noteInTeam(deps: TurnDeps, context: TurnContext, { caller }: Incoming): Promise<void> {
  const { activity } = context;
  const team = teamOf(activity);
  if (!team) return;
  const seen = { tenant: caller.tenant, id: team.id, name: team.name, serviceUrl: caller.serviceUrl };
  const bot = activity.recipient?.id;
  const added = membersSchema.catch([]).parse(activity.membersAdded ?? []);
  const removed = membersSchema.catch([]).parse(activity.membersRemoved ?? []);
  const isInstalled = activity.type === ActivityTypes.InstallationUpdate;
  const botAdded = isInstalled
    ? activity.action?.startsWith('add') === true
    : added.some(({ id }) => id === bot);
  const botRemoved = isInstalled
    ? activity.action?.startsWith('remove') === true
    : removed.some(({ id }) => id === bot);
  if (botRemoved) {
    await noteTeamRemoved(deps, caller.tenant, team.id);
    return;
  }
  const addedBy = botAdded ? { id: personId(caller), userId: caller.userId, name: caller.name } : null;
  await noteTeam(deps, seen, addedBy);
  await deps.settleTeams();
}

/** Opening the chat, or installing Steward for oneself, is welcomed once; it is also how somebody becomes reachable again. */
async function noteInChat(deps: TurnDeps, context: TurnContext, { caller, place }: Incoming): Promise<void> {
  const { activity } = context;
  if (activity.type === ActivityTypes.InstallationUpdate && activity.action?.startsWith('remove')) {
    const known = await identify(deps, caller);
    if (known)
      await changePerson(deps, known.value, (now) => ({
        ...now,
        unreachable: now.unreachable ?? 'not-installed',
      }));
    return;
  }
  const known = await identify(deps, caller);
  // Teams tells of one event in two ways at the same moment: whoever of the two writes `welcomed` first does the welcoming.
  let isFirst = false;
  await changePerson(deps, known?.value ?? personFrom(caller), (now) => {
    isFirst = !now.welcomed;
    return {
      ...now,
      conversation: place.conversation,
      serviceUrl: caller.serviceUrl,
      userId: caller.userId,
      name: now.name || caller.name,
      unreachable: now.unreachable === 'left' ? 'left' : null,
      welcomed: true,
    };
  });
  if (!isFirst) return;
  const planId = planOf(known?.value);
  const plan = planId ? (await deps.plans.readPlan(planId))?.value : null;
  const belongs = plan && mayRead(plan, personId(caller), memberOf(known?.value, plan.id));
  const text = belongs
    ? deps.words.say('chat.welcome', { plan: plan.title })
    : deps.words.say('chat.welcomeStranger');
  await context.sendActivity(activityOf({ summary: text, text }));
}
