/**
 * What a clerk tells a body of a resident beside the name: only what that body asks for, each field as far as it is known.
 * Sealed in the hub's database, shown to the counsellor who took the visit, gone with the visit.
 */
import { z } from 'zod';
import { shortText } from './fields.ts';

/** In the order in which they are asked for and shown. */
export const residentFields = ['birthName', 'birthDate', 'address', 'telephone'] as const;
export const residentField = z.enum(residentFields);
export type ResidentField = z.infer<typeof residentField>;

/** ms. */
const DAY = 86_400_000;

/** E.164 allows 15 digits; written with spaces, points or a plus as people do. */
const telephone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 .()-]{4,24}$/);

/** ISO 8601: a day that exists, and that has begun somewhere on Earth. */
export const birthDate = z.iso
  .date()
  .refine((day) => day >= '1900-01-01' && day <= new Date(Date.now() + DAY).toISOString().slice(0, 10));

export const residentDetails = z.strictObject({
  birthName: shortText.optional(),
  birthDate: birthDate.optional(),
  address: z.string().trim().min(1).max(300).optional(),
  telephone: telephone.optional(),
});
export type ResidentDetails = z.infer<typeof residentDetails>;

/** Which paper the clerk looked at; never its number, never a copy. */
export const identityPaper = z.enum([
  'nationalCard',
  'passport',
  'residencePermit',
  'drivingLicence',
  'other',
]);
export type IdentityPaper = z.infer<typeof identityPaper>;

/** As far as this body asks for them. */
export function askedFor(details: ResidentDetails, asked: readonly ResidentField[]): ResidentDetails {
  return Object.fromEntries(Object.entries(details).filter(([field]) => asked.some((one) => one === field)));
}
