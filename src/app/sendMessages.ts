import { claimed, type Delivery, delivered, isSameAttempt, isWaiting, type Message } from '../domain/message';
import type { Plan } from '../domain/plan';
import { askInPlaceOf } from './openCycle';
import { changePerson } from './people';
import { Conflict, type Content, type Deps, type Permit, type Person, type Stored } from './ports';

type SendDeps = Pick<
  Deps,
  'plans' | 'months' | 'measures' | 'people' | 'messenger' | 'composer' | 'clock' | 'log' | 'instance'
>;

/** How many messages of one plan are under way at a time. Teams' own limits are kept by the messenger. */
const WIDTH = 8;
/** How often a message that is put off is tried while others are still on their way; after that its plan comes back to it. */
const TRIES = 3;
/** How often (ms) those that are put off are looked at meanwhile. */
const LOOK_AGAIN_MS = 250;

/** Where a message goes. */
type Target =
  | { readonly kind: 'chat'; readonly person: Person; readonly conversation: string }
  | { readonly kind: 'channel'; readonly channel: string };

/**
 * Sends what waits to be sent for a plan. Each message is claimed on its row before it is posted, and what became of it is
 * written after: so a stop at any moment leaves either a message that was not posted, or one that is listed as unconfirmed. One
 * message's failure does not stop the others; the first is thrown when all were tried. Gives the (real) time at which a message that
 * still waits should be tried again.
 */
export async function sendWaiting(
  deps: SendDeps,
  plan: Plan,
  keepGoing: () => boolean,
): Promise<Date | null> {
  const messages = await deps.months.readMessages(plan.id);
  const isDue = ({ value }: Stored<Message>): boolean => isWaiting(value, deps.clock.realNow());
  const line = messages.filter(isDue);
  const tries = new Map<string, number>();
  const failures: unknown[] = [];
  let underWay = 0;
  const tryOne = async (message: Stored<Message>): Promise<void> => {
    const { kind, key } = message.value;
    const tried = (tries.get(key) ?? 0) + 1;
    tries.set(key, tried);
    underWay += 1;
    try {
      const putOff = await sendOne(deps, plan, message, keepGoing);
      if (putOff && tried < TRIES) line.push(putOff);
    } catch (error) {
      failures.push(error);
      deps.log.error({ plan: plan.id, kind, error: String(error) }, 'a message could not be tried');
    } finally {
      underWay -= 1;
    }
  };
  const goThroughLine = async (): Promise<void> => {
    while (keepGoing() && line.length > 0) {
      const at = line.findIndex(isDue);
      const [next] = at < 0 ? [] : line.splice(at, 1);
      if (next) await tryOne(next);
      else if (underWay === 0) return;
      else await pause(LOOK_AGAIN_MS);
    }
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, line.length) }, goThroughLine));
  if (failures.length > 0) throw failures[0];
  // What still waits was changed by somebody while its turn came, or put off by Teams.
  const later = (await deps.months.readMessages(plan.id))
    .map(({ value }) => value)
    .filter(({ state }) => state === 'planned' || state === 'throttled')
    .map(({ notBefore }) => (notBefore ? Date.parse(notBefore) : deps.clock.realNow().getTime()));
  return later.length > 0 ? new Date(Math.min(...later)) : null;
}

/** Sends one message, or writes down why not; gives it back when it is put off. */
async function sendOne(
  deps: SendDeps,
  plan: Plan,
  message: Stored<Message>,
  keepGoing: () => boolean,
): Promise<Stored<Message> | null> {
  if (isOvertaken(plan, message.value)) {
    await save(deps, plan, { ...message, value: { ...message.value, state: 'not-needed' } });
    return null;
  }
  const target = await findTarget(deps, plan, message.value);
  if ('outcome' in target) return record(deps, plan, message, target);
  const content = await deps.composer.compose(
    plan,
    message.value,
    target.kind === 'chat' ? target.person : null,
  );
  if (!content) {
    if (message.value.kind === 'prompt') await askInPlaceOf(deps, plan, message.value);
    await save(deps, plan, { ...message, value: { ...message.value, state: 'not-needed' } });
    return null;
  }
  // Before the claim: a process that ends while it waits for its turn has sent nothing, and nothing is in doubt.
  return deps.messenger.inTurn(plan.binding?.tenant ?? '', async (permit) => {
    if (!keepGoing()) return null;
    const claim = await claimMessage(deps, plan, message);
    if (!claim) return null;
    const delivery = await post(deps, plan, target, content, permit);
    if (delivery.outcome === 'unreachable' && target.kind === 'chat')
      await noteUnreachable(deps, target.person, delivery.why);
    return record(deps, plan, claim, delivery);
  });
}

