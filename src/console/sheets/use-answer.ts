/** An answer of the hub, asked again whenever `key` changes; what comes late for another key is dropped. */
import { useEffect, useState } from 'react';
import type { ConsoleFailureCode } from '../hub-link.ts';

export type Answer<T> = { readonly value: T } | { readonly failure: ConsoleFailureCode };

/**
 * @param key null asks for nothing.
 * @param patience ms to wait before asking: somebody may still be typing.
 * @returns null until there is an answer; while another one is awaited, the one before it.
 */
export function useAnswer<T>(
  key: string | null,
  ask: (key: string) => Promise<Answer<T>>,
  patience = 0,
): { readonly answer: Answer<T> | null; readonly isCurrent: boolean; readonly again: () => void } {
  const [got, setGot] = useState<{ readonly key: string; readonly answer: Answer<T> } | null>(null);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again
  useEffect(() => {
    if (key === null) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void ask(key).then((answer) => {
        if (wanted) setGot({ key, answer });
      });
    }, patience);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, ask, patience, asked]);
  return {
    answer: key === null ? null : (got?.answer ?? null),
    isCurrent: got?.key === key,
    again: () => setAsked((count) => count + 1),
  };
}
