/** A hub is backed up, destroyed and restored, with both databases; and every way in which that must not work. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { verifyAudit } from '../audit/verify.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { deriveKey, readSecrets, secretLines } from '../secret.ts';
import { openEmptyPglite, openEmptyPostgres } from '../testing/test-databases.ts';
import { createWorld, logInTo, openVisit, startTestHub, type World } from '../testing/test-hub.ts';
import { backUpHub } from './backup.ts';
import { restoreHub } from './restore-hub.ts';
import { rotateSecret } from './rotate-secret.ts';
import { type BackupKey, readSealed, writeSealed } from './sealed-file.ts';

const HOUR = 3_600_000;
const log = { error: (content: unknown) => console.error(content) };
// A passphrase is slow on purpose: one test has one.
const key: BackupKey = { kind: 'identity', identity: await generateX25519Identity() };

describe.each([
  { name: 'PGlite', open: openEmptyPglite },
  { name: 'PostgreSQL', open: openEmptyPostgres },
])('back-up on $name', ({ open }) => {
  let folder: string;
  let world: World;
  let file: string;
  const closing: (() => Promise<void>)[] = [];

  const fresh = async (): Promise<Database> => {
    const { database, close } = await open();
    closing.push(close);
    return database;
  };
  const restoreInto = (
    database: Database,
    from = file,
    secretFile = join(folder, randomBytes(4).toString('hex'), 'secret'),
  ) =>
    restoreHub({ ...{ database, file: from, key, secretFile, keepAnnouncement: 0, clock: Date.now, log } });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hub-backup-'));
    const database = await fresh();
    await migrate(database);
    world = await createWorld(database);
    writeFileSync(join(folder, 'secret'), secretLines([world.secret]));
    const hub = await startTestHub(world);
    const { terminal } = await openVisit(hub, world);
    await hub.hub.appointments.book({
      ...{ appointmentId: crypto.randomUUID(), terminalId: terminal.terminalId, bodyId: world.bodies.office },
      slot: {
        startsAt: Date.now() + HOUR,
        endsAt: Date.now() + 2 * HOUR,
        counsellorIds: await idsOf(database),
      },
      person: {
        residentName: 'Odile À-Venir',
        motive: 'Mutuelle',
        showName: true,
        telephone: null,
        email: null,
      },
      ...{ bookedBy: (await idsOf(database))[0] ?? '', at: Date.now() },
    });
    await hub.hub.watch();
    await hub.close();
    file = join(folder, 'hub.age');
    await backUpHub({ ...{ database, file, key, secretFile: join(folder, 'secret'), at: Date.now() } });
  }, 120_000);
  afterAll(async () => {
    for (const close of closing) await close();
    rmSync(folder, { recursive: true });
  });

  it('holds nothing that can be read without its key', () => {
    const bytes = readFileSync(file);
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    for (const secret of ['Martin', 'nadia@', world.demo.mairieId])
      expect(bytes.includes(secret)).toBe(false);
  });

  it('becomes a hub again: people log in, appointments open, the trail is whole, nobody still sits there', async () => {
    const database = await fresh();
    const secretFile = join(folder, 'restored', 'secret');
    const restored = await restoreInto(database, file, secretFile);
    expect(restored.trail.findings).toEqual([]);
    expect(restored.trail.entries).toBeGreaterThan(2);
    expect(restored.overdue).toEqual([]);
    const secrets = readSecrets(secretFile);
    const hub = await startTestHub({ ...world, database, secret: secrets[0], cookies: new Map() });
    try {
      const cookie = await logInTo(hub.origin, 'nadia@office.example');
      expect(cookie).toContain('session');
      expect(await hub.hub.visits.all()).toEqual([]);
      expect((await hub.hub.appointments.remembered()).map(({ view }) => view.person?.residentName)).toEqual([
        'Odile À-Venir',
      ]);
      const keys = secrets.map((secret) => deriveKey(secret, 'audit'));
      const anchor = join(folder, 'restored', 'audit-anchor');
      expect((await verifyAudit(database, keys, anchor)).findings).toEqual([]);
    } finally {
      await hub.close();
    }
    await expect(restoreInto(database)).rejects.toThrow('pas vide');
  }, 60_000);

  it('does not bring back what was due meanwhile', async () => {
    const database = await fresh();
    const secretFile = join(folder, 'later', 'secret');
    const clock = () => Date.now() + 48 * HOUR;
    await restoreHub({ database, file, key, secretFile, keepAnnouncement: 0, clock, log });
    const held = await database.rows(
      z.object({}),
      'select 1 from appointments where sealed is not null union all select 1 from visits',
    );
    expect(held).toEqual([]);
  });

  it.each([
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), 'abîmée ou coupée'],
    ['without its last byte', (bytes: Buffer) => bytes.subarray(0, -1), 'abîmée ou coupée'],
    [
      'cut at the edge of a chunk',
      (bytes: Buffer) => bytes.subarray(0, chunkEdge(bytes)),
      'abîmée ou coupée',
    ],
    ['with one byte changed', (bytes: Buffer) => changed(bytes, bytes.length - 1000), 'abîmée ou coupée'],
    ['with another beginning', (bytes: Buffer) => changed(bytes, 3), 'ne s’ouvre pas'],
  ])('is refused %s, and nothing is restored', async (what, spoil, sentence) => {
    const database = await fresh();
    const spoilt = join(folder, `${what}.age`);
    writeFileSync(spoilt, spoil(readFileSync(file)));
    await expect(restoreInto(database, spoilt)).rejects.toThrow(sentence);
    const [tables] = await database.rows(
      z.object({ known: z.boolean() }),
      `select to_regclass('accounts') is not null as known`,
    );
    const rows = tables?.known ? await database.rows(z.object({}), 'select 1 from accounts') : [];
    expect(rows).toEqual([]);
  });

  it('is refused with another key, and where another secret lies', async () => {
    const database = await fresh();
    const other: BackupKey = { kind: 'identity', identity: await generateX25519Identity() };
    const secretFile = join(folder, 'nowhere', 'secret');
    await expect(
      restoreHub({
        ...{ database, file, key: other, secretFile, keepAnnouncement: 0, clock: Date.now, log },
      }),
    ).rejects.toThrow('ne s’ouvre pas');
    const taken = join(folder, 'taken');
    writeFileSync(taken, secretLines([randomBytes(48)]));
    await expect(restoreInto(database, file, taken)).rejects.toThrow('Un autre secret');
  });

  it('a new secret seals everything anew; what the former one sealed still opens', async () => {
    const database = await fresh();
    const secretFile = join(folder, 'rotated', 'secret');
    await restoreInto(database, file, secretFile);
    expect(await rotateSecret(database, secretFile)).toBe(1);
    const [secret, ...formerSecrets] = readSecrets(secretFile);
    expect(formerSecrets).toHaveLength(1);
    const hub = await startTestHub({ ...world, database, secret, cookies: new Map() });
    expect((await hub.hub.appointments.remembered()).map(({ view }) => view.person?.residentName)).toEqual([
      'Odile À-Venir',
    ]);
    await logInTo(hub.origin, 'nadia@office.example');
    await hub.hub.watch();
    await hub.close();
    const keys = [secret, ...formerSecrets].map((each) => deriveKey(each, 'audit'));
    expect((await verifyAudit(database, keys, null)).findings).toEqual([]);
  });
});

test('a passphrase opens what it sealed, lines over many chunks included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-sealed-'));
  const file = join(folder, 'file.age');
  const phrase: BackupKey = { kind: 'passphrase', passphrase: 'quatre mots au hasard' };
  const lines = ['court', 'é'.repeat(200_000), 'fin'];
  await writeSealed(file, phrase, async (write) => {
    for (const line of lines) await write(`${line}\n`);
  });
  const read: string[] = [];
  for await (const line of readSealed(file, phrase)) read.push(line);
  expect(read).toEqual(lines);
  rmSync(folder, { recursive: true });
}, 60_000);

async function idsOf(database: Database): Promise<string[]> {
  const rows = await database.rows(
    z.object({ id: z.uuid() }),
    `select id from accounts where role = 'counsellor' order by email`,
  );
  return rows.map(({ id }) => id);
}

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** After the header, the nonce of 16 bytes, and two chunks of 64 KiB, each with its tag of 16 (age, section Payload). */
function chunkEdge(bytes: Buffer): number {
  const header = bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 1;
  return header + 16 + 2 * (65_536 + 16);
}
