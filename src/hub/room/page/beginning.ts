/**
 * A room page that is loaded before anyone knows the room: it has its script, the browser's list of devices and its
 * first connection behind it when it is told, and has opened no camera and joined nothing.
 */
import { beginning, type FromFrame } from './bridge-contract.ts';
import type { HashOptions } from './hash-options.ts';

/** @param parentOrigin of the one page that may say which room. @param begin is called once. */
export function waitToBegin(parentOrigin: string, begin: (options: HashOptions) => void): void {
  // The first connection of a process takes a tenth of a second.
  new RTCPeerConnection().close();
  void navigator.mediaDevices.enumerateDevices();
  const told = new AbortController();
  window.addEventListener(
    'message',
    (event) => {
      if (event.source !== window.parent || event.origin !== parentOrigin) return;
      const parsed = beginning.safeParse(event.data);
      if (!parsed.success) return;
      told.abort();
      const { room, options } = parsed.data;
      // Its address says where it is, as if it had been loaded for this room.
      history.replaceState(null, '', `/${room}`);
      // It speaks to whoever loaded it, whatever the options say.
      begin({ ...options, parentOrigin });
    },
    { signal: told.signal },
  );
  const waits: FromFrame = { mark: 'vis-a-vis-room', kind: 'waits' };
  window.parent.postMessage(waits, parentOrigin);
}
