/** What somebody does with the own account: the link of an invitation, the password, the second factor, the sessions. */
import { z } from 'zod';
import { id, instant, shortText } from './fields.ts';

/** Signs. Length is what makes a password strong (NIST SP 800-63B, 3.1.1.2); rules about kinds of signs do not. */
export const SHORTEST_PASSWORD = 12;
const newPassword = z.string().min(SHORTEST_PASSWORD).max(256);
const knownPassword = z.string().min(1).max(256);

/** 256 bits, base64url. */
const token = z.string().regex(/^[\w-]{43}$/);
export const welcomeLookBody = z.strictObject({ token });
export const welcomeLookAnswer = z.strictObject({ name: shortText, email: z.email() });
export const welcomeBody = z.strictObject({ token, password: newPassword });
/** False: the account has a second factor, which is asked at an ordinary log-in. */
export const welcomeAnswer = z.strictObject({ loggedIn: z.boolean() });
export const forgottenBody = z.strictObject({ email: z.email().max(254) });

/** Six digits, or a recovery code: spaces and hyphens do not count. */
export const secondFactorCode = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^(\d{6}|[A-Z2-7]{16})$/));

export const ownPasswordBody = z.strictObject({ current: knownPassword, password: newPassword });
export const ownSecretBody = z.strictObject({ password: knownPassword });
/** `secret` in base32, for whoever types it; `address` is what the QR code says. */
export const secondFactorAnswer = z.strictObject({ secret: z.string(), address: z.string() });
export const confirmBody = z.strictObject({ code: z.string().regex(/^\d{6}$/) });
export const recoveryCodesAnswer = z.strictObject({ codes: z.array(z.string()) });

export const ownSession = z.strictObject({
  /** Names the session, and opens nothing. */
  sessionKey: z.string().regex(/^[\w-]{43}$/),
  startedAt: instant,
  own: z.boolean(),
});
export const ownAccountAnswer = z.strictObject({
  accountId: id,
  email: z.email(),
  /** Null: there is no second factor. */
  secondFactor: z.strictObject({ recoveryCodesLeft: z.number().int().nonnegative() }).nullable(),
  sessions: z.array(ownSession),
});
export type OwnAccount = z.infer<typeof ownAccountAnswer>;
