/** A machine that boots, with the kiosk package installed from a signed repository, two displays and a hub. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BootedRoot, makeBootedRoot } from '../rig/booted-root.ts';
import { type HubProcess, startHub } from '../rig/hub-process.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';
import { saveXwdAsPng } from '../rig/xwd.ts';
import { inventory } from './inventory.ts';
import { serveRepository } from './served-repository.ts';
import { copyOfRepository, makeKey, startRepository, type ThrowawayKey } from './signed-repository.ts';
import { trustRepository } from './trust-repository.ts';
import { TWO_DISPLAYS } from './two-displays.ts';

export interface BootedTerminal {
  readonly root: BootedRoot;
  readonly hub: HubProcess;
  readonly key: ThrowawayKey;
  /** The folder that is served to its apt. */
  readonly repository: string;
  /** What was on its disk before our packages were. */
  readonly before: ReadonlySet<string>;
  /** Runs a shell line in it as root; what it wrote. */
  readonly sh: (line: string) => Promise<string>;
  readonly write: (file: string, text: string) => void;
  /** Of the boot that is under way. */
  readonly journal: () => Promise<string>;
  /** Until both screens are, in this boot. */
  readonly untilPainted: () => Promise<void>;
  /** Both screens, side by side, as a PNG. */
  readonly screenshot: () => Promise<string>;
  /** Empty: none runs. */
  readonly terminalPid: () => Promise<string>;
  readonly close: () => Promise<void>;
}

const APT = 'DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends';
const SESSION = '/run/vis-a-vis/session';
/** What else it needs comes from Debian: what is looked at is what ours leaves. */
const OF_DEBIAN =
  'lightdm nftables pipewire-pulse wireplumber dbus-user-session unattended-upgrades xserver-xorg-input-libinput xserver-xorg-video-dummy';

/** @param configured false: nobody told the terminal yet what it is to be. */
export async function startBootedTerminal({ configured = true } = {}): Promise<BootedTerminal> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const key = await makeKey();
    closers.push(key.close);
    await startRepository(key);
    const repository = copyOfRepository();
    const root = await makeBootedRoot([repository]);
    closers.push(root.close);
    const sh = (line: string) => root.run('sh', ['-ec', line], { timeoutMs: 280_000 });
    const write = (file: string, text: string, mode = 0o644) => {
      const whole = path.join(root.folder, file);
      mkdirSync(path.dirname(whole), { recursive: true });
      writeFileSync(whole, text);
      chmodSync(whole, mode);
    };
    // Not the folder: its own /tmp, in memory, will lie over it.
    const served = await serveRepository(repository);
    closers.push(served.close);
    await sh(trustRepository(repository, 'pilot', served.address));
    await sh(`${APT} update 2>&1`);
    // Of machines that build: on a terminal, packages start and stop what they bring.
    await sh('rm -f /usr/sbin/policy-rc.d');
    await sh(`${APT} install ${OF_DEBIAN} 2>&1`);
    const before = await inventory({ sh });
    await sh(`${APT} install vis-a-vis-kiosk 2>&1`);
    const hub = await startHub();
    closers.push(hub.close);
    for (const [file, { text, mode }] of Object.entries(TWO_DISPLAYS)) write(file, text, mode);
    if (configured) write('/etc/vis-a-vis/terminal.json', JSON.stringify(configurationFor(hub)));
    await root.boot();

    const journal = () => sh('journalctl --boot --no-pager --output=cat');
    const untilPainted = async () => {
      const isPainted = async () => {
        const said = await journal();
        return ['face', 'desk'].every((host) => said.includes(`"event":"screen.painted","host":"${host}"`));
      };
      await until('both screens are painted', isPainted, { timeoutMs: 60_000, everyMs: 500 });
    };
    const screenshot = async () => {
      const file = path.join(makeRunFolder('seen'), 'screens.png');
      await sh(
        `DISPLAY=:50 XAUTHORITY=$(sed -n s/XAUTHORITY=//p ${SESSION}) xwd -silent -root > /root/seen.xwd`,
      );
      await saveXwdAsPng(readFileSync(path.join(root.folder, 'root/seen.xwd')), file);
      return file;
    };
    const terminalPid = async () =>
      (await sh("pgrep --oldest --full '^/usr/lib/vis-a-vis/vis-a-vis --config' || :")).trim();
    return {
      root,
      hub,
      key,
      repository,
      before,
      sh,
      write,
      journal,
      untilPainted,
      screenshot,
      terminalPid,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function configurationFor(hub: HubProcess) {
  return {
    hub: hub.origin,
    enrolmentCode: hub.demo.enrolmentCode,
    commune: { name: 'Saint-Martin-des-Prés', colour: '#17505c', logo: null },
    printer: { driver: 'simulated' },
    scanner: { driver: 'simulated' },
    selfTest: { time: null },
  };
}
