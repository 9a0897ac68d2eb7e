/** What the console asks of the worker that looks at sheets, and what it answers. */
import { z } from 'zod';
import { deskPlace } from '#shared/desk-live.ts';

const picture = z.instanceof(Blob);
const point = z.object({ x: z.number(), y: z.number() });

export const signJob = z.discriminatedUnion('kind', [
  /** Where the code is printed, on each page. */
  z.strictObject({
    kind: z.literal('places'),
    pages: z.array(
      z.strictObject({
        /** Points. */
        width: z.number().positive(),
        height: z.number().positive(),
        picture: picture.nullable(),
        taken: z.array(deskPlace),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('code'), scan: picture }),
  z.strictObject({
    kind: z.literal('check'),
    printed: picture,
    scan: picture,
    /** Of the scan, dots to the inch. */
    resolution: z.number().positive(),
    corners: z.array(point).length(4),
    codePlace: deskPlace,
    places: z.array(deskPlace),
  }),
]);
export type SignJob = z.infer<typeof signJob>;

export const placesAnswer = z.array(deskPlace);
export const codeAnswer = z
  .object({ number: z.string(), page: z.number(), corners: z.array(point).length(4) })
  .nullable();
export const checkAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('different') }),
  z.object({ kind: z.literal('marks'), marks: z.array(z.enum(['signed', 'faint', 'none'])) }),
]);
