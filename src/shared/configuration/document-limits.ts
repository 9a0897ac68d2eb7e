/** What a visit's documents may weigh and take; part of the terminal's configuration file. */
import { z } from 'zod';

export const documentLimits = z.strictObject({
  /** Bytes of one document. */
  documentBytes: z
    .number()
    .int()
    .positive()
    .default(100 * 1024 * 1024),
  /** Bytes of all documents and scans that a visit may hold at once. */
  heldBytes: z
    .number()
    .int()
    .positive()
    .default(400 * 1024 * 1024),
  pages: z.number().int().positive().default(200),
  /** Bytes of drawn pages kept, so that they are not drawn again. */
  pictureBytes: z
    .number()
    .int()
    .positive()
    .default(128 * 1024 * 1024),
  /** Longest time to check a document or to draw one page, ms. */
  drawMs: z.number().int().positive().default(10_000),
  /** A range asked for is asked for again after this, ms. */
  wantAgainMs: z.number().int().positive().default(5_000),
  /** A document of which nothing arrives for so long is given up, ms. */
  takeSilenceMs: z.number().int().positive().default(120_000),
});
export type DocumentLimits = z.infer<typeof documentLimits>;