/** Whether a message asks for a month that has given way to a later one: whoever gets that one's card need not get this. */
function isOvertaken({ latest }: Plan, { kind, period }: Message): boolean {
  return (kind === 'prompt' || kind === 'reminder') && period !== null && latest !== null && latest > period;
}

/** Finds, and where needed makes, the conversation: that can be repeated, so it comes before the claim. */
async function findTarget(deps: SendDeps, plan: Plan, message: Message): Promise<Target | Delivery> {
  const { binding } = plan;
  if (!binding)
    return { outcome: 'unreachable', why: 'not-installed', reason: 'the plan is bound to no team' };
  if (message.to === 'channel') return { kind: 'channel', channel: binding.channel };
  if (message.to === 'team') return { kind: 'channel', channel: binding.team };
  const found = message.to === null ? null : await deps.people.readPerson(binding.tenant, message.to);
  if (!found)
    return { outcome: 'unreachable', why: 'not-matched', reason: 'no person was found for the lead' };
  const person = found.value;
  if (person.unreachable === 'left')
    return { outcome: 'unreachable', why: 'left', reason: 'has left the team' };
  if (person.conversation) return { kind: 'chat', person, conversation: person.conversation };
  const opened = await deps.messenger.openChat(person);
  if ('outcome' in opened) {
    if (opened.outcome === 'unreachable') await noteUnreachable(deps, person, opened.why);
    return opened;
  }
  const { conversation } = opened;
  await changePerson(deps, person, (now) => ({
    ...now,
    conversation: now.conversation ?? conversation,
    unreachable: null,
  }));
  return { kind: 'chat', person, conversation };
}

/** Claims the message for this instance; null when another has it. A claim whose answer was lost is recognised as one's own. */
async function claimMessage(
  deps: SendDeps,
  plan: Plan,
  message: Stored<Message>,
): Promise<Stored<Message> | null> {
  const claim = claimed(message.value, deps.instance, deps.clock.realNow());
  try {
    return await deps.months.saveMessage(plan.id, { etag: message.etag, value: claim });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const now = await deps.months.readMessage(plan.id, message.value.key);
    return now?.value.state === 'sending' && isSameAttempt(now.value, claim) ? now : null;
  }
}

async function post(
  deps: SendDeps,
  plan: Plan,
  target: Target,
  content: Content,
  permit: Permit,
): Promise<Delivery> {
  if (target.kind === 'chat')
    return deps.messenger.sendToChat(target.person, target.conversation, content, permit);
  const { serviceUrl = '', tenant = '' } = plan.binding ?? {};
  return deps.messenger.sendToChannel(serviceUrl, tenant, target.channel, content, permit);
}

/** Writes down what became of a message; gives it back when it is put off. */
async function record(
  deps: SendDeps,
  plan: Plan,
  message: Stored<Message>,
  delivery: Delivery,
): Promise<Stored<Message> | null> {
  const chance = Math.random();
  const value = delivered(message.value, delivery, deps.clock.now(), deps.clock.realNow(), chance);
  const { kind, key } = message.value;
  const { outcome } = delivery;
  const facts = {
    plan: plan.id,
    kind,
    outcome,
    ...('reason' in delivery ? { reason: delivery.reason } : {}),
  };
  deps.log.info(facts, 'message tried');
  try {
    const saved = await deps.months.saveMessage(plan.id, { etag: message.etag, value });
    return saved.value.state === 'throttled' ? saved : null;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    // Taken for abandoned meanwhile, or changed by a plan of prompts: what is known now is the truth about the sending. But where this was written
    // already and only its answer was lost, others may have gone on from there: a prompt that they have sent must not be sent again.
    const now = await deps.months.readMessage(plan.id, key);
    if (!now || !isSameAttempt(now.value, message.value)) return null;
    const truth = delivered(now.value, delivery, deps.clock.now(), deps.clock.realNow(), chance);
    await save(deps, plan, { etag: now.etag, value: truth });
    return null;
  }
}

async function save(deps: SendDeps, plan: Plan, message: Stored<Message>): Promise<void> {
  try {
    await deps.months.saveMessage(plan.id, message);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    deps.log.warn({ plan: plan.id, kind: message.value.kind }, 'a message changed while it was being sent');
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

async function noteUnreachable(
  deps: SendDeps,
  person: Person,
  why: NonNullable<Message['why']>,
): Promise<void> {
  if (why === 'not-matched') return;
  await changePerson(deps, person, (now) => ({
    ...now,
    unreachable: now.unreachable === 'left' ? 'left' : why,
  }));
}
