/** Ends what a measurement started, the newest first, however the measurement ends. */
export async function withClosers<T>(
  work: (close: (closer: () => Promise<unknown>) => void) => Promise<T>,
): Promise<T> {
  const closers: (() => Promise<unknown>)[] = [];
  try {
    return await work((closer) => closers.push(closer));
  } finally {
    for (const closer of closers.reverse()) await closer();
  }
}
