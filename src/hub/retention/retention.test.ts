import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { registerTable, retention } from './retention.ts';

describe.each(testDatabases)('what is kept, on $name', ({ open }) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it('is every table and every column of the schema, and nothing else', async () => {
    const rows = await opened.database.rows(
      z.object({ table_name: z.string(), column_name: z.string() }),
      `select c.table_name::text, c.column_name::text from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
    );
    const real = rows.map(({ table_name, column_name }) => `${table_name}.${column_name}`).sort();
    const known = Object.entries(retention)
      .flatMap(([table, { sealed = {}, plain = [], points = [], rest }]) =>
        [...Object.keys(sealed), ...plain, ...points, ...rest].map((column) => `${table}.${column}`),
      )
      .sort();
    expect(real).toEqual(known);
  });

  it('names as sealed every column that is called so, and sealed columns only where they are bytes', async () => {
    const rows = await opened.database.rows(
      z.object({ name: z.string() }),
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and column_name like 'sealed%' and data_type = 'bytea'`,
    );
    const known = Object.entries(retention).flatMap(([table, { sealed = {} }]) =>
      Object.keys(sealed).map((column) => `${table}.${column}`),
    );
    expect(known.sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});

test('the record in docs/rgpd.md is the one of the code', () => {
  const page = readFileSync(new URL('../../../docs/rgpd.md', import.meta.url), 'utf8');
  const written = /<!-- registre -->\n([\s\S]*?)\n<!-- fin du registre -->/.exec(page)?.[1];
  expect(written).toBe(registerTable());
});

test('whatever holds something of a person says why and until when', () => {
  const silent = Object.entries(retention).filter(
    ([, { register, sealed, plain }]) => (sealed || plain) && !register,
  );
  expect(silent).toEqual([]);
});
