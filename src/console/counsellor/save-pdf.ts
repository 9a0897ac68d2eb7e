/** Hands the scanned documents to the counsellor as one file each, through the browser's own download. */
import { fileDigest } from '../file-digest.ts';
import type { KeptFile } from '../receipt/receipt-notes.ts';
import { saveFile } from '../save-file.ts';
import { scanFileName } from './scan-file-name.ts';
import type { KeptDocument } from './use-scan-result.ts';

/** The files' names; null where a page cannot be read as a picture: what came before it is saved. */
export async function savePdf(
  documents: readonly KeptDocument[],
  /** PDF/A. */
  archive: boolean,
  /** The document's signature, and what was saved of it. */
  onSaved: (signature: string, file: KeptFile) => void,
): Promise<readonly string[] | null> {
  // Loaded at the first save: the library is larger than the rest of the console.
  const { assembleScan } = await import('./scan-assembly.ts');
  const date = new Date();
  const names: string[] = [];
  for (const [index, { pages, onOneSheet, signature }] of documents.entries()) {
    const pictures = pages.flatMap(({ page, state, words }) =>
      state.kind === 'here'
        ? [{ jpeg: state.bytes, width: page.width, height: page.height, resolution: page.resolution, words }]
        : [],
    );
    const sheets = onOneSheet ? [pictures] : pictures.map((one) => [one]);
    const bytes = await assembleScan(sheets, { date, archive });
    if (!bytes) return null;
    const name = scanFileName(date, documents.length > 1 ? index + 1 : null);
    saveFile(name, bytes, 'application/pdf');
    names.push(name);
    onSaved(signature, {
      ...{ kind: 'scanned', name, pages: sheets.length, digest: await fileDigest(bytes) },
      key: `scanned:${pages[0]?.page.original}`,
    });
  }
  return names;
}
