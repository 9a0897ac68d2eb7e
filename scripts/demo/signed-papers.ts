/** The sheets that came out of the printer, signed with a pen, as they lie in the scanner. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { readForm } from '../../src/console/forms/read-form.ts';
import { penAt, printed, scannedSheet } from '../../test/console/signing/made-sheets.ts';

const FORM = path.join(import.meta.dirname, '../../assets/forms/demande-aide-logement.pdf');

/** `file`: what the printer received, the last page first. PNM of 200 dots to the inch. */
export async function signedPapers(file: string): Promise<Buffer[]> {
  const model = await readForm(new Uint8Array(readFileSync(FORM)));
  if (!model.ok) throw new Error(model.failure.code);
  const { fields, pages } = model.value;
  const place = fields.find(({ kind }) => kind === 'signature')?.widgets[0];
  if (!place) throw new Error('The form has no place to sign.');
  const bytes = new Uint8Array(readFileSync(file));
  const sheets = pages.map(async (_page, at) => {
    const pen = pages.length - at === place.page ? { pen: penAt(place.place) } : {};
    return pnm(await scannedSheet(await printed(bytes, at + 1), pen));
  });
  return Promise.all(sheets);
}

async function pnm(picture: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  return Buffer.concat([Buffer.from(`P6\n${info.width} ${info.height}\n255\n`), data]);
}
