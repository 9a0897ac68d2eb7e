/**
 * The process that reads scanned pages (entry): apart from the paper process, because reading a page takes seconds of a
 * whole processor, and at the lowest priority, because a call and a scan go first. Started by text-reader.ts. It reads in a
 * thread, so that it hears at any time that its parent is gone.
 */
import { constants, setPriority } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { z } from 'zod';
import { startTesseract } from './tesseract.ts';

const request = z.strictObject({ jpeg: z.custom<Uint8Array>((value) => value instanceof Uint8Array) });

if (isMainThread) {
  setPriority(constants.priority.PRIORITY_LOW);
  const thread = new Worker(new URL(import.meta.url));
  process.on('message', (raw) => thread.postMessage(raw));
  thread.on('message', (words) => process.send?.(words));
  // Without its parent it has nothing to live for: at once, whatever the thread is at, because the wipe does not wait.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
} else {
  const started = startTesseract();
  parentPort?.on('message', async (raw) => {
    parentPort?.postMessage({ words: (await started).read(request.parse(raw).jpeg) });
  });
}
