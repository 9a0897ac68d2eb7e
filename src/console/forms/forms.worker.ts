/** One job on a PDF in a thread of its own: a hostile file can hang or fill this thread, which is ended then. */
import font from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf';
import { letterPdf } from '../letters/letter-pdf.ts';
import { receiptPdf } from '../receipt/receipt-pdf.ts';
import { sheetPdf } from '../sheets/sheet-pdf.ts';
import { fillPdf } from './fill-pdf.ts';
import { formJob } from './form-job.ts';
import { readForm } from './read-form.ts';

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  void answer(data);
});

async function answer(data: unknown): Promise<void> {
  const job = formJob.parse(data);
  if (job.kind === 'read') {
    postMessage(await readForm(job.bytes));
    return;
  }
  if (job.kind === 'letter') {
    const subject = (text: string) => `${job.subject}${text}`;
    postMessage(await letterPdf(job.letter, { ...job, subject, loadWideFont }));
    return;
  }
  if (job.kind === 'receipt') {
    postMessage(await receiptPdf(job.receipt, { date: job.date, loadWideFont }));
    return;
  }
  if (job.kind === 'sheet') {
    postMessage(await sheetPdf(job.sheet, { date: job.date, loadWideFont }));
    return;
  }
  postMessage(await fillPdf(job.bytes, job.draft, { ...job, loadWideFont }));
}

async function loadWideFont(): Promise<Uint8Array> {
  const response = await fetch(font);
  if (!response.ok) throw new Error(`The font answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
