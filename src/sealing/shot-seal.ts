/**
 * A shot on its way from the page that has the camera to the paper process, sealed for that process alone: the main
 * process between them, which outlives the visit, never holds a byte of it that could be read.
 */
import { type SealedShot, shotKeyName } from '#shared/sealing.ts';
import { type Bytes, utf8 } from './bytes.ts';
import { createSealingKeys, type SealingKeys } from './key-pair.ts';

/** @param recipient the paper process's key of this visit. @param aim the order's id. */
export async function sealShot(recipient: string, aim: string, jpeg: Bytes): Promise<SealedShot> {
  const keys = await createSealingKeys();
  const key = crypto.getRandomValues(new Uint8Array(32));
  const handle = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return {
    sender: keys.publicKey,
    key: await keys.wrap(recipient, shotKeyName(aim), key),
    bytes: new Uint8Array(await crypto.subtle.encrypt(algorithm(aim), handle, jpeg)),
  };
}

/** Null: not sealed for these keys, or not for this aim. */
export async function openShot(
  { unwrap }: Pick<SealingKeys, 'unwrap'>,
  aim: string,
  { sender, key: wrapped, bytes }: SealedShot,
): Promise<Bytes | null> {
  const key = await unwrap(sender, shotKeyName(aim), wrapped);
  if (!key) return null;
  const handle = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(aim), handle, bytes));
  } catch (error) {
    // WebCrypto's one word for "not what was sealed".
    if (error instanceof Error && error.name === 'OperationError') return null;
    throw error;
  }
}

/** Each key seals one shot and nothing else, so that its nonce may be the same every time. */
function algorithm(aim: string) {
  return { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: utf8(`vis-a-vis shot 1 ${aim}`) };
}
