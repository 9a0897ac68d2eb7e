/** The wipe against things that were really left: planted folders and processes, a job held in the print system. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '#rig/until.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import type { ResidentSeat } from './resident-seat.ts';

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
  // The page is another one after each try to wipe.
  const face = await resident.face();
  await expect(face.locator('body')).toContainText('La place est libre', { timeout: 60_000 });
});

/** As a deployment's script might, in its own frame. */
async function storeInRoom(resident: ResidentSeat): Promise<void> {
  const frame = await resident.roomFrame();
  await frame.evaluate(async () => {
    localStorage.setItem('resident', 'Madame Brun');
    const opened = indexedDB.open('visits');
    await new Promise((resolve) => opened.addEventListener('success', resolve));
  });
}

/** What the room's frame of a new visit finds. */
async function storedInRoom(resident: ResidentSeat): Promise<unknown> {
  const frame = await resident.roomFrame();
  return frame.evaluate(async () => [{ ...localStorage }, await indexedDB.databases()]);
}

test('what a deployment stored is gone before the next visit', async ({ clerk, nadia, resident, town }) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Brun', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Brun');
  await nadia.expectCallLive();
  await storeInRoom(resident);
  await nadia.endVisit();
  await resident.expectPlaceFree();
  expect(
    town.terminal
      .output()
      .match(/"event":"wipe".*/g)
      ?.at(-1),
  ).toContain('"ok":true');

  await clerk.announce({ name: 'Madame Roux', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Roux');
  await nadia.expectCallLive();
  expect(await storedInRoom(resident)).toEqual([{}, []]);
  await nadia.endVisit();
  await resident.expectPlaceFree();
});

test('what could not be removed of it keeps the terminal closed', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  const app = town.terminal.app();
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Brun', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Brun');
  await nadia.expectCallLive();
  await storeInRoom(resident);
  // As an Electron that clears nothing and says nothing.
  await app.evaluate(({ session }) => {
    session.fromPartition('room').clearStorageData = async () => undefined;
  });
  await nadia.endVisit();
  await resident.expectFace('Cette borne est fermée');
  expect(town.terminal.output()).toContain('"left":["room-sessions"]');
  await app.evaluate(({ session }) => {
    Reflect.deleteProperty(session.fromPartition('room'), 'clearStorageData');
  });
  // The page is another one after each try to wipe.
  const face = await resident.face();
  await expect(face.locator('body')).toContainText('La place est libre', { timeout: 60_000 });
});

test('the process that drew the documents ends with the visit', async ({ clerk, nadia, resident, town }) => {
  const deskProcess = () =>
    town.terminal.app().evaluate(({ webContents }) => {
      const desk = webContents.getAllWebContents().find((one) => one.getURL().startsWith('app://desk'));
      return desk?.getOSProcessId();
    });
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Brun', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Brun');
  await nadia.expectCallLive();
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  const drew = await deskProcess();
  expect(existsSync(`/proc/${drew}`)).toBe(true);
  await nadia.endVisit();
  await resident.expectPlaceFree();
  expect(existsSync(`/proc/${drew}`)).toBe(false);
  expect(await deskProcess()).not.toBe(drew);
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
  expect(readFileSync(mark, 'utf8').trim()).not.toBe('');
  await nadia.endVisit();
  await town.terminal.start();
  await until('the terminal has proved its wipe', () => readFileSync(mark, 'utf8').trim() === '', {
    timeoutMs: 60_000,
  });
  await resident.expectPlaceFree();
  await town.printer.clearReason('media-empty');
  await expect.poll(() => jobFiles(town.printer.jobsFolder)).toEqual([]);
  expect(town.printer.printedFiles().length).toBe(printed);
});
