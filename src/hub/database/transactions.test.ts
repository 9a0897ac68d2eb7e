/** What the rest of the hub relies on, whichever server is behind it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { brokenUnique } from './database.ts';

describe.each(testDatabases)('$name', ({ open }) => {
  let opened: TestDatabase;
  const names = z.object({ name: z.string() });
  const all = async () =>
    (await opened.database.rows(names, 'select name from things order by name')).map(({ name }) => name);

  beforeAll(async () => {
    opened = await open();
    await opened.database.script(
      'create table things (name text constraint things_once unique, bytes bytea)',
    );
  });
  afterAll(() => opened.close());

  it('keeps a transaction whole, and others out of it', async () => {
    const { database } = opened;
    const begun = signal();
    const paused = signal();
    const failing = database.transaction(async (queries) => {
      await queries.run('insert into things (name) values ($1)', ['inside']);
      begun.give();
      await paused.given;
      throw new Error('on purpose');
    });
    await begun.given;
    const outside = database.run('insert into things (name) values ($1)', ['outside']);
    const after = database.transaction((queries) =>
      queries.run('insert into things (name) values ($1)', ['after']),
    );
    paused.give();
    await expect(failing).rejects.toThrow('on purpose');
    await Promise.all([outside, after]);
    expect(await all()).toEqual(['after', 'outside']);
  });

  it('tells which rule was broken, and goes on', async () => {
    const { database } = opened;
    const twice = () => database.run('insert into things (name) values ($1)', ['twice']);
    await twice();
    const error = await twice().catch((reason: unknown) => reason);
    expect(brokenUnique(error)).toBe('things_once');
    expect(await all()).toContain('twice');
  });

  it('gives bytes and instants back as they were given', async () => {
    const bytes = new Uint8Array([0, 255, 7]);
    const [row] = await opened.database.rows(
      z.object({ bytes: z.instanceof(Uint8Array), at: z.date() }),
      'select $1::bytea as bytes, $2::timestamptz as at',
      [bytes, new Date(1_700_000_000_123)],
    );
    expect([...(row?.bytes ?? [])]).toEqual([0, 255, 7]);
    expect(row?.at.getTime()).toBe(1_700_000_000_123);
  });
});

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
