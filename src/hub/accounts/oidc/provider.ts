/**
 * One OpenID Connect provider with the profile of ProConnect: authorization code with PKCE, state and nonce, an ID token and a
 * userinfo that are both signed. Sources: OpenID Connect Core 1.0, and DINUM's documentation for service providers
 * (github.com/numerique-gouv/proconnect-documentation, doc_fs/implementation_technique.md): state and nonce of at least 32
 * characters (2.2.1.2), userinfo as application/jwt (2.3.6.4), log-out with id_token_hint and state (2.4.1.2).
 */
import type { FastifyBaseLogger } from 'fastify';
import { errors, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { createProviderFetch, ProviderAway } from './provider-fetch.ts';
import { createProviderKeys } from './provider-keys.ts';
import { ACR_LEVELS, type ProviderSettings } from './settings.ts';

/** What must come back unchanged with the person, and never passes through the provider in clear. */
export interface Secrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Whom the provider vouches for. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly siret: string;
  /** The hint with which the provider's own session is ended. */
  readonly idToken: string;
}

export interface Provider {
  readonly settings: ProviderSettings;
  /** Where to send the person. `shared`: whoever sat there before is not to be taken for them. */
  readonly begin: (
    returnTo: string,
    shared: boolean,
  ) => Promise<Result<{ readonly address: string; readonly secrets: Secrets }>>;
  /** @param returned the whole address to which the person came back. */
  readonly finish: (returned: URL, secrets: Secrets) => Promise<Result<Vouched>>;
  /** Where the provider ends its session; null where it does not offer that, or does not answer. */
  readonly leave: (idToken: string, state: string, returnTo: string) => Promise<string | null>;
}

interface ProviderDeps {
  readonly settings: ProviderSettings;
  /** ms for each request to the provider. */
  readonly patience: number;
  readonly clock: () => number;
  readonly log: Pick<FastifyBaseLogger, 'warn'>;
}

/** ms for which the provider's description of itself is kept. */
const KEPT = 3_600_000;
/** s by which two clocks may differ. */
const TOLERANCE = 30;
/** s from a token's issue to its arrival here: ProConnect's own live one minute. */
const OLDEST = 300;

/**
 * ProConnect sends no `email_verified`: the identity providers that it admits vouch for their people's addresses. Where a
 * provider does send it, it counts.
 */
const userInfo = z.object({
  sub: z.string().min(1).max(255),
  // ASCII only: no letter that only looks like another, or becomes another in lower case.
  email: z.email().max(254),
  email_verified: z.boolean().default(true),
  siret: z.string().regex(/^\d{14}$/),
});

