/** The paper process without Electron: tests and tools run it with plain Node over the same messages. */
import { fork } from 'node:child_process';
import type { SpawnPaper } from './paper-child.ts';

/** `entry`: absolute path of paper-process.ts (Node 24 strips its types). */
export function spawnFork(entry: string): SpawnPaper {
  return () => {
    const child = fork(entry, [], { serialization: 'advanced', execArgv: [] });
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
