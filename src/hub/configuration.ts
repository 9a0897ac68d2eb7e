/** The hub's configuration, from environment variables. Refused as a whole, with the reason, before anything starts. */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '#shared/loopback.ts';
import { type ProviderSettings, providerVariables, readProviderSettings } from './accounts/oidc/settings.ts';
import { builtInOnly, type JitsiSettings, readJitsiFile } from './deployments/configuration.ts';
import { type MailSettings, readMailSettings } from './mail/settings.ts';
import type { PeerSettings } from './neighbours/neighbours.ts';

const port = z.coerce.number().int().min(0).max(65535);
/** Empty = not set: what an `Environment=` line of systemd or a compose file leaves behind. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const origin = z.url({ protocol: /^https?$/ }).transform((text, context) => {
  const url = new URL(text);
  if (url.href !== `${url.origin}/`) context.addIssue({ code: 'custom', message: 'an origin has no path' });
  return url.origin;
});

const proxies = z.string().transform((text, context): string[] => {
  if (text === '1') return ['loopback'];
  const addresses = text.split(',').map((address) => address.trim());
  for (const address of addresses) {
    const [host = '', prefix, ...rest] = address.split('/');
    const bits = prefix === undefined ? 0 : Number(prefix);
    const valid =
      isIP(host) !== 0 && Number.isInteger(bits) && bits >= 0 && bits <= (isIP(host) === 4 ? 32 : 128);
    if (!valid || rest.length > 0) {
      context.addIssue({
        code: 'custom',
        message: `"${address}" is no address: 10.0.0.5 or 10.0.0.0/24, or 1`,
      });
    }
  }
  return addresses;
});

/** host:port, or [host]:port where the host is an IPv6 address. */
const peerAddress = z.string().transform((text, context) => {
  const found = /^(\[[0-9a-f:.]+\]|[^\s:/@]+):(\d{1,5})$/i.exec(text);
  const number = Number(found?.[2]);
  if (found?.[1] && number <= 65535) return { host: found[1].replace(/^\[|\]$/g, ''), port: number, text };
  context.addIssue({ code: 'custom', message: `"${text}" is no address: 10.0.0.5:8445` });
  return z.NEVER;
});

const environment = z.object({
  HUB_HOST: optional(z.string()),
  HUB_PORT: optional(port),
  /** As the outside reaches the hub. Default: what it listens on. */
  HUB_ORIGIN: optional(origin),
  ROOM_PORT: optional(port),
  ROOM_ORIGIN: optional(origin),
  HUB_DATA: optional(z.string()),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//)),
  HUB_TLS_CERT: optional(z.string()),
  HUB_TLS_KEY: optional(z.string()),
  /** Addresses of the reverse proxy that sets X-Forwarded-For and -Proto, comma separated; 1 = on this machine. */
  HUB_TRUST_PROXY: optional(proxies),
  /** host:port where the other hubs on the same PostgreSQL reach this one. */
  HUB_PEER_ADDRESS: optional(peerAddress),
  /** Where it listens for them, if that is not where they reach it. */
  HUB_PEER_LISTEN: optional(peerAddress),
  HUB_SECRET_FILE: optional(z.string()),
  HUB_LOG_LEVEL: optional(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug'])),
  HUB_PAGES: optional(z.string()),
  /** Hours after a visit until what the clerk announced is removed; docs/rgpd.md says why none is the default. */
  HUB_KEEP_ANNOUNCEMENT_HOURS: optional(z.coerce.number().int().min(0).max(720)),
  /** Where calls are made; docs/jitsi.md. */
  HUB_JITSI_FILE: optional(z.string()),
  ...providerVariables,
  /** smtps://user@host:465 or smtp://user@host:587, the sender's address, and the file with the password. */
  HUB_MAIL_URL: optional(z.string()),
  HUB_MAIL_FROM: optional(z.string()),
  HUB_MAIL_PASSWORD_FILE: optional(z.string()),
});

export interface HubConfiguration {
  readonly host: string;
  readonly port: number;
  readonly roomPort: number;
  readonly origin: string | null;
  readonly roomOrigin: string | null;
  readonly database:
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'url'; readonly url: string };
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  /** Addresses whose X-Forwarded headers are believed; empty: nobody's. */
  readonly trustProxy: readonly string[];
  /** Where other hubs on the same PostgreSQL reach this one; null: they do not. */
  readonly peer: PeerSettings | null;
  readonly secretFile: string;
  /** ms */
  readonly keepAnnouncement: number;
  readonly logLevel: string;
  /** Folder of the built pages: console/ and room/ are in it. */
  readonly pagesFolder: string;
  readonly jitsi: JitsiSettings;
  /** Null: people log in with passwords only. */
  readonly provider: ProviderSettings | null;
  /** Null: the hub sends no mail. */
  readonly mail: MailSettings | null;
}

