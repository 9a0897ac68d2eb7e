/**
 * The wipe, proved: ten visits, each with a name, a motive, a form that is filled and printed, a document of known text
 * and a scanned paper; then nothing of any of them is in a file, nor in the memory of a program that lives on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesUnder, searchFiles } from '#rig/file-marks.ts';
import {
  bytesMark,
  type Mark,
  marksIn,
  processFamily,
  processKind,
  searchMemory,
  textMark,
} from '#rig/process-memory.ts';
import type { Town } from '#rig/town.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import type { MadeFile } from './made-documents.ts';

const VISITS = 10;
const BOTH_HAVE = expect.arrayContaining(['main process', 'renderer']);
const SEEN_SOON = { timeout: 30_000, intervals: [100] };

/** One page whose text lies in the file as it is: a mark of its own. */
function plainPdf(name: string, text: string): MadeFile {
  const content = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = pdf.length;
    pdf += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(pdf + end, 'latin1') };
}

/** The scanned page itself, from the file that the counsellor saved. */
function scannedJpeg(pdf: Buffer): Buffer {
  const from = pdf.indexOf(Buffer.from([0xff, 0xd8, 0xff]));
  const to = pdf.lastIndexOf(Buffer.from([0xff, 0xd9]));
  if (from < 0 || to < from) throw new Error('The saved file has no JPEG.');
  return pdf.subarray(from, to);
}

/** Every process of the terminal, but programs that it starts for an instant. */
function programs(town: Town): { readonly pid: number; readonly kind: string }[] {
  const main = town.terminal.app().process().pid ?? 0;
  return processFamily(main).map((pid) => ({ pid, kind: pid === main ? 'main process' : processKind(pid) }));
}

/** kind → marks. */
function inMemory(
  town: Town,
  marks: readonly Mark[],
  which: (kind: string) => boolean = () => true,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { pid, kind } of programs(town).filter((program) => which(program.kind))) {
    const here = searchMemory(pid, marks).map(({ mark }) => mark);
    if (here.length > 0) found.set(`${kind} ${pid}`, here);
  }
  return found;
}

// A town of its own: its log and its memory have seen these visits and no others.
test.use({ townOptions: { pagesPerMinute: 120 } });

test('ten visits leave nothing, in no file and in no memory', async ({ clerk, nadia, resident, town }) => {
  test.setTimeout(900_000);
  const start = Date.now();
  await resident.expectPlaceFree();
  const marks: Mark[] = [];
  for (let visit = 1; visit <= VISITS; visit += 1) {
    const name = `Madame Zéphirine-Qwk${visit}x`;
    const motive = `Motif Yçbk${visit}x`;
    const typed = `Hyacinthe-Xvj${visit}é`;
    const written = `Wqzfeuille${visit}kx`;
    const file = plainPdf(`Kvfichier${visit}z.pdf`, written);
    const mine = [
      textMark(`name ${visit}`, name),
      textMark(`motive ${visit}`, motive),
      textMark(`typed ${visit}`, typed),
      textMark(`document ${visit}`, written),
      textMark(`file name ${visit}`, file.name),
    ];
    await clerk.announce({ name, body: OFFICE, motive });
    if (visit === 1) await expectGreeted(town, mine);
    await nadia.pickUp(name);
    await nadia.expectCallLive();
    await nadia.dropFile(file);
    await nadia.showOnDesk(file.name);
    await nadia.print(file.name);
    await nadia.takeForm(FORM);
    await nadia.fill(FORM);
    await nadia.page.locator('.fill-side').getByLabel('Prénoms').focus();
    await nadia.page.keyboard.type(typed);
    // Looked for while they stand on the desk; a look at the terminal's pages themselves would carry them there.
    if (visit === 1)
      await expect.poll(() => whoHas(inMemory(town, mine), 'typed 1'), SEEN_SOON).toEqual(BOTH_HAVE);
    await nadia.leaveFilling();
    await nadia.scan({ source: 'Sur la vitre' });
    await nadia.expectScanned('1 page reçue');
    mine.push(bytesMark(`scan ${visit}`, scannedJpeg(await nadia.saveScan())));
    await expect(nadia.card(file.name)).toContainText('Imprimé', { timeout: 60_000 });
    if (visit === 1) expectSeen(inMemory(town, mine));
    marks.push(...mine);
    await nadia.endVisit();
    await resident.expectPlaceFree();
  }
  expect(town.terminal.output().match(/"event":"wipe","ok":true/g)).toHaveLength(VISITS);

  const leftOn = programs(town).map(({ kind }) => kind);
  expect(leftOn).toEqual(expect.arrayContaining(['main process', 'zygote', 'gpu-process', 'renderer']));
  const memory = inMemory(town, marks);
  const cups = path.dirname(town.printer.jobsFolder);
  const terminalFolders = [town.memoryFolder, path.dirname(town.terminal.dataFolder)];
  const files = [
    ...searchFiles([...terminalFolders, town.hub.folder], marks),
    ...['spool', 'cache', 'tmp', 'state'].flatMap((name) => searchFiles([path.join(cups, name)], marks)),
    ...searchFiles([tmpdir(), '/var/tmp', '/dev/shm'], marks, start).filter(({ file }) =>
      isTheTerminals(file, town),
    ),
  ];
  const logs = Object.entries({
    terminal: town.terminal.output(),
    hub: town.hub.output(),
    cups: cupsLogs(cups),
  });
  await test.info().attach('user data', { body: filesUnder(town.terminal.dataFolder).join('\n') });
  expect(files).toEqual([]);
  expect(
    logs.flatMap(([name, text]) => marksIn(Buffer.from(text), marks).map((mark) => [name, mark])),
  ).toEqual([]);
  expect(Object.fromEntries(memory)).toEqual({});
});

/** The name is in the page that greets, for some seconds; sealed for that page, it never is anywhere else. */
async function expectGreeted(town: Town, marks: readonly Mark[]): Promise<void> {
  const name = marks.filter((mark) => mark.name === 'name 1');
  const isPage = (kind: string) => kind === 'renderer';
  await expect.poll(() => inMemory(town, name, isPage).size, SEEN_SOON).toBe(1);
  expect([...inMemory(town, name, (kind) => !isPage(kind))]).toEqual([]);
}

/** Kinds of the processes in which the mark was found. */
function whoHas(found: ReadonlyMap<string, readonly string[]>, mark: string): string[] {
  return [...found].filter(([, marks]) => marks.includes(mark)).map(([place]) => place.replace(/ \d+$/, ''));
}

/** The look finds what is there, in each kind of process that has it: else finding nothing would say nothing. */
function expectSeen(found: ReadonlyMap<string, readonly string[]>): void {
  // Both only in the paper process and those that it started.
  expect(whoHas(found, 'document 1')).not.toEqual([]);
  expect(whoHas(found, 'scan 1')).not.toEqual([]);
}

/** What the counsellor's browser and the rig keep for the test is no business of the terminal's. */
function isTheTerminals(file: string, town: Town): boolean {
  const others = [town.printer.spool, '/playwright', '/wipe-x/', test.info().project.outputDir];
  return !others.some((other) => file.includes(other));
}

function cupsLogs(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('_log'));
  return names.map((name) => readFileSync(path.join(folder, name), 'latin1')).join('\n');
}
