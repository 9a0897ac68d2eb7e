/** The hub's configuration, from environment variables. Refused as a whole, with the reason, before anything starts. */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '#shared/loopback.ts';
import { builtInOnly, type JitsiSettings, readJitsiFile } from './deployments/configuration.ts';

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
  HUB_SECRET_FILE: optional(z.string()),
  HUB_LOG_LEVEL: optional(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug'])),
  HUB_PAGES: optional(z.string()),
  /** Where calls are made; docs/jitsi.md. */
  HUB_JITSI_FILE: optional(z.string()),
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
  readonly secretFile: string;
  readonly logLevel: string;
  /** Folder of the built pages: console/ and room/ are in it. */
  readonly pagesFolder: string;
  readonly jitsi: JitsiSettings;
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
  return {
    host,
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
    logLevel: set.HUB_LOG_LEVEL ?? 'info',
    jitsi: set.HUB_JITSI_FILE ? readJitsiFile(resolve(set.HUB_JITSI_FILE)) : builtInOnly,
    pagesFolder: resolve(set.HUB_PAGES ?? join(import.meta.dirname, '../../dist')),
  };
}
