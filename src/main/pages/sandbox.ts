/**
 * Starts pages-process.ts shut in: a network namespace without a network (unshare(1)), Node's permission model (files of
 * the program itself for reading, nothing else; no child processes, threads or native code), bounds on memory and open
 * files (prlimit(1)), an empty environment, and no way in or out but its channel and the document's descriptor.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** MB of ordinary JavaScript values: pictures and the engine lie outside. */
const SCRIPT_MB = 128;
/** Bytes: the engine's own bound, a picture as pixels, as rows and deflated, and Node. */
const MEMORY = 1_536 * 1024 * 1024;
const OPEN_FILES = 64;
const UNSHARE = '/usr/bin/unshare';
const PRLIMIT = '/usr/bin/prlimit';
const NAMESPACE = ['--user', '--net', '--map-current-user'];

/** What keeps it from the network: one of its own with nothing in it, or, where the system gives none, the engine alone. */
export type SandboxNetwork = 'namespace' | 'engine';

export interface Sandbox {
  readonly network: SandboxNetwork;
  /** `document`: descriptor of the PDF, open for reading; the process has it under DOCUMENT_FD. */
  readonly start: (document: number) => ChildProcess;
}

/** `entry`: pages-process.js, or its .ts. `node`: the Node program. */
export function createSandbox(entry: string, node = process.execPath): Sandbox {
  const network = sandboxNetwork();
  const command = [
    ...(network === 'namespace' ? [UNSHARE, ...NAMESPACE, '--'] : []),
    ...(existsSync(PRLIMIT) ? [PRLIMIT, `--data=${MEMORY}`, `--nofile=${OPEN_FILES}`, '--core=0', '--'] : []),
    node,
    '--permission',
    ...programFiles(entry).map((file) => `--allow-fs-read=${file}`),
    `--max-old-space-size=${SCRIPT_MB}`,
    '--disallow-code-generation-from-strings',
    entry,
  ];
  const [program = node, ...args] = command;
  return {
    network,
    start: (document) =>
      spawn(program, args, {
        cwd: '/',
        env: {},
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc', document],
      }),
  };
}

/** What Node reads to run the entry: the build's folder, or all sources where there is no build; and the engine. */
function programFiles(entry: string): string[] {
  const engine = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm');
  const program = entry.endsWith('.js') ? dirname(entry) : packageOf(entry);
  return [join(program, '*'), join(dirname(engine), '*'), join(dirname(engine), '..', '*')];
}

/** The folder of the package that the file belongs to. */
function packageOf(file: string): string {
  const folder = dirname(file);
  return existsSync(join(folder, 'package.json')) || folder === '/' ? folder : packageOf(folder);
}

/** Tried out: some milliseconds. */
export function sandboxNetwork(): SandboxNetwork {
  const tried = existsSync(UNSHARE) && spawnSync(UNSHARE, [...NAMESPACE, 'true'], { stdio: 'ignore' });
  return tried && tried.status === 0 ? 'namespace' : 'engine';
}
