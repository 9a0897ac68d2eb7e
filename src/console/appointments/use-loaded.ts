import { useCallback, useEffect, useRef, useState } from 'react';
import type { HttpAnswer } from '../api.ts';

/** ms between two looks: somebody else may have booked meanwhile. */
const PACE = 30_000;

/** What `load` gives, again whenever `key` changes, at `again`, and by itself while `fresh` is wanted. */
export function useLoaded<T>(key: string, load: () => Promise<HttpAnswer<T>>, fresh = true) {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly got: HttpAnswer<T> } | null>(null);
  const latest = useRef({ key, load });
  latest.current = { key, load };

  const again = useCallback(async () => {
    const asked = latest.current;
    const got = await asked.load();
    // What was asked for meanwhile is newer; and a look that failed does not take away what is shown.
    if (latest.current.key !== asked.key) return;
    setAnswer((before) =>
      !got.ok && before?.key === asked.key && before.got.ok ? before : { key: asked.key, got },
    );
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when to load anew.
  useEffect(() => {
    void again();
    if (!fresh) return undefined;
    const timer = setInterval(() => void again(), PACE);
    return () => clearInterval(timer);
  }, [key, fresh, again]);

  return { answer: answer?.key === key ? answer.got : null, again };
}
