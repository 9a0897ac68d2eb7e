/** What the console asks of the hub about the identity provider. */
import { type ProviderOffer, providerAddress, providerOffer } from '#shared/protocol/provider-log-in.ts';
import { read, send } from '../api.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';

/** Null where there is none, or the hub does not answer: the password is always there. */
export async function fetchOffer(): Promise<ProviderOffer | null> {
  const answer = await read('/api/provider', providerOffer);
  return answer.ok && answer.value.offered ? answer.value : null;
}

/** Leaves the console for the provider; returns only where it could not. */
export async function leaveForProvider(sharedDesk: boolean): Promise<ConsoleFailureCode | null> {
  const answer = await send('POST', '/api/provider/log-in', { sharedDesk }, providerAddress);
  if (!answer.ok) return answer.code;
  if (!answer.value.address) return 'unexpected';
  location.assign(answer.value.address);
  return null;
}

/** Where the provider's own session ends; null for who came in with a password, or where the provider is away. */
export async function providerLogOutAddress(): Promise<string | null> {
  const answer = await send('POST', '/api/provider/log-out', {}, providerAddress);
  return answer.ok ? answer.value.address : null;
}
