/**
 * The provider's public keys. A key that is not known is looked for once more, so that a provider may change its keys in the
 * middle of the day; not more often than once a minute, so that invented key ids are no means to have the hub hammer it.
 */
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** ms between two readings for a key that was not known. */
const PACE = 60_000;
/** ms: a key that the provider withdrew is believed no longer than this. */
const LIFE = 10 * 60_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

interface KeysDeps {
  /** The JSON at the provider's `jwks_uri`. @throws where there is none. */
  readonly read: () => Promise<unknown>;
  readonly clock: () => number;
}

export function createProviderKeys({ read, clock }: KeysDeps): JWTVerifyGetKey {
  let held: { readonly keys: JWTVerifyGetKey; readonly readAt: number } | null = null;
  let reading: Promise<JWTVerifyGetKey> | null = null;
  let nextLook = 0;

  function readAgain(): Promise<JWTVerifyGetKey> {
    // Ten log-ins at once that meet a new key cause one reading.
    reading ??= readOnce().finally(() => {
      reading = null;
    });
    return reading;
  }
  async function readOnce(): Promise<JWTVerifyGetKey> {
    const keys = createLocalJWKSet(keySet.parse(await read()));
    held = { keys, readAt: clock() };
    return keys;
  }
  async function newerThan(keys: JWTVerifyGetKey): Promise<JWTVerifyGetKey> {
    if (reading) return reading;
    if (held && held.keys !== keys) return held.keys;
    if (clock() < nextLook) return keys;
    nextLook = clock() + PACE;
    return readAgain();
  }

  return async (header, token) => {
    const known = held && clock() - held.readAt < LIFE ? held.keys : await readAgain();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    return (await newerThan(known))(header, token);
  };
}
