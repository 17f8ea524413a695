import { proved } from '../domain/message';
import { type Caller, personId } from './people';
import type { Deps } from './ports';
import { retryOnConflict } from './retry';

/** A message's card of which a button was pressed. */
export interface PressedCard {
  readonly plan: string;
  /** The message's key, as the card says: believed only where the message was sent to whoever pressed. */
  readonly message: string;
  readonly conversation: string;
  /** The card's id in its conversation; null when Teams did not tell it. */
  readonly messageId: string | null;
}

/** A press proves that a message arrived: where that was in doubt, it no longer is. One point read, and a write where it was. */
export async function noteArrival(
  deps: Pick<Deps, 'months' | 'log'>,
  caller: Caller,
  { plan, message: key, ...card }: PressedCard,
): Promise<void> {
  await retryOnConflict(async () => {
    const message = await deps.months.readMessage(plan, key);
    if (message?.value.state !== 'unconfirmed' || message.value.to !== personId(caller)) return;
    await deps.months.saveMessage(plan, { etag: message.etag, value: proved(message.value, card) });
    deps.log.info({ plan, kind: message.value.kind }, 'a message that was in doubt has arrived');
  });
}
