/** The latest view from main, kept outside React so that a page that had to be drawn anew finds it again. */
import { useSyncExternalStore } from 'react';
import type { ScreenClient, ScreenView } from '#shared/ipc.ts';

export interface ViewSource {
  readonly current: () => ScreenView | null;
  readonly subscribe: (changed: () => void) => () => void;
}

/** Listens to main for as long as the page lives. */
export function viewSource(client: ScreenClient): ViewSource {
  let view: ScreenView | null = null;
  const listeners = new Set<() => void>();
  client.onView((next) => {
    view = next;
    for (const changed of listeners) changed();
  });
  return {
    current: () => view,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
  };
}

/** Null until main has sent the first view. */
export function useView(source: ViewSource): ScreenView | null {
  return useSyncExternalStore(source.subscribe, source.current);
}
