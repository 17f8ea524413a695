import { type RunningAzurite, startAzurite } from '../../../src/demo/processes';

/** Starts an Azurite of one test file's own: in memory, on ports of its choice. It ends with the test's process. */
export async function startTestAzurite(): Promise<RunningAzurite> {
  return startAzurite({ memory: true });
}
