/** A machine that has the kiosk package: it boots, and there is the terminal and nothing else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../rig/run-command.ts';
import { until } from '../rig/until.ts';
import { type BootedTerminal, startBootedTerminal } from './booted-terminal.ts';
import { root as checkout } from './debs.ts';
import { added, inventory } from './inventory.ts';
import { TWO_DISPLAYS } from './two-displays.ts';

let machine: BootedTerminal;
beforeAll(async () => {
  machine = await startBootedTerminal();
});
afterAll(() => machine?.close());

const sh: BootedTerminal['sh'] = (line) => machine.sh(line);

/** Roughly, all but the quarter with the hour: a few dots, each the mean of many. */
async function looks(): Promise<Buffer> {
  const seen = sharp(await machine.screenshot()).extract({ left: 960, top: 0, width: 2880, height: 1080 });
  return seen.resize(12, 4).removeAlpha().raw().toBuffer();
}

/** Clouds drift over the landscape; a screen that stays empty is another colour all over. */
function isLike(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && one.every((value, at) => Math.abs(value - (other[at] ?? 0)) < 24);
}

/** Once what was begun is drawn. */
async function looksAtRest(): Promise<Buffer> {
  let last: Buffer = Buffer.alloc(0);
  const isAtRest = async () => {
    const now = await looks();
    const isSame = isLike(now, last);
    last = now;
    return isSame;
  };
  await until('it is drawn', isAtRest, { timeoutMs: 30_000, everyMs: 1_000 });
  return last;
}

/** As ps shortens their names. */
const EXPECTED = new Set([
  // The system, and what it was asked with.
  ...['systemd', '(sd-pam)', 'systemd-journal', 'systemd-logind', 'systemd-udevd', 'dbus-daemon', 'agetty'],
  ...['polkitd', 'cupsd', 'cron', 'unattended-upgr', 'rtkit-daemon', 'sh', 'ps'],
  // The screen, the session, its sound.
  ...['lightdm', 'Xorg', 'session', 'sleep', 'ssh-agent', 'pipewire', 'pipewire-pulse', 'wireplumber'],
  ...['at-spi-bus-laun', 'at-spi2-registr'],
  // The terminal, and what looks after it.
  ...['vis-a-vis', 'chrome_crashpad', 'node', 'unshare', 'systemd-notify', 'nft', 'udevadm'],
]);

describe('switched on', () => {
  it('logs its user in by itself, on the screen, and paints both pages', async () => {
    await machine.untilPainted();
    const sessions = (await sh('loginctl list-sessions --no-legend --no-pager')).trim().split('\n');
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatch(/vis-a-vis\s+seat0/);
  });

  it('its user has no rights, no shell and no password', async () => {
    expect(await sh('getent passwd vis-a-vis')).toMatch(/:\/usr\/sbin\/nologin$/m);
    expect(await sh('getent shadow vis-a-vis')).toMatch(/^vis-a-vis:[!*]/);
    expect((await sh('id --groups --name vis-a-vis')).trim()).toBe('vis-a-vis');
    const status = await sh(`cat /proc/${await machine.terminalPid()}/status`);
    expect(status).toMatch(/^CapEff:\s*0+$/m);
  });

  it('there is nothing else on the screen, and no log-in on any console', async () => {
    const commands = (await sh('ps -eo comm='))
      .trim()
      .split('\n')
      .map((one) => one.trim());
    expect(commands.filter((one) => !EXPECTED.has(one))).toEqual([]);
    expect(commands.filter((one) => one === 'agetty').length).toBeLessThanOrEqual(1);
    for (const tty of ['tty1', 'tty2', 'tty3']) {
      expect(
        await sh(`systemctl start getty@${tty}.service; systemctl is-active getty@${tty}.service || :`),
      ).not.toMatch(/^active/);
    }
  });

  it('no memory goes to the disk', async () => {
    expect(await sh('systemctl is-enabled swap.target || :')).toContain('masked');
    expect((await sh('findmnt --noheadings --output FSTYPE /tmp')).trim()).toBe('tmpfs');
  });

  it('Ctrl-Alt-Del, SysRq and a core dump lead nowhere', async () => {
    expect(await sh('systemctl is-enabled ctrl-alt-del.target || :')).toContain('masked');
    const settings = await sh('systemd-analyze cat-config sysctl.d');
    for (const line of [
      'kernel.sysrq = 0',
      'kernel.core_pattern = |/bin/false',
      'kernel.yama.ptrace_scope = 2',
    ]) {
      expect(settings.lastIndexOf(line)).toBeGreaterThan(0);
    }
    expect(await sh('systemd-analyze cat-config systemd/system.conf')).toContain(
      'CtrlAltDelBurstAction=none',
    );
    expect(await sh('systemd-analyze cat-config systemd/logind.conf')).toMatch(
      /NAutoVTs=0[\s\S]*ReserveVT=0/,
    );
  });

  it('the X server lets nobody switch the console, and nobody else in', async () => {
    const [line = ''] = (await sh('ps -eo args= | grep "^/usr/lib/xorg/Xorg"')).split('\n');
    expect(line).toContain('-nolisten tcp');
    expect(line).toContain('-novtswitch');
    expect(await sh('cat /var/log/Xorg.50.log')).toMatch(/Option "DontVTSwitch" "true"/);
    await expect(
      sh('DISPLAY=:50 setpriv --reuid=nobody --regid=nogroup --clear-groups xset q'),
    ).rejects.toThrow(/unable to open display/);
  });

  it('its key is its user’s alone', async () => {
    const files = (await sh('find /var/lib/vis-a-vis -name identity.json -printf "%m %u %p\\n"')).trim();
    expect(files).toMatch(/^600 vis-a-vis \S+identity\.json$/);
    expect((await sh('stat --format=%a /var/lib/vis-a-vis')).trim()).toBe('700');
  });

  it('the print system keeps nothing, announces nothing, and serves this machine alone', async () => {
    expect(await sh('systemctl cat cups.service')).toContain(
      'ExecStart=/usr/sbin/cupsd -l -c /usr/lib/vis-a-vis/cupsd.conf -s /usr/lib/vis-a-vis/cups-files.conf',
    );
    expect(
      await sh('cupsd -t -c /usr/lib/vis-a-vis/cupsd.conf -s /usr/lib/vis-a-vis/cups-files.conf 2>&1'),
    ).toContain('is OK');
    const settings = readFileSync(path.join(machine.root.folder, 'usr/lib/vis-a-vis/cupsd.conf'), 'utf8');
    for (const line of ['PreserveJobFiles No', 'PreserveJobHistory No', 'Browsing No', 'WebInterface No'])
      expect(settings).toContain(line);
  });
});

