/**
 * What is asked of authenticators, and whether what they answer is true, as Web Authentication Level 3 (7.1, 7.2) says;
 * @simplewebauthn/server reads and verifies. The hub is the relying party under the name of its public origin.
 */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import {
  beginPasskeyAnswer,
  beginPasskeyLogInAnswer,
  PASSKEY_PATIENCE,
  type PasskeyMade,
  type PasskeySigned,
} from '#shared/protocol/passkeys.ts';
import type { OwnedPasskey } from './passkey-store.ts';

/** EdDSA, ES256, RS256 (RFC 9053): every Node that a hub runs on verifies them. */
const ALGORITHMS = [-8, -7, -257];

export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

interface Owner {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
}

/** @param known those that the owner has already. */
export async function askForNewPasskey(
  origin: string,
  { accountId, name, email }: Owner,
  known: readonly { readonly id: string; readonly transports: string[] }[],
) {
  return beginPasskeyAnswer.parse(
    await generateRegistrationOptions({
      rpName: 'Vis-à-vis',
      rpID: nameOf(origin),
      userID: handleOf(accountId),
      userName: email,
      userDisplayName: name,
      timeout: PASSKEY_PATIENCE,
      attestationType: 'none',
      excludeCredentials: [...known],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
}

export async function askForPasskey(origin: string) {
  return beginPasskeyLogInAnswer.parse(
    await generateAuthenticationOptions({
      rpID: nameOf(origin),
      timeout: PASSKEY_PATIENCE,
      userVerification: 'required',
    }),
  );
}

/** Null: not made for this challenge, this origin, or without knowing who was there. Nothing of an attestation is kept. */
export async function checkNewPasskey(
  origin: string,
  challenge: string,
  { id, rawId, type, response }: PasskeyMade,
): Promise<NewPasskey | null> {
  const checked = await orNull(
    verifyRegistrationResponse({
      response: { id, rawId, type, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: nameOf(origin),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!checked?.verified) return null;
  const { credential } = checked.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: response.transports,
  };
}

/** @returns the counter of the signature; null: not signed by this passkey, for this challenge and origin, or without knowing who was there. */
export async function checkSignature(
  origin: string,
  challenge: string,
  passkey: OwnedPasskey,
  { id, rawId, type, response }: PasskeySigned,
): Promise<number | null> {
  if (response.userHandle !== Buffer.from(handleOf(passkey.accountId)).toString('base64url')) return null;
  const checked = await orNull(
    verifyAuthenticationResponse({
      response: { id, rawId, type, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: nameOf(origin),
      requireUserVerification: true,
      // Whether it has risen since the last one is decided where it is kept, for all hubs at once.
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    }),
  );
  return checked?.verified ? checked.authenticationInfo.newCounter : null;
}

function nameOf(origin: string): string {
  return new URL(origin).hostname;
}

/** 5.4.3: names the account on the authenticator, and says nothing of the person. */
function handleOf(accountId: string) {
  return new Uint8Array(Buffer.from(accountId.replaceAll('-', ''), 'hex'));
}

/** The library throws on whatever is not as it should be: what a stranger sent is no bug of ours. */
async function orNull<T>(checking: Promise<T>): Promise<T | null> {
  try {
    return await checking;
  } catch {
    return null;
  }
}
