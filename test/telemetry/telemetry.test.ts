import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NO_TELEMETRY, startTelemetry } from '../../src/telemetry/telemetry';

/** A collector on loopback that keeps what it is sent. */
async function startCollector(): Promise<{
  url: string;
  sent: { path: string; body: string }[];
  server: Server;
}> {
  const sent: { path: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      sent.push({ path: request.url ?? '', body });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sent, server };
}

test('where no endpoint is named nothing is measured', async () => {
  expect(await startTelemetry({}, 'i')).toBe(NO_TELEMETRY);
  expect(await startTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, 'i')).toBe(NO_TELEMETRY);
});

test('messages, replies, faults, turns and requests reach the collector, and no name with them', async () => {
  const { url, sent, server } = await startCollector();
  const script = join(__dirname, 'measured.ts');
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: url };
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env });
  } finally {
    server.close();
  }
  const all = sent.map(({ body }) => body).join('\n');
  expect(new Set(sent.map(({ path }) => path))).toEqual(new Set(['/v1/metrics', '/v1/traces']));
  for (const name of ['messages', 'replies', 'faults', 'turn.duration', 'storage.transactions'])
    expect(all).toContain(`steward.${name}`);
  expect(all).toContain('"unconfirmed"');
  expect(all).toContain('invoke adaptiveCard/action');
  expect(all).not.toContain('Hara');
});
