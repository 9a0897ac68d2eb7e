/**
 * Memory that a program let go of keeps what was in it until somebody else writes there. This takes as much of each size
 * as the visit's messages used, writes zeros into it and lets it go again.
 */
import { Serializer } from 'node:v8';

/** Bytes: from short words to the pieces in which sockets are read, eight even steps to each doubling as allocators have. */
const SIZES = [128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536].flatMap((size) =>
  Array.from({ length: 8 }, (_, step) => size + (size / 8) * step),
);
/** What V8's serializer adds to the first bytes that are written (value-serializer.cc, ExpandBuffer). */
const ADDED = 64;
/** Of each size, at most so many, and so many bytes. */
const MOST = 256;
const MOST_BYTES = 1024 * 1024;

export function overwriteFreed(): void {
  // All of it at once, or the same place would be taken again and again.
  const held: unknown[] = [];
  for (const size of SIZES) {
    const zeros = new Uint8Array(size - ADDED);
    const count = Math.min(MOST, Math.ceil(MOST_BYTES / size));
    for (let at = 0; at < count; at += 1) {
      // Two heaps: of buffers, and of the rest of the program, where messages are made.
      held.push(new ArrayBuffer(size));
      const made = new Serializer();
      made.writeRawBytes(zeros);
      held.push(made);
    }
  }
  // The slab that short buffers share lives on until it is used up.
  for (let filled = 0; filled < 4 * Buffer.poolSize; filled += 1024)
    held.push(Buffer.allocUnsafe(1024).fill(0));
}
