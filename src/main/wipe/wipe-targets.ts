/** Everything a visit may leave behind on this machine, how it is removed, and where the check looks for it. */
import { existsSync } from 'node:fs';
import { readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app, clipboard } from 'electron';
import type { Desk } from '../desk.ts';
import type { Printer } from '../printer/printer.ts';
import type { Screens } from '../screens.ts';
import type { Subtitles } from '../subtitles.ts';
import type { VisitPaper } from '../visit-paper.ts';
import type { VisitRoom } from '../visit-room.ts';
import type { MainMemory } from './main-memory.ts';
import { emptySession, leftInSession } from './visit-session.ts';
import type { WipeTarget } from './wipe.ts';

/** ms between two looks whether a process is gone. */
const LOOK_AGAIN = 10;

export interface WipeSurroundings {
  readonly room: VisitRoom;
  readonly paper: VisitPaper;
  readonly printer: Printer | null;
  readonly desk: Desk;
  readonly subtitles: Subtitles;
  readonly screens: Pick<Screens, 'renewPages'>;
  readonly memory: MainMemory;
  readonly clearOrders: () => void;
  /** Parent of the visits' folders in memory. */
  readonly memoryFolder: string;
}

export function wipeTargets(around: WipeSurroundings): WipeTarget[] {
  return [
    paperProcess(around.paper, around.memoryFolder),
    memoryFolders(around.memoryFolder),
    printJobs(around.printer),
    roomSessions(around.room),
    diskStorage(),
    clipboardContent(),
    crashDumps(),
    deskContent(around.desk, around.clearOrders),
    faceContent(around.subtitles, around.room),
    pageProcesses(around.screens),
    around.memory.target,
  ];
}

/**
 * The disposable process with the documents, and whatever it started: found by their working folder, which is the
 * visit's own, even where they outlived their parent and the folder.
 */
function paperProcess(paper: VisitPaper, memoryFolder: string): WipeTarget {
  return {
    name: 'paper-process',
    remove: async () => {
      await paper.remove();
      // A killed program takes a moment to be gone. The wipe bounds the wait.
      for (;;) {
        const { inside } = await programsInside(memoryFolder);
        if (inside.length === 0) break;
        for (const pid of inside) kill(pid);
        await sleep(20);
      }
    },
    check: async () => {
      const { looked, inside } = await programsInside(memoryFolder);
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

async function programsInside(memoryFolder: string): Promise<{ looked: number; inside: number[] }> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(
    // A process that ended meanwhile, or of another user: not one of ours.
    pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')),
  );
  const inside = pids.filter((_pid, at) => folders[at]?.startsWith(join(memoryFolder, 'vis-a-vis-')));
  return { looked: pids.length, inside: inside.map(Number) };
}

/** The print system's jobs and its memory of them. Nothing proved while it does not answer. */
function printJobs(printer: Printer | null): WipeTarget {
  return {
    name: 'print-jobs',
    remove: async () => {
      await printer?.purge();
    },
    check: async () => {
      if (!printer) return { looked: 0, left: 0 };
      return (await printer.purge()) ?? { looked: 0, left: 1 };
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

/** Sessions live in memory: a folder of partitions on the disk means that one did not. */
function diskStorage(): WipeTarget {
  const folder = join(app.getPath('userData'), 'Partitions');
  return {
    name: 'disk-storage',
    remove: () => rm(folder, { recursive: true, force: true }),
    check: async () => {
      const left = await filesIn(folder);
      return { looked: 1, left: left.length };
    },
  };
}

function clipboardContent(): WipeTarget {
  return {
    name: 'clipboard',
    remove: async () => clipboard.clear(),
    // A string up to Electron 43, a promise of one from 44 on: await takes both.
    check: async () => ({ looked: 1, left: (await clipboard.readText()) === '' ? 0 : 1 }),
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

function deskContent(desk: Desk, clearOrders: () => void): WipeTarget {
  return {
    name: 'desk',
    remove: async () => {
      clearOrders();
      desk.clear();
    },
    check: async () => {
      const shown = [desk.sheet().kind !== 'empty', desk.work().kind !== 'none', desk.selfView()];
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
