/**
 * A real SANE device without a scanner: the `test` backend under a private configuration, which programs read at each
 * start, so that tests change the device's condition while the terminal runs (sane-test(5), test.conf).
 */
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { makeRunFolder } from './run-folder.ts';

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
  readonly env: { readonly SANE_CONFIG_DIR: string; readonly GLIBC_TUNABLES: string };
  readonly device: string;
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
  return {
    program: writeProgram(folder, { jamFile, emptyFile, sensorFile, papersFolder }),
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
    // With a heap for each thread, the backend's reader hangs for ever when it is cancelled while it makes its own:
    // one scan in a hundred in trouble.
    env: { SANE_CONFIG_DIR: folder, GLIBC_TUNABLES: 'glibc.malloc.arena_max=1' },
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
}

/**
 * The backend jams at once or never: the sheets before come from a batch of their own. Its feeder is never empty at
 * first, and has no sensor: what a device with one prints is added to its options.
 */
function writeProgram(folder: string, files: FeederFiles): string {
  const { jamFile, emptyFile, sensorFile, papersFolder } = files;
  const file = path.join(folder, 'scanimage');
  const script = `#!/bin/sh
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
