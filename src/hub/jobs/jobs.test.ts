import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { createJobs, dropJob, planJob } from './jobs.ts';

describe.each(testDatabases)('jobs on $name', ({ open }) => {
  let opened: TestDatabase;
  let now = 0;
  let errors: unknown[] = [];

  beforeAll(async () => {
    opened = await open();
    await opened.database.script('create table done (subject uuid not null, at timestamptz not null)');
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.database.script('truncate jobs, done');
    now = Date.parse('2026-11-23T09:00:00Z');
    errors = [];
  });

  async function note(queries: Queries, subject: string, at: number): Promise<void> {
    await queries.run('insert into done values ($1, $2)', [subject, new Date(at)]);
  }
  const jobs = (handlers = { note }) =>
    createJobs({
      ...{ database: opened.database, clock: () => now, handlers },
      log: { error: (content: unknown) => errors.push(content) },
    });
  const done = async () =>
    (await opened.database.rows(z.object({ subject: z.uuid() }), 'select subject from done')).map(
      ({ subject }) => subject,
    );
  const plan = async (dueAt: number, subject: string = randomUUID()) => {
    await planJob(opened.database, { kind: 'note', subject, dueAt });
    return subject;
  };

  test('is done at its time and not before, once', async () => {
    const subject = await plan(now + 1_000);
    const look = jobs();
    expect(await look()).toBe(now + 1_000);
    expect(await done()).toEqual([]);
    now += 1_000;
    expect(await look()).toBe(now + 60_000);
    await look();
    expect(await done()).toEqual([subject]);
  });

  test('three hubs that look at once do each of a hundred once', async () => {
    const planned = await Promise.all(Array.from({ length: 100 }, () => plan(now)));
    const looks = [jobs(), jobs(), jobs()];
    await Promise.all(looks.map((look) => look()));
    expect((await done()).sort()).toEqual(planned.sort());
  });

  test('what a job did before it failed is undone; it is done later, and the others are not held up', async () => {
    const [bad, good] = [await plan(now), await plan(now + 1)];
    now += 10;
    let fails = true;
    const look = jobs({
      async note(queries, subject, at) {
        await note(queries, subject, at);
        if (fails && subject === bad) throw new Error('not now');
      },
    });
    await look();
    expect(await done()).toEqual([good]);
    expect(errors).toHaveLength(1);
    fails = false;
    now += 59_000;
    await look();
    expect(await done()).toEqual([good]);
    now += 1_000;
    await look();
    expect(await done()).toEqual([good, bad]);
  });

  test('a job that always fails is tried ever more rarely, and kept', async () => {
    await plan(now);
    const look = jobs({ note: () => Promise.reject(new Error('never')) });
    const tried: number[] = [];
    for (let step = 0; step < 24 * 60; step += 1) {
      const before = errors.length;
      await look();
      if (errors.length > before) tried.push(step);
      now += 60_000;
    }
    expect(tried).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 871, 1231]);
  });

  test('planned again, it moves; dropped, it is not done', async () => {
    const subject = await plan(now);
    await plan(now + 5_000, subject);
    const look = jobs();
    expect(await look()).toBe(now + 5_000);
    await dropJob(opened.database, 'note', subject);
    now += 5_000;
    await look();
    expect(await done()).toEqual([]);
  });

  test('one of a kind that this hub does not know, as while versions change, waits for a hub that does', async () => {
    await planJob(opened.database, { kind: 'newer', subject: randomUUID(), dueAt: now });
    await jobs()();
    expect(errors).toEqual([]);
    expect(await opened.database.rows(z.object({ kind: z.string() }), 'select kind from jobs')).toEqual([
      { kind: 'newer' },
    ]);
  });
});