/** @throws Error with a sentence for the operator. */
export function readConfiguration(variables: Record<string, string | undefined>): HubConfiguration {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new Error(`The hub's configuration is wrong.\n${z.prettifyError(parsed.error)}`);
  const set = parsed.data;
  const data = resolve(set.HUB_DATA ?? 'hub-data');
  const host = set.HUB_HOST ?? '127.0.0.1';
  const trustProxy = set.HUB_TRUST_PROXY ?? [];
  const tls =
    set.HUB_TLS_CERT && set.HUB_TLS_KEY
      ? { certificateFile: set.HUB_TLS_CERT, keyFile: set.HUB_TLS_KEY }
      : null;
  if (!tls && (set.HUB_TLS_CERT || set.HUB_TLS_KEY)) {
    throw new Error('HUB_TLS_CERT and HUB_TLS_KEY go together: one of them is missing.');
  }
  const origins = [set.HUB_ORIGIN, set.ROOM_ORIGIN];
  const behindProxy = trustProxy.length > 0 && origins.every((each) => each?.startsWith('https://'));
  if (!tls && !behindProxy && !isLoopback(host)) {
    throw new Error(
      `Plain HTTP on ${host} is refused: give HUB_TLS_CERT and HUB_TLS_KEY, or HUB_TRUST_PROXY=1 with HUB_ORIGIN ` +
        'and ROOM_ORIGIN that begin with https://, or listen on 127.0.0.1.',
    );
  }
  if (!tls && !behindProxy && origins.some((each) => each && !isLoopback(new URL(each).hostname))) {
    throw new Error('HUB_ORIGIN and ROOM_ORIGIN must be https:// addresses, or addresses of this machine.');
  }
  if (tls && origins.some((each) => each?.startsWith('http://'))) {
    throw new Error('With HUB_TLS_CERT, HUB_ORIGIN and ROOM_ORIGIN begin with https://.');
  }
  if (set.HUB_ORIGIN && set.HUB_ORIGIN === set.ROOM_ORIGIN) {
    throw new Error(
      'HUB_ORIGIN and ROOM_ORIGIN must differ: the room’s pages must not share the console’s origin.',
    );
  }
  if (set.HUB_PEER_ADDRESS && !set.DATABASE_URL) {
    throw new Error('HUB_PEER_ADDRESS is for hubs on one PostgreSQL: it goes with DATABASE_URL.');
  }
  if (set.HUB_PEER_LISTEN && !set.HUB_PEER_ADDRESS) {
    throw new Error('HUB_PEER_LISTEN goes with HUB_PEER_ADDRESS.');
  }
  return {
    host,
    peer: peerOf(set.HUB_PEER_ADDRESS, set.HUB_PEER_LISTEN),
    port: set.HUB_PORT ?? 8443,
    roomPort: set.ROOM_PORT ?? (set.HUB_PORT === 0 ? 0 : 8444),
    origin: set.HUB_ORIGIN ?? null,
    roomOrigin: set.ROOM_ORIGIN ?? null,
    database: set.DATABASE_URL
      ? { kind: 'url', url: set.DATABASE_URL }
      : { kind: 'folder', folder: join(data, 'database') },
    tls,
    trustProxy,
    secretFile: set.HUB_SECRET_FILE ?? join(data, 'secret'),
    keepAnnouncement: (set.HUB_KEEP_ANNOUNCEMENT_HOURS ?? 0) * 3_600_000,
    logLevel: set.HUB_LOG_LEVEL ?? 'info',
    provider: readProviderSettings(set),
    jitsi: set.HUB_JITSI_FILE ? readJitsiFile(resolve(set.HUB_JITSI_FILE)) : builtInOnly,
    mail: readMailSettings(set.HUB_MAIL_URL, set.HUB_MAIL_FROM, set.HUB_MAIL_PASSWORD_FILE),
    pagesFolder: resolve(set.HUB_PAGES ?? join(import.meta.dirname, '../../dist')),
  };
}

type Address = z.output<typeof peerAddress>;

/** A port that the system chooses (0, tests) is known only once it listens. */
function peerOf(address: Address | undefined, listen: Address | undefined): PeerSettings | null {
  if (!address) return null;
  const { host, port } = listen ?? address;
  return address.port === 0 ? { host, port } : { host, port, address: address.text };
}
