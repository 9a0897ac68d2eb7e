/** Run in the sandbox in place of the process that opens PDFs: tries what that one must not be able to do, and tells. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Worker } from 'node:worker_threads';
import { DOCUMENT_FD } from '../contract.ts';

export interface ProbeFindings {
  /** The document's own bytes: what it is there for. */
  readonly document: string;
  /** What worked of what must not. */
  readonly possible: readonly string[];
  readonly environment: readonly string[];
  /** Addresses of network interfaces other than the loopback. */
  readonly addresses: number;
  /** Could it reach the port that the parent listens on? */
  readonly reached: boolean;
}

const FORBIDDEN: Readonly<Record<string, () => unknown>> = {
  'read a file': () => readFileSync('/etc/passwd'),
  'read its parent': () => readFileSync(`/proc/${process.ppid}/environ`),
  'write a file': () => writeFileSync('/tmp/vis-a-vis-probe', 'x'),
  'start a program': () => {
    const { error } = spawnSync('/bin/true');
    if (error) throw error;
  },
  'start a thread': () => new Worker('1', { eval: true }),
  'load native code': () => process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libm.so.6'),
  'make code of text': () => new Function('return 1')(),
};

function isPossible(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false; // Refused: as it must be.
  }
}

function reaches(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
}

process.on('message', async (port: number) => {
  const start = Buffer.alloc(5);
  readSync(DOCUMENT_FD, start, 0, 5, 0);
  const addresses = Object.values(networkInterfaces()).flat();
  const findings: ProbeFindings = {
    document: start.toString(),
    possible: Object.keys(FORBIDDEN).filter((what) => isPossible(FORBIDDEN[what] as () => unknown)),
    environment: Object.keys(process.env),
    addresses: addresses.filter((address) => address && !address.internal).length,
    reached: await reaches(port),
  };
  process.send?.(findings);
});
