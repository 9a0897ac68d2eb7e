/**
 * The mark on disk that a visit was begun and not yet proved wiped. It outlives a crash and a power cut, so that the
 * next start knows what has to be wiped before anyone else sits down. Holds the visit's random id and nothing else.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export interface UnwipedMark {
  /** The visit that is not proved wiped, or null. */
  readonly visitId: () => string | null;
  readonly set: (visitId: string) => void;
  readonly clear: () => void;
}

export function openUnwipedMark(file: string): UnwipedMark {
  let marked = existsSync(file) ? readFileSync(file, 'utf8') : null;
  return {
    visitId: () => marked,
    set(visitId) {
      marked = visitId;
      writeFileSync(file, visitId, { mode: 0o600, flush: true });
    },
    clear() {
      rmSync(file, { force: true });
      marked = null;
    },
  };
}
