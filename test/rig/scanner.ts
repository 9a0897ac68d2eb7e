/**
 * A real SANE device without a scanner: the `test` backend under a private configuration, which programs read at each
 * start, so that tests change the device's condition while the terminal runs (sane-test(5), test.conf).
 */
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeRunFolder } from './run-folder.ts';
import { makeScanReaderLibrary } from './scan-reader.ts';

export type ScannerCondition =
  | 'ready'
  | 'jammed'
  | 'noDocuments'
  | 'coverOpen'
  | 'busy'
  | 'ioError'
  | 'accessDenied';

export interface RigScanner {
  /** For scanimage, and so for the terminal. */
  readonly env: { readonly SANE_CONFIG_DIR: string; readonly LD_PRELOAD: string };
  readonly device: string;
  /** The same device as USB scanners are named, by their place on the bus: known to `program` alone. */
  readonly usbDevice: string;
  /** The program to scan with: scanimage, behind a feeder that can jam in the middle. */
  readonly program: string;
  /** The feeder jams on this sheet, from 1, of every batch from the next on; null: on none. */
  readonly jamOnSheet: (sheet: number | null) => void;
  /** What lies in the feeder from the next scan on; `sensor`: the device can tell without trying. */
  readonly setFeeder: (state: 'loaded' | 'empty', sensor?: 'sensor') => void;
  /** What every read answers from the next scan on. */
  readonly setCondition: (condition: ScannerCondition) => void;
  /**
   * How long the device waits after each 64 kB or less, from the next scan on; 0 to 200 000 microseconds. An A4 page in
   * colour at 300 dpi is 26 MB: 10 000 makes it last as long as on an office scanner.
   */
  readonly setReadDelay: (microseconds: number) => void;
  /** These papers (PNM, the first on top) lie in the feeder or on the glass, in place of the backend's pattern. */
  readonly layPapers: (papers: readonly Buffer[]) => void;
  /**
   * The next scan wakes it: for so long after that it answers every read that it is busy, or it answers nothing at all.
   * Only this is made up: no SANE backend without hardware sleeps.
   */
  readonly fallAsleep: (how: 'busy' | 'silent', milliseconds: number) => void;
  /**
   * Its switch is pressed in the middle of this sheet, from 1, of the next batch, once some lines of it are there. The
   * real scanimage is killed then, and what it would have said of a device that is gone is said in its place.
   */
  readonly switchOffOnSheet: (sheet: number) => void;
  /** After switchOffOnSheet; as a real bus does, it gives the device another number. */
  readonly switchOn: () => void;
  /** The device is gone for every program that starts from now on. */
  readonly unplug: () => void;
  readonly plug: () => void;
  readonly close: () => Promise<void>;
}

const STATUS: Record<ScannerCondition, string> = {
  ready: 'Default',
  jammed: 'SANE_STATUS_JAMMED',
  noDocuments: 'SANE_STATUS_NO_DOCS',
  coverOpen: 'SANE_STATUS_COVER_OPEN',
  busy: 'SANE_STATUS_DEVICE_BUSY',
  ioError: 'SANE_STATUS_IO_ERROR',
  accessDenied: 'SANE_STATUS_ACCESS_DENIED',
};

/**
 * Microseconds; what the backend allows. In trouble it is slow: its reader would otherwise write into a pipe that
 * scanimage has just closed, and the signal ends scanimage with status 0 every third time.
 */
const MOST_DELAY = 200_000;

/** For scanimage, in place of setCondition: trouble of one run alone. */
export function optionsInTrouble(condition: Exclude<ScannerCondition, 'ready'>): string[] {
  return [
    `--read-return-value=${STATUS[condition]}`,
    '--read-delay=yes',
    `--read-delay-duration=${MOST_DELAY}`,
  ];
}

