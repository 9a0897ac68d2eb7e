/** The hub as a real process, killed with -9 in the middle of a visit: nothing accepted is lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from './database/open-database.ts';
import { seedDemo } from './demo/seed.ts';
import { readSecret } from './secret.ts';
import { type PostgresServer, startPostgres } from './testing/test-databases.ts';
import { counsellorView, enrolWith, logInTo, PASSWORD } from './testing/test-hub.ts';
import { linkTestTerminal, openTestConsole } from './testing/test-peers.ts';

const SERVER = join(import.meta.dirname, 'server.ts');
const readyLine = z.object({ ready: z.literal(true), origin: z.url(), roomOrigin: z.url() });

interface HubProcess {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly roomOrigin: string;
  readonly ended: Promise<number | string>;
  readonly said: () => string;
}

describe.each(['PGlite', 'PostgreSQL'] as const)('on %s', (kind) => {
  let folder: string;
  let postgres: PostgresServer | null = null;
  const running = new Set<HubProcess>();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hub kill ')); // With spaces, as a home folder may have.
    postgres = kind === 'PostgreSQL' ? await startPostgres() : null;
  });
  afterEach(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGKILL');
      await ended;
    }
    running.clear();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(port = 0, roomPort = 0): Promise<HubProcess> {
    const child = spawn(process.execPath, [SERVER], {
      env: {
        PATH: process.env.PATH ?? '',
        HUB_DATA: folder,
        HUB_PORT: String(port),
        ROOM_PORT: String(roomPort),
        ...(postgres ? { DATABASE_URL: postgres.url } : {}),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (bytes: Buffer) => {
      errors += bytes.toString();
    });
    const ended = new Promise<number | string>((resolve) =>
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
    );
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString()));
      ended.then((code) => reject(new Error(`The hub ended with ${code}:\n${errors}`)), reject);
    });
    const { origin, roomOrigin } = readyLine.parse(JSON.parse(line));
    const hub = { child, origin, roomOrigin, ended, said: () => errors };
    running.add(hub);
    return hub;
  }

  async function seed() {
    const database = await openDatabase(
      postgres ? { kind: 'url', url: postgres.url } : { kind: 'folder', folder: join(folder, 'database') },
      (error) => {
        throw error;
      },
    );
    const demo = await seedDemo(database, readSecret(join(folder, 'secret')), () => PASSWORD);
    const bodies = await database.rows(
      z.object({ id: z.uuid() }),
      "select id from bodies where name like 'Office%'",
    );
    await database.close();
    if (!demo || !bodies[0]) throw new Error('Not seeded.');
    return { code: demo.enrolmentCode, bodyId: bodies[0].id };
  }

  test('kill -9 in the middle of a visit: terminal and console find the same visit again', async () => {
    const { code, bodyId } = await seed();
    const first = await start();
    const identity = await enrolWith(first.origin, code);
    const terminal = await linkTestTerminal(first.origin, identity);
    const clerkCookie = await logInTo(first.origin, 'secretaire@saint-martin.example');
    const nadiaCookie = await logInTo(first.origin, 'nadia@office.example');
    const clerk = await openTestConsole(first.origin, clerkCookie);
    const nadia = await openTestConsole(first.origin, nadiaCookie);
    const announce = {
      type: 'announce',
      terminalId: identity.terminalId,
      bodyId,
      residentName: 'Madame Quatrepoint',
      showName: true,
      motive: 'Dossier hydrangéa',
      consent: true,
    } as const;
    expect(await clerk.ask(announce)).toMatchObject({ ok: true });
    const { visitId } = await nadia.until((view) => counsellorView(view).queue[0]);
    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: true });
    const order = (kind: 'print' | 'clearDesk') =>
      ({
        type: 'order',
        orderId: crypto.randomUUID(),
        visitId,
        request: kind === 'print' ? { kind, documentId: crypto.randomUUID(), copies: 1 } : { kind },
      }) as const;
    const [done, acknowledged, sent] = [order('clearDesk'), order('print'), order('print')];
    for (const each of [done, acknowledged]) expect(await nadia.ask(each)).toMatchObject({ ok: true });
    terminal.send({
      type: 'order.status',
      orderId: done.orderId,
      status: { status: 'done', outcome: { kind: 'shown' } },
    });
    terminal.send({
      type: 'order.status',
      orderId: acknowledged.orderId,
      status: { status: 'acknowledged' },
    });
    await nadia.until(
      (view) =>
        counsellorView(view).current?.orders.find(({ orderId }) => orderId === acknowledged.orderId)?.status
          .status === 'acknowledged',
    );
    // Killed at the very instant at which the order is accepted.
    const answer = nadia.ask(sent);
    expect(await answer).toMatchObject({ ok: true });
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');

    const second = await start(Number(new URL(first.origin).port), Number(new URL(first.roomOrigin).port));
    expect(second.origin).toBe(first.origin);
    const back = await linkTestTerminal(second.origin, identity);
    expect(back.visit().visit).toMatchObject({ visitId, stage: 'inCall' });
    const again = await openTestConsole(second.origin, nadiaCookie);
    const current = counsellorView(again.view()).current;
    expect(current?.visit).toMatchObject({ visitId, motive: 'Dossier hydrangéa' });
    expect(current?.orders.map(({ orderId, status }) => [orderId, status.status])).toEqual([
      [done.orderId, 'done'],
      [acknowledged.orderId, 'acknowledged'],
      [sent.orderId, 'sent'],
    ]);
    // The same room: the call that went on without the hub is not torn down.
    expect(back.visit().visit?.room?.room).toBe(terminal.visit().visit?.room?.room);
    await expect
      .poll(() =>
        back.inbox.all.flatMap((message) => (message.type === 'order' ? [message.order.orderId] : [])),
      )
      .toEqual([acknowledged.orderId, sent.orderId]);
    // The order that the console sends again because it is unsure is still one order.
    expect(await again.ask(sent)).toMatchObject({ ok: true });
    expect(counsellorView(again.view()).current?.orders).toHaveLength(3);

    expect(await again.ask({ type: 'endVisit', visitId })).toMatchObject({ ok: true });
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    const said = `${first.said()}${second.said()}`;
    expect(said).not.toMatch(/Quatrepoint|hydrang|@office|127\.0\.0\.1:\d+ |correct horse/);
    if (kind === 'PGlite') expect(await bytesOf(join(folder, 'database'))).not.toMatch(/Quatrepoint|hydrang/);
  });

  test('told to stop, it closes its connections, answers 0, and leaves the folder to the next', async () => {
    const { code } = await seed();
    const first = await start();
    const terminal = await linkTestTerminal(first.origin, await enrolWith(first.origin, code));
    first.child.kill('SIGINT');
    expect(await terminal.closed).toBe(1001);
    expect(await first.ended).toBe(0);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
    const second = await start();
    expect((await fetch(new URL('/healthz', second.origin))).status).toBe(200);
  });

  if (kind === 'PGlite') {
    test('a second hub on the same folder refuses to start', async () => {
      await seed();
      await start();
      await expect(start()).rejects.toThrow(/is used by another hub/);
      expect(readFileSync(join(folder, 'database/hub.lock'), 'utf8')).toMatch(/^\d+ /);
    });
  }
});

test('plain HTTP beyond this machine is refused at start', async () => {
  const child = spawn(process.execPath, [SERVER], {
    env: { PATH: process.env.PATH ?? '', HUB_HOST: '0.0.0.0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2);
  expect(errors).toContain('Plain HTTP on 0.0.0.0 is refused');
});

async function bytesOf(folder: string): Promise<string> {
  const parts: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) parts.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
  }
  const all = parts.join('\n');
  expect(all).toContain('past_visits');
  return all;
}
