import type { Content, Person } from '../app/ports';
import type { Cycle } from '../domain/cycle';
import type { Message } from '../domain/message';
import type { Plan } from '../domain/plan';
import { promptPrefix } from '../domain/prompt';
import type { Incoming } from './activity';
import type { TurnDeps } from './turn';

/*
 * The stored copies of a lead's month are brought up to date after a reply: what an invoke returns changes the card only where it was pressed, so
 * the phone would show what the desktop no longer does. They are a courtesy, the answer is not: what fails here is told to the log alone.
 */

/** How long a reply's answer waits for the copies. */
const WAIT_MS = 1_500;

/** The messages that show somebody's month: its prompt, and each reminder so far. */
export async function readCopies(
  deps: TurnDeps,
  plan: Plan,
  cycle: Cycle,
  person: Person,
): Promise<readonly Message[]> {
  const keys = [
    `${promptPrefix(cycle.period)}${person.id}`,
    ...cycle.reminders
      .slice(0, cycle.reminded)
      .map((_, at) => `reminder|${cycle.period}|${at + 1}|${person.id}`),
  ];
  try {
    const found = await Promise.all(keys.map((key) => deps.months.readMessage(plan.id, key)));
    return found.flatMap((message) => message?.value ?? []);
  } catch (error) {
    deps.log.warn({ plan: plan.id, error: String(error) }, 'copies of a card could not be looked up');
    return [];
  }
}

/**
 * Gives the copies the list as it stands. The one that was pressed gets the very card that answers the press, so that neither undoes the other. That
 * a message is gone is no fault: the next card is a new message.
 */
export async function updateCopies(
  deps: TurnDeps,
  { caller }: Incoming,
  copies: readonly Message[],
  list: Content,
  pressed: { readonly messageId: string | null; readonly card: unknown },
): Promise<void> {
  const update = async ({ messageId, conversation }: Message): Promise<void> => {
    if (!messageId || !conversation) return;
    const content = messageId === pressed.messageId ? { ...list, card: pressed.card } : list;
    const { serviceUrl, tenant } = caller;
    const done = await deps.messenger.updateMessage(serviceUrl, tenant, conversation, messageId, content);
    if (done !== 'updated') deps.log.info({ done }, 'a copy of a card was not brought up to date');
  };
  const all = Promise.all(copies.map(update)).catch((error: unknown) => {
    deps.log.warn({ error: String(error) }, 'copies of a card were not brought up to date');
  });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, WAIT_MS);
  });
  await Promise.race([all, patience]);
  clearTimeout(timer);
}
