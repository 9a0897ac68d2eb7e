/**
 * Sends what is in the outbox. A mail is claimed for the time that a sending may take, so that of several hubs one sends
 * it. SMTP cannot promise "once": where a hub dies between the server's yes and the removal of the row, the mail is sent
 * again under the same Message-ID, which receivers' programs show once.
 */
import type { FastifyBaseLogger } from 'fastify';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import type { Seal } from '../visits/personal-seal.ts';
import type { Mail } from './mailbox.ts';
import type { MailSettings } from './settings.ts';

export interface DeliveryDeps {
  readonly database: Queries;
  readonly seal: Seal<Mail>;
  readonly settings: MailSettings;
  readonly clock: () => number;
  readonly log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  /** ms that the server may be silent. */
  readonly patience?: number;
}

/** ms. */
const PATIENCE = 20_000;
/** ms for which a mail is claimed: longer than the patience at each of a sending's steps. */
const CLAIM_FACTOR = 6;
const FIRST_RETRY = 60_000;
const LONGEST_RETRY = 4 * 3_600_000;
/** ms: a mail server that is away for a weekend loses nothing. */
const GIVE_UP_AFTER = 4 * 24 * 3_600_000;
/** ms: what was queued on another hub is seen within this. */
const LOOK_AGAIN = 60_000;
/** ms for which it is remembered that something could not be delivered. */
export const KEPT_GIVEN_UP = 30 * 24 * 3_600_000;

const claimed = z.object({
  id: z.uuid(),
  sealed: z.instanceof(Uint8Array),
  tries: z.number(),
  queued_at: z.date(),
});
type Claimed = z.output<typeof claimed>;

export interface Delivery {
  /** For an alarm: sends what is due, and says when to look again. */
  readonly look: () => Promise<number>;
  readonly close: () => void;
}

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { database, seal, settings, clock, log, patience = PATIENCE } = deps;
  const transport = createTransport({
    ...settings.server,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // Neither files nor addresses on the network are read for a mail, whatever it says.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  async function claim(): Promise<Claimed | null> {
    const now = clock();
    const [next] = await database.rows(
      claimed,
      `update mails set due_at = $2, tries = tries + 1
       where id = (select id from mails where due_at <= $1 order by due_at limit 1 for update skip locked)
       returning id, sealed, tries, queued_at`,
      [new Date(now), new Date(now + patience * CLAIM_FACTOR)],
    );
    return next ?? null;
  }

  async function send(one: Claimed): Promise<void> {
    const { to, subject, text, calendar, calendarMethod = 'PUBLISH' } = seal.open(one.id, one.sealed);
    try {
      await transport.sendMail({
        from: settings.from,
        to,
        subject,
        text,
        messageId: `<${one.id}@${settings.from.address.split('@')[1]}>`,
        // RFC 3834: nobody's out-of-office answers it.
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(calendar
          ? { icalEvent: { content: calendar, method: calendarMethod, filename: 'rendez-vous.ics' } }
          : {}),
      });
    } catch (error) {
      await putOff(one, error);
      return;
    }
    await database.run('delete from mails where id = $1', [one.id]);
  }

  async function putOff({ id, tries, queued_at }: Claimed, error: unknown): Promise<void> {
    const code = codeOf(error);
    const now = clock();
    const last = isFinal(error) || now - queued_at.getTime() > GIVE_UP_AFTER;
    log[last ? 'error' : 'warn'](
      { mail: id, code, tries },
      last ? 'mail: given up' : 'mail: tried again later',
    );
    await (last
      ? database.run(
          'update mails set sealed = null, due_at = null, gave_up_at = $2, refused_with = $3 where id = $1',
          [id, new Date(now), code],
        )
      : database.run('update mails set due_at = $2 where id = $1', [
          id,
          new Date(now + Math.min(FIRST_RETRY * 2 ** (tries - 1), LONGEST_RETRY)),
        ]));
  }

  return {
    async look() {
      for (let next = await claim(); next; next = await claim()) await send(next);
      const [waiting] = await database.rows(
        z.object({ at: z.date().nullable() }),
        'select min(due_at) as at from mails where due_at is not null',
      );
      return Math.min(waiting?.at?.getTime() ?? Number.POSITIVE_INFINITY, clock() + LOOK_AGAIN);
    },
    close: () => transport.close(),
  };
}

/** Returns how many. */
export function forgetGivenUp(database: Queries, clock: () => number): Promise<number> {
  return database.run('delete from mails where gave_up_at < $1', [new Date(clock() - KEPT_GIVEN_UP)]);
}

/** 5yz (RFC 5321, 4.2.1): the server says that trying again is of no use. Not where it refuses who we are: operators mend that. */
function isFinal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  return code !== 'EAUTH' && typeof responseCode === 'number' && responseCode >= 500;
}

/** Codes only: what a server writes may contain the address. */
function codeOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  return (
    [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ') ||
    'unknown'
  );
}
