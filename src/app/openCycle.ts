import { dayIn } from '../domain/calendar';
import { type Cycle, datesForOpening, newCycle } from '../domain/cycle';
import { abandoned, type Message } from '../domain/message';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import {
  asksSomething,
  type DuePrompt,
  promptKey,
  promptMessage,
  promptPrefix,
  promptsDue,
  unanswered,
  unansweredOthers,
} from '../domain/prompt';
import { scaleAt } from '../domain/status';
import { Conflict, type Deps, type Stored } from './ports';
import { readOtherAsks } from './readOthers';
import { retryOnConflict } from './retry';
import { forTheWorker } from './wake';

export type OpenOutcome =
  | { readonly outcome: 'opened' | 'already'; readonly cycle: Cycle }
  /** A later period was opened before: months go forward. */
  | { readonly outcome: 'too-old'; readonly latest: Period };

/**
 * Opens a period's month: makes its cycle, points the plan at it and writes down whom to ask. Sending is the worker's.
 * `by` is the name of the programme officer who says so; null when the calendar does. Doing it twice opens it once.
 */
export async function openCycle(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock' | 'isBankHoliday' | 'log'>,
  planId: string,
  period: Period,
  by: string | null,
): Promise<OpenOutcome> {
  const opened = await retryOnConflict(async (): Promise<OpenOutcome & { plan: Plan }> => {
    const plan = await deps.plans.readPlan(planId);
    if (!plan) throw new Error(`plan ${planId} is gone`);
    const present = await deps.months.readCycle(planId, period);
    if (present) return { outcome: 'already', cycle: present.value, plan: plan.value };
    const { latest } = plan.value;
    if (latest !== null && latest > period) return { outcome: 'too-old', latest, plan: plan.value };
    const now = deps.clock.now();
    const cycle = newCycle(period, now, by, datesForOpening(plan.value, period, now, deps.isBankHoliday));
    const pointing = { ...plan.value, latest: period };
    await forTheWorker(deps, planId, () =>
      deps.months.openCycle({ value: pointing, etag: plan.etag }, cycle),
    );
    deps.log.info({ plan: planId, period }, 'month opened');
    return { outcome: 'opened', cycle, plan: pointing };
  });
  if (opened.outcome === 'opened') await planPrompts(deps, opened.plan, period);
  return opened;
}

/**
 * Writes down a prompt for everybody who is to be asked in the period and has none yet. An earlier one is never planned again; one that
 * was for a lead whom nobody was found for gives its actions up when somebody is found.
 */
export async function planPrompts(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>,
  plan: Plan,
  period: Period,
): Promise<void> {
  // Begun anew when the month's row changed meanwhile: whoever changed it may have changed who is to be asked as well.
  await retryOnConflict(() => planOnce(deps, plan, period));
}

/**
 * Has those asked who are to be asked now for what a prompt asks and its person is not to answer any more: before it could be sent a cover ran out, or
 * actions went to somebody else. In a closed month too, where nobody else would see to it: an answer is taken until it is published.
 */
export async function askInPlaceOf(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>,
  plan: Plan,
  prompt: Message,
): Promise<void> {
  const { period } = prompt;
  const cycle = period ? await deps.months.readCycle(plan.id, period) : null;
  if (!period || (cycle?.value.state !== 'open' && cycle?.value.state !== 'closed')) return;
  await retryOnConflict(() => planOnce(deps, plan, period, prompt));
}

