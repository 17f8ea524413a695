import { Command, InvalidArgumentError, Option } from 'commander';

/** The demo's options, as typed after `npm run demo --`. */
export interface DemoOptions {
  readonly playground: boolean;
  readonly port: number;
  readonly playgroundPort: number;
  readonly data: string;
  readonly plan?: string;
  readonly empty: boolean;
  readonly now?: Date;
  readonly storage?: string;
  readonly log: string;
  readonly lease?: number;
}

/** What `npm run demo --` takes. */
export function demoCommand(): Command {
  return new Command()
    .name('npm run demo --')
    .description('Steward on this machine alone, with a sample plan and the Playground as the client.')
    .option('--no-playground', 'the bot alone, without the Playground')
    .option('--port <number>', "the bot's port", portNumber, 3978)
    .option('--playground-port <number>', "the Playground's port", portNumber, 56_150)
    .option('--data <dir>', 'folder that everything is kept in', '.demo')
    .option('--plan <file>', 'a plan instead of the sample: .docx, .xlsx or .csv')
    .option(
      '--empty',
      'without a plan: whoever adds Steward to the team sends it the first one in their chat',
      false,
    )
    .option('--now <iso>', 'what the clock says at the start, as 2023-09-20T07:59:00Z; it runs on', instant)
    .option('--storage <connection>', 'connection string of storage that runs already: no Azurite is started')
    .option('--log <level>', 'how much to log: silent, error, warn or info', 'warn')
    .addOption(
      new Option('--lease <seconds>', 'how long a plan stays with an instance that was killed')
        .env('STEWARD_DEMO_LEASE')
        .argParser(Number)
        .hideHelp(),
    );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  return port;
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('An instant looks like 2023-09-20T07:59:00Z.');
  return at;
}
