/** What is given to the person: plain text, which every computer opens and every printer prints. */
import type { PersonAnswer } from '#shared/protocol/data-protection.ts';
import { dataWords } from '../words/words.ts';
import { heldValue } from './held-value.ts';

/** UTF-8 with a mark at its beginning, by which old editors know it, and the line ends of Windows. */
export function heldFile({ at, held }: PersonAnswer): Uint8Array<ArrayBuffer> {
  const parts = [
    [dataWords.fileTitle, dataWords.fileAt(at)],
    ...held.map((one) => [
      one.what,
      dataWords.at(one.at),
      ...one.fields.map(({ name, value }) => dataWords.line(name, heldValue(value))),
    ]),
  ];
  const text = parts.map((lines) => lines.join('\n')).join('\n\n');
  return new TextEncoder().encode(`\uFEFF${text}\n`.replaceAll('\n', '\r\n'));
}
