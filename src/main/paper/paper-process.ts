/**
 * The visit's disposable process (entry), in a Node of its own (spawn-node.ts). Everything it holds is in its memory
 * and in the folder on tmpfs that it is given; it is killed at the wipe.
 */
import { isMainThread } from 'node:worker_threads';
import { mainToPaper, type PaperToMain } from './contract.ts';
import { createPaperHand, type PaperHand } from './paper-hand.ts';
import { createTextReader } from './text-reader.ts';

/** Beside this one, built or not. */
const reading = new URL(
  import.meta.url.endsWith('.ts') ? './reading-process.ts' : './reading-process.js',
  import.meta.url,
);

let hand: PaperHand | null = null;

function send(message: PaperToMain): void {
  process.send?.(message);
}

function receive(raw: unknown): void {
  const parsed = mainToPaper.safeParse(raw);
  if (!parsed.success) {
    console.error('A message of main does not match the contract');
    return;
  }
  if (parsed.data.type === 'start')
    hand ??= createPaperHand(parsed.data.config, new URL(import.meta.url), createTextReader(reading), send);
  else hand?.receive(parsed.data);
}

if (!isMainThread) {
  // The same bundle is its own worker: nothing else has to be built or found.
  await import('./pdf-worker.ts');
} else {
  process.on('message', receive);
  // Without its parent it has nothing to live for.
  process.once('disconnect', () => process.exit());
}