export function createProvider({ settings, patience, clock, log }: ProviderDeps): Provider {
  const { issuer, clientId, signingAlgorithm } = settings;
  const providerFetch = createProviderFetch(issuer, patience);
  let described: { readonly description: Promise<Description>; readonly at: number } | null = null;

  type Description = Awaited<ReturnType<typeof describe>>;
  async function describe() {
    const configuration = await oidc.discovery(
      issuer,
      clientId,
      {
        id_token_signed_response_alg: signingAlgorithm,
        userinfo_signed_response_alg: signingAlgorithm,
        [oidc.clockTolerance]: TOLERANCE,
      },
      oidc.ClientSecretPost(settings.clientSecret),
      {
        [oidc.customFetch]: providerFetch,
        execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      },
    );
    const server = configuration.serverMetadata();
    const keys = createProviderKeys({ clock, read: () => readJson(needed(server.jwks_uri)) });
    return { configuration, server, keys };
  }
  async function readJson(address: string): Promise<unknown> {
    const options = { body: null, headers: {}, method: 'GET', redirect: 'manual' } as const;
    const response = await providerFetch(address, options);
    if (response.status !== 200) throw new Error('The provider does not give its keys.');
    return response.json();
  }
  function description(): Promise<Description> {
    if (described && clock() - described.at < KEPT) return described.description;
    const current = { description: describe(), at: clock() };
    described = current;
    // A provider that was away is asked again by the next who comes; everyone who waits now shares this answer.
    current.description.catch(() => {
      if (described === current) described = null;
    });
    return current.description;
  }

  async function verified(jwt: string, { keys, server }: Description) {
    const { payload } = await jwtVerify(jwt, keys, {
      issuer: server.issuer,
      audience: clientId,
      // No algorithm but this: neither "none" nor a public key taken for a shared one.
      algorithms: [signingAlgorithm],
      clockTolerance: TOLERANCE,
      maxTokenAge: OLDEST,
      requiredClaims: ['sub'],
      currentDate: new Date(clock()),
    });
    return payload;
  }

  /** What goes wrong in `work` comes from outside: judged and noted by its kind, never by what it says. */
  async function guarded<T>(step: string, work: () => Promise<T>): Promise<Result<T>> {
    try {
      return succeed(await work());
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'logInCancelled') log.warn({ step, code, kind: kindOf(error) }, 'oidc: log-in refused');
      return fail(code);
    }
  }

  return {
    settings,
    begin: (returnTo, shared) =>
      guarded('begin', async () => {
        const { configuration } = await description();
        // 32 bytes of randomness each: 43 characters.
        const secrets = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
        };
        const address = oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: returnTo,
          scope: settings.scopes,
          state: secrets.state,
          nonce: secrets.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
          code_challenge_method: 'S256',
          ...(settings.acr ? { acr_values: settings.acr } : {}),
          ...(settings.maxAge === null ? {} : { max_age: String(settings.maxAge) }),
          ...(shared || settings.alwaysShared ? { prompt: 'login' } : {}),
        });
        return { address: trusted(address, issuer), secrets };
      }),

    finish: (returned, secrets) =>
      guarded('finish', async () => {
        const known = await description();
        const tokens = await oidc.authorizationCodeGrant(known.configuration, returned, {
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.verifier,
          ...(settings.maxAge === null ? {} : { maxAge: settings.maxAge }),
        });
        const idToken = needed(tokens.id_token);
        const { sub, acr } = await verified(idToken, known);
        if (!isEnough(settings.acr, acr)) throw new Error('The level of assurance is too low.');

        const answer = await oidc.fetchProtectedResource(
          known.configuration,
          tokens.access_token,
          new URL(needed(known.server.userinfo_endpoint)),
          'GET',
        );
        const isJwt = answer.headers.get('content-type')?.split(';')[0]?.trim() === 'application/jwt';
        if (answer.status !== 200 || !isJwt) throw new Error('The userinfo is not signed.');
        const person = userInfo.parse(await verified(await answer.text(), known));
        // Another person's userinfo could be slipped under this log-in (OpenID Connect Core 1.0, 5.3.2).
        if (person.sub !== sub) throw new Error('The userinfo is about somebody else.');
        return {
          issuer: issuer.href,
          subject: person.sub,
          email: person.email.toLowerCase(),
          emailVerified: person.email_verified,
          siret: person.siret,
          idToken,
        };
      }),

    async leave(idToken, state, returnTo) {
      const left = await guarded('leave', async () => {
        const { configuration, server } = await description();
        if (!server.end_session_endpoint) return null;
        const address = oidc.buildEndSessionUrl(configuration, {
          id_token_hint: idToken,
          state,
          post_logout_redirect_uri: returnTo,
        });
        return trusted(address, issuer);
      });
      return left.ok ? left.value : null;
    },
  };
}

/** The weakest level asks for nothing; a higher one must have been reached. */
function isEnough(wanted: ProviderSettings['acr'], reached: unknown): boolean {
  const index = wanted ? ACR_LEVELS.indexOf(wanted) : 0;
  return index === 0 || ACR_LEVELS.slice(index).some((level) => level === reached);
}

/** A person's browser is sent nowhere without TLS, except on this machine. */
function trusted(address: URL, issuer: URL): string {
  if (address.protocol !== 'https:' && address.origin !== issuer.origin) {
    throw new Error('The provider names an address without TLS.');
  }
  return address.href;
}

function needed(value: string | undefined): string {
  if (value === undefined) throw new Error('The provider leaves out what the profile asks for.');
  return value;
}

function codeOf(error: unknown): FailureCode {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderAway) return 'providerAway';
    // The authorization endpoint's answer: RFC 6749, 4.1.2.1. The rest of its list is between provider and operator.
    if (cause instanceof oidc.AuthorizationResponseError) {
      if (cause.error === 'access_denied') return 'logInCancelled';
      const busy = cause.error === 'temporarily_unavailable' || cause.error === 'server_error';
      return busy ? 'providerAway' : 'providerUntrusted';
    }
    // The token endpoint's: a code that is out of date or was used (RFC 6749, 5.2).
    if (cause instanceof oidc.ResponseBodyError) {
      return cause.error === 'invalid_grant' ? 'logInStale' : 'providerUntrusted';
    }
    if (isClockTrouble(cause)) return 'providerClock';
  }
  return 'providerUntrusted';
}

function isClockTrouble(error: Error): boolean {
  if (error instanceof errors.JWTExpired) return true;
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'iat' || error.claim === 'nbf';
  return 'code' in error && error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
}

/** The libraries' own codes name what was wrong and quote nothing. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
