/**
 * From the counsellor's press on "Imprimer" to the document in the print system's own folder of jobs, where it appears
 * in the moment in which the job is accepted; against `lp` of the same file to the same queue, seen by the same eyes.
 * The terminal has taken the document before: ten pages of text.
 */
import { type FSWatcher, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { until } from '#rig/until.ts';
import type { Measurement } from './figure.ts';
import { sitInVisit } from './sit-in-visit.ts';
import { tenPages } from './ten-pages.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 15;
const NAME = 'dossier.pdf';

export function measurePrint(): Promise<Measurement> {
  return withClosers(async (close) => {
    const { town, nadia } = await sitInVisit(close, { pagesPerMinute: 600 });
    const pdf = await tenPages();
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
    return { unit: 'ms', values, baselines, allowance: { kind: 'plus', extra: 400 } };
  });
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
