/** The hub's routes for passkeys, and the browser's question between them. */
import { z } from 'zod';
import { beginPasskeyAnswer, beginPasskeyLogInAnswer, passkeysAnswer } from '#shared/protocol/passkeys.ts';
import { me } from '#shared/protocol/views.ts';
import { type HttpAnswer, read, send } from '../api.ts';
import { makeCredential, signWithCredential } from './authenticator.ts';

const nothing = z.null();
const pathOf = (passkeyId: string) => `/api/account/passkeys/${encodeURIComponent(passkeyId)}`;

export const fetchPasskeys = () => read('/api/account/passkeys', passkeysAnswer);
export const namePasskey = (passkeyId: string, label: string) =>
  send('PUT', pathOf(passkeyId), { label }, nothing);
export const removePasskey = (passkeyId: string, password: string) =>
  send('DELETE', pathOf(passkeyId), { password }, nothing);

export async function addPasskey(label: string, password: string): Promise<HttpAnswer<null>> {
  const asked = await send('POST', '/api/account/passkeys/begin', { password }, beginPasskeyAnswer);
  if (!asked.ok) return asked;
  const made = await makeCredential(asked.value);
  if (!made.ok) return made;
  return send('POST', '/api/account/passkeys', { label, made: made.value }, nothing);
}

export async function logInWithPasskey(): Promise<HttpAnswer<z.infer<typeof me>>> {
  const asked = await send('POST', '/api/passkey/begin', {}, beginPasskeyLogInAnswer);
  if (!asked.ok) return asked;
  const signed = await signWithCredential(asked.value);
  if (!signed.ok) return signed;
  return send('POST', '/api/passkey/log-in', signed.value, me);
}
