/**
 * A page that nobody sees and everybody hears: measures camera, microphone and loudspeaker once, tells main, and has
 * nothing more to do. #camera=LABEL&microphone=LABEL&speaker=LABEL names devices; what is not named is the system's own.
 */
import { measureMedia } from '#room-client/self-test/measure-media.ts';
import recorder from '#room-client/self-test/recorder-worklet.ts?worker&url';
import type { SelfTestClient } from '#shared/ipc.ts';

const main = (window as unknown as { readonly terminal: SelfTestClient }).terminal;
const named = new URLSearchParams(window.location.hash.slice(1));

// Main ends it by ending the page.
const { signal } = new AbortController();
measureMedia({
  devices: {
    camera: named.get('camera'),
    microphone: named.get('microphone'),
    speaker: named.get('speaker'),
  },
  recorder,
  signal,
}).then(
  (measured) => main.measured(measured),
  (error: unknown) => {
    console.error('The self-test failed:', error instanceof Error ? error.message : 'unknown');
    main.measured(null);
  },
);
