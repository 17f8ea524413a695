import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import { identify, memberOf, noteChat, planOf } from '../app/people';
import type { Content, Deps, Person, Stored } from '../app/ports';
import { leadsOf } from '../app/readMonth';
import { actsAsOfficer, may, type Standing } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import type { Plan } from '../domain/plan';
import type { Words } from '../words/words';
import { type Incoming, readIncoming, textOf } from './activity';
import { pressed } from './buttons';
import { typed } from './chat';
import { consented } from './exporting';
import { received } from './intake';
import { noteMembership } from './membership';
import type { Memory, Once } from './memory';
import { activityOf } from './messenger';
import { readAhead } from './readAhead';
import { searchPlan } from './search';

/** What a turn works with: the use cases' world, words, and the means to make the worker look at a plan now. */
export interface TurnDeps extends Deps {
  readonly words: Words;
  /** Has the worker do what is due for a plan, at once; resolves when it has. */
  readonly advance: (plan: string) => Promise<void>;
  /** Has teams that Steward was added to settled, at once; resolves when they are. */
  readonly settleTeams: () => Promise<void>;
  /** What was asked last in each conversation. */
  readonly memory: Memory;
  /** What was shared a moment ago. */
  readonly shared: Once;
  /** The demo's open mode: files are fetched from this machine alone, and in production never from it. */
  readonly openMode: boolean;
  /** "play the month": in the demo alone. */
  readonly play: ((plan: Plan, period: string) => Promise<{ leads: number; actions: number }>) | null;
}

/** Who is speaking, where, and what the plan knows of them. */
export interface Asker {
  readonly incoming: Incoming;
  readonly person: Stored<Person> | null;
  /** The plan that the conversation is about; null when they belong to none. */
  readonly plan: Plan | null;
  /** What they are to it; null without a plan. */
  readonly standing: Standing | null;
  readonly officer: boolean;
  readonly reader: boolean;
}

/** An asker who may read the plan that they ask about. */
export type Reading = Asker & { readonly plan: Plan; readonly standing: Standing };

/** What an invoke is answered with. */
export type InvokeAnswer =
  | { readonly kind: 'card'; readonly card: unknown }
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'dialog'; readonly title: string; readonly card: unknown };

/**
 * One turn: an activity comes in, what it means is done, an answer goes out. Whoever it is from comes from the activity, which Teams signs;
 * what it carries is parsed before it is believed. Nothing that is thrown in here reaches a person but as a sentence with a reference.
 */
export async function runTurn(deps: TurnDeps, context: TurnContext): Promise<void> {
  const { activity } = context;
  const incoming = readIncoming(activity);
  if (!incoming) {
    deps.log.warn({ type: activity.type }, 'an activity that says neither who nor where was left alone');
    if (activity.type === ActivityTypes.Invoke)
      await answerInvoke(context, activity, { kind: 'sentence', text: deps.words.say('chat.badButton') });
    return;
  }
  try {
    await handle(deps, context, incoming);
  } catch (error) {
    const reference = deps.makeId().slice(0, 8);
    deps.log.error(
      { reference, type: activity.type, error: error instanceof Error ? error.stack : String(error) },
      'a turn failed',
    );
    const text = deps.words.say('chat.failed', { reference });
    if (activity.type === ActivityTypes.Invoke)
      await answerInvoke(context, activity, { kind: 'sentence', text });
    else if (activity.type === ActivityTypes.Message) await sayFailed(deps, context, text);
  }
}

/** Says that something failed; where not even that can be said (Teams takes no answer) the log has it already. */
async function sayFailed(deps: TurnDeps, context: TurnContext, text: string): Promise<void> {
  try {
    await context.sendActivity(activityOf({ summary: text, text }));
  } catch (error) {
    deps.log.warn({ error: String(error) }, 'Teams did not take the answer either');
  }
}

async function handle(deps: TurnDeps, context: TurnContext, incoming: Incoming): Promise<void> {
  const { activity } = context;
  switch (activity.type) {
    case ActivityTypes.ConversationUpdate:
    case ActivityTypes.InstallationUpdate:
      await noteMembership(deps, context, incoming);
      return;
    case ActivityTypes.Message: {
      const isButton = activity.value !== undefined && activity.value !== null && !textOf(activity);
      if (isButton) {
        await replaceOrSend(
          context,
          await pressed(deps, incoming, activity.value, activity.replyToId ?? null),
        );
        return;
      }
      const text = textOf(activity);
      const [asker, ahead] = await Promise.all([readAsker(deps, incoming), readAhead(deps, incoming, text)]);
      const contents =
        (await received(deps, asker, activity)) ??
        (await typed(ahead ? { ...deps, plans: ahead.plans } : deps, asker, text, ahead?.reading));
      for (const content of contents) await context.sendActivity(activityOf(content));
      return;
    }
    case ActivityTypes.Invoke: {
      if (activity.name === 'composeExtension/query') {
        const body = await searchPlan(deps, incoming, activity.value);
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
        return;
      }
      if (activity.name === 'fileConsent/invoke') {
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200 } });
        await takeConsent(deps, context, incoming);
        return;
      }
      const data = invokeData(activity);
      const answer: InvokeAnswer =
        data === null
          ? { kind: 'sentence', text: deps.words.say('chat.badButton') }
          : await pressed(deps, incoming, data, activity.replyToId ?? null);
      await answerInvoke(context, activity, answer);
      return;
    }
    default:
      return;
  }
}

/**
 * An answer to an offer of a file. Making and putting it may take longer than Teams waits for an invoke, so the turn ends first, and what became
 * of it is a message of its own; the offer itself is taken away.
 */
