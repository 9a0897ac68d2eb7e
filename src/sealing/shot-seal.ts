/**
 * A shot on its way from the page that has the camera to the paper process, sealed for that process alone: the main
 * process between them, which outlives the visit, never holds a byte of it that could be read.
 */
import { type SealedShot, shotKeyName } from '#shared/sealing.ts';
import type { Bytes } from './bytes.ts';
import { createSealingKeys, type SealingKeys } from './key-pair.ts';
import { documentSeal, newDocumentKey } from './sealed-document.ts';

/** It is one range whatever its size: the seal is told of the largest there is. */
const SIZE = Number.MAX_SAFE_INTEGER;

/** @param recipient the paper process's key of this visit. @param aim the order's id. */
export async function sealShot(recipient: string, aim: string, jpeg: Bytes): Promise<SealedShot> {
  const keys = await createSealingKeys();
  const { key, seal } = await documentSeal(aim, SIZE, newDocumentKey());
  return {
    sender: keys.publicKey,
    key: await keys.wrap(recipient, shotKeyName(aim), key),
    bytes: await seal(0, jpeg),
  };
}

/** Null: not sealed for these keys, or not for this aim. */
export async function openShot(
  { unwrap }: Pick<SealingKeys, 'unwrap'>,
  aim: string,
  { sender, key: wrapped, bytes }: SealedShot,
): Promise<Bytes | null> {
  const key = await unwrap(sender, shotKeyName(aim), wrapped);
  return key && (await documentSeal(aim, SIZE, key)).open(0, bytes);
}
