/** A small app in the terminal's place, on its very runtime: it tells what it was let do. */
import { packAsar } from '../../scripts/setup/default-app.ts';

/** What its cookie holds, to look for on the disk. */
export const COOKIE = 'cookie-that-is-looked-for';

function app(name: string): string {
  return `
const { app, BrowserWindow, session } = require('electron');
console.log('app: ${name}');
app.commandLine.appendSwitch('disable-gpu');
app.whenReady().then(async () => {
  const kept = session.fromPartition('persist:probe');
  await kept.cookies.set({ url: 'https://probe.example', name: 'probe', value: '${COOKIE}', expirationDate: 4e9 });
  await kept.cookies.flushStore();
  const window = new BrowserWindow({ show: false });
  await window.loadFile(process.env.PROBE_PAGE);
  const read = await window.webContents.executeJavaScript(
    "fetch('file:///etc/passwd').then((answer) => answer.text()).then(() => 'read', () => 'refused')"
  );
  console.log('file: ' + read);
  console.log('done');
}).catch((error) => console.log('failed: ' + error.message));
`;
}

/** An archive with this app in it, which says its name. */
export function probeArchive(name: string): Buffer {
  return packAsar({
    'package.json': JSON.stringify({ name: 'probe', version: '1.0.0', main: 'main.js' }),
    'main.js': app(name),
  });
}

/** The same as a folder's files. */
export function probeFiles(name: string): Readonly<Record<string, string>> {
  return {
    'package.json': JSON.stringify({ name: 'probe', version: '1.0.0', main: 'main.js' }),
    'main.js': app(name),
  };
}
