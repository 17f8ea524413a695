import { QueueServiceClient } from '@azure/storage-queue';
import type { RunningAzurite } from '../../src/demo/processes';
import { openQueue } from '../../src/storage/azureQueue';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { startTestAzurite } from '../e2e/support/azurite';
import { describeQueue } from './queueContract';

describeQueue('in memory', async () => new MemoryQueue());

describe('on Azurite', () => {
  let azurite: RunningAzurite;
  let service: QueueServiceClient;
  beforeAll(async () => {
    azurite = await startTestAzurite();
    service = QueueServiceClient.fromConnectionString(azurite.connectionString);
  });
  afterAll(() => azurite.stop());

  const emptied = async () => {
    const queue = await openQueue(service);
    for (const name of ['steward-work', 'steward-work-poison'])
      await service.getQueueClient(name).clearMessages();
    return queue;
  };
  describeQueue('on Azurite', emptied);

  test('what Steward did not write is set aside, and neither tried nor lost', async () => {
    const queue = await emptied();
    for (const text of ['hello', '{"plan":7}', '[]', 'null'])
      await service.getQueueClient('steward-work').sendMessage(text);
    expect(await queue.receive(32, 30)).toEqual([]);
    expect((await queue.readPoison()).map(({ reason }) => reason)).toEqual(
      Array.from({ length: 4 }, () => 'a message that Steward did not write'),
    );
  });
});
