/**
 * The visit's disposable process (entry), in a Node of its own (spawn-node.ts). Everything it holds is in its memory
 * and in the folder on tmpfs that it is given; it is killed at the wipe. PDFs are opened in processes of their own
 * (../pages).
 */
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../pages/sandbox.ts';
import { mainToPaper, type PaperConfig, type PaperToMain } from './contract.ts';
import { createPaperHand, type PaperHand } from './paper-hand.ts';

let hand: Promise<PaperHand> | null = null;

function send(message: PaperToMain): void {
  process.send?.(message);
}

function start(config: PaperConfig): Promise<PaperHand> {
  const here = fileURLToPath(import.meta.url);
  // Beside this file in the build, in the room next door in the sources.
  const entry = here.endsWith('.js') ? '../main/pages-process.js' : '../pages/pages-process.ts';
  return createPaperHand(config, createSandbox(fileURLToPath(new URL(entry, import.meta.url))), send);
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
