/** The wipe against things that were really left: planted folders and processes, a job held in the print system. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '#rig/until.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';

/** Job files that the print system keeps, of documents (d…) as of their descriptions (c…). */
function jobFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^[cd]\d/.test(name));
}

test('a folder left in memory keeps the terminal closed until it is gone, and the operator reads which', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Noir', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Noir');
  await nadia.expectCallLive();
  const planted = join(town.memoryFolder, 'vis-a-vis-planted');
  mkdirSync(planted);
  await nadia.endVisit();
  await resident.expectFace('Cette borne est fermée');
  const operator = await town.logIn('exploitant@val-clair.example');
  await expect(operator.getByRole('main')).toContainText('memory-folders');
  await operator.context().close();

  rmSync(planted, { recursive: true });
  await expect
    .poll(async () => (await resident.face()).evaluate(() => document.body.innerText), { timeout: 60_000 })
    .toContain('La place est libre');
});

test('a program that still works in the visit’s folder is ended', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Vert', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Vert');
  await nadia.expectCallLive();
  const folder = await until('the visit has its folder', () =>
    readdirSync(town.memoryFolder).find((name) => name.startsWith('vis-a-vis-')),
  );
  const program = spawn('sleep', ['600'], { cwd: join(town.memoryFolder, folder), stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    program.once('exit', (_code, signal) => resolve(signal)),
  );
  await nadia.endVisit();
  expect(await ended).toBe('SIGKILL');
  await resident.expectPlaceFree();
  expect(readdirSync(town.memoryFolder)).toEqual([]);
});

test('a visit that ends while the terminal is off is wiped at its next start, the held print included', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Gris', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Gris');
  await nadia.expectCallLive();
  await town.printer.setReason('media-empty');
  await nadia.takeForm(FORM);
  await nadia.print(FORM);
  await expect(nadia.card(FORM)).toContainText('En attente', { timeout: 30_000 });
  expect(jobFiles(town.printer.jobsFolder)).not.toEqual([]);
  const printed = town.printer.printedFiles().length;
  const mark = join(town.terminal.dataFolder, 'unwiped');

  await town.terminal.kill9();
  expect(existsSync(mark)).toBe(true);
  await nadia.endVisit();
  await town.terminal.start();
  await until('the terminal has proved its wipe', () => !existsSync(mark), { timeoutMs: 60_000 });
  await resident.expectPlaceFree();
  await town.printer.clearReason('media-empty');
  await expect.poll(() => jobFiles(town.printer.jobsFolder)).toEqual([]);
  expect(town.printer.printedFiles().length).toBe(printed);
});
