/**
 * `npm run demo`: the whole of Vis-à-vis on this machine. With a display: ordinary windows to play with. Without one,
 * or with --headless: one whole visit plays by itself and leaves its pictures and papers in demo-output/.
 */
import { join } from 'node:path';
import { endLeftovers } from '#rig/run-folder.ts';
import { build } from './build.ts';
import { openDemo } from './demo/open-demo.ts';
import { playVisit } from './demo/play-visit.ts';
import { ensureElectronRuntime } from './setup/electron-runtime.ts';
import { ensureSystemPackages } from './setup/system-packages.ts';

const flags = new Set(process.argv.slice(2));
const headless = flags.has('--headless') || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

endLeftovers();
if (ensureSystemPackages().size > 0) process.exit(1); // It has said what to install.
await ensureElectronRuntime();
await build();

if (headless) {
  const output = join(import.meta.dirname, '..', 'demo-output');
  const ok = await playVisit(output, (line) => console.log(line));
  console.log(ok ? `\nLa visite s’est bien passée : ${output}` : `\nLa visite a échoué : voir ${output}`);
  process.exit(ok ? 0 : 1);
} else {
  await openDemo({ kiosk: flags.has('--kiosk'), print: (line) => console.log(line) });
}
