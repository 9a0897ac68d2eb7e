/** `npm run dist`: the terminal as an unpacked application in dist/package/linux-unpacked, without network. */
import path from 'node:path';
import { build } from './build.ts';
import { root, runStep } from './check/step.ts';
import { ensureElectronRuntime } from './setup/electron-runtime.ts';

const runtime = await ensureElectronRuntime();
if (!runtime.official) console.log(`With Electron ${runtime.version}: for trials, never to be shipped.`);
await build({ only: ['main', 'preload', 'renderer'] });
const ok = await runStep({
  name: 'electron-builder',
  program: 'electron-builder',
  args: [
    ...['--linux', 'dir', '--publish', 'never', '--config', path.join(root, 'electron-builder.yml')],
    ...[`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`],
  ],
});
process.exitCode = ok ? 0 : 1;
