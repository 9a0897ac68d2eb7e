/** Reads the portable any-map that scanimage writes: P5 (grey) or P6 (colour), 8 or 16 bits. Source: netpbm(5). */

export interface PnmHeader {
  /** Where the pixels begin. */
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly bytesPerSample: 1 | 2;
}

export interface Pixels {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

const HEADER = /^P([56])\s(?:#[^\n]*\n|\s)*(\d+)\s(?:#[^\n]*\n|\s)*(\d+)\s(?:#[^\n]*\n|\s)*(\d+)\s/;
/** Bytes: A4 in colour at 1200 dpi. Memory that is never written costs nothing. */
const LARGEST_PROMISE = 420_000_000;
/** More than this is no header. */
const HEADER_MAX = 512;

/** Null: not there yet, or not a PNM. */
export function readPnmHeader(start: Buffer): PnmHeader | null {
  const found = HEADER.exec(start.toString('latin1', 0, HEADER_MAX));
  if (!found) return null;
  const [text, kind, width, height, max] = found;
  return {
    offset: text.length,
    width: Number(width),
    height: Number(height),
    channels: kind === '6' ? 3 : 1,
    bytesPerSample: Number(max) > 255 ? 2 : 1,
  };
}

/** Takes a PNM as it comes: a page of 26 MB is in its place when its last byte is. */
export function collectPnm(): {
  readonly add: (chunk: Buffer) => void;
  readonly pixels: () => Pixels | null;
} {
  let file = Buffer.alloc(0);
  let length = 0;
  let sized = false;
  const room = (bytes: number): void => {
    if (bytes <= file.length) return;
    const larger = Buffer.allocUnsafe(bytes);
    file.copy(larger, 0, 0, length);
    file = larger;
  };
  return {
    add(chunk) {
      if (length + chunk.length > file.length) room(Math.max(length + chunk.length, 2 * file.length));
      chunk.copy(file, length);
      length += chunk.length;
      const header = sized ? null : readPnmHeader(file.subarray(0, length));
      if (!header) return;
      sized = true;
      const { offset, width, height, channels, bytesPerSample } = header;
      // What it promises may be a lie: no more than any glass has.
      room(Math.min(offset + width * height * channels * bytesPerSample, LARGEST_PROMISE));
    },
    pixels: () => readPnm(file.subarray(0, length)),
  };
}

/** Null where the picture is cut short, empty or of another kind. */
export function readPnm(file: Buffer): Pixels | null {
  const header = readPnmHeader(file);
  if (!header) return null;
  const { offset, width, height, channels, bytesPerSample } = header;
  const samples = width * height * channels;
  const bytes = file.subarray(offset, offset + samples * bytesPerSample);
  if (samples === 0 || bytes.length < samples * bytesPerSample) return null;
  return { bytes: bytesPerSample === 2 ? highBytes(bytes) : bytes, width, height, channels };
}

/** 16 bits a sample, big endian: the eye wants the upper eight. */
function highBytes(bytes: Buffer): Buffer {
  const high = Buffer.alloc(bytes.length / 2);
  for (let i = 0; i < high.length; i += 1) high[i] = bytes[i * 2] ?? 0;
  return high;
}
