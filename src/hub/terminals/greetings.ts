/**
 * The name that the terminal's screen greets, sealed for the page that shows it: what the terminal's main process carries
 * it cannot read, and nothing of it is left when that page is gone.
 */
import { sealWords } from '#sealing/page-words.ts';
import { greetingName } from '#shared/sealing.ts';
import type { VisitRecord } from '../visits/store.ts';

export interface Greetings {
  /** Null: the clerk did not allow it, or the page has no key (yet). The same again for the same page and name. */
  readonly of: (visit: VisitRecord, pageKey: string | null) => Promise<string | null>;
  /** Forgets those of visits that are over. */
  readonly keep: (visitIds: ReadonlySet<string>) => void;
}

interface Sealed {
  readonly pageKey: string;
  readonly name: string;
  readonly words: string;
}

export function createGreetings(): Greetings {
  const sealed = new Map<string, Sealed>();
  return {
    async of({ visitId, showName, residentName }, pageKey) {
      if (!showName || pageKey === null) return null;
      const known = sealed.get(visitId);
      if (known?.pageKey === pageKey && known.name === residentName) return known.words;
      const words = await sealWords(pageKey, greetingName(visitId), residentName);
      sealed.set(visitId, { pageKey, name: residentName, words });
      return words;
    },
    keep(visitIds) {
      for (const visitId of [...sealed.keys()]) if (!visitIds.has(visitId)) sealed.delete(visitId);
    },
  };
}
