/**
 * The visit's disposable process (entry), in a Node of its own (spawn-node.ts). Everything it holds is in its memory
 * and in the folder on tmpfs that it is given; it is killed at the wipe. PDFs are opened in processes of their own
 * (../pages).
 */
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../pages/sandbox.ts';
import { mainToPaper, type PaperConfig, type PaperToMain } from './contract.ts';
import { createPaperHand, type PaperHand } from './paper-hand.ts';
import { createTextReader } from './text-reader.ts';

let hand: Promise<PaperHand> | null = null;

function send(message: PaperToMain): void {
  process.send?.(message);
}

/** What runs beside this process, built or not. */
const isBuilt = import.meta.url.endsWith('.js');
const pages = new URL(isBuilt ? './pages-process.js' : '../pages/pages-process.ts', import.meta.url);
const reading = new URL(isBuilt ? './reading-process.js' : './reading-process.ts', import.meta.url);

function start(config: PaperConfig): Promise<PaperHand> {
  return createPaperHand(config, createSandbox(fileURLToPath(pages)), createTextReader(reading), send);
}

function receive(raw: unknown): void {
  const parsed = mainToPaper.safeParse(raw);
  if (!parsed.success) {
    console.error('A message of main does not match the contract');
    return;
  }
  const message = parsed.data;
  if (message.type === 'start') {
    hand ??= start(message.config);
    return;
  }
  // In the order of their arrival. A hand that cannot be made ends the process, which main replaces.
  void hand?.then((made) => made.receive(message));
}

process.on('message', receive);
// Without its parent it has nothing to live for.
process.once('disconnect', () => process.exit());
