/**
 * The outbox: what is to be sent is in the database before anybody is told that it will be, in the transaction that
 * decided it. Sealed until it is sent, and gone afterwards.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import type { Seal } from '../visits/personal-seal.ts';

export const mail = z.strictObject({
  to: z.email().max(254),
  subject: z.string().max(200),
  /** Plain text. Nothing personal beyond what the receiver needs to see why they get it: a mail is a postcard. */
  text: z.string().max(20_000),
  /** A calendar file (RFC 5545) that goes with it. */
  calendar: z.string().max(20_000).optional(),
  /** As the file itself says it (RFC 5546); PUBLISH where it is left out. */
  calendarMethod: z.enum(['PUBLISH', 'CANCEL']).optional(),
});
export type Mail = z.infer<typeof mail>;

export interface Mailbox {
  /** False where the operator gave no mail server: then nothing is queued, and pages do not promise a mail. */
  readonly available: boolean;
  /** @param about whatever the mail belongs to, so that its page can say that it could not be delivered. */
  readonly post: (queries: Queries, content: Mail, about?: string) => Promise<void>;
  /** After the transaction: what it posted goes at once, and not at the next look. */
  readonly hurry: () => void;
  /** Of these, the ones about which a mail was given up. */
  readonly undelivered: (queries: Queries, about: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Takes back what is not sent yet, and forgets what could not be. */
  readonly withdraw: (queries: Queries, about: string) => Promise<void>;
}

export interface MailboxDeps {
  readonly available: boolean;
  readonly seal: Seal<Mail>;
  readonly clock: () => number;
  /** Looks at the outbox. */
  readonly onHurry: () => void;
}

export function createMailbox({ available, seal, clock, onHurry }: MailboxDeps): Mailbox {
  return {
    available,
    async post(queries, content, about) {
      if (!available) return;
      const id = randomUUID();
      const now = new Date(clock());
      await queries.run(
        'insert into mails (id, about, sealed, queued_at, due_at) values ($1, $2, $3, $4, $4)',
        [id, about ?? null, seal.seal(id, mail.parse(content)), now],
      );
    },
    hurry: onHurry,
    async undelivered(queries, about) {
      const rows = await queries.rows(
        z.object({ about: z.uuid() }),
        'select distinct about from mails where about = any($1::uuid[]) and gave_up_at is not null',
        [about],
      );
      return new Set(rows.map((row) => row.about));
    },
    async withdraw(queries, about) {
      await queries.run('delete from mails where about = $1', [about]);
    },
  };
}
