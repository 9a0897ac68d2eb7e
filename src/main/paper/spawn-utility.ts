/** The paper process in the terminal: Electron's utilityProcess, out of reach of every page. */
import { utilityProcess } from 'electron';
import type { SpawnPaper } from './paper-child.ts';

/** `entry`: absolute path of the bundled paper-process.js. */
export function spawnUtility(entry: string, env: NodeJS.ProcessEnv): SpawnPaper {
  return () => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'paper', stdio: 'inherit', env });
    let gone = false;
    child.once('exit', () => {
      gone = true;
    });
    return {
      post: (message) => {
        if (!gone) child.postMessage(message);
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', () => listener()),
      kill: () => {
        // utilityProcess.kill() sends SIGTERM, which a process wedged in native code would sit out.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        else child.kill();
      },
    };
  };
}
