/** An Electron application that does nothing but open one window, to measure the terminal against. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeRunFolder } from '#rig/run-folder.ts';

/** As large as the face screen, and as closed to its page. */
const MAIN = `import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, session } from 'electron';
ipcMain.on('painted', () => process.stdout.write('bare.painted\\n'));
void app.whenReady().then(() => {
  session.defaultSession.setPermissionRequestHandler((_page, _permission, answer) => answer(true));
  const window = new BrowserWindow({
    show: false, frame: false, x: 0, y: 0, width: 1920, height: 1080,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.showInactive());
  void window.loadFile('index.html');
});
`;
const PRELOAD = `const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('bare', { painted: () => ipcRenderer.send('painted') });
`;
/** The callback of the second frame runs once the first one is on the glass: as the terminal's own pages tell it. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>bare</title><script>
requestAnimationFrame(() => requestAnimationFrame(() => bare.painted()));
</script>`;

/** Writes the application into a folder of this run and returns that folder. */
export function writeBareElectron(): string {
  const folder = makeRunFolder('bare');
  writeFileSync(path.join(folder, 'package.json'), '{"name":"bare","type":"module","main":"main.js"}\n');
  writeFileSync(path.join(folder, 'main.js'), MAIN);
  writeFileSync(path.join(folder, 'preload.cjs'), PRELOAD);
  writeFileSync(path.join(folder, 'index.html'), PAGE);
  return folder;
}
