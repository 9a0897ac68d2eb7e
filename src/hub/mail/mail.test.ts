import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { startMailServer, type TestMailServer } from '../testing/test-mail-server.ts';
import { createSeal } from '../visits/personal-seal.ts';
import { createDelivery, forgetGivenUp } from './delivery.ts';
import { createMailbox, type Mail, mail } from './mailbox.ts';
import { readMailSettings } from './settings.ts';

const letter: Mail = {
  to: 'claire@saint-martin.example',
  subject: 'Vous avez une réponse',
  text: 'Elle vous attend ici : https://hub.example/#/questions',
};
const DAY = 24 * 3_600_000;

describe.each(testDatabases)('mail on $name', ({ open }) => {
  let opened: TestDatabase;
  let server: TestMailServer;
  let now = Date.now();
  let log: unknown[] = [];
  const clock = () => now;
  const seal = createSeal(randomBytes(32), mail);

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.database.run('delete from mails');
    server = await startMailServer();
    now = Date.now();
    log = [];
  });
  afterEach(() => server.close());

  const note = (...content: unknown[]) => {
    log.push(content);
  };
  const mailbox = (available = true) => createMailbox({ available, seal, clock, onHurry: () => undefined });
  const delivery = (patience = 5_000) =>
    createDelivery({
      ...{ database: opened.database, seal, settings: server.settings, clock, patience },
      log: { warn: note, error: note },
    });
  const post = (about?: string) => mailbox().post(opened.database, letter, about);
  const queued = () =>
    opened.database.rows(
      z.object({ sealed: z.instanceof(Uint8Array).nullable(), refused_with: z.string().nullable() }),
      'select sealed, refused_with from mails',
    );

  test('goes as it was written, in the operator’s name, and nothing of it is left', async () => {
    await post();
    await delivery().look();
    const [got] = server.received;
    expect(got?.from?.text).toBe('"Vis-à-vis" <ne-pas-repondre@val-clair.example>');
    expect([got?.to].flat().map((to) => to?.text)).toEqual([letter.to]);
    expect([got?.subject, got?.text?.trim()]).toEqual([letter.subject, letter.text]);
    expect(got?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(got?.messageId).toMatch(/^<[0-9a-f-]{36}@val-clair\.example>$/);
    expect(await queued()).toEqual([]);
  });

  test('a calendar file goes with it, and another library reads it', async () => {
    await mailbox().post(opened.database, { ...letter, calendar: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' });
    await delivery().look();
    const calendar = server.received[0]?.attachments.find(({ contentType }) =>
      contentType.includes('calendar'),
    );
    expect(calendar?.content.toString()).toContain('BEGIN:VCALENDAR');
  });

  test('is unreadable in the database until it goes', async () => {
    await post();
    const [row] = await queued();
    const stored = Buffer.from(row?.sealed ?? []).toString('latin1');
    expect(stored.length).toBeGreaterThan(letter.text.length);
    expect(stored).not.toMatch(/claire|réponse|hub\.example/);
  });

  test('of two hubs that look at once, one sends it', async () => {
    for (let count = 0; count < 20; count += 1) await post();
    await Promise.all([delivery().look(), delivery().look(), delivery().look()]);
    expect(server.received).toHaveLength(20);
    expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(20);
  });

  test('a mail whose transaction is rolled back is never sent', async () => {
    const undone = opened.database.transaction(async (queries) => {
      await mailbox().post(queries, letter);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await delivery().look();
    expect(server.received).toEqual([]);
  });

  test('a server that is busy gets it later, and the log says nothing of whom', async () => {
    server.answer(451);
    await post();
    const next = await delivery().look();
    expect(next).toBe(now + 60_000);
    expect(server.received).toEqual([]);
    now += 60_000;
    server.answer(null);
    await delivery().look();
    expect(server.received).toHaveLength(1);
    expect(log).toHaveLength(1);
    expect(JSON.stringify(log)).not.toMatch(/claire|saint-martin/);
  });

  test('a server that never answers holds up nobody, and gets it later', async () => {
    server.hang(true);
    await post();
    await delivery(100).look();
    expect(await queued()).toMatchObject([{ refused_with: null }]);
    server.hang(false);
    now += 60_000;
    await delivery().look();
    expect(server.received).toHaveLength(1);
  });

  test('a server that is away for three days gets it on the fourth; one that is away longer does not', async () => {
    const { settings } = server;
    await server.close();
    await post();
    const away = createDelivery({
      ...{ database: opened.database, seal, settings, clock },
      log: { warn: note, error: note },
    });
    await away.look();
    now += 3 * DAY;
    await away.look();
    expect(await queued()).toMatchObject([{ refused_with: null }]);
    now += 2 * DAY;
    await away.look();
    expect(await queued()).toMatchObject([{ sealed: null, refused_with: 'ESOCKET' }]);
    server = await startMailServer();
  });

  test('an address that is refused for good is given up at once, and its page can say so', async () => {
    const [about, other] = [randomUUID(), randomUUID()];
    server.answer(550);
    await post(about);
    await delivery().look();
    expect(await queued()).toEqual([{ sealed: null, refused_with: 'EMESSAGE 550' }]);
    expect(await mailbox().undelivered(opened.database, [about, other])).toEqual(new Set([about]));
    expect(JSON.stringify(log)).not.toMatch(/claire|saint-martin/);
    now += 31 * DAY;
    await forgetGivenUp(opened.database, clock);
    expect(await queued()).toEqual([]);
  });

  test('a hub that is killed while it sends leaves the mail to another, a little later', async () => {
    await post();
    await opened.database.run('update mails set due_at = $1, tries = 1', [new Date(now + 30_000)]);
    await delivery().look();
    expect(server.received).toEqual([]);
    now += 30_000;
    await delivery().look();
    expect(server.received).toHaveLength(1);
  });

  test('without a mail server nothing is queued', async () => {
    await mailbox(false).post(opened.database, letter);
    expect(await queued()).toEqual([]);
  });

  test('what is taken back is not sent', async () => {
    const about = randomUUID();
    await post(about);
    await mailbox().withdraw(opened.database, about);
    await delivery().look();
    expect(server.received).toEqual([]);
  });

  test('a line break in a subject or an address starts no header', async () => {
    await mailbox().post(opened.database, { ...letter, subject: 'A\r\nBcc: other@example.org' });
    await expect(
      mailbox().post(opened.database, { ...letter, to: 'a@b.example\r\nBcc: c@d.example' }),
    ).rejects.toThrow();
    await delivery().look();
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.bcc).toBeUndefined();
    expect(server.received[0]?.headers.has('bcc')).toBe(false);
  });
});

describe('mail settings', () => {
  const password = join(tmpdir(), `mail-password-${process.pid}`);
  beforeAll(() => writeFileSync(password, 'secret words\nsecond line\n'));

  test('none given: no mail', () => {
    expect(readMailSettings(undefined, undefined, undefined)).toBeNull();
  });
  test('TLS from the first byte, with a password from a file', () => {
    expect(readMailSettings('smtps://agent%40town@mail.example', 'no-reply@town.example', password)).toEqual({
      from: { name: 'Vis-à-vis', address: 'no-reply@town.example' },
      server: {
        ...{ host: 'mail.example', port: 465, secure: true, requireTLS: false },
        auth: { user: 'agent@town', pass: 'secret words' },
      },
    });
  });
  test('STARTTLS is demanded of every machine but this one', () => {
    expect(readMailSettings('smtp://mail.example', 'a@b.example', undefined)?.server).toMatchObject({
      ...{ port: 587, secure: false, requireTLS: true },
    });
    expect(readMailSettings('smtp://127.0.0.1:2525', 'a@b.example', undefined)?.server.requireTLS).toBe(
      false,
    );
  });
  test.each([
    ['smtps://mail.example', undefined, undefined, /HUB_MAIL_FROM/],
    [undefined, 'a@b.example', undefined, /HUB_MAIL_URL/],
    ['https://mail.example', 'a@b.example', undefined, /smtps:/],
    ['smtps://mail.example', 'nobody', undefined, /no mail address/],
    ['smtps://user:pass@mail.example', 'a@b.example', undefined, /does not belong/],
    ['smtps://user@mail.example', 'a@b.example', undefined, /PASSWORD_FILE/],
  ])('%s from %s: a sentence for the operator', (url, from, file, sentence) => {
    expect(() => readMailSettings(url, from, file)).toThrow(sentence);
  });
});
