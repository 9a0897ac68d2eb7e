/** Bodies of the hub's HTTP requests and answers about what it keeps, and what it holds of one person. */
import { z } from 'zod';
import { id, instant } from './fields.ts';
import { birthDate } from './resident.ts';

/** Things with a duration of their own, in the words of the one who reads the page. */
const purgeState = z.strictObject({
  name: z.string(),
  /** ms from the day from which it counts. */
  keptFor: z.number().min(0),
  lastRun: instant.nullable(),
  removed: z.int().min(0),
  oldest: instant.nullable(),
  late: z.boolean(),
  overdue: z.boolean(),
});

export const keptAnswer = z.strictObject({
  purges: z.array(purgeState),
  /** False where entries of the audit trail were removed or replaced by something that is not the hub. */
  auditWhole: z.boolean(),
  kept: z.array(
    z.strictObject({
      what: z.string(),
      why: z.string(),
      basis: z.string(),
      until: z.string(),
      sealed: z.boolean(),
    }),
  ),
});
export type KeptAnswer = z.infer<typeof keptAnswer>;

/** All that is given must be met. */
export const personBody = z
  .strictObject({
    /** Any of the person's names, or some of their words; accents and capitals do not matter. */
    name: z.string().trim().min(2).max(200).optional(),
    birthDate: birthDate.optional(),
    email: z.email().max(254).optional(),
  })
  .refine((body) => Object.keys(body).length > 0);
export type PersonBody = z.infer<typeof personBody>;

export const personDomain = z.enum(['visit', 'pastVisit', 'appointment', 'question']);
export type PersonDomainName = z.infer<typeof personDomain>;

const heldThing = z.strictObject({
  domain: personDomain,
  id,
  /** What it is, with place and body, in words. */
  what: z.string(),
  at: instant,
  /** What is known of the person, by its name in words. */
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  /** What its erasure brings about; null: not now, `whyNot` says why. */
  effect: z.string().nullable(),
  whyNot: z.string().nullable(),
});
export type HeldThing = z.infer<typeof heldThing>;

export const personAnswer = z.strictObject({ at: instant, held: z.array(heldThing) });
export type PersonAnswer = z.infer<typeof personAnswer>;

export const eraseBody = z.strictObject({ domain: personDomain, id });
