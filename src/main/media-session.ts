/** An in-memory session whose pages may use camera, microphone and speaker, and nothing else. */
import { type Session, session } from 'electron';
import { APP_SCHEME } from '#shared/screen-places.ts';

/** A session that a visit used, and the web origins whose pages ran in it beside the terminal's own. */
export interface VisitSession {
  readonly session: Session;
  readonly origins: readonly string[];
}

type MediaKind = 'audio' | 'video';

export interface MediaSessionOptions {
  readonly name: 'room' | 'self' | 'devices' | 'self-test';
  /** Web origins, beside the terminal's own room pages, that may ask. */
  readonly origins?: readonly string[];
  /** What they may use. */
  readonly kinds?: readonly MediaKind[];
}

export function openMediaSession(options: MediaSessionOptions): Session {
  const { name, origins = [], kinds = ['audio', 'video'] } = options;
  // No "persist:" prefix: nothing of it is ever written. The same one for every visit, because Electron keeps each for
  // as long as it runs: the wipe empties it and looks into it.
  const media = session.fromPartition(name, { cache: false });
  const known = new Set([`${APP_SCHEME}://room`, ...origins]);
  const isKnown = (url: string) => known.has(originOf(url));
  media.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const wanted = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(isKnown(details.requestingUrl) && isAllowed(permission, wanted));
  });
  media.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const wanted =
      details.mediaType === undefined || details.mediaType === 'unknown' ? kinds : [details.mediaType];
    return isKnown(requestingOrigin) && isAllowed(permission, wanted);
  });

  /**
   * Microphone and camera are `media`; choosing the loudspeaker is `speaker-selection`. A page that asks for a screen
   * through getUserMedia({ chromeMediaSource }) also asks for `media`, but names neither kind: it gets nothing.
   */
  function isAllowed(permission: string, wanted: readonly string[]): boolean {
    if (permission === 'speaker-selection') return kinds.includes('audio');
    return (
      permission === 'media' && wanted.length > 0 && wanted.every((kind) => kinds.some((one) => one === kind))
    );
  }
  return media;
}

/** URL.origin is "null" for a custom scheme in Node: scheme and host are its origin in Chromium. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'invalid';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
