/** The trail under attack, with both databases: whoever holds the database changes it, and is found out. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { createAuditKeeper, readAnchor } from './anchor.ts';
import { createAudit } from './store.ts';
import { linkAudit, removeOldAudit } from './trail.ts';
import { verifyAudit } from './verify.ts';

const DAY = 24 * 3_600_000;

describe.each(testDatabases)('the audit trail on $name', ({ open }) => {
  let opened: TestDatabase;
  let folder: string;
  let file: string;
  const key = randomBytes(32);
  const errors: unknown[] = [];
  let now = 0;

  beforeAll(async () => {
    opened = await open();
    folder = mkdtempSync(join(tmpdir(), 'hub-audit-'));
  });
  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await opened.database.script('truncate audit restart identity; delete from audit_base');
    file = join(folder, randomBytes(4).toString('hex'));
    now = Date.parse('2026-03-01T08:00:00Z');
    errors.length = 0;
  });

  const log = { error: (content: object) => errors.push(content) };
  const write = async (count: number, by = key) => {
    const audit = createAudit(opened.database, by, () => now, log);
    for (let i = 0; i < count; i += 1) {
      now += 1_000;
      await audit({ actor: 'clerk', action: 'announce', subject: `visit ${i}`, outcome: 'ok' });
    }
  };
  const keeper = () => createAuditKeeper({ ...{ database: opened.database, key, file, log } });
  const findings = async (keys: readonly Uint8Array[] = [key]) =>
    (await verifyAudit(opened.database, keys, file)).findings;

  it('is whole, linked or not yet, over more than one batch', async () => {
    await write(3);
    expect(await keeper().keep()).toBe(true);
    await write(520);
    expect(await verifyAudit(opened.database, [key], file)).toEqual({
      ...{ entries: 3, waiting: 520, before: 0, findings: [] },
    });
    await keeper().keep();
    expect(await verifyAudit(opened.database, [key], file)).toMatchObject({ entries: 523, findings: [] });
    expect(readAnchor(file)?.link).toBe(523);
  });

  it.each([
    ['who', `update audit set actor = 'somebody' where link = 4`, 'changed'],
    ['when', `update audit set at = at + interval '1 hour' where link = 4`, 'changed'],
    ['what came of it', `update audit set outcome = 'forbidden' where link = 4`, 'changed'],
    ['a row in the middle', 'delete from audit where link = 4', 'missing'],
    ['the first rows', 'delete from audit where link <= 4', 'missing'],
    ['the end', 'delete from audit where link >= 8', 'endCut'],
    ['everything', 'delete from audit; delete from audit_base', 'endCut'],
    ['where it begins', 'update audit_base set link = 4; delete from audit where link <= 4', 'noBase'],
    [
      'a row of somebody else’s making',
      `insert into audit (at, actor, action, subject, outcome) values (now(), 'clerk', 'announce', null, 'ok')`,
      'changed',
    ],
    [
      'a row copied',
      `insert into audit (at, actor, action, subject, outcome, seal)
       select at, actor, action, subject, outcome, seal from audit where link = 4`,
      'copied',
    ],
    [
      'the order of two rows',
      `update audit set link = -1 where link = 4; update audit set link = 4 where link = 5;
       update audit set link = 5 where link = -1`,
      'moved',
    ],
  ])('shows that %s was changed', async (_what, sql, kind) => {
    await write(10);
    await keeper().keep();
    expect(await findings()).toEqual([]);
    await opened.database.script(sql);
    expect((await findings()).map((finding) => finding.kind)).toContain(kind);
  });

  it('never notes a newer end over one that was lost, and says so in the log', async () => {
    await write(5);
    const one = keeper();
    await one.keep();
    await opened.database.run('delete from audit where link > 3');
    await write(5);
    expect(await one.keep()).toBe(false);
    expect(one.isWhole()).toBe(false);
    expect(errors).toHaveLength(1);
    expect(readAnchor(file)?.link).toBe(5);
    expect((await findings()).map(({ kind }) => kind)).toContain('endCut');
  });

  it('stays whole where its beginning is removed for its age', async () => {
    await write(5);
    await keeper().keep();
    now += 10 * DAY;
    const between = now;
    await write(5);
    await keeper().keep();
    expect(await removeOldAudit(opened.database, key, new Date(between))).toBe(5);
    expect(await verifyAudit(opened.database, [key], file)).toMatchObject({ entries: 5, findings: [] });
    now += 10 * DAY;
    expect(await removeOldAudit(opened.database, key, new Date(now))).toBe(5);
    await write(1);
    await keeper().keep();
    expect(await verifyAudit(opened.database, [key], file)).toMatchObject({ entries: 1, findings: [] });
    await opened.database.script('delete from audit');
    expect((await findings()).map(({ kind }) => kind)).toEqual(['endCut']);
  });

  it('is one chain where several hubs write and link at once', async () => {
    const hub = async () => {
      for (let i = 0; i < 5; i += 1) {
        await write(10);
        await linkAudit(opened.database, key);
      }
    };
    await Promise.all([hub(), hub(), hub()]);
    expect(await verifyAudit(opened.database, [key], null)).toEqual({
      ...{ entries: 150, waiting: 0, before: 0, findings: [] },
    });
  });

  it('leaves alone what a hub of the version before wrote', async () => {
    const old = `insert into audit (at, actor, action, outcome) values (now(), 'clerk', 'announce', 'ok')`;
    await opened.database.script(old);
    await write(2);
    await keeper().keep();
    expect(await verifyAudit(opened.database, [key], file)).toEqual({
      ...{ entries: 2, waiting: 0, before: 1, findings: [] },
    });
  });

  it('goes on under a new key; the former one makes no link after it', async () => {
    await write(3);
    await keeper().keep();
    const next = randomBytes(32);
    await write(3, next);
    await linkAudit(opened.database, next);
    expect(await findings([next, key])).toEqual([]);
    expect((await findings([next])).length).toBeGreaterThan(0);
    await write(1, next);
    await linkAudit(opened.database, key);
    expect((await findings([next, key])).map(({ kind }) => kind)).toEqual(['moved']);
  });
});
