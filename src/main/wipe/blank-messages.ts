/**
 * A message to a page passes through buffers that are let go of and not cleared, in threads whose memory no script
 * reaches. Blank ones of the same sizes, on the same way, take their place.
 */
import type { WebContents } from 'electron';
import { sendToPage } from '../screen-link.ts';

/** Bytes, up to a view with a still picture in it. */
const SIZES = [512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072].flatMap((size) =>
  Array.from({ length: 8 }, (_, step) => size + (size / 8) * step),
);
const MOST = 48;
const MOST_BYTES = 256 * 1024;
const BLANK = '\0'.repeat(28);

export function sendBlanks(page: WebContents, screen: 'face' | 'desk'): void {
  for (const size of SIZES) {
    // Many short texts, because the buffer of a view grows as theirs does. V8 writes two bytes before each.
    const blanks = Array.from({ length: Math.floor(size / (BLANK.length + 2)) }, () => BLANK);
    const count = Math.min(MOST, Math.ceil(MOST_BYTES / size));
    for (let sent = 0; sent < count; sent += 1) sendToPage(page, `${screen}:blank`, blanks);
  }
}
