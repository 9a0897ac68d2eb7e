import { createPublicKey, verify } from 'node:crypto';

/** Ed25519 (RFC 8032). @param publicKey SPKI DER, base64url, as enrolled. @param signature base64url; may be anything. */
export function isSigned(publicKey: string, message: string, signature: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(message), key, Buffer.from(signature, 'base64url'));
}
