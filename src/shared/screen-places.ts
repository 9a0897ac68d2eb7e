/**
 * Where things stand on the two screens, for main, which lays views over the pages, and for the pages, which leave them
 * room. Apart from the contract in ipc.ts: a page that only draws needs no schemas, and is painted sooner without.
 */
import type { FaceStage } from './ipc.ts';

/** Scheme of the terminal's own pages: app://face/, app://desk/, app://room/. */
export const APP_SCHEME = 'app';

/**
 * Each screen's page has two hosts, taken in turns: another host is another site, and so another process. The ones that
 * drew a visit's documents and its resident's name end with the visit.
 */
export const SCREEN_HOSTS: Readonly<Record<'face' | 'desk', readonly [string, string]>> = {
  face: ['face', 'face-again'],
  desk: ['desk', 'desk-again'],
};

/** Main lays the room view over the face page, down to the caption band, exactly while this holds. */
export function roomViewShows(at: FaceStage): boolean {
  return at.stage === 'inCall' && at.call === 'live';
}

/**
 * The lowest part of the face screen, as a fraction of its height, that the page keeps for the caption (who is speaking,
 * for which body) while main lays the room view over everything above it.
 */
export const CAPTION_BAND = 0.14;

/** What is said in writing stands above the caption: as much again of the face screen, while it is asked for. */
export const SUBTITLE_BAND = 0.3;

/** Where main lays the resident's own picture on the desk screen: fractions of the window, from its top left corner. */
export const SELF_VIEW = { x: 0.66, y: 0.62, width: 0.31, height: 0.31 } as const;

/**
 * The same, while the resident holds a paper before the camera: as large as the words above it allow. On a narrow screen
 * they need more lines, and a picture as wide as the screen is less high.
 */
export const AIM_VIEW = {
  wide: { x: 0.03, y: 0.3, width: 0.94, height: 0.67 },
  narrow: { x: 0.03, y: 0.42, width: 0.94, height: 0.55 },
} as const;
/** Width to height, at most, of a narrow one; look.css says the same. */
export const NARROW = 11 / 10;
