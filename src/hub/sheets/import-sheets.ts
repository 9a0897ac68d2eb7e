/** Imports the open data of service-public.fr: npm run import-sheets -- FOLDER|ARCHIVE.zip (docs/operations.md). */
import { readConfiguration } from '../configuration.ts';
import { openDatabase } from '../database/open-database.ts';
import { importPublications } from './import/import-publications.ts';
import { openSheetFiles } from './import/sheet-files.ts';

const [path] = process.argv.slice(2);
const files = path === undefined ? null : await openSheetFiles(path);
if (!files) {
  console.error(
    path === undefined
      ? 'Which folder or archive? npm run import-sheets -- FOLDER|ARCHIVE.zip'
      : `${path}: no folder and no whole ZIP archive. Nothing was changed.`,
  );
  process.exit(2);
}
const database = await openDatabase(readConfiguration(process.env).database, (error) =>
  console.error(error.name),
);
const report = await importPublications(database, files, Date.now());
await database.close();
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
// What could not be read is no success, though everything else was imported.
if (report.failed.length > 0) process.exitCode = 1;
