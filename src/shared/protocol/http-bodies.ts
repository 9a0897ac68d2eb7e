/** Bodies of the hub’s HTTP requests and answers. */
import { z } from 'zod';
import { id, instant, shortText } from './fields.ts';
import { secondFactorCode } from './own-account.ts';

export const logInBody = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(256),
  /** Where the hub asked for it (secondFactorNeeded). */
  code: secondFactorCode.optional(),
});
export const enrolBody = z.strictObject({
  /** Once, short life, given to the operator by the hub. */
  code: z.string().regex(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/),
  /** Ed25519 public key, SPKI DER, base64url. */
  publicKey: z.string().max(256),
});
export const enrolAnswer = z.strictObject({ terminalId: id });
/** An operator asks for a code for a new terminal of one of the territory's mairies. */
export const enrolmentCodeBody = z.strictObject({ mairieId: id, terminalName: shortText });
export const enrolmentCodeAnswer = z.strictObject({ code: z.string(), expiresAt: instant });
/** Where a console page finds the room's pages: an origin that is not its own. */
export const consoleSettings = z.strictObject({ roomOrigin: z.url() });
