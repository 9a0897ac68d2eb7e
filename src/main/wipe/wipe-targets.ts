/** Everything a visit may leave behind on this machine, how it is removed, and where the check looks for it. */
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app, clipboard, session } from 'electron';
import type { Desk } from '../desk.ts';
import type { Printer } from '../printer/printer.ts';
import type { Screens } from '../screens.ts';
import type { Shots } from '../shots.ts';
import type { Subtitles } from '../subtitles.ts';
import type { VisitPaper } from '../visit-paper.ts';
import type { VisitRoom } from '../visit-room.ts';
import { diskStorage } from './disk-storage.ts';
import type { MainMemory } from './main-memory.ts';
import { emptySession, leftInSession } from './visit-session.ts';
import type { WipeTarget } from './wipe.ts';

/** ms between two looks whether a process is gone. */
const LOOK_AGAIN = 10;

export interface WipeSurroundings extends Places {
  readonly room: VisitRoom;
  readonly paper: VisitPaper;
  readonly printer: Printer | null;
  readonly desk: Desk;
  readonly shots: Pick<Shots, 'state' | 'clear'>;
  readonly subtitles: Subtitles;
  readonly screens: Pick<Screens, 'renewPages'>;
  readonly memory: MainMemory;
  readonly clearOrders: () => void;
  /** Names of the jobs that the visit may have sent to the printer. */
  readonly jobNames: () => readonly string[];
}

interface Places {
  /** Parent of the visits' folders in memory. */
  readonly memoryFolder: string;
  /** Folder of the programs (NAME-process.js) that the paper process runs, and is. */
  readonly programs: string;
}

export function wipeTargets(around: WipeSurroundings): WipeTarget[] {
  return [
    paperProcess(around.paper, around),
    memoryFolders(around.memoryFolder),
    printJobs(around.printer, around.jobNames),
    roomSessions(around.room),
    diskStorage(app.getPath('userData'), () => session.defaultSession.clearCache()),
    clipboardContent(),
    crashDumps(),
    deskContent(around.desk, around.shots, around.clearOrders),
    faceContent(around.subtitles, around.room),
    pageProcesses(around.screens),
    around.memory.target,
  ];
}

/** The disposable process with the documents, and whatever it started, even where they outlived it and the folder. */
function paperProcess(paper: VisitPaper, places: Places): WipeTarget {
  return {
    name: 'paper-process',
    remove: async () => {
      await paper.remove();
      // A killed program takes a moment to be gone. The wipe bounds the wait.
      for (;;) {
        const { inside } = await programsInside(places);
        if (inside.length === 0) break;
        for (const pid of inside) kill(pid);
        await sleep(20);
      }
    },
    check: async () => {
      const { looked, inside } = await programsInside(places);
      return { looked, left: inside.length };
    },
  };
}

