/** An answer of the hub, asked again whenever `key` changes; what comes late for another key is dropped. */
import { useEffect, useState } from 'react';
import type { HttpAnswer } from '../api.ts';

interface Got<T> {
  readonly key: string;
  /** How often it had been asked again. */
  readonly asked: number;
  readonly answer: HttpAnswer<T>;
}

/**
 * @param key null asks for nothing.
 * @param patience ms to wait before asking: somebody may still be typing.
 * @returns null until there is an answer; while another one is awaited, the one before it.
 */
export function useAnswer<T>(
  key: string | null,
  ask: (key: string) => Promise<HttpAnswer<T>>,
  patience = 0,
): { readonly answer: HttpAnswer<T> | null; readonly isCurrent: boolean; readonly again: () => void } {
  const [got, setGot] = useState<Got<T> | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void ask(key).then((answer) => {
        if (wanted) setGot({ key, asked, answer });
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
