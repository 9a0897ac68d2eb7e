/**
 * One search for all who ask the same while another runs. Nobody is given what was read before he asked: he gets the
 * next search, which he shares with all who came meanwhile. It is advice only; the database's constraint decides.
 */
export type SharedSearch<Wanted, Found> = (wanted: Wanted) => Promise<Found>;

interface Searches<Found> {
  running: Promise<Found>;
  next: Promise<Found> | null;
}

/** @param keyOf what two who ask the same have in common. */
export function createSharedSearch<Wanted, Found>(
  search: (wanted: Wanted) => Promise<Found>,
  keyOf: (wanted: Wanted) => string,
): SharedSearch<Wanted, Found> {
  const searches = new Map<string, Searches<Found>>();

  function begin(key: string, wanted: Wanted): Promise<Found> {
    const running = search(wanted);
    const entry: Searches<Found> = { running, next: null };
    searches.set(key, entry);
    const done = () => {
      // The next one, where there is one, has put its own entry here by then.
      if (searches.get(key) === entry && !entry.next) searches.delete(key);
    };
    running.then(done, done);
    return running;
  }

  return (wanted) => {
    const key = keyOf(wanted);
    const entry = searches.get(key);
    if (!entry) return begin(key, wanted);
    const again = () => begin(key, wanted);
    entry.next ??= entry.running.then(again, again);
    return entry.next;
  };
}
