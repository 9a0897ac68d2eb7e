/** The words of the scanned pages, as far as the terminal has read them and they have come. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type PageWords, pageWords } from '#shared/page-words.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import type { ScannedPages } from '../scanned-pages.ts';
import { wordsReadIn } from './order-reading.ts';

/** By the picture that was read. */
export function usePageWords(
  scans: ScannedPages,
  orders: readonly OrderView[],
): ReadonlyMap<string, PageWords> {
  const states = useSyncExternalStore(scans.subscribe, scans.snapshot);
  const held = useMemo(() => wordsReadIn(orders), [orders]);
  useEffect(() => scans.want([...held.values()]), [scans, held]);

  return useMemo(() => {
    const words = new Map<string, PageWords>();
    for (const [picture, { documentId }] of held) {
      const state = states.get(documentId);
      const parsed = state?.kind === 'here' ? parse(state.bytes) : null;
      if (parsed) words.set(picture, parsed);
    }
    return words;
  }, [held, states]);
}

const known = new WeakMap<Uint8Array, PageWords | null>();

/** Once for the same bytes. Null where they are not what they should be: the page is then not searchable. */
function parse(bytes: Uint8Array): PageWords | null {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const words = parseNow(bytes);
  known.set(bytes, words);
  return words;
}

function parseNow(bytes: Uint8Array): PageWords | null {
  try {
    const parsed = pageWords.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
