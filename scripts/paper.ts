/**
 * `npm run paper -- FILE.pdf|FOLDER…`: what would become of these papers in a visit. Each goes through the terminal's own
 * paper process and out of the rig's printer; one line of JSON says what happened. Exits 1 where one crashed, hung, or
 * did not come out whole without having been refused.
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { startPrinter } from '#rig/printer/printer.ts';
import { endLeftovers } from '#rig/run-folder.ts';
import { tryFile } from './paper/try-file.ts';
import { ensureSystemPackages } from './setup/system-packages.ts';

const files = process.argv.slice(2).flatMap(filesOf);
if (files.length === 0) {
  console.error('Usage: npm run paper -- FILE.pdf|FOLDER…');
  process.exit(2);
}
endLeftovers();
if (ensureSystemPackages(['printer', 'documents']).size > 0) process.exit(1); // It has said what to install.

const printer = await startPrinter({ pagesPerMinute: 6_000 });
let seen = 0;
let failures = 0;
try {
  for (const file of files) {
    const outcome = await tryFile(file, { printerUri: printer.printerUri, printedFiles });
    if (!outcome.ok) failures += 1;
    console.log(JSON.stringify(outcome));
  }
} finally {
  await printer.close();
}
process.exit(failures > 0 ? 1 : 0);

/** Since the last time. */
function printedFiles(): readonly string[] {
  const all = printer.printedFiles();
  const news = all.slice(seen);
  seen = all.length;
  return news;
}

/** Relative to where the command was given, which npm remembers. */
function filesOf(name: string): string[] {
  const found = path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
  if (!statSync(found).isDirectory()) return [found];
  return readdirSync(found)
    .filter((entry) => /\.pdf$/i.test(entry))
    .sort()
    .map((entry) => path.join(found, entry));
}
