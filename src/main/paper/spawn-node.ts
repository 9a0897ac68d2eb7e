/**
 * The paper process runs in a Node of its own, not in Electron's: Electron on Linux brings the system's GLib into its
 * processes, and sharp's libvips, which brings another, breaks or crashes beside it (sharp's installation guide,
 * "Electron and Linux").
 */
import { fork } from 'node:child_process';
import type { SpawnPaper } from './paper-child.ts';

export interface SpawnNodeOptions {
  /** The Node program; by default the one that runs this. */
  readonly node?: string;
  /** Absolute path of paper-process.js, or of its .ts (Node 24 strips the types). */
  readonly entry: string;
  /** Its working folder. The wipe finds a process that outlived its visit by it. */
  readonly cwd?: string;
}

export function spawnNode({ node = process.execPath, entry, cwd }: SpawnNodeOptions): SpawnPaper {
  return () => {
    const child = fork(entry, [], {
      execPath: node,
      cwd,
      serialization: 'advanced',
      execArgv: [],
      env: withoutElectron(process.env),
    });
    return {
      post: (message) => {
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        child.once('exit', () => listener());
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}

function withoutElectron(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _asNode, NODE_OPTIONS: _options, ...rest } = env;
  return rest;
}
