/** One whole visit, seen with eyes that are not the program's own. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { expect, FORM, test } from './fixtures.ts';
import { expectMoving } from './moving-picture.ts';
import { pixelsInPdf, pixelsOf } from './seen-pixels.ts';

const run = promisify(execFile);

test('they see and hear each other', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await expectMoving(nadia.roomFrame);
  await expectMoving(resident.roomFrame);
  await resident.expectFace('Nadia Belkacem');
  await resident.expectFace('Office des familles du Val-Clair');
  const displays = await town.displays.current();
  expect(displays.map(({ name }) => name)).toEqual(['DUMMY0', 'DUMMY1']);
});

test('the two screens are on the two displays', async ({ resident, town }) => {
  const place = async (page: Awaited<ReturnType<typeof resident.face>>) =>
    page.evaluate(() => ({ x: window.screenX, y: window.screenY, width: innerWidth, height: innerHeight }));
  expect(await place(await resident.face())).toEqual({ x: 0, y: 0, width: 1920, height: 1080 });
  expect(await place(await resident.desk())).toEqual({ x: 1920, y: 0, width: 1280, height: 1024 });
  const [left] = town.displays.outputs;
  const file = test.info().outputPath('face.png');
  await town.displays.screenshot(file, left);
  const { dominant } = await sharp(file).stats();
  expect(dominant.r + dominant.g + dominant.b).toBeGreaterThan(60);
});

test('a form of the library: the desk, the counsellor and the paper show the same pixels', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  const sheet = (await resident.desk()).locator('img').first();
  await expect
    .poll(() => sheet.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBeGreaterThan(1000);
  await nadia.print(FORM);
  await resident.expectDesk(/s’imprime|Prenez votre papier/);
  await expect(nadia.card(FORM)).toContainText('Imprimé', { timeout: 40_000 });
  const onDesk = await pixelsOf(sheet);
  expect(onDesk.ink).toBeGreaterThan(50_000);
  expect(await pixelsOf(await nadia.preview(FORM))).toEqual(onDesk);
  await nadia.closePreview();
  const [printed] = town.printer.printedFiles().slice(before);
  const onPaper = await pixelsInPdf(printed ?? '');
  expect(onPaper).toHaveLength(2);
  // The last page may come out first: the printer lays its sheets face up.
  expect(onPaper).toContainEqual(onDesk);
  // Nothing else of the PDF is left: no text, no font, no field.
  expect((await run('pdftotext', [printed ?? '', '-'])).stdout.trim()).toBe('');
  expect((await run('pdffonts', [printed ?? ''])).stdout.trim().split('\n')).toHaveLength(2);
});

test('both read the same code aloud', async ({ call, nadia, resident }) => {
  expect(call).toBeUndefined();
  const code = await nadia.checkCode();
  expect(code).toMatch(/^\d{3} \d{3}$/);
  await resident.expectFace(code);
});

test('a paper on the glass reaches the counsellor as one PDF', async ({ call, nadia, resident }) => {
  expect(call).toBeUndefined();
  await nadia.scan({ source: 'Sur la vitre' });
  await resident.expectDesk(/Posez votre papier sur la vitre|Lecture de votre papier|Reprenez votre papier/);
  await nadia.expectScanned('1 page reçue');
  const pdf = await nadia.saveScan();
  const file = test.info().outputPath('scan.pdf');
  writeFileSync(file, pdf);
  const { stdout } = await run('pdfinfo', [file]);
  expect(stdout).toMatch(/Pages:\s+1/);
  expect(stdout).toMatch(/Page size:\s+59[0-9.]+ x 84[0-9.]+ pts/);
  await run('pdftoppm', ['-r', '50', '-png', file, join(test.info().outputDir, 'scan')]);
  const { channels } = await sharp(join(test.info().outputDir, 'scan-1.png')).stats();
  // The test device draws stripes: a blank or a black page has no spread.
  expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(20);
});

test('the end leaves nothing and frees the place', async ({ clerk, nadia, resident, town }) => {
  await resident.expectPlaceFree();
  await clerk.announce({
    name: 'Monsieur Durand',
    body: /Office/,
    motive: 'Attestation de droits',
    showName: false,
  });
  await resident.expectFace('Bonjour et bienvenue');
  expect(await (await resident.face()).locator('body').innerText()).not.toContain('Durand');
  await nadia.pickUp('Monsieur Durand');
  await nadia.expectCallLive();
  await nadia.takeForm(FORM);
  await nadia.endVisit();
  await resident.expectFace(/Au revoir|Merci/);
  await resident.expectPlaceFree();
  expect(town.terminal.hasPage('room/index.html')).toBe(false);
  expect(town.terminal.output()).toContain('"event":"wipe","ok":true');
  for (const secret of ['Durand', 'Attestation'])
    expect(town.terminal.output() + town.hub.output()).not.toContain(secret);
});
