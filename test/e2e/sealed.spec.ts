/** The hub carries every document of a visit, and nothing of any of them can be found in it. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, FORM, test } from './fixtures.ts';

/** Of each document so many pieces are looked for. */
const PIECES = 60;
const PIECE_BYTES = 20;

const MARK = 'MARQUE-7f3a-Lefebvre-1969';
const TYPED = 'Zelmira-Trestaillon';

async function markedPdf(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]).drawText('Lettre', { x: 60, y: 700, size: 20 });
  await pdf.attach(new Uint8Array(randomBytes(4_000)), 'annexe.bin');
  // A comment: its words are bytes of the file.
  return Buffer.concat([await pdf.save(), Buffer.from(`\n%${MARK}\n%%EOF\n`)]);
}

function piecesOf(bytes: Buffer): Buffer[] {
  const step = Math.floor((bytes.length - PIECE_BYTES) / PIECES);
  return Array.from({ length: PIECES }, (_, i) => bytes.subarray(i * step, i * step + PIECE_BYTES)).filter(
    // Words of every PDF, zeros and the like are everywhere.
    (piece) => new Set(piece).size > PIECE_BYTES / 2 && piece.some((byte) => byte > 127),
  );
}

function filesIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file));
}

test('no byte of a document is in the hub’s database, on its disk or in its log', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const letter = await markedPdf();
  await nadia.dropFile({ name: 'lettre.pdf', mimeType: 'application/pdf', buffer: letter });
  await nadia.showOnDesk('lettre.pdf');
  await nadia.preview('lettre.pdf');
  await nadia.closePreview();
  await nadia.takeForm(FORM);
  await nadia.fill(FORM);
  await nadia.page.locator('.fill-side').getByLabel('Prénoms').fill(TYPED);
  await resident.expectDesk(TYPED);
  await nadia.leaveFilling();
  await nadia.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('1 page reçue');
  const scanned = await nadia.saveScan();
  // In the middle of the visit: everything the hub has of it is there.
  const kept = [...filesIn(town.hub.folder), Buffer.from(town.hub.output())];
  const holds = (piece: Buffer | string) => kept.some((bytes) => bytes.includes(piece));
  // The eyes work: what the hub must have is found.
  expect(holds('Office des familles')).toBe(true);
  expect(letter.includes(MARK)).toBe(true);
  for (const secret of [MARK, TYPED, 'lettre.pdf']) expect(holds(secret), secret).toBe(false);
  const pieces = [...piecesOf(letter), ...piecesOf(scanned)];
  expect(pieces.length).toBeGreaterThan(PIECES / 2);
  const found = pieces.filter(holds);
  expect(found.map((piece) => piece.toString('latin1'))).toEqual([]);
});
