/** What a scanned page needs to be pleasant to read. It is found here, done in draw-sheet.ts, and undone by the counsellor. */
import type { PageCorrections, ScanPurpose } from '#shared/protocol/scanned-pages.ts';
import type { ScannedSheet } from '../scanner/scanner.ts';
import { scaled } from './askew-box.ts';
import { makeLookPicture } from './look-picture.ts';
import { findPaper, type PaperOnGlass } from './paper-on-glass.ts';
import { type Whitening, whiteningOf } from './paper-white.ts';
import { findInk } from './text-ink.ts';
import { findTextLines, type TextLines } from './text-skew.ts';
import { uprightTurn } from './text-upright.ts';

export interface SheetReading {
  readonly found: PageCorrections;
  readonly blank: boolean;
  /** For `cleaned`. */
  readonly whitening: Whitening;
}

/** Of the box: how much must stand out from the lid for it to be the paper's. A letter's lines are not its paper. */
const FILLED: Readonly<Record<ScanPurpose, number>> = { letter: 0.7, identity: 0.2, photo: 0.3 };
/** Degrees. Less than this no eye sees, and turning would only soften the letters. */
const STRAIGHT = 0.15;
/** Pixels of ink (of a look picture) on a page with nothing on it: less than the number of a page. */
const BLANK_INK = 22;

export async function readSheet(sheet: ScannedSheet, purpose: ScanPurpose): Promise<SheetReading> {
  const picture = await makeLookPicture(sheet);
  const paper = findPaper(picture, FILLED[purpose]);
  const ink = findInk(picture, paper?.box ?? null);
  const lines = purpose === 'photo' ? null : findTextLines(ink);
  const angle = angleOf(paper, lines);
  const whitening = purpose === 'letter' ? whiteningOf(picture) : null;
  return {
    found: {
      crop: paper ? scaled({ ...paper.box, angle }, picture.scale) : null,
      angle,
      turn: (lines && uprightTurn(ink, lines)) ?? 0,
      cleaned: whitening !== null,
    },
    blank: !paper && ink.count < BLANK_INK,
    whitening,
  };
}

/** The paper's own edges are surer than its lines; where neither is seen, it lies straight. */
function angleOf(paper: PaperOnGlass | null, lines: TextLines | null): number {
  const angle = paper?.angleSeen ? paper.box.angle : (lines?.angle ?? 0);
  return Math.abs(angle) < STRAIGHT ? 0 : Math.round(angle * 100) / 100;
}
