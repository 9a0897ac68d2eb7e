/** Electron's `default_app.asar`: the app it runs when it carries none, here one that loads the folder it is given. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILES = {
  'package.json': JSON.stringify({ name: 'electron', type: 'module', main: 'main.js' }),
  // An ES module with a top-level await: Electron then holds `ready` back until the app's own main has run once.
  'main.js': `import { app } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!given) {
  console.error('Usage: electron <folder or file> [arguments]');
  app.exit(2);
} else {
  const place = path.resolve(given);
  let file = place;
  if (statSync(place).isDirectory()) {
    const manifest = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
    if (manifest.version) app.setVersion(manifest.version);
    app.setName(manifest.productName ?? manifest.name ?? 'Electron');
    app.setAppPath(place);
    file = path.join(place, manifest.main ?? 'index.js');
  } else {
    app.setAppPath(path.dirname(place));
  }
  await import(pathToFileURL(file).href);
}
`,
};

export function writeDefaultApp(resources: string): void {
  mkdirSync(resources, { recursive: true });
  writeFileSync(path.join(resources, 'default_app.asar'), packAsar(FILES));
}

/**
 * The asar format (https://github.com/electron/asar#format): two Chromium "pickles", the second holding a JSON
 * directory, then the files one after the other.
 */
export function packAsar(files: Readonly<Record<string, string>>): Buffer {
  let offset = 0;
  const directory: Record<string, { size: number; offset: string }> = {};
  const contents: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    directory[name] = { size: content.length, offset: String(offset) };
    contents.push(content);
    offset += content.length;
  }
  const json = Buffer.from(JSON.stringify({ files: directory }));
  const padded = Math.ceil(json.length / 4) * 4;
  const header = Buffer.alloc(16 + padded);
  header.writeUInt32LE(4, 0);
  header.writeUInt32LE(8 + padded, 4);
  header.writeUInt32LE(4 + padded, 8);
  header.writeUInt32LE(json.length, 12);
  json.copy(header, 16);
  return Buffer.concat([header, ...contents]);
}
