/** Opens a PDF that may be anything: what is foreseen is a failure, not a throw. */
import { EncryptedPDFError, PDFDocument } from '@cantoo/pdf-lib';
import { fail, type Result, succeed } from '#shared/failure.ts';

/** A form for people has fewer; each page and field costs the counsellor's browser. */
export const PAGES_LIMIT = 500;

/** Failures: documentEncrypted, documentTooManyPages, documentBroken. */
export async function openPdf(bytes: Uint8Array): Promise<Result<PDFDocument>> {
  try {
    // An object that the library cannot read stays in the file as it is.
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    const pages = document.getPageCount();
    if (pages === 0) return fail('documentBroken');
    return pages > PAGES_LIMIT ? fail('documentTooManyPages') : succeed(document);
  } catch (error) {
    // The library throws for whatever it cannot read, and names none of it but encryption.
    return fail(error instanceof EncryptedPDFError ? 'documentEncrypted' : 'documentBroken');
  }
}
