/** Hands the scanned documents to the counsellor as one file each, through the browser's own download. */
import { fileDigest } from '../file-digest.ts';
import type { KeptFile } from '../receipt/receipt-notes.ts';
import { saveFile } from '../save-file.ts';
import { scanFileName } from './scan-file-name.ts';
import type { KeptDocument } from './use-scan-result.ts';

/** Their names; picture: a page cannot be read as one, what came before it is saved · library: the hub cannot be reached. */
export type SavedPdfs =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly missing: 'picture' | 'library' };

type Assembly = typeof import('./scan-assembly.ts');

/** The library is larger than the rest of the console: it is had ready once there is something to save. */
export function loadAssembly(): Promise<Assembly | null> {
  // Null: it comes from the hub, which may be away. Whoever saves asks again.
  return import('./scan-assembly.ts').catch(() => null);
}

export async function savePdf(
  documents: readonly KeptDocument[],
  /** PDF/A. */
  archive: boolean,
  /** The document's signature, and what was saved of it. */
  onSaved: (signature: string, file: KeptFile) => void,
): Promise<SavedPdfs> {
  const assembly = await loadAssembly();
  if (!assembly) return { ok: false, missing: 'library' };
  const date = new Date();
  const names: string[] = [];
  for (const [index, { pages, onOneSheet, signature }] of documents.entries()) {
    const pictures = pages.flatMap(({ page, state, words }) =>
      state.kind === 'here'
        ? [{ jpeg: state.bytes, width: page.width, height: page.height, resolution: page.resolution, words }]
        : [],
    );
    const sheets = onOneSheet ? [pictures] : pictures.map((one) => [one]);
    const bytes = await assembly.assembleScan(sheets, { date, archive });
    if (!bytes) return { ok: false, missing: 'picture' };
    const name = scanFileName(date, documents.length > 1 ? index + 1 : null);
    saveFile(name, bytes, 'application/pdf');
    names.push(name);
    onSaved(signature, {
      ...{ kind: 'scanned', name, pages: sheets.length, digest: await fileDigest(bytes) },
      key: `scanned:${pages[0]?.page.original}`,
    });
  }
  return { ok: true, names };
}
