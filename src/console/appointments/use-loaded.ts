import { useCallback, useEffect, useRef, useState } from 'react';
import type { HttpAnswer } from '../api.ts';

/** ms between two looks: somebody else may have booked meanwhile. */
const PACE = 30_000;

/** What `load` gives, again whenever `key` changes, at `again`, and by itself while `fresh` is wanted. */
export function useLoaded<T>(key: string, load: () => Promise<HttpAnswer<T>>, fresh = true) {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly got: HttpAnswer<T> } | null>(null);
  const latest = useRef({ key, load });
  latest.current = { key, load };

  const look = useCallback(async (asked: string) => {
    const got = await latest.current.load();
    // What was asked for meanwhile is newer; and a look that failed does not take away what is shown.
    if (latest.current.key !== asked) return;
    setAnswer((before) => (!got.ok && before?.key === asked && before.got.ok ? before : { key: asked, got }));
  }, []);
  const again = useCallback(() => look(latest.current.key), [look]);

  useEffect(() => {
    void look(key);
    if (!fresh) return undefined;
    const timer = setInterval(() => void look(key), PACE);
    return () => clearInterval(timer);
  }, [key, fresh, look]);

  return { answer: answer?.key === key ? answer.got : null, again };
}