/** `instead`: only for what this prompt asks and nobody has answered. */
async function planOnce(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock'>,
  plan: Plan,
  period: Period,
  instead: Message | null = null,
): Promise<void> {
  const cycle = await deps.months.readCycle(plan.id, period);
  const [actions, leads, messages, others] = await Promise.all([
    deps.plans.readActions(plan.id),
    deps.plans.readLeads(plan.id),
    deps.months.readMessages(plan.id, promptPrefix(period)),
    readOtherAsks(deps, plan),
  ]);
  const scale = scaleAt(plan.scales, period);
  const asked = promptsDue(
    actions,
    leads.map(({ value }) => value),
    scale,
    dayIn(plan.calendar.zone, deps.clock.now()),
    others,
  );
  const present = new Map(messages.map((message) => [message.value.key, message]));
  const byId = new Map(actions.map((action) => [action.id, action]));
  const open = instead && [
    ...unanswered(instead, byId, scale).map(({ id }) => id),
    ...unansweredOthers(instead, others).map(({ key }) => key),
  ];
  const isWanted = (prompt: DuePrompt): boolean =>
    open === null || [...prompt.actions, ...prompt.others].some((one) => open.includes(one));
  // Whoever is not to be asked here takes nothing from the prompts that are there: it would be nobody's then.
  const due = asked.filter((prompt) => present.has(promptKey(period, prompt)) || isWanted(prompt));
  await deps.months.addMessages(
    plan.id,
    due
      .filter((prompt) => !present.has(promptKey(period, prompt)))
      .map((prompt) => promptMessage(period, prompt)),
  );
  const dueKeys = new Map(due.map((prompt) => [promptKey(period, prompt), prompt]));
  const askedNow = new Set(due.flatMap((prompt) => [...prompt.actions, ...prompt.others]));
  const change = (message: Message, prompt: DuePrompt | null): Message => {
    const asking = { ...message, ...askedOf(message, prompt, askedNow) };
    const isOpen = unanswered(asking, byId, scale).length > 0 || unansweredOthers(asking, others).length > 0;
    // It was never sent: what it asks had gone to somebody else when its turn came, and has come back.
    return prompt && isOpen && message.state === 'not-needed'
      ? { ...asking, state: 'planned', notBefore: null }
      : asking;
  };
  for (const [key, message] of present) {
    const prompt = dueKeys.get(key) ?? null;
    const changed = change(message.value, prompt);
    if (changed.state !== message.value.state || !isSameAsk(message.value, changed))
      await changeMessage(deps, plan.id, message, (now) => change(now, prompt));
  }
  if (cycle && !cycle.value.prompted)
    await deps.months.saveCycle(plan.id, { etag: cycle.etag, value: { ...cycle.value, prompted: true } });
}

/** What an instance that is gone left `sending` may have arrived: it is listed as unconfirmed, and not sent again. */
export async function listAbandoned(deps: Pick<Deps, 'months' | 'log'>, plan: string): Promise<void> {
  for (const message of await deps.months.readMessages(plan)) {
    if (message.value.state !== 'sending') continue;
    deps.log.warn({ plan, kind: message.value.kind }, 'a message was being sent when its process stopped');
    try {
      await deps.months.saveMessage(plan, { etag: message.etag, value: abandoned(message.value) });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

async function changeMessage(
  deps: Pick<Deps, 'months'>,
  plan: string,
  message: Stored<Message>,
  change: (message: Message) => Message,
): Promise<void> {
  await retryOnConflict(async () => {
    const now = await deps.months.readMessage(plan, message.value.key);
    if (now) await deps.months.saveMessage(plan, { etag: now.etag, value: change(now.value) });
  });
}

type Ask = Pick<Message, 'leads' | 'actions' | 'others'>;

/**
 * What a prompt asks about now. What was delivered since stays with it; what is asked of others now (its lead was found, has left, or is
 * somebody else) does not, so that nobody is listed, or reminded, for what another answers.
 */
function askedOf(message: Ask, prompt: DuePrompt | null, askedNow: ReadonlySet<string>): Ask {
  const keep = (asked: readonly string[], now: readonly string[]): string[] => {
    const kept = asked.filter((id) => now.includes(id) || !askedNow.has(id));
    return [...new Set([...kept, ...now])];
  };
  const actions = keep(message.actions, prompt?.actions ?? []);
  const others = keep(message.others ?? [], prompt?.others ?? []);
  const asked = others.length > 0 || message.others ? { actions, others } : { actions };
  if (prompt) return { leads: prompt.leads, ...asked };
  return { leads: asksSomething(asked) ? message.leads : [], ...asked };
}

function isSameAsk(one: Ask, other: Ask): boolean {
  const sign = ({ leads, actions, others = [] }: Ask) =>
    [leads, actions, others].map((list) => list.join('|'));
  return sign(one).join(' ') === sign(other).join(' ');
}
