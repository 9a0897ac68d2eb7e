/** Files as a counsellor's own machine may hold them: good ones, and those that nobody should print. */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const A4: [number, number] = [595.28, 841.89];

/** A4, one line of text a page: "Feuille 1 sur 3". */
export async function madePdf(name: string, pages: number): Promise<MadeFile> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page += 1) {
    pdf.addPage(A4).drawText(`Feuille ${page} sur ${pages}`, { x: 72, y: 700, size: 24, font });
  }
  return made(name, await pdf.save());
}

export async function encryptedPdf(name: string): Promise<MadeFile> {
  const pdf = await PDFDocument.create();
  pdf.addPage(A4);
  pdf.encrypt({ userPassword: 'un secret', ownerPassword: 'un autre' });
  return made(name, await pdf.save());
}

/** It opens without a password; its author says whether it may be printed. */
export async function lockedPdf(name: string, printing: boolean): Promise<MadeFile> {
  const pdf = await PDFDocument.load((await madePdf(name, 1)).buffer);
  pdf.encrypt({ userPassword: '', ownerPassword: 'un autre', permissions: { printing } });
  return made(name, await pdf.save());
}

/** Cut in the middle, as a download that was broken off. */
export async function cutPdf(name: string): Promise<MadeFile> {
  const { buffer } = await madePdf(name, 3);
  return made(name, buffer.subarray(0, Math.floor(buffer.length / 2)));
}

/** It begins and ends like a PDF, and is none. */
export function brokenPdf(name: string): MadeFile {
  return made(name, `%PDF-1.7\n${'rien de bon\n'.repeat(50)}startxref\n9999\n%%EOF\n`);
}

export function letterNamedPdf(name: string): MadeFile {
  return made(name, 'Bonjour, ceci est une lettre.\n');
}

function made(name: string, bytes: Uint8Array | string): MadeFile {
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) };
}