export function startScanner(options: { readonly readDelay?: number } = {}): RigScanner {
  const folder = makeRunFolder('scanner');
  mkdirSync(path.join(folder, 'dll.d'));
  writeFileSync(path.join(folder, 'dll.conf'), 'test\n');
  let condition: ScannerCondition = 'ready';
  let readDelay = options.readDelay ?? 0;
  let devices = 2;
  const write = () => {
    const file = path.join(folder, 'test.conf');
    const delay = condition === 'ready' ? readDelay : MOST_DELAY;
    writeFileSync(`${file}.new`, backendConfiguration(devices, STATUS[condition], delay));
    renameSync(`${file}.new`, file);
  };
  write();
  const jamFile = path.join(folder, 'jam-on-sheet');
  const emptyFile = path.join(folder, 'feeder-empty');
  const sensorFile = path.join(folder, 'feeder-sensor');
  const papersFolder = path.join(folder, 'papers');
  const busFile = path.join(folder, 'usb-address');
  const offOnFile = path.join(folder, 'off-on-sheet');
  const offFile = path.join(folder, 'switched-off');
  const asleepFile = path.join(folder, 'asleep');
  let address = 4;
  const usbName = () => `rig:libusb:001:${String(address).padStart(3, '0')}`;
  writeFileSync(busFile, usbName());
  return {
    program: writeProgram(folder, {
      ...{ jamFile, emptyFile, sensorFile, papersFolder },
      ...{ busFile, offOnFile, offFile, asleepFile },
    }),
    usbDevice: usbName(),
    fallAsleep: (how, milliseconds) => writeFileSync(asleepFile, `${how} ${milliseconds}\n`),
    switchOffOnSheet: (sheet) => writeFileSync(offOnFile, String(sheet)),
    switchOn: () => {
      address += 1;
      writeFileSync(busFile, usbName());
      for (const file of [offOnFile, offFile]) rmSync(file, { force: true });
    },
    layPapers: (papers) => {
      rmSync(papersFolder, { recursive: true, force: true });
      mkdirSync(papersFolder);
      for (const [at, paper] of papers.entries())
        writeFileSync(path.join(papersFolder, `${String(at).padStart(3, '0')}.pnm`), paper);
    },
    setFeeder: (state, sensor) => {
      if (state === 'empty') writeFileSync(emptyFile, '');
      else rmSync(emptyFile, { force: true });
      if (sensor) writeFileSync(sensorFile, state === 'loaded' ? 'yes' : 'no');
      else rmSync(sensorFile, { force: true });
    },
    jamOnSheet: (sheet) => {
      if (sheet === null) rmSync(jamFile, { force: true });
      else writeFileSync(jamFile, String(sheet));
    },
    env: { SANE_CONFIG_DIR: folder, LD_PRELOAD: makeScanReaderLibrary(folder) },
    // The second of two: the backend crashes where there are none at all, so the first stays when this one goes.
    device: 'test:1',
    setCondition: (next) => {
      condition = next;
      write();
    },
    setReadDelay: (microseconds) => {
      readDelay = microseconds;
      write();
    },
    unplug: () => {
      devices = 1;
      write();
    },
    plug: () => {
      devices = 2;
      write();
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

interface FeederFiles {
  readonly jamFile: string;
  readonly emptyFile: string;
  readonly sensorFile: string;
  readonly papersFolder: string;
  readonly busFile: string;
  readonly offOnFile: string;
  readonly offFile: string;
  readonly asleepFile: string;
}

/**
 * The backend jams at once or never: the sheets before come from a batch of their own. Its feeder is never empty at
 * first, and has no sensor: what a device with one prints is added to its options.
 */
function writeProgram(folder: string, files: FeederFiles): string {
  const { jamFile, emptyFile, sensorFile, papersFolder } = files;
  const { busFile, offOnFile, offFile, asleepFile } = files;
  const file = path.join(folder, 'scanimage');
  const script = `#!/bin/sh
# The name by its place on the bus, for the backend's own; any other place opens nothing.
usb=$(cat '${busFile}')
present=yes
[ -e '${offFile}' ] && present=no
count=$#
while [ $count -gt 0 ]; do
  argument=$1
  shift
  if [ "$argument" = "$usb" ] && [ $present = yes ]; then argument='test:1'; fi
  set -- "$@" "$argument"
  count=$((count - 1))
done
case "$1" in
-f)
  scanimage "$@" | if [ $present = yes ]; then sed "s/^test:1$/$usb/"; else sed '/^test:1$/d'; fi
  exit 0
  ;;
esac
case "$*" in
*--format=pnm*)
  if [ -e '${asleepFile}' ]; then
    read -r how long <'${asleepFile}'
    now=$(date +%s%3N)
    woken=$(cat '${asleepFile}.woken' 2>/dev/null) || { woken=$now; echo "$now" >'${asleepFile}.woken'; }
    left=$((woken + long - now))
    if [ $left -le 0 ]; then
      rm -f '${asleepFile}' '${asleepFile}.woken'
    elif [ "$how" = busy ]; then
      exec scanimage "$@" ${optionsInTrouble('busy').join(' ')}
    else
      sleep "$((left / 1000)).$(printf %03d $((left % 1000)))"
      rm -f '${asleepFile}' '${asleepFile}.woken'
    fi
  fi
  ;;
esac
# The backend has one picture: a test's own papers are given out here, as scanimage gives them out.
papers='${papersFolder}'
if [ -n "$(ls "$papers" 2>/dev/null)" ]; then
  case "$*" in
  *--batch=*)
    for argument; do case "$argument" in --batch=*) pattern=\${argument#--batch=} ;; esac; done
    sheet=1
    for paper in "$papers"/*; do
      page=$(printf "$pattern" "$sheet")
      mv "$paper" "$page"
      echo "$page"
      sheet=$((sheet + 1))
    done
    exit 0
    ;;
  *--format=pnm*)
    set -- "$papers"/*
    cat "$1" && rm "$1"
    exit 0
    ;;
  esac
fi
case "$*" in
*--batch=*)
  if [ -e '${emptyFile}' ]; then
    exec scanimage "$@" ${optionsInTrouble('noDocuments').join(' ')}
  fi
  if sheet=$(cat '${offOnFile}' 2>/dev/null); then
    for argument; do case "$argument" in --batch=*) pattern=\${argument#--batch=} ;; esac; done
    scanimage "$@" --batch-count=$((sheet - 1)) || exit $?
    scanimage "$@" --batch-start=$sheet &
    scanning=$!
    until [ -s "$(printf "$pattern" "$sheet").part" ]; do sleep 0.02; done
    sleep 0.2
    touch '${offFile}'
    kill -9 $scanning
    echo 'scanimage: sane_read: Error during device I/O' >&2
    exit 9
  fi
  if sheet=$(cat '${jamFile}' 2>/dev/null); then
    scanimage "$@" --batch-count=$((sheet - 1)) || exit $?
    exec scanimage "$@" --batch-start=$sheet ${optionsInTrouble('jammed').join(' ')}
  fi
  ;;
*' -A')
  scanimage "$@" || exit $?
  if loaded=$(cat '${sensorFile}' 2>/dev/null); then
    printf '    --page-loaded[=(yes|no)] [%s] [hardware]\\n' "$loaded"
  fi
  exit 0
esac
exec scanimage "$@"
`;
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

/** A glass a little larger than A4, and a picture whose every pixel is known. */
function backendConfiguration(devices: number, status: string, readDelay: number): string {
  return `
number_of_devices ${devices}
mode Color
depth 8
resolution_min 50
resolution_max 1200
resolution_quant 1
resolution 150
test-picture "Color pattern"
read-delay ${readDelay > 0}
read-delay-duration ${Math.max(1_000, readDelay)}
read-status-code "${status}"
geometry_min 0
geometry_max 300
geometry_quant 1
tl_x 0
tl_y 0
br_x 210
br_y 297
`;
}
