/** Which OpenID Connect provider people may log in with, out of the hub's variables; docs/operations.md. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '#shared/loopback.ts';

/** Levels of assurance, weakest first (eIDAS, as ProConnect and FranceConnect name them). */
export const ACR_LEVELS = ['eidas1', 'eidas2', 'eidas3'] as const;

export interface ProviderSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * What the provider was told at registration to sign ID tokens and userinfo with. HS256, which ProConnect offers too, is not:
   * the client secret would be enough to forge anybody's.
   */
  readonly signingAlgorithm: 'RS256' | 'ES256';
  /** Null: no level is asked for. */
  readonly acr: (typeof ACR_LEVELS)[number] | null;
  readonly scopes: string;
  /** Seconds since the person proved who they are; null: not asked for. */
  readonly maxAge: number | null;
  /** Every desk is shared: the provider always asks again who is there. */
  readonly alwaysShared: boolean;
}

const text = () => z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const issuer = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  const safe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return safe && search === '' && hash === '';
}, 'an issuer begins with https:// and has neither ? nor #');

/** ProConnect's own scopes; its documentation of 2025, "données fournies". Without these three nobody could be found. */
const scopes = z
  .string()
  .refine(
    (value) => ['openid', 'email', 'siret'].every((scope) => value.split(' ').includes(scope)),
    'openid, email and siret are needed',
  );

/** Part of the hub's variables (configuration.ts). */
export const providerVariables = {
  /** Off without it. */
  OIDC_ISSUER: text(),
  OIDC_CLIENT_ID: text(),
  OIDC_CLIENT_SECRET_FILE: text(),
  OIDC_SIGNING_ALGORITHM: text(),
  OIDC_ACR: text(),
  OIDC_SCOPES: text(),
  OIDC_MAX_AGE: text(),
  OIDC_SHARED_DESK: text(),
};

const settings = z.object({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: z.string({ error: 'goes with OIDC_ISSUER' }),
  OIDC_CLIENT_SECRET_FILE: z.string({ error: 'goes with OIDC_ISSUER' }),
  OIDC_SIGNING_ALGORITHM: z.enum(['RS256', 'ES256']).default('RS256'),
  OIDC_ACR: z.enum(['none', ...ACR_LEVELS]).default('eidas1'),
  OIDC_SCOPES: scopes.default('openid given_name usual_name email siret'),
  OIDC_MAX_AGE: z.coerce.number().int().min(60).optional(),
  OIDC_SHARED_DESK: z.enum(['ask', 'always']).default('ask'),
});

/**
 * @returns null where no provider is configured.
 * @throws Error with a sentence for the operator.
 */
export function readProviderSettings(
  variables: Partial<Record<keyof typeof providerVariables, string | undefined>>,
): ProviderSettings | null {
  if (!variables.OIDC_ISSUER) {
    if (variables.OIDC_CLIENT_ID || variables.OIDC_CLIENT_SECRET_FILE) {
      throw new Error('OIDC_CLIENT_ID and OIDC_CLIENT_SECRET_FILE are of no use without OIDC_ISSUER.');
    }
    return null;
  }
  const parsed = settings.safeParse(variables);
  if (!parsed.success) throw new Error(`The hub's configuration is wrong.\n${z.prettifyError(parsed.error)}`);
  const set = parsed.data;
  return {
    issuer: new URL(set.OIDC_ISSUER),
    clientId: set.OIDC_CLIENT_ID,
    clientSecret: readClientSecret(resolve(set.OIDC_CLIENT_SECRET_FILE)),
    signingAlgorithm: set.OIDC_SIGNING_ALGORITHM,
    acr: set.OIDC_ACR === 'none' ? null : set.OIDC_ACR,
    scopes: set.OIDC_SCOPES,
    maxAge: set.OIDC_MAX_AGE ?? null,
    alwaysShared: set.OIDC_SHARED_DESK === 'always',
  };
}

function readClientSecret(file: string): string {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch (error) {
    throw new Error(`OIDC_CLIENT_SECRET_FILE: ${file} cannot be read.`, { cause: error });
  }
  throw new Error(`OIDC_CLIENT_SECRET_FILE: ${file} is empty.`);
}
