/**
 * One side's keys for one visit (terminal) or one page (console), and the keys of documents handed over with them: HPKE
 * (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, in auth mode, so that the other side also knows from
 * whom a document comes. The private key cannot be taken out of the runtime.
 */
import type { WrappedKey } from '#shared/sealing.ts';
import { type Bytes, fromBase64Url, toBase64Url, utf8 } from './bytes.ts';
import { hpkeSuite } from './hpke.ts';

export interface SealingKeys {
  /** Uncompressed point (SEC 1), base64url. */
  readonly publicKey: string;
  /** For the holder of `recipient` (a public key) alone, and only under this `name` (what the key is for). */
  readonly wrap: (recipient: string, name: string, key: Bytes) => Promise<WrappedKey>;
  /** Null: not for these keys, not from `sender`, not under this name, or changed on its way. */
  readonly unwrap: (sender: string, name: string, wrapped: WrappedKey) => Promise<Bytes | null>;
}

const INFO = utf8('vis-a-vis key 1');

export async function createSealingKeys(): Promise<SealingKeys> {
  const own = await hpkeSuite.kem.generateKeyPair();
  const publicKey = toBase64Url(new Uint8Array(await hpkeSuite.kem.serializePublicKey(own.publicKey)));
  const publicOf = (text: string) => hpkeSuite.kem.deserializePublicKey(fromBase64Url(text));
  return {
    publicKey,
    async wrap(recipient, name, key) {
      const sender = await hpkeSuite.createSenderContext({
        recipientPublicKey: await publicOf(recipient),
        senderKey: own,
        info: INFO,
      });
      const sealed = await sender.seal(key, utf8(name));
      return { enc: toBase64Url(new Uint8Array(sender.enc)), key: toBase64Url(new Uint8Array(sealed)) };
    },
    async unwrap(sender, name, wrapped) {
      try {
        const recipient = await hpkeSuite.createRecipientContext({
          recipientKey: own,
          senderPublicKey: await publicOf(sender),
          enc: fromBase64Url(wrapped.enc),
          info: INFO,
        });
        return new Uint8Array(await recipient.open(fromBase64Url(wrapped.key), utf8(name)));
      } catch {
        // The library says it with an error, whichever of the reasons above it is.
        return null;
      }
    },
  };
}
