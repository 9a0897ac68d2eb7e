/** A thread of the paper process that runs PDFium, so that a page without end can be ended. Spoken to by pdf-desk.ts. */
import { parentPort } from 'node:worker_threads';
import { fail } from '#shared/failure.ts';
import type { PdfAnswer, PdfQuestion } from './pdf-desk.ts';
import { type PdfEngine, startPdfEngine } from './pdf-engine.ts';

const port = parentPort;
if (!port) throw new Error('pdf-worker.ts is a worker thread');

const engine = await startPdfEngine();

port.on('message', (question: PdfQuestion) => {
  const answer = answerTo(engine, question);
  const moved = answer.ok && 'pixels' in answer.value ? [answer.value.pixels.buffer] : [];
  port.postMessage(answer, moved);
});

function answerTo(pdf: PdfEngine, question: PdfQuestion): PdfAnswer {
  if (question.bytes) {
    const opened = pdf.open(question.bytes);
    if (!opened.ok) return opened;
    if (question.kind === 'check') {
      if (opened.value.pages > question.maxPages) return fail('documentTooManyPages');
      return pdf.isSound() ? opened : fail('documentBroken');
    }
  }
  return question.kind === 'draw'
    ? pdf.draw(question.page, question.maxWidth, question.maxHeight)
    : fail('unexpected');
}
