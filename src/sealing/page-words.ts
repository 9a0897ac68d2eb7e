/**
 * A few words for one page alone: HPKE (RFC 9180) in base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Only
 * the page has the private key, which cannot be taken out of its runtime, so that whoever carries the words to it holds
 * nothing that could be read, and nothing is left of them once the page is gone.
 */
import { fromBase64Url, toBase64Url, utf8 } from './bytes.ts';
import { hpkeSuite } from './hpke.ts';

const INFO = utf8('vis-a-vis words 1');
/** Bytes: a multiple of it is sealed, so that a name's length says little of the name. */
const STEP = 64;

export interface PageWords {
  /** Uncompressed point (SEC 1), base64url. */
  readonly publicKey: string;
  /** Null: not for this page, not under this name (what they are for), or changed on their way. */
  readonly open: (name: string, sealed: string) => Promise<string | null>;
}

export async function createPageWords(): Promise<PageWords> {
  const own = await hpkeSuite.kem.generateKeyPair();
  return {
    publicKey: toBase64Url(new Uint8Array(await hpkeSuite.kem.serializePublicKey(own.publicKey))),
    async open(name, sealed) {
      const [enc = '', words = ''] = sealed.split('.');
      try {
        const recipient = await hpkeSuite.createRecipientContext({
          recipientKey: own,
          enc: fromBase64Url(enc),
          info: INFO,
        });
        const padded = await recipient.open(fromBase64Url(words), utf8(name));
        return new TextDecoder().decode(padded).replace(/\0+$/, '');
      } catch {
        // The library says it with an error, whichever of the reasons above it is.
        return null;
      }
    },
  };
}

/** `publicKey`: of the page. As text that shared/sealing.ts's `sealedWords` describes. @throws for what is no key. */
export async function sealWords(publicKey: string, name: string, words: string): Promise<string> {
  const sender = await hpkeSuite.createSenderContext({
    recipientPublicKey: await hpkeSuite.kem.deserializePublicKey(fromBase64Url(publicKey)),
    info: INFO,
  });
  const plain = utf8(words);
  const padded = new Uint8Array(Math.ceil(plain.length / STEP) * STEP);
  padded.set(plain);
  const sealed = await sender.seal(padded, utf8(name));
  return `${toBase64Url(new Uint8Array(sender.enc))}.${toBase64Url(new Uint8Array(sealed))}`;
}
