/** A passkey's authenticator in software (Web Authentication Level 3, 6.1 and 6.5): it can also be made to lie. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { PasskeyMade, PasskeySigned } from '#shared/protocol/passkeys.ts';

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

interface Said {
  readonly challenge: string;
  /** As the browser has it. */
  readonly origin: string;
  /** Default: the origin's name. */
  readonly rpId?: string;
  /** False: somebody was there, and nobody knows who. */
  readonly verified?: boolean;
  readonly counter?: number;
  /** What the browser says that was done. Default: what was. */
  readonly type?: string;
}

export interface TestAuthenticator {
  readonly credentialId: string;
  readonly make: (said: Said & { readonly handle: string }) => PasskeyMade;
  /** @param said `handle`, `signWith`: instead of its own. */
  readonly sign: (said: Said & { readonly handle?: string; readonly signWith?: KeyObject }) => PasskeySigned;
}

export function createTestAuthenticator(): TestAuthenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(32);
  const credentialId = rawId.toString('base64url');
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  /** COSE_Key (RFC 9052, 7): EC2, ES256, P-256. */
  const coseKey = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]),
  );
  let ownHandle = '';

  function dataOf({ origin, rpId, verified = true, counter = 0 }: Said, credential?: Uint8Array) {
    const flags = PRESENT | (verified ? VERIFIED : 0) | (credential ? HAS_CREDENTIAL : 0);
    const fixed = Buffer.alloc(5);
    fixed.writeUInt8(flags, 0);
    fixed.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId ?? new URL(origin).hostname), fixed, credential ?? Buffer.alloc(0)]);
  }
  const clientData = ({ challenge, origin, type }: Said, usual: string) =>
    Buffer.from(JSON.stringify({ type: type ?? usual, challenge, origin, crossOrigin: false }));
  const common = { id: credentialId, rawId: credentialId, type: 'public-key' } as const;

  return {
    credentialId,
    make(said) {
      ownHandle = said.handle;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const data = dataOf(said, Buffer.concat([Buffer.alloc(16), length, rawId, coseKey]));
      const attestation = isoCBOR.encode(
        new Map<string, string | Uint8Array | Map<string, never>>([
          ['fmt', 'none'],
          ['attStmt', new Map<string, never>()],
          ['authData', new Uint8Array(data)],
        ]),
      );
      return {
        ...common,
        response: {
          clientDataJSON: clientData(said, 'webauthn.create').toString('base64url'),
          attestationObject: Buffer.from(attestation).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    sign(said) {
      const data = dataOf(said);
      const client = clientData(said, 'webauthn.get');
      const signature = sign(
        'sha256',
        Buffer.concat([data, createHash('sha256').update(client).digest()]),
        said.signWith ?? privateKey,
      );
      return {
        ...common,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: said.handle ?? ownHandle,
        },
      };
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
