import { readiness } from '../../src/http/readiness';

const answers = async (): Promise<void> => undefined;

test('is ready when everything answers', async () => {
  expect(await readiness({ tables: answers, queue: answers })).toEqual({
    ready: true,
    tables: 'answers',
    queue: 'answers',
  });
});

test('says which part does not answer, and shows nothing of what that part said', async () => {
  const secret = 'AccountKey=c2VjcmV0;https://account.queue.core.windows.net';
  const said = await readiness({
    tables: async () => {
      throw Object.assign(new Error(secret), { statusCode: 403 });
    },
    queue: async () => {
      throw new Error(secret);
    },
  });
  expect(said).toEqual({ ready: false, tables: 'answers with an error (403)', queue: 'is out of reach' });
});

test('does not wait for a part that hangs', async () => {
  jest.useFakeTimers();
  try {
    const said = readiness({ tables: answers, queue: () => new Promise<void>(() => undefined) });
    await jest.advanceTimersByTimeAsync(3_000);
    expect(await said).toEqual({
      ready: false,
      tables: 'answers',
      queue: 'gave no answer within 3 seconds',
    });
  } finally {
    jest.useRealTimers();
  }
});
