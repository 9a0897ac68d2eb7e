/** The X Window Dump format (X11/XWDFile.h, version 7), as `xwd` writes it for a true-colour display. */
import sharp from 'sharp';

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const VERSION = 7;
const COLOUR_BYTES = 12;

/** @param region the part to save; all of it by default. */
export async function saveXwdAsPng(dump: Buffer, file: string, region?: Region): Promise<void> {
  const word = (index: number) => dump.readUInt32BE(index * 4);
  const headerBytes = word(0);
  const width = word(4);
  const height = word(5);
  const isLittleEndian = word(7) === 0;
  const bitsPerPixel = word(11);
  const lineBytes = word(12);
  const redMask = word(14);
  if (word(1) !== VERSION || bitsPerPixel !== 32 || !isLittleEndian || redMask !== 0xff0000) {
    throw new Error('This X display is not 32 bits a pixel, blue first.');
  }
  const start = headerBytes + word(19) * COLOUR_BYTES;
  const rgb = Buffer.alloc(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    let from = start + y * lineBytes;
    for (let x = 0; x < width; x += 1) {
      rgb[to] = dump[from + 2] ?? 0;
      rgb[to + 1] = dump[from + 1] ?? 0;
      rgb[to + 2] = dump[from] ?? 0;
      from += 4;
      to += 3;
    }
  }
  const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
  if (region) picture.extract({ left: region.x, top: region.y, width: region.width, height: region.height });
  await picture.png({ compressionLevel: 6 }).toFile(file);
}
