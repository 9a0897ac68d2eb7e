/** Which mail server the hub hands its mail to, and in whose name. Off by default. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLoopback } from '#shared/loopback.ts';

export interface MailSettings {
  readonly from: { readonly name: string; readonly address: string };
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** True: TLS from the first byte (RFC 8314); false: STARTTLS, which is demanded except on this machine. */
    readonly secure: boolean;
    readonly requireTLS: boolean;
    readonly auth?: { readonly user: string; readonly pass: string };
  };
}

const url = z.url({ protocol: /^smtps?$/ });

/**
 * @param address smtp://user@host:port or smtps://user@host:port
 * @param passwordFile file whose first line is the password of `user`
 * @throws Error with a sentence for the operator
 */
export function readMailSettings(
  address: string | undefined,
  from: string | undefined,
  passwordFile: string | undefined,
): MailSettings | null {
  if (!address && !from && !passwordFile) return null;
  if (!address || !from)
    throw new Error('HUB_MAIL_URL and HUB_MAIL_FROM go together: one of them is missing.');
  const sender = z.email().safeParse(from);
  if (!sender.success) throw new Error(`HUB_MAIL_FROM is no mail address: ${from}`);
  const parsed = url.safeParse(address);
  if (!parsed.success) throw new Error('HUB_MAIL_URL is no address of the form smtps://user@host:465.');
  const { protocol, hostname, port, username, password } = new URL(parsed.data);
  if (password)
    throw new Error('The mail server’s password does not belong in HUB_MAIL_URL: HUB_MAIL_PASSWORD_FILE.');
  if ((username === '') !== (passwordFile === undefined)) {
    throw new Error('A user in HUB_MAIL_URL and HUB_MAIL_PASSWORD_FILE go together: one of them is missing.');
  }
  const secure = protocol === 'smtps:';
  const [pass = ''] = passwordFile ? readFileSync(passwordFile, 'utf8').split('\n') : [];
  return {
    from: { name: 'Vis-à-vis', address: sender.data },
    server: {
      host: hostname,
      port: port ? Number(port) : secure ? 465 : 587,
      secure,
      requireTLS: !secure && !isLoopback(hostname),
      ...(username ? { auth: { user: decodeURIComponent(username), pass } } : {}),
    },
  };
}
