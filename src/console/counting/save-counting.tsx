/** The same figures as files. Each is made in the page, from what the page shows: none of them can say more. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { CountingAnswer } from '#shared/protocol/counting.ts';
import { Notice } from '../parts/notice.tsx';
import { saveFile } from '../save-file.ts';
import { countingWords } from '../words/words.ts';
import { countingCsv } from './counting-csv.ts';
import { countingRows } from './counting-rows.ts';

export function SaveCounting({ counting }: { readonly counting: CountingAnswer }) {
  const [failed, setFailed] = useState(false);
  const { year } = counting;

  /** What writes a file comes from the hub, which may be away. */
  async function save<T>(load: Promise<T>, write: (library: T) => Promise<void> | void): Promise<void> {
    const library = await load.catch(() => null);
    setFailed(library === null);
    if (library !== null) await write(library);
  }
  const saveCsv = () =>
    saveFile(countingWords.file(year, 'csv'), countingCsv(countingRows(counting)), 'text/csv;charset=utf-8');
  const saveOds = () =>
    save(import('./counting-ods.ts'), ({ countingOds, ODS_TYPE }) =>
      saveFile(countingWords.file(year, 'ods'), countingOds(countingRows(counting)), ODS_TYPE),
    );
  const savePdf = () =>
    save(Promise.all([import('./report-pdf.ts'), import('./report-fonts.ts')]), async (libraries) => {
      const [{ reportPdf }, { fetchReportFonts }] = libraries;
      const fonts = await fetchReportFonts();
      setFailed(fonts === null);
      if (!fonts) return;
      saveFile(countingWords.reportFile(year), await reportPdf(counting, fonts), 'application/pdf');
    });
  return (
    <section className="counting-save" aria-labelledby="counting-save">
      <h2 id="counting-save">{countingWords.exports}</h2>
      <div className="counting-buttons">
        <Button className="button primary" onPress={() => void savePdf()}>
          {countingWords.pdf}
        </Button>
        <Button className="button" onPress={() => void saveOds()}>
          {countingWords.ods}
        </Button>
        <Button className="button" onPress={saveCsv}>
          {countingWords.csv}
        </Button>
      </div>
      {failed && (
        <Notice tone="bad" urgent onDismiss={() => setFailed(false)}>
          {countingWords.notSaved}
        </Notice>
      )}
    </section>
  );
}
