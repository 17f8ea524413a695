import { MemoryTable } from '../../src/storage/memoryTable';
import { startTelemetry } from '../../src/telemetry/telemetry';

/** A process of its own that has something of each kind measured: the exporters load parts of themselves in a way that jest does not take. */
async function main(): Promise<void> {
  const telemetry = await startTelemetry(process.env, 'instance-1');
  const nowhere = { info: () => {}, warn: () => {}, error: () => {} };
  const log = telemetry.log(nowhere);
  log.info({ plan: 'p', kind: 'prompt', outcome: 'sent' }, 'message tried');
  log.info({ plan: 'p', kind: 'prompt', outcome: 'sent' }, 'message tried');
  log.info({ plan: 'p', kind: 'prompt', outcome: 'unconfirmed' }, 'message tried');
  log.info({ plan: 'p', period: '2023-09', kind: 'answer', late: true }, 'update accepted');
  log.error({ error: 'Zoe O’Hara' }, 'a turn failed');
  const table = telemetry.table('plans', new MemoryTable());
  await table.write('p', [{ op: 'put', row: 'a', cells: { n: 1 } }]);
  await table.read('p', 'a');
  const activity = { type: 'invoke', name: 'adaptiveCard/action', from: { name: 'Zoe O’Hara' } };
  await telemetry.turn(activity, async () => ({ status: 200 }));
  await telemetry.turn(activity, () => Promise.reject(new Error('no'))).catch(() => {});
  await telemetry.stop();
}

main().catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
