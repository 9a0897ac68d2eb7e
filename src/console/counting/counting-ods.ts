/** OpenDocument 1.3, the least that a spreadsheet program opens: one sheet, its words as text and its numbers as numbers. */
import { strToU8, zipSync } from 'fflate';
import { countingWords } from '../words/words.ts';
import type { CountingRow } from './counting-rows.ts';

export const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';
const XML = '<?xml version="1.0" encoding="UTF-8"?>';

export function countingOds(rows: readonly CountingRow[]): Uint8Array<ArrayBuffer> {
  const lines = [
    countingWords.table.columns.map(textCell),
    ...rows.map(({ words, count }) => [
      ...words.map(textCell),
      count === null ? textCell(countingWords.hidden) : numberCell(count),
    ]),
  ].map((cells) => `<table:table-row>${cells.join('')}</table:table-row>`);
  const content = `${XML}<office:document-content xmlns:office="${OASIS}:office:1.0" xmlns:table="${OASIS}:table:1.0" xmlns:text="${OASIS}:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="${escaped(countingWords.page)}"><table:table-column table:number-columns-repeated="${countingWords.table.columns.length}"/>${lines.join('')}</table:table></office:spreadsheet></office:body></office:document-content>`;
  const manifest = `${XML}<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${ODS_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;
  // Its type comes first, and as it is: programs look for it at byte 38 (OpenDocument 1.3, part 2, 3.3).
  return zipSync({
    mimetype: [strToU8(ODS_TYPE), { level: 0 }],
    'content.xml': strToU8(content),
    'META-INF/manifest.xml': strToU8(manifest),
  });
}

/** Text is never computed here, whatever it begins with. */
function textCell(text: string): string {
  return `<table:table-cell office:value-type="string"><text:p>${escaped(text)}</text:p></table:table-cell>`;
}

function numberCell(count: number): string {
  return `<table:table-cell office:value-type="float" office:value="${count}"><text:p>${count}</text:p></table:table-cell>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Without the characters that XML does not have (XML 1.0, 2.2). */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
