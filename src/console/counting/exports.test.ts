/** The files that leave the page, read back by other programs than those that wrote them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import sax from 'sax';
import { describe, expect, it } from 'vitest';
import { countingCsv } from './counting-csv.ts';
import { countingOds, ODS_TYPE } from './counting-ods.ts';
import { type CountingRow, countingRows } from './counting-rows.ts';
import { madeYear } from './made-year-bench.ts';
import { reportPdf } from './report-pdf.ts';

const run = promisify(execFile);
const NASTY = [
  '=HYPERLINK("http://a.example")',
  '+33',
  '-1',
  '@SUM(A1)',
  '\t=1',
  ' =1+1',
  'dit "non"; puis\nrien',
];
const row = (detail: string, count: number | null = 7): CountingRow => ({
  words: ['2026', '2025-12-29', '2026-11-01', 'Visites par motif', detail],
  count,
});
const decoded = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** As RFC 4180 says, and by no other rule. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && bare === '') continue;
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

function readOds(bytes: Uint8Array): string[][] {
  const rows: string[][] = [];
  const parser = sax.parser(true);
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    if (name === 'table:table-row') rows.push([]);
    if (name === 'table:table-cell') rows.at(-1)?.push(`${attributes['office:value-type']} `);
  };
  parser.ontext = (text) => {
    const cells = rows.at(-1);
    if (cells) cells[cells.length - 1] += text;
  };
  parser.write(decoded(unzipSync(bytes)['content.xml'] ?? new Uint8Array())).close();
  return rows;
}

describe('the table', () => {
  it('has every figure of the year and its months, and what is hidden stays so', () => {
    const rows = countingRows(madeYear());
    const found = (...words: string[]) =>
      rows.find((one) => words.every((word) => one.words.includes(word)))?.count;
    expect(found('2026', 'Visites', 'Total')).toBe(184);
    expect(found('2026-03', 'Visites', 'Total')).toBeNull();
    expect(found('2026', 'Visites par organisme', 'Caisse agricole')).toBe(30);
    expect(found('2026', 'Autre motif (Office des familles du Val-Clair)')).toBe(34);
    expect(new Set(rows.map(({ words }) => words.length))).toEqual(new Set([5]));
  });
});

describe('CSV', () => {
  it('is read back as it was, with its mark and in French manner', () => {
    const bytes = countingCsv(countingRows(madeYear()));
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = readCsv(decoded(bytes).slice(1));
    expect(lines[0]).toEqual(['Période', 'Du', 'Au', 'Rubrique', 'Détail', 'Nombre']);
    expect(lines[1]).toEqual(['2026', '2025-12-29', '2026-11-01', 'Visites', 'Total', '184']);
    expect(lines.length).toBe(countingRows(madeYear()).length + 1);
  });

  it('lets no motive be computed', () => {
    const lines = readCsv(decoded(countingCsv(NASTY.map((text) => row(text)))).slice(1)).slice(1);
    expect(lines.map((line) => line[4])).toEqual(NASTY.map((text, at) => (at < 6 ? `'${text}` : text)));
    expect(lines.every((line) => line.length === 6 && line[5] === '7')).toBe(true);
  });
});

describe('ODS', () => {
  it('says its type where programs look for it', () => {
    const bytes = countingOds([row('a')]);
    expect(decoded(bytes.slice(30, 38 + ODS_TYPE.length))).toBe(`mimetype${ODS_TYPE}`);
    expect(Object.keys(unzipSync(bytes))).toEqual(['mimetype', 'content.xml', 'META-INF/manifest.xml']);
  });

  it('keeps numbers as numbers and everything else as text', () => {
    const odd = 'a < b & "c" \u0001 \ud800 الاسم';
    const rows = readOds(countingOds([row(odd), row('=1+1', null)]));
    expect(rows[1]?.slice(4)).toEqual(['string a < b & "c"   الاسم', 'float 7']);
    expect(rows[2]?.slice(4)).toEqual(['string =1+1', 'string caché']);
  });
});

describe('the report', () => {
  async function written(change: Parameters<typeof madeYear>[0] = {}) {
    const font = (name: string) =>
      readFile(path.join('node_modules/@expo-google-fonts/noto-sans', name)).then(
        (bytes) => new Uint8Array(bytes),
      );
    const fonts = {
      regular: await font('400Regular/NotoSans_400Regular.ttf'),
      bold: await font('700Bold/NotoSans_700Bold.ttf'),
    };
    const folder = await mkdtemp(path.join(tmpdir(), 'report-'));
    const file = path.join(folder, 'report.pdf');
    await writeFile(file, await reportPdf(madeYear(change), fonts));
    if (process.env.REPORT_SHOT) await run('pdftoppm', ['-r', '110', '-png', file, process.env.REPORT_SHOT]);
    const [{ stdout: info }, { stdout: text }] = await Promise.all([
      run('pdfinfo', [file]),
      run('pdftotext', ['-layout', file, '-']),
    ]);
    await rm(folder, { recursive: true });
    return { info, text: text.replaceAll('\u00a0', ' ') };
  }

  it('is one page with what the mayor will say', async () => {
    const { info, text } = await written();
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(info).toContain('A4');
    for (const said of ['Vis-à-vis en 2026', 'Saint-Martin-des-Prés', '184', '9 240', '81 %', 'caché']) {
      expect(text).toContain(said);
    }
  });

  it.each([
    ['Arabic', 'بلدية سان مارتان'],
    ['three hundred letters', 'Saint-Martin-des-Prés-sur-Loire '.repeat(10)],
    ['nothing known', ''],
  ])('is one page with a name of %s', async (_what, name) => {
    const [year, ...months] = madeYear().periods;
    if (!year) throw new Error('No year.');
    const bodies = Array.from({ length: 30 }, (_, at) => ({ name: `${name} ${at}`, visits: 30 - at }));
    const { info, text } = await written({
      scope: { kind: 'mairie', name },
      periods: [{ ...year, bodies, atLeast: true, travel: null, answered: null }, ...months],
    });
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(text).toContain('et 23 autres');
    expect(text).toContain('184');
  });
});