describe('something breaks', () => {
  it.each([
    ['the terminal is killed', async () => sh(`kill -9 ${await machine.terminalPid()}`)],
    // Its unit hears nothing of it for 15 s, and gives it 10 to say why.
    ['the terminal hangs', async () => sh(`kill -STOP ${await machine.terminalPid()}`)],
    ['the X server is killed', () => sh('pkill -9 -x Xorg')],
    ['the whole session is killed', () => sh('loginctl terminate-user vis-a-vis')],
  ])('%s: the terminal is there again by itself', async (_what, breakIt) => {
    const pid = await machine.terminalPid();
    expect(pid).not.toBe('');
    await breakIt();
    await until(
      'another terminal paints',
      async () => {
        const now = await machine.terminalPid();
        if (now === '' || now === pid) return false;
        return (await sh(`journalctl --boot --no-pager --output=cat _PID=${now}`)).includes(
          '"screen.painted","host":"desk"',
        );
      },
      { timeoutMs: 60_000, everyMs: 500 },
    );
  });

  it('what draws for it ends (a graphics driver that fails): the same terminal goes on, drawn anew', async () => {
    const pid = await machine.terminalPid();
    const before = await looksAtRest();
    const drawing = () => sh("pgrep --full -- '--type=[g]pu-process' || :");
    const old = await drawing();
    expect(isLike(before, Buffer.alloc(before.length, 0x40))).toBe(false);
    expect(old).not.toBe('');
    await sh("pkill -9 --full -- '--type=[g]pu-process'");
    await until('another draws', async () => !['', old].includes(await drawing()));
    await until('both screens look as before', async () => isLike(await looks(), before), { everyMs: 500 });
    expect(await machine.terminalPid()).toBe(pid);
  });

  it('the plug is pulled: it boots into the terminal again', async () => {
    await machine.root.pullThePlug();
    await machine.root.boot();
    await machine.untilPainted();
  });
});

it('nothing comes in, and answers do', async () => {
  const file = path.join(machine.root.folder, 'usr/lib/vis-a-vis/firewall.nft');
  // Two hosts with a cable between them; the one behind the firewall asks, and is asked.
  const script = `set -e
ip link set lo up
ip link add inner type veth peer name outer
unshare --net sleep 60 & other=$!
until [ -e /proc/$other/ns/net ] && [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
ip link set outer netns $other
ip addr add 10.9.0.1/24 dev inner; ip link set inner up
there() { nsenter --target $other --net "$@"; }
there ip addr add 10.9.0.2/24 dev outer; there ip link set outer up; there ip link set lo up
ask() { "$@" "$NODE" -e "$knock" "$address" && echo "$name: in" || echo "$name: refused"; }
knock='const line = require("net").connect(7777, process.argv[1]); line.setTimeout(2000, () => process.exit(1)); line.on("connect", () => process.exit(0)); line.on("error", () => process.exit(1));'
serve='require("net").createServer((line) => line.end()).listen(7777, "0.0.0.0")'
"$NODE" -e "$serve" & here=$!
nsenter --target $other --net "$NODE" -e "$serve" & far=$!
until ss -ltn | grep -q :7777 && there ss -ltn | grep -q :7777; do :; done
address=10.9.0.1 name=before ask there
nft -f "$1"
address=10.9.0.1 name=inbound ask there
address=10.9.0.2 name=outbound ask env
address=127.0.0.1 name=itself ask env
kill $here $far $other
`;
  const said = await runCommand('unshare', ['--net', '--', 'sh', '-c', script, 'sh', file], {
    env: { ...process.env, NODE: process.execPath },
  });
  expect(said.trim().split('\n')).toEqual(['before: in', 'inbound: refused', 'outbound: in', 'itself: in']);
});

it('purged, nothing of it is left', async () => {
  await sh("DEBIAN_FRONTEND=noninteractive apt-get -q -y purge 'vis-a-vis-*' 2>&1");
  await sh(`rm -f ${Object.keys(TWO_DISPLAYS).join(' ')}`);
  const left = added(machine.before, await inventory({ sh })).filter(
    // The checkout is seen from inside, and somebody may work in it.
    (file) => /vis-a-vis/.test(file) && !file.startsWith(checkout),
  );
  expect(left).toEqual([]);
  expect(await sh('systemctl cat cups.service')).not.toContain('vis-a-vis');
});
