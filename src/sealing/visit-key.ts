/** The terminal's key of a visit, certified by the key that it was enrolled with: what the console checks before use. */
import { type Bytes, fromBase64Url, utf8 } from './bytes.ts';

/** What the terminal signs (Ed25519, RFC 8032) with its enrolment key. */
export function visitKeyMessage(terminalId: string, visitId: string, publicKey: string): Bytes {
  return utf8(['vis-a-vis visit key 1', terminalId, visitId, publicKey].join('\n'));
}

/** `enrolmentKey`: SPKI DER, base64url. False also for what is no key or no signature. */
export async function isCertified(enrolmentKey: string, signed: Bytes, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', fromBase64Url(enrolmentKey), 'Ed25519', false, [
      'verify',
    ]);
    return await crypto.subtle.verify('Ed25519', key, fromBase64Url(signature), signed);
  } catch (error) {
    if (error instanceof Error && ['DataError', 'SyntaxError', 'InvalidCharacterError'].includes(error.name))
      return false;
    throw error;
  }
}