async function takeConsent(deps: TurnDeps, context: TurnContext, incoming: Incoming): Promise<void> {
  const asker = await readAsker(deps, incoming);
  const { value, replyToId } = context.activity;
  const { place } = incoming;
  if (!asker.person || place.kind !== 'personal') return;
  const person = asker.person.value;
  if (replyToId) await context.deleteActivity(replyToId).catch(() => undefined);
  const made = consented(deps, asker, value).catch((error: unknown): Content => {
    const reference = deps.makeId().slice(0, 8);
    deps.log.error(
      { reference, error: error instanceof Error ? error.stack : String(error) },
      'a paper failed',
    );
    const text = deps.words.say('chat.failed', { reference });
    return { summary: text, text };
  });
  void made.then((content) => deps.messenger.sendToChat(person, place.conversation, content));
}

/**
 * Who asks: read once for the turn. A channel belongs to its team's plan; in a personal chat it is the plan that the person belongs to (the one
 * they came to last, where there are several).
 */
async function readAsker(deps: TurnDeps, incoming: Incoming): Promise<Asker> {
  const { caller, place } = incoming;
  const likely = deps.memory.likely(caller.tenant, caller.userId);
  const [person, likelyPlan] = await Promise.all([
    identify(deps, caller),
    likely ? deps.plans.readPlan(likely.plan) : null,
  ]);
  const plan = await readPlanHere(deps, incoming, person?.value, likelyPlan?.value ?? null);
  const id = person?.value.id ?? caller.objectId ?? caller.userId;
  if (person && place.kind === 'personal') await noteChat(deps, person.value, caller, place.conversation);
  const asker = { incoming, person, ...standingIn(deps, plan, id, person?.value ?? null) };
  if (asker.plan && asker.standing) {
    const leads = leadsOf(asker.standing.member, asker.standing.today);
    deps.memory.noteLikely(caller.tenant, caller.userId, { plan: asker.plan.id, leads });
  }
  return asker;
}

/** What somebody is to a plan today. */
export function standingIn<P extends Plan | null>(
  deps: Pick<TurnDeps, 'clock'>,
  plan: P,
  id: string,
  person: Person | null,
): { readonly plan: P } & Pick<Asker, 'standing' | 'officer' | 'reader'> {
  if (plan === null) return { plan, standing: null, officer: false, reader: false };
  const member = memberOf(person, plan.id);
  const standing = { plan, person: id, member, today: dayIn(plan.calendar.zone, deps.clock.now()) };
  return { plan, standing, officer: actsAsOfficer(plan, id, member), reader: may('read', standing) };
}

/** The plan that a conversation is about; `likely` was read already. In a channel that is nearly always the asker's own plan, so the team is read only where it is not. */
async function readPlanHere(
  deps: TurnDeps,
  { caller, place }: Incoming,
  person: Person | undefined,
  likely: Plan | null,
): Promise<Plan | null> {
  const read = async (id: string | null | undefined): Promise<Plan | null> => {
    if (!id) return null;
    const plan = likely?.id === id ? likely : (await deps.plans.readPlan(id))?.value;
    return plan?.binding?.tenant === caller.tenant ? plan : null;
  };
  const own = await read(planOf(person));
  if (place.kind !== 'channel' || own?.binding?.team === place.team) return own;
  const team = await deps.people.readTeam(caller.tenant, place.team);
  return read(team?.value.plan);
}

/** What a pressed button carries, by the ways that Teams sends it; null when it is none of them. */
function invokeData(activity: Activity): unknown {
  const value = activity.value as
    | { action?: { data?: unknown; verb?: unknown }; data?: unknown }
    | null
    | undefined;
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const { data, verb } = value?.action ?? {};
      return typeof data === 'object' && data !== null ? { ...(verb ? { verb } : {}), ...data } : null;
    }
    case 'task/fetch':
    case 'task/submit':
      return value?.data ?? null;
    default:
      return null;
  }
}

/** Answers an invoke in the form that its kind asks for (https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model). */
async function answerInvoke(context: TurnContext, activity: Activity, answer: InvokeAnswer): Promise<void> {
  await context.sendActivity({
    type: 'invokeResponse',
    value: { status: 200, body: invokeBody(activity, answer) },
  });
}

function invokeBody(activity: Activity, answer: InvokeAnswer): unknown {
  if (activity.name === 'task/fetch' || activity.name === 'task/submit') {
    if (answer.kind === 'sentence') return { task: { type: 'message', value: answer.text } };
    const title = answer.kind === 'dialog' ? answer.title : '';
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: answer.card };
    return { task: { type: 'continue', value: { title, height: 'large', width: 'large', card } } };
  }
  if (answer.kind === 'sentence')
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text };
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card };
}

/** For clients that send a button as a message: the card is replaced where it stands; where that can't be, it is sent anew. */
async function replaceOrSend(context: TurnContext, answer: InvokeAnswer): Promise<void> {
  if (answer.kind === 'sentence') {
    await context.sendActivity(activityOf({ summary: answer.text, text: answer.text }));
    return;
  }
  const speak = (answer.card as { speak?: unknown }).speak;
  const content: Content = { summary: typeof speak === 'string' ? speak : 'Steward', card: answer.card };
  const { replyToId } = context.activity;
  if (replyToId) {
    try {
      await context.updateActivity({ ...activityOf(content), id: replyToId });
      return;
    } catch {
      // The message is gone, or the client never had it: a new one says the same.
    }
  }
  await context.sendActivity(activityOf(content));
}
