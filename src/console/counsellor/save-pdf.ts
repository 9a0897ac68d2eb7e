/** Hands the scanned pages to the counsellor as one file, through the browser's own download. */
import { saveFile } from '../save-file.ts';
import { scanFileName } from './scan-file-name.ts';
import type { KeptPage } from './use-scan-result.ts';

export interface SavedPdf {
  readonly name: string;
  readonly documentIds: readonly string[];
}

/** Null where a page cannot be read as a picture. */
export async function savePdf(pages: readonly KeptPage[]): Promise<SavedPdf | null> {
  const whole = pages.flatMap(({ page, state }) =>
    state.kind === 'here' ? [{ page, jpeg: state.bytes }] : [],
  );
  // Loaded at the first save: the library is larger than the rest of the console.
  const { assembleScan } = await import('./scan-assembly.ts');
  const date = new Date();
  const bytes = await assembleScan(
    whole.map(({ page, jpeg }) => ({
      jpeg,
      width: page.width,
      height: page.height,
      resolution: page.resolution,
    })),
    date,
  );
  if (!bytes) return null;
  const name = scanFileName(date);
  saveFile(name, bytes, 'application/pdf');
  return { name, documentIds: whole.map(({ page }) => page.documentId) };
}
