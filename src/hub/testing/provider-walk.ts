/** A browser's way through the provider and back, one request at a time, so that a test can meddle with each. */
import { cookieOf, type TestHub } from './test-hub.ts';

export interface Left {
  readonly address: URL;
  /** The cookie that waits for the return. */
  readonly cookie: string;
}

export async function leaveFor(hub: TestHub, sharedDesk = false): Promise<Left> {
  const response = await hub.post('/api/provider/log-in', { sharedDesk });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const { address } = (await response.json()) as { address: string };
  return { address: new URL(address), cookie: cookieOf(response) };
}

/** Says to the provider to be this person (null: gives up). @returns the address that leads back to the hub. */
export async function identify(hub: TestHub, { address }: Left, sub: string | null): Promise<URL> {
  const jar = new Map<string, string>();
  let next = address;
  for (let i = 0; i < 10; i += 1) {
    if (next.origin === hub.origin) return next;
    const isQuestion = next.pathname.startsWith('/interaction/');
    const response = await fetch(next, {
      method: isQuestion ? 'POST' : 'GET',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
      ...(isQuestion ? { body: new URLSearchParams({ sub: sub ?? '' }) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`The provider stops at ${next.pathname}: ${await response.text()}`);
    next = new URL(location, next);
  }
  throw new Error('The provider leads around in circles.');
}

export interface Back {
  /** "/", or "/?refused=CODE". */
  readonly to: string;
  /** Of the session; '' where there is none. */
  readonly session: string;
  readonly lines: readonly string[];
}

export async function comeBack(url: URL, cookie: string): Promise<Back> {
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
  const lines = response.headers.getSetCookie();
  const session = lines.find((line) => line.startsWith('session='))?.split(';')[0] ?? '';
  return { to: response.headers.get('location') ?? `${response.status}`, session, lines };
}

/** The whole way. */
export async function walk(hub: TestHub, sub: string | null): Promise<Back> {
  const left = await leaveFor(hub);
  return comeBack(await identify(hub, left, sub), left.cookie);
}
