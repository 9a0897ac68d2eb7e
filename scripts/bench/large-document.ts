/**
 * A document of 100 MB from the counsellor's choice of it until the terminal has it, opened and said how many pages it has:
 * sealed in her browser, through the hub, opened in the paper process; against `curl` putting the same bytes through a
 * bare Node server into another `curl`. And how much any of the processes grows meanwhile.
 */
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from '@playwright/test';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { madePdf } from '../../test/e2e/made-documents.ts';
import type { Measurement } from './figure.ts';
import type { MeasuredCounsellor } from './people.ts';
import { residentSizes } from './process-memory.ts';
import { sitInVisit } from './sit-in-visit.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 3;
const MEGABYTES = 100;
const LOOK_MS = 200;

/** ms, beside `curl` through a bare server. */
export function measureLargeDocument(): Promise<Measurement> {
  return withVisit(async (nadia, folder) => {
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const file = largePdf(folder, `grand-${round}.pdf`);
      baselines.push(await throughBareServer(file));
      values.push(await taken(nadia, file));
      rmSync(file);
      await nadia.page
        .getByRole('button', { name: `Retirer « ${path.basename(file)} » de la liste` })
        .click();
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 1.5 } };
  });
}

/**
 * MB: of each process, the most that it held more than before; the one that grew most. A process that is started for the
 * document counts from what the same program held for a small one.
 */
export function measureLargeDocumentMemory(): Promise<Measurement> {
  return withVisit(async (nadia, folder) => {
    const small = await madePdf('petit.pdf', 1);
    await nadia.dropFile(small);
    const before = residentSizes(process.pid);
    const usual = new Map([...before.values()].map(({ name, megabytes }) => [name, megabytes]));
    const file = largePdf(folder, 'grand.pdf');
    const most = new Map<number, { readonly name: string; readonly grown: number }>();
    const look = (): void => {
      for (const [pid, { name, megabytes }] of residentSizes(process.pid)) {
        const grown = megabytes - (before.get(pid)?.megabytes ?? usual.get(name) ?? 0);
        if (pid !== process.pid && grown > (most.get(pid)?.grown ?? 0)) most.set(pid, { name, grown });
      }
    };
    const looking = setInterval(look, LOOK_MS);
    try {
      await taken(nadia, file);
    } finally {
      clearInterval(looking);
    }
    const grown = [...most.values()].sort((a, b) => b.grown - a.grown);
    const line = grown.slice(0, 8).map((one) => `${one.name} ${one.grown.toFixed(0)}`);
    console.log(`  grown by, MB: ${line.join(', ')}`);
    const values = [grown[0]?.grown ?? Number.NaN];
    return { unit: 'MB', values, baselines: [], allowance: { kind: 'most', amount: 150 } };
  });
}

function withVisit(
  work: (nadia: MeasuredCounsellor, folder: string) => Promise<Measurement>,
): Promise<Measurement> {
  return withClosers(async (close) => work((await sitInVisit(close)).nadia, makeRunFolder('large')));
}

/** ms, from the moment in which her browser has the file. */
async function taken(nadia: MeasuredCounsellor, file: string): Promise<number> {
  await nadia.chooseFile(file);
  const start = performance.now();
  await expect(nadia.card(path.basename(file))).toContainText('prêt', { timeout: 180_000 });
  return performance.now() - start;
}

/** One page, and an attachment of noise that nobody opens. */
function largePdf(folder: string, name: string): string {
  const noise = randomFillSync(Buffer.allocUnsafe(MEGABYTES * 1_000_000));
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'),
    Buffer.concat([
      Buffer.from(`<< /Length ${noise.length} >>\nstream\n`),
      noise,
      Buffer.from('\nendstream'),
    ]),
  ];
  const pieces = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  let length = pieces[0]?.length ?? 0;
  for (const [at, object] of objects.entries()) {
    const piece = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    places.push(length);
    pieces.push(piece);
    length += piece.length;
  }
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  pieces.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  const file = path.join(folder, name);
  writeFileSync(file, Buffer.concat(pieces));
  return file;
}

/** ms: what one curl sends, the other receives. */
async function throughBareServer(file: string): Promise<number> {
  let receiver: ServerResponse | null = null;
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      receiver = response;
      // The other side is told that it waits.
      response.flushHeaders();
      return;
    }
    if (!receiver) throw new Error('Nobody receives');
    request.pipe(receiver);
    request.once('end', () => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const received = `${file}.received`;
  const receiving = runCommand('curl', ['-s', '-o', received, address]);
  await once(server, 'request');
  const start = performance.now();
  await runCommand('curl', ['-s', '-o', '/dev/null', '-T', file, '-H', 'Expect:', address]);
  await receiving;
  const time = performance.now() - start;
  server.close();
  expect(statSync(received).size).toBe(statSync(file).size);
  rmSync(received);
  return time;
}
