/**
 * How the hub speaks to the provider: within a deadline, no more than an answer may weigh, never along a redirection (which
 * could lead to another host), and over TLS except on this machine.
 */
import type { CustomFetch } from 'openid-client';
import { isLoopback } from '#shared/loopback.ts';

/** Bytes. Keys and tokens of a real provider take a few thousand. */
const MOST = 256 * 1024;

/** Thrown where the provider is not reached in time; what was reached and cannot be believed is any other error. */
export class ProviderAway extends Error {}

/** @param patience ms for each request, its answer included. */
export function createProviderFetch(issuer: URL, patience: number): CustomFetch {
  return async (url, options) => {
    const { protocol, hostname } = new URL(url);
    const own = issuer.protocol === 'http:' && protocol === 'http:' && isLoopback(hostname);
    if (protocol !== 'https:' && !own) throw new Error('The provider names an address without TLS.');
    try {
      const { body, ...rest } = options;
      const response = await fetch(url, {
        ...rest,
        // What this profile sends is forms.
        body: body instanceof URLSearchParams ? body : null,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      const bytes = await readLimited(response);
      if (!bytes) throw new Error('The provider answers more than is read.');
      return new Response(bytes.length > 0 ? bytes : null, {
        status: response.status,
        headers: response.headers,
      });
    } catch (error) {
      if (isNetwork(error)) throw new ProviderAway('The provider is not reached.', { cause: error });
      throw error;
    }
  };
}

/** What fetch() and a body's reader throw: a connection that failed or was cut (TypeError), or the deadline. */
function isNetwork(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
}

/** Null where there is more than MOST: the rest is not read. */
async function readLimited(response: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    // Leaving the loop cancels the stream, and with it the connection.
    if (size > MOST) return null;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
