/** A real OpenID Connect provider on a port of this machine, configured as ProConnect is, that lies where a test has it lie. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import type { ProviderSettings } from '../accounts/oidc/settings.ts';

type KoaContext = Parameters<Parameters<Provider['use']>[0]>[0];
type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** What the provider says of somebody, by their `sub`. */
export interface TestPerson {
  readonly email: string;
  readonly siret: string;
  readonly email_verified?: boolean;
}

export interface TestProvider {
  readonly settings: ProviderSettings;
  readonly people: Map<string, TestPerson>;
  /** By path: changes what the real provider answers, or answers instead of it. */
  readonly lies: Map<string, (context: KoaContext) => void | Promise<void>>;
  readonly instead: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** The paths that were asked for. */
  readonly asked: string[];
  /** Knows the hub as its client from now on. */
  readonly admit: (hubOrigin: string) => Promise<void>;
  /** The same provider with other keys. */
  readonly changeKeys: () => Promise<void>;
  /** Signs with the key of now; `key` for another one under its id. */
  readonly sign: (claims: JWTPayload, key?: PrivateKey) => Promise<string>;
  readonly publicKey: () => Promise<object>;
  readonly close: () => Promise<void>;
}

export const SECRET = 'a client secret that is long enough';

/** @param host `localhost` for a site of its own beside a hub on 127.0.0.1: browsers tell sites apart by host, not by port. */
export async function startTestProvider(
  host: '127.0.0.1' | 'localhost' = '127.0.0.1',
): Promise<TestProvider> {
  const people: TestProvider['people'] = new Map();
  const lies: TestProvider['lies'] = new Map();
  const instead: TestProvider['instead'] = new Map();
  const asked: string[] = [];
  let origin = '';
  let client = '';
  let keys = await newKeys();
  let provider: Provider | null = null;
  let answer: ReturnType<Provider['callback']> | null = null;

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://here');
    asked.push(pathname);
    const other = instead.get(pathname);
    if (other) return other(request, response);
    if (pathname.startsWith('/interaction/')) return void interact(request, response);
    void answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://${host}:${(server.address() as AddressInfo).port}`;

  /** The page where the person says who they are, or gives up. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      const choices = [...people].map(
        ([sub, { email }]) => `<button name="sub" value="${sub}">${email}</button>`,
      );
      const page = `<!doctype html><title>Fournisseur</title><form method="post">${choices.join('')}<button name="sub" value="">Annuler</button></form>`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      return;
    }
    let text = '';
    for await (const part of request) text += String(part);
    const sub = new URLSearchParams(text).get('sub') ?? '';
    const result = sub === '' ? { error: 'access_denied' } : { login: { accountId: sub, acr: 'eidas1' } };
    await provider?.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  async function build(): Promise<void> {
    provider = new Provider(origin, {
      clients: [
        {
          client_id: 'hub',
          client_secret: SECRET,
          redirect_uris: [`${client}/provider/return`],
          post_logout_redirect_uris: [`${client}/provider/left`],
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'RS256',
          userinfo_signed_response_alg: 'RS256',
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(keys.privateKey)), kid: keys.kid, alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['cookies of a test'] },
      pkce: { required: () => true },
      acrValues: ['eidas1', 'eidas2', 'eidas3'],
      claims: {
        openid: ['sub'],
        acr: null,
        email: ['email', 'email_verified'],
        given_name: ['given_name'],
        usual_name: ['usual_name'],
        siret: ['siret'],
      },
      features: {
        devInteractions: { enabled: false },
        jwtUserinfo: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = `<!doctype html><title>Fournisseur</title>${form}<button form="op.logoutForm" name="logout" value="yes">Quitter le fournisseur</button>`;
          },
        },
      },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => ({
        accountId: sub,
        claims: () => ({ sub, given_name: 'Prénom', usual_name: 'Nom', ...people.get(sub) }),
      }),
      // Administrations do not ask their people for consent, claim by claim.
      loadExistingGrant: async (context) => {
        const { oidc } = context;
        const Grant = oidc.provider.Grant;
        const clientId = oidc.client?.clientId ?? '';
        const accountId = oidc.session?.accountId ?? '';
        const grant = new Grant({ clientId, accountId });
        grant.addOIDCScope('openid given_name usual_name email siret');
        await grant.save();
        return grant;
      },
      ttl: {
        AccessToken: 60,
        AuthorizationCode: 30,
        IdToken: 60,
        Grant: 600,
        Interaction: 600,
        Session: 600,
      },
    });
    provider.use(async (context, next) => {
      await next();
      await lies.get(context.path)?.(context);
    });
    answer = provider.callback();
  }

  return {
    settings: {
      issuer: new URL(origin),
      clientId: 'hub',
      clientSecret: SECRET,
      signingAlgorithm: 'RS256',
      acr: 'eidas1',
      scopes: 'openid given_name usual_name email siret',
      maxAge: null,
      alwaysShared: false,
    },
    people,
    lies,
    instead,
    asked,
    async admit(hubOrigin) {
      client = hubOrigin;
      await build();
    },
    async changeKeys() {
      keys = await newKeys();
      await build();
    },
    sign: (claims, key = keys.privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keys.kid }).sign(key),
    publicKey: () => exportJWK(keys.publicKey),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function newKeys() {
  const pair = await generateKeyPair('RS256', { extractable: true });
  return { ...pair, kid: randomBytes(8).toString('hex') };
}
