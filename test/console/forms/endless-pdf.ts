/** A PDF of some kB that unpacks to hundreds of megabytes, ten times: the library works at it for a minute and more. */
import { createDeflate, deflateSync } from 'node:zlib';

const MEGABYTES = 700;
const TIMES = 10;

export async function endlessPdf(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const deflate = createDeflate({ level: 9 });
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  const zeros = new Uint8Array(1 << 20);
  for (let at = 0; at < MEGABYTES; at += 1) {
    if (!deflate.write(zeros)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  const ended = new Promise((resolve) => deflate.once('end', resolve));
  deflate.end();
  await ended;
  const packed = deflateSync(Buffer.concat(chunks), { level: 9 });
  const before = [
    '%PDF-1.7',
    '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj',
    '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj',
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj',
  ].join('\n');
  const streams = Array.from({ length: TIMES }, (_, at) => [
    Buffer.from(
      `\n${at + 4} 0 obj\n<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length ${packed.length}>>\nstream\n`,
    ),
    packed,
    Buffer.from('\nendstream\nendobj'),
  ]);
  const end = Buffer.from('\ntrailer\n<</Root 1 0 R>>\n%%EOF\n');
  return Buffer.concat([Buffer.from(before), ...streams.flat(), end]);
}
