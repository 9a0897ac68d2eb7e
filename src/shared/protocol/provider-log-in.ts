/** Log-in through an OpenID Connect provider: what the console and the hub say to each other about it. */
import { z } from 'zod';

/** Whether there is one, and whether to ask if the desk is shared. */
export const providerOffer = z.strictObject({ offered: z.boolean(), ask: z.boolean() });
export type ProviderOffer = z.infer<typeof providerOffer>;

/** `sharedDesk`: others sit at this desk too, the provider is to ask again who is there. */
export const providerLogInBody = z.strictObject({ sharedDesk: z.boolean() });

/** Where the browser goes; null: nowhere. */
export const providerAddress = z.strictObject({ address: z.url({ protocol: /^https?$/ }).nullable() });

/** Why somebody came back from the provider without being logged in: in the address, "/?refused=CODE". */
export const returnRefusal = z.enum([
  'providerAway',
  'providerUntrusted',
  'providerClock',
  'logInCancelled',
  'logInStale',
  'noAccount',
  'wrongOrganisation',
  'organisationNotLinked',
  'tooManyAttempts',
]);
export type ReturnRefusal = z.infer<typeof returnRefusal>;
