/** An in-memory session whose pages may use camera, microphone and speaker, and nothing else. */
import { randomUUID } from 'node:crypto';
import { type Session, session } from 'electron';
import { APP_SCHEME } from '#shared/screen-places.ts';

/** Microphone and camera are `media`; choosing the loudspeaker is `speaker-selection`. */
const allowed = new Set(['media', 'speaker-selection']);

/** @param origins web origins, beside the terminal's own room pages, that may ask. */
export function openMediaSession(name: string, origins: readonly string[]): Session {
  // No "persist:" prefix: nothing of it is ever written. A name of its own: nothing is shared between two visits.
  const media = session.fromPartition(`${name}-${randomUUID()}`, { cache: false });
  const known = new Set([`${APP_SCHEME}://room`, ...origins]);
  const isKnown = (url: string) => known.has(originOf(url));
  media.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(allowed.has(permission) && isKnown(details.requestingUrl));
  });
  media.setPermissionCheckHandler((_contents, permission, requestingOrigin) => {
    return allowed.has(permission) && isKnown(requestingOrigin);
  });
  return media;
}

/** URL.origin is "null" for a custom scheme in Node: scheme and host are its origin in Chromium. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'invalid';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
