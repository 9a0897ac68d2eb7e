/**
 * The address of a resident's own page: the appointment's id and a keyed hash of it (256 bits). Nothing is stored, and
 * links outlive a change of secret as long as the former one stands below it in the secret's file.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const TOKEN_BYTES = ID_BYTES + 32;

export interface ResidentLinks {
  readonly tokenOf: (appointmentId: string) => string;
  readonly addressOf: (appointmentId: string) => string;
  /** The appointment's id; null where the hub did not write this token. */
  readonly read: (token: string) => string | null;
}

interface ResidentLinksDeps {
  /** The current one first. */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]];
  readonly origin: () => string;
}

export function createResidentLinks({ keys, origin }: ResidentLinksDeps): ResidentLinks {
  const sign = (key: Uint8Array, id: Uint8Array) => createHmac('sha256', key).update(id).digest();
  function tokenOf(appointmentId: string): string {
    const id = Buffer.from(appointmentId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, sign(keys[0], id)]).toString('base64url');
  }
  return {
    tokenOf,
    addressOf: (appointmentId) => `${origin()}/rendez-vous/${tokenOf(appointmentId)}`,
    read(token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== TOKEN_BYTES) return null;
      const [id, mac] = [bytes.subarray(0, ID_BYTES), bytes.subarray(ID_BYTES)];
      if (!keys.some((key) => timingSafeEqual(sign(key, id), mac))) return null;
      return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}
