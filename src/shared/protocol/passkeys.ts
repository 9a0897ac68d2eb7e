/** Passkeys: what crosses between the console and the hub around the browser's own WebAuthn (W3C, Web Authentication Level 3). */
import { z } from 'zod';
import { id, instant, shortText } from './fields.ts';
import { ownSecretBody } from './own-account.ts';

const base64url = z.string().regex(/^[\w-]+$/);
/** At most 1023 bytes (Level 3, 5.8.3). */
const credentialId = base64url.max(1364);
/** Weighs what an authenticator may say: a signature, its data, an RSA key. */
const said = base64url.max(8192);
const publicKeyType = z.literal('public-key');
const transports = z.array(z.string().max(32)).max(8);

/** ms that a person has to find the finger, the face or the key; the challenge lives a little longer. */
export const PASSKEY_PATIENCE = 4 * 60_000;
/** More than anybody has devices. */
export const MOST_PASSKEYS = 10;

/** What follows is read as the browser says it: it may say more, which nobody needs and nothing keeps. */
const credential = { id: credentialId, rawId: credentialId, type: publicKeyType };
export const addPasskeyBody = z.strictObject({
  label: shortText,
  made: z.object({
    ...credential,
    response: z.object({ clientDataJSON: said, attestationObject: said, transports: transports.default([]) }),
  }),
});
export const passkeyLogInBody = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: said,
    authenticatorData: said,
    signature: said,
    userHandle: base64url.max(86),
  }),
});
export type PasskeySigned = z.infer<typeof passkeyLogInBody>;
export type PasskeyMade = z.infer<typeof addPasskeyBody>['made'];

export const beginPasskeyBody = ownSecretBody;
export const removePasskeyBody = ownSecretBody;
export const namePasskeyBody = z.strictObject({ label: shortText });

/** For navigator.credentials.create(). */
export const beginPasskeyAnswer = z.object({
  challenge: base64url,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: base64url, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: publicKeyType, alg: z.number() })),
  timeout: z.number(),
  excludeCredentials: z.array(z.object({ id: credentialId, type: publicKeyType, transports })),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});
/** For navigator.credentials.get(): no credential is named, the person chooses among those of the device. */
export const beginPasskeyLogInAnswer = z.object({
  challenge: base64url,
  rpId: z.string(),
  timeout: z.number(),
  userVerification: z.literal('required'),
});

const ownPasskey = z.strictObject({
  passkeyId: id,
  label: shortText,
  addedAt: instant,
  /** Null: never yet. */
  lastUsedAt: instant.nullable(),
});
export type OwnPasskey = z.infer<typeof ownPasskey>;
export const passkeysAnswer = z.strictObject({ passkeys: z.array(ownPasskey) });
