/**
 * The mechanism of the rig's printer: ippeveprinter runs it for each job (its -c option) and reads its standard error
 * (ippeveprinter(1), "COMMAND OUTPUT"). Moves "paper" page by page at the set speed, stops while something is wrong,
 * stops after the page under way when the job is cancelled, and lays the finished job in printed/.
 * Arguments: the folder of control files, the job's file.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  askedFile,
  type EngineControl,
  engineControl,
  type PrintAsked,
  printedFolder,
  printerReasons,
  SERVICE_JOB,
} from './engine-control.ts';
import { isJobCancelled } from './ipp-client.ts';

const SENSOR_MS = 50;

const [controlFolder, jobFile] = process.argv.slice(2);
if (!controlFolder || !jobFile) throw new Error('Usage: printing-engine <control folder> <job file>');

let shown: string | null = null;
showReasons(readControl());
if (process.env.IPP_JOB_NAME === SERVICE_JOB) rmSync(jobFile);
else await printJob(controlFolder, jobFile);

async function printJob(folder: string, file: string): Promise<void> {
  const pages = countPages(file) * Math.max(1, Number(process.env.IPP_COPIES ?? 1));
  say(`ATTR: job-impressions=${pages}`);
  for (let page = 1; page <= pages; page += 1) {
    if (!(await movePaper())) return;
    say(`ATTR: job-impressions-completed=${page}`);
  }
  // ippeveprinter counts its jobs from 1 again each time it is switched on.
  const name = `${Date.now()}-${path.basename(file)}`;
  const parked = path.join(folder, `${name}.part`);
  copyFileSync(file, parked);
  const { IPP_SIDES, IPP_PRINT_COLOR_MODE, IPP_MEDIA_COL } = process.env;
  const asked: PrintAsked = { sides: IPP_SIDES, colourMode: IPP_PRINT_COLOR_MODE, media: IPP_MEDIA_COL };
  appendFileSync(askedFile(folder), `${JSON.stringify(asked)}\n`);
  renameSync(parked, path.join(printedFolder(folder), name));
}

/** One page; false if the job was cancelled before it came out. */
async function movePaper(): Promise<boolean> {
  let movedMs = 0;
  let last = performance.now();
  for (let look = 0; ; look += 1) {
    const control = readControl();
    showReasons(control);
    if (look % 4 === 0 && (await isCancelled())) return false;
    const now = performance.now();
    // The page waits where it is while something is wrong.
    if (control.reasons.length === 0) movedMs += now - last;
    last = now;
    if (control.reasons.length === 0 && movedMs >= 60_000 / control.pagesPerMinute) return true;
    await new Promise((resolve) => setTimeout(resolve, SENSOR_MS));
  }
}

async function isCancelled(): Promise<boolean> {
  const uri = process.env.IPP_JOB_URI;
  return uri !== undefined && (await isJobCancelled(uri));
}

/** All of them each time, since an earlier job's stay; "media-empty" is left to the tray (see printer-device.ts). */
function showReasons({ reasons }: EngineControl): void {
  const mine = printerReasons.filter((reason) => reason !== 'media-empty');
  const on = mine.filter((reason) => reasons.includes(reason));
  if (on.join() === shown) return;
  shown = on.join();
  say(`STATE: -${mine.filter((reason) => !on.includes(reason)).join()}`);
  if (on.length > 0) say(`STATE: +${shown}`);
}

function readControl(): EngineControl {
  return engineControl(controlFolder ?? '').read();
}

function countPages(file: string): number {
  if (!existsSync(file) || readFileSync(file).subarray(0, 4).toString() !== '%PDF') return 1;
  const match = /^Pages:\s+(\d+)$/m.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }));
  return Number(match?.[1] ?? 1);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
