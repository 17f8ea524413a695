import { program } from './commandLine';
import { ConfigError } from './config';
import { PackageError } from './deploy/teamsPackage';
import { Refusal } from './refusal';
import { BackupError } from './storage/backup';
import { PlanBusy } from './storage/personalData';
import { NewerSchema } from './storage/schema';

/** Errors that say in their own words what is to be mended. */
const TOLD = [Refusal, ConfigError, PackageError, BackupError, NewerSchema, PlanBusy];

program.parseAsync().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  const isTold = TOLD.some((kind) => error instanceof kind);
  process.stderr.write(`${isTold ? reason : `That did not work: ${reason}`}\n`);
  process.exitCode = 1;
});
