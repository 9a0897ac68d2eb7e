/** The words that were read on a scanned page: what makes its PDF searchable. Sent as JSON, like a document. */
import { z } from 'zod';

/** Pixels of the picture that was read, from its upper left corner. */
const pixels = z.number().int().nonnegative();

export const pageWords = z
  .array(
    z.strictObject({
      text: z.string().min(1).max(200),
      x: pixels,
      y: pixels,
      width: pixels,
      height: pixels,
    }),
  )
  .max(20_000);
export type PageWords = z.infer<typeof pageWords>;
