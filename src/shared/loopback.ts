/** 127.0.0.0/8 (RFC 1122, 3.2.1.3). */
const LOOPBACK_4 = /^127(\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/**
 * Whether this host is this machine, as far as its name tells: nothing said to it leaves the machine. `host` without a
 * port; an IPv6 address with or without brackets. `localhost` and what is under it: RFC 6761, 6.3.
 */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return LOOPBACK_4.test(name) || name === '::1' || name === 'localhost' || name.endsWith('.localhost');
}
