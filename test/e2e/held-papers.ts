/** What the terminal's camera sees in these tests: a paper of known marks, held in both hands, now sharp and now shaken. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { hold } from '../../src/main/sheets/made-shots-bench.ts';

/** mm on the paper: the middles of its marks. */
export const MARKS: readonly { readonly x: number; readonly y: number }[] = [
  30, 60, 90, 120, 150, 180,
].flatMap((x) => [30, 80, 130, 270].map((y) => ({ x, y })));
/** mm. */
export const MARK = 6;
export const PAPER = { width: 210, height: 297 } as const;
/** mm: fine lines, of which a shaken picture has none. */
export const LINES = { x: 60, y: 160, width: 90, height: 30, pitch: 2.4 } as const;

function paper(): string {
  const marks = MARKS.map(
    ({ x, y }) => `<rect x="${x - MARK / 2}" y="${y - MARK / 2}" width="${MARK}" height="${MARK}"/>`,
  );
  const lines = Array.from(
    { length: Math.floor(LINES.width / LINES.pitch) },
    (_, i) =>
      `<rect x="${LINES.x + i * LINES.pitch}" y="${LINES.y}" width="${LINES.pitch / 2}" height="${LINES.height}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PAPER.width} ${PAPER.height}"><rect width="210" height="297" fill="#fff"/>${marks.join('')}${lines.join('')}</svg>`;
}

/**
 * Writes the camera's pictures as MJPEG, shown over and over: one in seven is sharp. Seven, because it is prime: a camera
 * that is asked for half its rate, or a busy machine, leaves out each second picture, or two of three, and must come by
 * every one of them all the same (of six, it would see the same three for ever). Returns the file's path.
 */
export async function filmHeldPaper(folder: string): Promise<string> {
  const { picture } = await hold(paper(), {
    ...{ away: 500, turned: 18, tipped: 10, rolled: -4 },
    ...{ thumbs: true, behind: 'person' },
  });
  const { bytes, width, height } = picture;
  const seen = () => sharp(bytes, { raw: { width, height, channels: 3 } });
  const frame = (shaken: number) =>
    (shaken === 0 ? seen() : seen().blur(shaken)).jpeg({ quality: 90 }).toBuffer();
  const frames = await Promise.all([4, 0, 3, 6, 5, 3, 4].map(frame));
  const file = path.join(folder, 'held-paper.mjpeg');
  writeFileSync(file, Buffer.concat(frames));
  return file;
}
