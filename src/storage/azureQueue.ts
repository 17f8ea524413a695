/*
 * Nudges in two queues of Azure Queue storage (or Azurite), of the same account as the tables: `steward-work`, and `steward-work-poison` for
 * what failed again and again. A message is JSON: `{"v":1,"plan":…,"tenant":…}`; set aside with `reason`, `at` and `times` beside it.
 */
import { type QueueClient, type QueueServiceClient, RestError } from '@azure/storage-queue';
import type { PoisonWake, ReceivedWake, Wake, WorkQueue } from '../app/ports';

/** Names of the queues in the storage account. */
const WORK = 'steward-work';
const POISON = 'steward-work-poison';
/** Most messages at a time: Azure's own limit (https://learn.microsoft.com/rest/api/storageservices/get-messages). */
const MOST = 32;
/** How long a nudge is kept: a plan that nobody woke for a day is found by the look at what is due anyway. */
const KEPT_SECONDS = 86_400;
/** What is set aside is kept until somebody says what to do with it. */
const FOR_EVER = -1;

/** Opens the queues, making them where they do not exist yet. Throws what the client throws when storage can't be reached. */
export async function openQueue(service: QueueServiceClient): Promise<WorkQueue> {
  const work = service.getQueueClient(WORK);
  const poison = service.getQueueClient(POISON);
  await Promise.all([work.createIfNotExists(), poison.createIfNotExists()]);
  return new AzureQueue(work, poison);
}

export class AzureQueue implements WorkQueue {
  constructor(
    private readonly work: QueueClient,
    private readonly aside: QueueClient,
  ) {}

  async wake({ plan, tenant }: Wake, afterSeconds = 0): Promise<void> {
    await this.work.sendMessage(JSON.stringify({ v: 1, plan, tenant }), {
      visibilityTimeout: Math.round(afterSeconds),
      messageTimeToLive: KEPT_SECONDS,
    });
  }

  async receive(most: number, seconds: number): Promise<ReceivedWake[]> {
    const { receivedMessageItems } = await this.work.receiveMessages({
      numberOfMessages: Math.min(MOST, Math.max(1, most)),
      visibilityTimeout: Math.round(seconds),
    });
    const wakes: ReceivedWake[] = [];
    for (const { messageText, messageId, popReceipt, dequeueCount } of receivedMessageItems) {
      const read = fieldsOf(messageText);
      const wake = {
        plan: textOf(read.plan),
        tenant: textOf(read.tenant),
        times: dequeueCount,
        receipt: { id: messageId, pop: popReceipt },
      };
      if (wake.plan !== '') wakes.push(wake);
      // Whatever was put there is not ours: it is shown to whoever looks after Steward, and never tried.
      else await this.poison(wake, 'a message that Steward did not write');
    }
    return wakes;
  }

  async extend(wake: ReceivedWake, seconds: number): Promise<boolean> {
    try {
      const { id, pop } = wake.receipt;
      const { popReceipt } = await this.work.updateMessage(id, pop, undefined, Math.round(seconds));
      wake.receipt = { id, pop: popReceipt ?? pop };
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  async done({ receipt }: ReceivedWake): Promise<void> {
    try {
      await this.work.deleteMessage(receipt.id, receipt.pop);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  async poison(wake: ReceivedWake, reason: string): Promise<void> {
    const { plan, tenant, times } = wake;
    const at = new Date().toISOString();
    // First set aside, then taken away: a stop between the two shows it twice, which loses nothing.
    await this.aside.sendMessage(
      JSON.stringify({ v: 1, plan, tenant, times, at, reason: reason.slice(0, 1000) }),
      { messageTimeToLive: FOR_EVER },
    );
    await this.done(wake);
  }

  async readPoison(): Promise<PoisonWake[]> {
    const { peekedMessageItems } = await this.aside.peekMessages({ numberOfMessages: MOST });
    return peekedMessageItems.map(({ messageText }) => poisonOf(messageText));
  }

  async takePoison(plan: string | null): Promise<PoisonWake[]> {
    const taken: PoisonWake[] = [];
    for (;;) {
      const { receivedMessageItems } = await this.aside.receiveMessages({
        numberOfMessages: MOST,
        visibilityTimeout: 60,
      });
      if (receivedMessageItems.length === 0) return taken;
      for (const { messageText, messageId, popReceipt } of receivedMessageItems) {
        const found = poisonOf(messageText);
        // One of another plan shows again by itself within a minute.
        if (plan !== null && found.plan !== plan) continue;
        await this.aside.deleteMessage(messageId, popReceipt);
        taken.push(found);
      }
    }
  }

  async ping(): Promise<void> {
    await this.work.getProperties();
  }
}

function poisonOf(text: string): PoisonWake {
  const read = fieldsOf(text);
  return {
    plan: textOf(read.plan),
    tenant: textOf(read.tenant),
    reason: textOf(read.reason),
    at: textOf(read.at),
    times: typeof read.times === 'number' ? read.times : 0,
  };
}

/** The fields of a message; none for what is no object of ours. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Handed to somebody else meanwhile, or taken away: 404, or a receipt that no longer holds (400 PopReceiptMismatch). */
function isGone(error: unknown): boolean {
  return (
    error instanceof RestError &&
    (error.statusCode === 404 || error.code === 'PopReceiptMismatch' || error.code === 'MessageNotFound')
  );
}
