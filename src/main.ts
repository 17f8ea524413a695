import { randomUUID } from 'node:crypto';
import { ConfigError, readConfig } from './config';
import { makeLog } from './log';
import { startTelemetry } from './telemetry/telemetry';
import { openTables, openWorkQueue, startBot, systemClock } from './wiring';
import { readLanguage } from './words/languages';

/** Production. It never runs open: without credentials and storage it says all that is missing and ends. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const telemetry = await startTelemetry(process.env, randomUUID());
  const log = telemetry.log(makeLog(config.logLevel));
  const { words, missing } = readLanguage(config.language);
  if (missing.length > 0)
    log.warn({ language: config.language, missing }, 'some words are missing; English stands in their place');
  const [tables, queue] = await Promise.all([openTables(config.storage), openWorkQueue(config.storage)]);
  const bot = await startBot({
    tables,
    queue,
    identity: config.identity,
    tenants: config.tenants,
    clock: systemClock,
    host: '0.0.0.0',
    port: config.port,
    log,
    play: null,
    telemetry,
    words,
  });
  log.info({ port: config.port }, 'Steward is ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      log.info({ signal }, 'Steward finishes what is in flight and stops');
      bot
        .stop()
        .then(() => telemetry.stop())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `Steward can't start: ${error instanceof Error ? error.message : String(error)}`}\n`,
  );
  process.exit(1);
});
