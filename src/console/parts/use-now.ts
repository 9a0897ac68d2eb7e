import { useEffect, useState } from 'react';

/** The hub's time in milliseconds, ticking, so that waits grow before the eyes. */
export function useNow(clockOffset: number, tick = 5_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, [tick]);
  return now + clockOffset;
}