function memoryFolders(parent: string): WipeTarget {
  return {
    name: 'memory-folders',
    remove: async () => undefined, // With the paper process, which writes there.
    check: async () => {
      const names = await readdir(parent);
      return { looked: names.length, left: names.filter((name) => name.startsWith('vis-a-vis-')).length };
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: gone since it was looked up.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** By their working folder, or, where the sandbox gave them another, by the program that they run. */
async function programsInside({
  memoryFolder,
  programs,
}: Places): Promise<{ looked: number; inside: number[] }> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const isInside = await Promise.all(
    pids.map(async (pid) => {
      try {
        if ((await readlink(`/proc/${pid}/cwd`)).startsWith(join(memoryFolder, 'vis-a-vis-'))) return true;
        const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
        return words.some((word) => word.startsWith(programs) && word.endsWith('-process.js'));
      } catch {
        return false; // A process that ended meanwhile, or of another user: not one of ours.
      }
    }),
  );
  return { looked: pids.length, inside: pids.filter((_pid, at) => isInside[at]).map(Number) };
}

/** The print system's jobs and its memory of them. Nothing proved while it does not answer. */
function printJobs(printer: Printer | null, jobNames: () => readonly string[]): WipeTarget {
  let names: readonly string[] = [];
  return {
    name: 'print-jobs',
    remove: async () => {
      // Once forgotten with the orders, they are still looked for.
      const known = jobNames();
      if (known.length > 0) names = known;
      await printer?.purge(names);
    },
    check: async () => {
      if (!printer) return { looked: 0, left: 0 };
      return (await printer.purge(names)) ?? { looked: 0, left: 1 };
    },
  };
}

function roomSessions(room: VisitRoom): WipeTarget {
  return {
    name: 'room-sessions',
    remove: async () => {
      room.leave();
      await Promise.all(room.sessions().map(emptySession));
    },
    check: async () => {
      const sessions = room.sessions();
      const left = await Promise.all(sessions.map(leftInSession));
      room.forget();
      return { looked: sessions.length, left: left.reduce((sum, count) => sum + count, 0) };
    },
  };
}

/** PRIMARY, what was last selected, is an object of its own from Electron 44 on and was an argument before. */
interface AnyClipboard {
  readonly clear: (type?: 'selection') => void;
  readonly readText: (type?: 'selection') => string | Promise<string>;
  readonly selection?: AnyClipboard;
}

/** X11 keeps what was copied, and what was last selected. */
function clipboardContent(): WipeTarget {
  const copied: AnyClipboard = clipboard;
  return {
    name: 'clipboard',
    remove: async () => {
      copied.clear();
      if (copied.selection) copied.selection.clear();
      else copied.clear('selection');
    },
    check: async () => {
      const selected = copied.selection ? copied.selection.readText() : copied.readText('selection');
      const texts = [await copied.readText(), await selected];
      return { looked: texts.length, left: texts.filter((text) => text !== '').length };
    },
  };
}

/** A dump of a page or of the paper process would hold what was in its memory. */
function crashDumps(): WipeTarget {
  const folder = app.getPath('crashDumps');
  const isDump = (name: string) => name.endsWith('.dmp');
  return {
    name: 'crash-dumps',
    remove: async () => {
      const dumps = (await filesIn(folder)).filter(isDump);
      await Promise.all(dumps.map((name) => rm(join(folder, name), { force: true })));
    },
    check: async () => {
      const names = await filesIn(folder);
      return { looked: names.length, left: names.filter(isDump).length };
    },
  };
}

function deskContent(desk: Desk, shots: WipeSurroundings['shots'], clearOrders: () => void): WipeTarget {
  return {
    name: 'desk',
    remove: async () => {
      shots.clear();
      clearOrders();
      desk.clear();
    },
    check: async () => {
      const shown = [desk.sheet().kind !== 'empty', desk.work().kind !== 'none', desk.selfView()];
      shown.push(shots.state() !== null);
      return { looked: shown.length, left: shown.filter(Boolean).length };
    },
  };
}

/** What the counsellor said, and how they looked when the line grew slow. */
function faceContent(subtitles: Subtitles, room: VisitRoom): WipeTarget {
  return {
    name: 'face',
    remove: async () => subtitles.clear(),
    check: async () => {
      const shown = [subtitles.lines() !== null, room.line.still() !== null];
      return { looked: shown.length, left: shown.filter(Boolean).length };
    },
  };
}

/** The processes that drew the visit still have it in their memory: they end, and others draw the screens. */
function pageProcesses({ renewPages }: Pick<Screens, 'renewPages'>): WipeTarget {
  let drew: number[] = [];
  return {
    name: 'page-processes',
    remove: async () => {
      drew = await renewPages();
      // The wipe bounds the wait.
      while (drew.some(isRunning)) await sleep(LOOK_AGAIN);
    },
    check: async () => ({ looked: drew.length, left: drew.filter(isRunning).length }),
  };
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
