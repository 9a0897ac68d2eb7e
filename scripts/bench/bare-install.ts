/**
 * From a bare Debian to a terminal that waits for its first resident, word for word as docs/install.md says: its blocks of
 * commands are run in a root that debootstrap made. What Debian's packages weigh on the network here is in it.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeBootedRoot } from '#rig/booted-root.ts';
import { startHub } from '#rig/hub-process.ts';
import { startPrinterDevice } from '#rig/printer/printer-device.ts';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { serveRepository } from '../../test/build/served-repository.ts';
import { copyOfRepository, makeKey, startRepository } from '../../test/build/signed-repository.ts';
import { TWO_DISPLAYS } from '../../test/build/two-displays.ts';
import { root as checkout } from '../build/targets.ts';
import type { Measurement } from './figure.ts';
import { withClosers } from './with-closers.ts';

/** ms: the five minutes. */
const MOST = 5 * 60_000;
/** What a machine with two displays, a graphics card and a name of its own has by itself. */
const STANDS_FOR_HARDWARE = 'xserver-xorg-core xserver-xorg-video-dummy x11-xserver-utils';

export function measureBareInstall(): Promise<Measurement> {
  return withClosers(async (close) => {
    const bare = path.join(makeRunFolder('bare'), 'root');
    await runCommand(
      'debootstrap',
      [
        ...['--include=dbus,udev,ca-certificates,libpam-systemd,systemd-sysv'],
        ...['bookworm', bare, 'http://deb.debian.org/debian'],
      ],
      { timeoutMs: 600_000 },
    );
    copyFileSync('/etc/hosts', path.join(bare, 'etc/hosts'));
    const key = await makeKey();
    close(key.close);
    await startRepository(key);
    const served = await serveRepository(copyOfRepository());
    close(served.close);
    const hub = await startHub();
    close(hub.close);
    const printer = await startPrinterDevice(makeRunFolder('printer'), makeRunFolder('spool'), 60);
    close(printer.close);
    const root = await makeBootedRoot([], bare);
    close(root.close);
    const sh = (line: string) => root.run('sh', ['-ec', line], { timeoutMs: 900_000 });
    const write = (file: string, text: string, mode: number) => {
      const whole = path.join(root.folder, file);
      mkdirSync(path.dirname(whole), { recursive: true });
      writeFileSync(whole, text);
      chmodSync(whole, mode);
    };
    await sh(
      `apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install ${STANDS_FOR_HARDWARE}`,
    );
    for (const [file, { text, mode }] of Object.entries(TWO_DISPLAYS)) write(file, text, mode);
    await root.boot();
    const blocks = commandsOf(path.join(checkout, 'docs/install.md'), served.address);
    const answers = [hub.origin, 'Saint-Martin-des-Prés', hub.demo.enrolmentCode, printer.uri, '0', 'o', ''];
    await sh(`cat > /root/typed <<'END'\n${answers.join('\n')}\nEND`);
    const start = performance.now();
    for (const block of blocks) {
      const began = performance.now();
      console.log(await sh(`(${block}) < /root/typed 2>&1 | tail -30`));
      console.log(`  ${Math.round((performance.now() - began) / 1000)} s`);
    }
    const took = performance.now() - start;
    const waits = await sh('cat /run/vis-a-vis/condition.json');
    if (!/"hubLinked":true/.test(waits)) throw new Error(`It does not wait for anybody: ${waits}`);
    return { unit: 'ms', values: [took], baselines: [], allowance: { kind: 'most', amount: MOST } };
  });
}

/** The blocks that the operator types, with our repository for the one that is made up; trials are never stable. */
function commandsOf(file: string, address: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) =>
    block
      .replaceAll('https://paquets.example.fr stable', `${address} pilot`)
      .replaceAll('https://paquets.example.fr', address),
  );
}
