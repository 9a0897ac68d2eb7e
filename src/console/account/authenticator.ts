/** The browser's own question for a finger, a face, a PIN or a security key, and what came of it. */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type { HttpAnswer } from '../api.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';

/** An address in numbers is nobody's name: browsers keep passkeys for names alone (Web Authentication Level 3, 5.1.3). */
const IN_NUMBERS = /^[\d.]+$|:/;

export function passkeysWork(): boolean {
  return browserSupportsWebAuthn() && !IN_NUMBERS.test(location.hostname);
}

export const makeCredential = (optionsJSON: PublicKeyCredentialCreationOptionsJSON) =>
  answered(startRegistration({ optionsJSON }));
export const signWithCredential = (optionsJSON: PublicKeyCredentialRequestOptionsJSON) =>
  answered(startAuthentication({ optionsJSON }));

async function answered<T>(asking: Promise<T>): Promise<HttpAnswer<T>> {
  try {
    return { ok: true, value: await asking };
  } catch (error) {
    const code = failureIn(error);
    if (!code) throw error;
    return { ok: false, code };
  }
}

/** Null: a bug. Browsers tell on purpose no more than that nothing was given: cancelled, too late, or none is there. */
function failureIn(error: unknown): ConsoleFailureCode | null {
  if (error instanceof WebAuthnError) {
    if (error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'passkeyThere';
    if (error.code === 'ERROR_INVALID_DOMAIN' || error.code === 'ERROR_INVALID_RP_ID')
      return 'passkeyUnverified';
    return 'passkeyNotGiven';
  }
  return error instanceof DOMException ? 'passkeyNotGiven' : null;
}
