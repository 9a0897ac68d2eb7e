/** A page's one picture, as a file for the screens and as an image for the paper: the same coded bytes in both. */
import { crc32, inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { type DrawnPage, type InkBox, PAPER_DPI } from './contract.ts';

export interface PagePicture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Null: the page is white. */
  readonly ink: InkBox | null;
  /** rows: as in contract.ts, exact · jpeg: a whole file (a page of photographs). */
  readonly coding: 'rows' | 'jpeg';
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface PictureFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** MIME type. */
  readonly type: 'image/png' | 'image/jpeg';
}

/** Bytes. A page of text and lines stays far under it; photographs do not, and lose nothing that an eye sees as JPEG. */
const ROWS_AT_MOST = 3 * 1024 * 1024;
const QUALITY = 92;
/** Pixels to the metre. */
const PIXELS_PER_METRE = Math.round(PAPER_DPI / 0.0254);

/** What is kept of a page. Failures: documentBroken (rows that are not what the page says of them). */
export async function pagePicture({
  width,
  height,
  channels,
  ink,
  rows,
}: DrawnPage): Promise<Result<PagePicture>> {
  if (rows.length <= ROWS_AT_MOST)
    return succeed({ width, height, channels, ink, coding: 'rows', data: rows });
  const stride = width * channels;
  const coded = inflated(rows, (stride + 1) * height);
  if (!coded) return fail('documentBroken');
  const pixels = Buffer.allocUnsafe(stride * height);
  for (let y = 0; y < height; y += 1)
    coded.copy(pixels, y * stride, y * (stride + 1) + 1, (y + 1) * (stride + 1));
  const jpeg = await sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .withDensity(PAPER_DPI)
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
  return succeed({ width, height, channels, ink, coding: 'jpeg', data: new Uint8Array(jpeg) });
}

/** Null: not deflated, or not of this length. They come from beside a hostile file. */
function inflated(rows: Uint8Array, length: number): Buffer | null {
  try {
    const coded = inflateSync(rows, { maxOutputLength: length });
    return coded.length === length ? coded : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

export function pictureFile({ width, height, channels, coding, data }: PagePicture): PictureFile {
  if (coding === 'jpeg') return { bytes: data, type: 'image/jpeg' };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = channels === 1 ? 0 : 2;
  const density = Buffer.alloc(9);
  density.writeUInt32BE(PIXELS_PER_METRE, 0);
  density.writeUInt32BE(PIXELS_PER_METRE, 4);
  density[8] = 1;
  const file = Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('pHYs', density),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
  return { bytes: new Uint8Array(file), type: 'image/png' };
}

/** ISO 15948, 5.2 and 5.3. */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(data, crc32(type)), 0);
  return Buffer.concat([head, data, tail]);
}
