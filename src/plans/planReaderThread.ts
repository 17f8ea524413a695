import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingOrder } from './planReader';
import { readPastedPlan, readPlan } from './readPlan';

/** The thread that planReader.ts starts for one file: it reads it, says what it understood, and ends. */
const order = workerData as ReadingOrder;

void (
  order.kind === 'file'
    ? readPlan(Buffer.from(order.bytes.buffer, order.bytes.byteOffset, order.bytes.byteLength), order.name)
    : readPastedPlan(order.text, order.name)
).then((plan) => parentPort?.postMessage(plan));
