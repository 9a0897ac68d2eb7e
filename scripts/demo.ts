/**
 * `npm run demo`: the whole of Vis-à-vis on this machine. With a display: ordinary windows to play with. Without one,
 * or with --headless: one whole visit plays by itself and leaves its pictures and papers in demo-output/. Where the calls
 * are made: demo/demo-deployment.ts.
 */
import { join } from 'node:path';
import { endLeftovers } from '#rig/run-folder.ts';
import { build } from './build.ts';
import { openDeployment } from './demo/demo-deployment.ts';
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
const deployment = await openDeployment({
  jitsi: flags.has('--jitsi'),
  domain: process.env.JITSI_DOMAIN,
  file: process.env.HUB_JITSI_FILE,
  ignoreCertificate: flags.has('--ignore-certificate'),
});
if (deployment.origin) console.log(`Les appels passent par ${deployment.origin} (${deployment.kind}).`);
if (flags.has('--ignore-certificate') && deployment.switches.length > 0) {
  console.log(
    'Attention : le certificat de ce serveur n’est pas vérifié. Pour un serveur d’essai seulement.',
  );
}

if (headless) {
  const output = join(import.meta.dirname, '..', 'demo-output');
  const ok = await playVisit({ output, deployment, print: (line) => console.log(line) });
  console.log(ok ? `\nLa visite s’est bien passée : ${output}` : `\nLa visite a échoué : voir ${output}`);
  await deployment.close();
  process.exit(ok ? 0 : 1);
} else {
  await openDemo({ kiosk: flags.has('--kiosk'), deployment, print: (line) => console.log(line) });
}
