import { Writable } from 'node:stream';
import { Conflict } from '../../src/app/ports';
import { makeLog } from '../../src/log';
import { scrub } from '../../src/telemetry/scrub';

/** What a log line looks like on its way out. */
function logged(facts: Record<string, unknown>): string {
  let text = '';
  const to = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  makeLog('info', to).warn(facts, 'something happened');
  return text;
}

test.each([
  ['an e-mail address', 'mail to zoe.o’hara@example.org failed', 'example.org'],
  ['an Entra id', 'person 3F2504E0-4F89-41D3-9A0C-0305E82C3301 is gone', '3F2504E0'],
  ['a Teams user', 'no such member 29:1dRx_Zoe-long-id in the roster', '1dRx'],
  ['a chat', 'conversation a:1pL2-Chat-Id; is gone', '1pL2'],
  ['a channel', '19:abcdef0123456789@thread.tacv2 was refused', 'abcdef'],
  ['a lead’s row', new Conflict('plan-1', 'who|zoe o’hara').message, 'hara'],
  ['a row in an address', "PartitionKey='p',RowKey='lead%7Czoe%20hara%7Cid'", 'hara'],
])('%s is not logged', (_kind, text, secret) => {
  expect(logged({ error: text })).not.toContain(secret);
  expect(logged({ deep: { down: [text] } })).not.toContain(secret);
  expect(logged({ error: new Error(text) })).not.toContain(secret);
});

test('the same person has the same hash, another another', () => {
  const hash = (text: string) => /#[0-9a-f]{10}/.exec(scrub(text))?.[0];
  expect(hash('a@example.org failed')).toBe(hash('again A@example.org'));
  expect(hash('a@example.org')).not.toBe(hash('b@example.org'));
});

test('what helps to find a fault stays', () => {
  const text =
    'Conflict: row action|3f2a of plan 77ab was changed; HTTP 412 at src/app/recordUpdate.ts:154:7';
  expect(scrub(text)).toBe(text);
});
