/** Why a terminal cannot open yet: for the page that says so, and for who installs it. */
import { z } from 'zod';

export const outOfService = z.enum([
  /** There is no configuration. */
  'notConfigured',
  /** There is one that this version does not understand. */
  'wrongConfiguration',
  /** Never enrolled, and no code to do it with. */
  'notEnrolled',
  /** The hub does not know the code, or not any more. */
  'codeRefused',
  /** Never enrolled, and the hub does not answer. */
  'hubAway',
]);
export type OutOfService = z.infer<typeof outOfService>;
