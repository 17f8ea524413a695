import type { Content, Person } from '../app/ports';
import type { Cycle } from '../domain/cycle';
import type { Plan } from '../domain/plan';
import { promptPrefix } from '../domain/prompt';
import type { Incoming } from './activity';
import type { TurnDeps } from './turn';

/** How long a reply's answer waits for the other copies: they are a courtesy, the answer is not. */
const WAIT_MS = 1_500;

/**
 * Brings the stored copies of a lead's month up to date after a reply: what an invoke returns changes the card only where it was pressed, so
 * the phone would show what the desktop no longer does. The copy that was pressed gets the very card that answers the press, so
 * that neither undoes the other. That a message is gone is no fault: the next card is a new message.
 */
export async function updateOtherCopies(
  deps: TurnDeps,
  incoming: Incoming,
  plan: Plan,
  cycle: Cycle,
  person: Person,
  list: Content,
  answer: unknown,
  pressedId: string | null,
): Promise<void> {
  const keys = [
    `${promptPrefix(cycle.period)}${person.id}`,
    ...cycle.reminders
      .slice(0, cycle.reminded)
      .map((_, at) => `reminder|${cycle.period}|${at + 1}|${person.id}`),
  ];
  const update = async (key: string): Promise<void> => {
    const message = (await deps.months.readMessage(plan.id, key))?.value;
    if (!message?.messageId || !message.conversation) return;
    const content = message.messageId === pressedId ? { ...list, card: answer } : list;
    const { serviceUrl } = incoming.caller;
    const done = await deps.messenger.updateMessage(
      serviceUrl,
      message.conversation,
      message.messageId,
      content,
    );
    if (done !== 'updated')
      deps.log.info({ plan: plan.id, done }, 'a copy of a card was not brought up to date');
  };
  const all = Promise.all(keys.map(update)).catch((error: unknown) => {
    deps.log.warn({ plan: plan.id, error: String(error) }, 'copies of a card were not brought up to date');
  });
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, WAIT_MS);
  });
  await Promise.race([all, patience]);
  clearTimeout(timer);
}
