import { parentPort, workerData } from 'node:worker_threads';
import { writeDocument } from './documentFile';
import type { WritingAnswer, WritingOrder } from './makePaper';
import { writeWorkbook } from './workbookFile';

/** The thread that makePaper.ts starts for one paper: it writes the file, hands it over, and ends. */
const order = workerData as WritingOrder;

void (order.kind === 'workbook' ? writeWorkbook(order.view) : writeDocument(order.view)).then(
  (bytes) => answer({ bytes }),
  (error: unknown) => answer({ failed: error instanceof Error ? error.message : String(error) }),
);

function answer(message: WritingAnswer): void {
  parentPort?.postMessage(message);
}
