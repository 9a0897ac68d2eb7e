/**
 * The mark on disk that a visit was begun and not yet proved wiped. It outlives a crash and a power cut, so that the
 * next start knows what has to be wiped before anyone else sits down. Holds the visit's random id and nothing else.
 */
import { openKeptText } from '../kept-text.ts';

export interface UnwipedMark {
  /** The visit that is not proved wiped, or null. */
  readonly visitId: () => string | null;
  readonly set: (visitId: string) => void;
  readonly clear: () => void;
}

/** Bytes of a UUID as text. */
const SIZE = 36;

/** @throws Error where there is no room for the mark: a terminal that cannot make one must not open. */
export function openUnwipedMark(file: string): UnwipedMark {
  const kept = openKeptText(file, SIZE);
  let marked = kept.read() || null;
  return {
    visitId: () => marked,
    set(visitId) {
      marked = visitId;
      kept.put(visitId);
    },
    clear() {
      kept.clear();
      marked = null;
    },
  };
}
