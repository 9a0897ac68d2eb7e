/**
 * What the visit leaves in the memory of the main process, which lives on. What carried a name or a document is noted
 * while it passes; after the visit the memory is collected and compacted, so that what was let go is overwritten or given
 * back to the system, and the check counts what is still held. It finds what a forgotten variable keeps; what the memory
 * of the machine really holds is looked at from outside, in test/e2e/wipe-proof.spec.ts.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { overwriteFreed } from './overwrite-freed.ts';
import type { WipeTarget } from './wipe.ts';

export interface MainMemory {
  /** Something of the visit. Held weakly. */
  readonly note: (thing: object) => void;
  readonly target: WipeTarget;
}

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** @param sendBlanks to every page that was sent something of the visit. */
export function openMainMemory(sendBlanks: () => void): MainMemory {
  // Node names no other way to the collector (V8's own option, gc() of its extension).
  setFlagsFromString('--expose-gc');
  setFlagsFromString('--compact-on-every-full-gc');
  const collect = runInNewContext('gc') as Collect;
  let noted = 0;
  let gone = 0;
  const registry = new FinalizationRegistry(() => {
    gone += 1;
  });

  return {
    note(thing) {
      noted += 1;
      registry.register(thing, null);
    },
    target: {
      name: 'main-memory',
      remove: async () => undefined, // Nothing can be collected before the others let go of it.
      async settle() {
        // What is gone is told in a later turn. The wipe bounds the wait.
        do {
          collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
          await nextTurn();
        } while (gone < noted);
        overwriteFreed();
        // Twice: what the first ones freed elsewhere is taken by the second.
        for (let round = 0; round < 2; round += 1) {
          sendBlanks();
          await nextTurn();
        }
        collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      },
      async check() {
        const answer = { looked: noted, left: noted - gone };
        noted -= gone;
        gone = 0;
        return answer;
      },
    },
  };
}
