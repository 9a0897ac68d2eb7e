/**
 * From the counsellor's press on "Imprimer" to the document in the print system's own folder of jobs, where it appears
 * in the moment in which the job is accepted; against `lp` of the same file to the same queue, seen by the same eyes.
 * The terminal has taken the document before.
 */
import { type FSWatcher, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from '@playwright/test';
import sharp from 'sharp';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { startTown } from '#rig/town.ts';
import { until } from '#rig/until.ts';
import type { Measurement } from './figure.ts';
import { sitClerk, sitCounsellor, startVisit } from './people.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 15;
const NAME = 'dossier.pdf';

export function measurePrint(): Promise<Measurement> {
  return withClosers(async (close) => {
    const town = await startTown({ pagesPerMinute: 600 });
    close(town.close);
    const clerk = await sitClerk(town.hub);
    close(clerk.close);
    const nadia = await sitCounsellor(town);
    const pdf = await megabytePdf();
    const file = path.join(makeRunFolder('document'), NAME);
    writeFileSync(file, pdf);
    const { printer } = town;
    const jobs = watchJobs(printer.jobsFolder);
    close(async () => jobs.close());
    const card = nadia.card(NAME);
    const idle = async (printed: number) => {
      await until('the paper is out', () => printer.printedFiles().length >= printed, { timeoutMs: 60_000 });
      await until('the printer is idle', async () => !(await printer.isPrinting()));
    };

    await startVisit(clerk, nadia);
    await nadia.dropFile({ name: NAME, mimeType: 'application/pdf', buffer: pdf });
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const before = printer.printedFiles().length;
      const pressed = Date.now();
      const seen = jobs.next();
      await runCommand('lp', ['-d', printer.queue, file], { env: printer.env });
      const baseline = (await seen) - pressed;
      await idle(before + 1);

      const accepted = jobs.next();
      await nadia.print(NAME);
      const value = (await accepted) - (await nadia.pressedAt());
      await idle(before + 2);
      await expect(card).toContainText('Imprimé', { timeout: 30_000 });
      if (round === 0) continue;
      baselines.push(baseline);
      values.push(value);
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'plus', extra: 150 } };
  });
}

/** One page with a photograph that cannot be made smaller. */
async function megabytePdf(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const photograph = await sharp({
    create: { width: 1000, height: 1000, channels: 3, background: '#808080', noise },
  })
    .jpeg({ quality: 90 })
    .toBuffer();
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595.28, 841.89]);
  page.drawImage(await pdf.embedJpg(photograph), { x: 48, y: 170, width: 500, height: 500 });
  const short = 1_000_000 - photograph.length;
  if (short > 0)
    await pdf.attach(crypto.getRandomValues(new Uint8Array(Math.min(short, 60_000))), 'rest.bin');
  return Buffer.from(await pdf.save());
}

interface Jobs extends Pick<FSWatcher, 'close'> {
  /** When the next document is there, ms of the epoch. */
  readonly next: () => Promise<number>;
}

/** The print system receives a document under another name and gives it this one once the job is accepted. */
function watchJobs(folder: string): Jobs {
  const known = new Set<string>();
  let tell: (at: number) => void = () => undefined;
  const watcher = watch(folder, (_event, name) => {
    if (!name || !/^d\d{5,}-001$/.test(name) || known.has(name)) return;
    known.add(name);
    tell(Date.now());
  });
  return {
    close: () => watcher.close(),
    next: () =>
      new Promise((resolve) => {
        tell = resolve;
      }),
  };
}
