/**
 * The sandboxed process (entry): opens the one PDF that its parent put under DOCUMENT_FD and answers with pictures. It
 * has no network, reads no other file, writes none and starts nothing (sandbox.ts); PDFium itself is WebAssembly that
 * cannot leave its own memory.
 */
import { closeSync, fstatSync, readSync } from 'node:fs';
import { fail, type Result } from '#shared/failure.ts';
import {
  DOCUMENT_FD,
  type DrawnPage,
  type OpenedDocument,
  type PagesQuestion,
  pagesQuestion,
} from './contract.ts';
import { codeRows } from './page-rows.ts';
import { type PdfEngine, startPdfEngine } from './pdf-engine.ts';

const READ_AT_ONCE = 1024 * 1024;

/** The engine takes the document in pieces, so that it lies in memory once. */
async function openDocument(): Promise<{ engine: PdfEngine; opened: Result<{ readonly pages: number }> }> {
  const engine = await startPdfEngine();
  const { size } = fstatSync(DOCUMENT_FD);
  const opened = engine.open(size, (at, into) => {
    const length = Math.min(READ_AT_ONCE, into.length);
    return readSync(DOCUMENT_FD, into, 0, length, at);
  });
  closeSync(DOCUMENT_FD);
  return { engine, opened };
}

const ready = openDocument();

async function answer(question: PagesQuestion): Promise<Result<OpenedDocument | DrawnPage>> {
  const { engine, opened } = await ready;
  if (!opened.ok) return opened;
  if (question.kind === 'open') return engine.check(question.maxPages);
  const drawn = engine.draw(question.page);
  return drawn.ok ? { ok: true, value: codeRows(drawn.value) } : drawn;
}

process.on('message', (raw) => {
  const question = pagesQuestion.safeParse(raw);
  // A parent that does not keep the contract is a bug; this process says so by its end.
  if (!question.success) process.exit(2);
  answer(question.data).then(
    (result) => process.send?.(result),
    // The engine ran out of memory or tripped: its state is lost with this process.
    () => process.send?.(fail('documentBroken'), undefined, undefined, () => process.exit(1)),
  );
});
process.once('disconnect', () => process.exit());
