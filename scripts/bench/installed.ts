/**
 * The installed terminal on a machine that boots (systemd in a container, two displays, simulated printer and scanner):
 * its start against the same program as a checkout has it, and what it costs while nobody is there.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '#rig/until.ts';
import { type BootedTerminal, startBootedTerminal } from '../../test/build/booted-terminal.ts';
import { root as checkout } from '../build/targets.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';
import type { Measurement } from './figure.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 5;
/** ms */
const SETTLE = 30_000;
const WINDOW = 60_000;
const WINDOWS = 3;
const DAY = 86_400_000;
const UNIT = 'vis-a-vis-terminal.service';
const PAINTED = '"event":"screen.painted","host":"face"';
const SESSION = '/run/vis-a-vis/session';

/** From the start of the process to the painted face: hardened package and unit, and neither. */
export function measureInstalledStart(): Promise<Measurement> {
  return withClosers(async (close) => {
    const machine = await startBootedTerminal();
    close(machine.close);
    await machine.untilPainted();
    const { folder: runtime } = await ensureElectronRuntime();
    // The same program, unpacked, on the runtime as it comes: no fuses, no archive, no unit.
    const bare = '/opt/bare';
    await machine.sh(
      `mkdir -p ${bare}; cp -r ${checkout}/dist ${checkout}/package.json ${bare}/; cp -r ${runtime} ${bare}/electron; mkdir -p ${bare}/node_modules;
      for part in ${checkout}/node_modules/* ${checkout}/node_modules/@*; do ln -s "$part" ${bare}/node_modules/ || :; done
      install -d -o vis-a-vis -g vis-a-vis /var/lib/vis-a-vis/bare
      cp -p /var/lib/vis-a-vis/.config/*/identity.json /var/lib/vis-a-vis/bare/
      sed 's#^{#{"dataFolder":"/var/lib/vis-a-vis/bare",#' /etc/vis-a-vis/terminal.json > /etc/vis-a-vis/bare.json; chmod 644 /etc/vis-a-vis/bare.json`,
    );
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      await machine.sh(`systemctl stop ${UNIT} vis-a-vis-terminal.path`);
      const baseline = await startBare(machine, bare);
      await machine.sh(`systemctl start vis-a-vis-terminal.path ${UNIT}`);
      const value = await sinceItsStart(machine);
      // The first of each warms the disk's cache up.
      if (round > 0) {
        values.push(value);
        baselines.push(baseline);
      }
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 1.1 } };
  });
}

async function startBare({ sh }: BootedTerminal, folder: string): Promise<number> {
  const said = '/run/bare.log';
  await sh(
    `date +%s%3N > /run/bare.start; set -a; . ${SESSION}; set +a
    setsid runuser -u vis-a-vis -- ${folder}/electron/electron ${folder} --config=/etc/vis-a-vis/bare.json > ${said} 2>&1 & echo $! > /run/bare.pid`,
  );
  await until('the bare one paints', async () => (await sh(`cat ${said}`)).includes(PAINTED), {
    timeoutMs: 60_000,
  });
  const [start = '', log = ''] = [await sh('cat /run/bare.start'), await sh(`cat ${said}`)];
  await sh(
    'kill -- -$(cat /run/bare.pid); while pgrep --euid vis-a-vis --full bare.json >/dev/null; do sleep 0.1; done',
  );
  return paintedAt(log) - Number(start);
}

/** By what systemd and the terminal's own log say. */
async function sinceItsStart({ sh }: BootedTerminal): Promise<number> {
  const pid = async () => (await sh(`systemctl show --property=MainPID --value ${UNIT}`)).trim();
  const log = async () => sh(`journalctl --boot --no-pager --output=cat _PID=${await pid()}`);
  await until('it paints', async () => (await log()).includes(PAINTED), { timeoutMs: 60_000 });
  const started = await sh(
    `systemctl show --property=ExecMainStartTimestamp --timestamp=us+utc --value ${UNIT}`,
  );
  return (
    paintedAt(await log()) -
    Date.parse(started.trim().replace(/^\w+ /, '').replace(' UTC', 'Z').replace(' ', 'T'))
  );
}

/** ms since the epoch, of the log's line. */
function paintedAt(log: string): number {
  const line = log.split('\n').find((one) => one.includes(PAINTED)) ?? '';
  return Number(/"time":(\d+)/.exec(line)?.[1]);
}

/** CPU of the whole machine while nobody is there: µs of work a second. Prints wake-ups, memory and what it writes. */
export function measureInstalledIdle(): Promise<Measurement> {
  return withClosers(async (close) => {
    const machine = await startBootedTerminal();
    close(machine.close);
    await machine.untilPainted();
    await wait(SETTLE);
    const values: number[] = [];
    for (let window = 0; window < WINDOWS; window += 1) {
      const [before, since] = [await workOf(machine), performance.now()];
      await machine.sh('touch /root/window');
      await wait(WINDOW);
      const [after, seconds] = [await workOf(machine), (performance.now() - since) / 1000];
      values.push((after.cpu - before.cpu) / seconds);
      const written = await writtenSince(machine);
      const wakes = (after.switches - before.switches) / seconds;
      console.log(
        `  wake-ups ${wakes.toFixed(0)}/s, memory ${(after.pss / 1024).toFixed(0)} MB, written ${((written * DAY) / WINDOW / 1e6).toFixed(1)} MB a day`,
      );
    }
    return { unit: 'µs/s', values, baselines: [], allowance: { kind: 'most', amount: 20_000 } };
  });
}

/** Of all processes of the machine; the measuring shell's own are gone when the next one looks. */
async function workOf({ sh }: BootedTerminal): Promise<{ cpu: number; switches: number; pss: number }> {
  const said = await sh(
    `ticks=$(getconf CLK_TCK)
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^[0-9]* (.*) //' | awk -v t="$ticks" '{s+=$12+$13} END {printf "%d\\n", s*1000000/t}'
    cat /proc/[0-9]*/task/[0-9]*/status 2>/dev/null | awk '/^voluntary/ {s+=$2} END {print s}'
    cat /proc/[0-9]*/smaps_rollup 2>/dev/null | awk '/^Pss:/ {s+=$2} END {print s}'`,
  );
  const [cpu = 0, switches = 0, pss = 0] = said.trim().split('\n').map(Number);
  return { cpu, switches, pss };
}

/** Bytes: files that changed, whole, and what the journal was told. More than what was written, never less. */
async function writtenSince({ sh }: BootedTerminal): Promise<number> {
  const said = await sh(
    `find / -xdev -type f -newer /root/window -not -path '*/journal/*' -printf '%s\\n' | awk '{s+=$1} END {print s+0}'
    journalctl --boot --since="@$(stat --format=%Y /root/window)" --output=export | wc -c`,
  );
  return said
    .trim()
    .split('\n')
    .map(Number)
    .reduce((sum, bytes) => sum + bytes, 0);
}
