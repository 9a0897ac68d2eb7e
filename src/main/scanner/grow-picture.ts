/** A small picture of a page while the scanner is still at it, made of its lines (PNM) as they come. */
import { type Pixels, readPnmHeader } from './pnm.ts';

export interface GrownPicture extends Pixels {
  /** Pixels that it will be high when the page is whole. */
  readonly wholeHeight: number;
}

export interface GrowingPicture {
  readonly add: (chunk: Uint8Array) => void;
  /** What there is so far; null: not one line of it. */
  readonly picture: () => GrownPicture | null;
  /** Lines of the small picture that are there. */
  readonly lines: () => number;
}

/** Pixels across at most: large enough to see which paper it is and how it lies. */
const WIDTH = 420;
/** Lines looked at of those that become one: more of them cost a busy machine more than an eye sees. */
const LINES_OF_ONE = 2;
const HEADER_MAX = 512;

export function growPicture(): GrowingPicture {
  let start = Buffer.alloc(0);
  let small: GrowingPicture | null = null;
  return {
    add(chunk) {
      if (small) return small.add(chunk);
      if (start.length > HEADER_MAX) return;
      start = Buffer.concat([start, chunk]);
      const header = readPnmHeader(start);
      if (!header) return;
      small = createSmallPicture(header);
      small.add(start.subarray(header.offset));
      start = Buffer.alloc(0);
    },
    picture: () => small?.picture() ?? null,
    lines: () => small?.lines() ?? 0,
  };
}

type Header = NonNullable<ReturnType<typeof readPnmHeader>>;

function createSmallPicture({ width, height, channels, bytesPerSample }: Header): GrowingPicture {
  const factor = Math.max(1, Math.ceil(width / WIDTH));
  const across = Math.floor(width / factor);
  const wholeHeight = Math.floor(height / factor);
  const rowBytes = width * channels * bytesPerSample;
  const samples = across * channels;
  // Where each byte of a line goes; the lower byte of 16 bits and what is left at the edge go nowhere.
  const nowhere = samples;
  const placeOf = new Uint16Array(rowBytes).fill(nowhere);
  for (let x = 0; x < across * factor; x += 1)
    for (let channel = 0; channel < channels; channel += 1)
      placeOf[(x * channels + channel) * bytesPerSample] = Math.floor(x / factor) * channels + channel;
  const sums = new Uint32Array(samples + 1);
  const looked = Math.min(LINES_OF_ONE, factor);
  const weight = looked * factor;
  const bytes = Buffer.alloc(samples * wholeHeight);
  let done = 0;
  let row = 0;
  let column = 0;

  function endOfRow(): void {
    column = 0;
    row += 1;
    if (row % factor !== 0 || done >= wholeHeight) return;
    for (let i = 0; i < samples; i += 1) bytes[done * samples + i] = (sums[i] ?? 0) / weight;
    sums.fill(0);
    done += 1;
  }

  return {
    add(chunk) {
      let at = 0;
      while (at < chunk.length && row < height) {
        const end = Math.min(chunk.length, at + rowBytes - column);
        if (row % factor < looked) {
          for (let i = at, to = column; i < end; i += 1, to += 1) {
            const place = placeOf[to] ?? nowhere;
            sums[place] = (sums[place] ?? 0) + (chunk[i] ?? 0);
          }
        }
        column += end - at;
        at = end;
        if (column === rowBytes) endOfRow();
      }
    },
    picture: () =>
      done === 0
        ? null
        : {
            bytes: Buffer.from(bytes.subarray(0, samples * done)),
            width: across,
            height: done,
            channels,
            wholeHeight,
          },
    lines: () => done,
  };
}
