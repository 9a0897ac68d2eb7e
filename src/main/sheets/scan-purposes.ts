/** How each kind of paper is scanned: the counsellor says what it is, and no numbers. */
import type { ScanPurpose } from '#shared/protocol/scanned-pages.ts';
import type { ScanRequest } from '../scanner/scanner.ts';

export interface ScanHow extends Pick<ScanRequest, 'mode' | 'resolution'> {
  /** JPEG, 1..100. */
  readonly quality: number;
}

/**
 * 300 dpi for a card and a photo: their small print, and what a printer can give back; more of it only makes the resident
 * wait for the whole glass. A letter in colour, because a stamp or a signature that is blue has to stay blue; 200 dpi is
 * what reading it, by eye or by machine, needs.
 */
export const SCAN_PURPOSES: Readonly<Record<ScanPurpose, ScanHow>> = {
  letter: { mode: 'colour', resolution: 200, quality: 72 },
  identity: { mode: 'colour', resolution: 300, quality: 85 },
  photo: { mode: 'colour', resolution: 300, quality: 92 },
};
