import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSandbox } from './sandbox.ts';
import type { ProbeFindings } from './testing/probe.ts';

/** Asked of the machine in another way than the sandbox asks it. */
const hasNamespaces = spawnSync('unshare', ['-rn', 'true']).status === 0;

it('lets nothing in or out but the document and the channel', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vis-a-vis-sandbox-'));
  const file = join(folder, 'a.pdf');
  writeFileSync(file, '%PDF-1.7');
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sandbox = createSandbox(join(import.meta.dirname, 'testing/probe.ts'));
  expect(sandbox.network).toBe(hasNamespaces ? 'namespace' : 'engine');
  const document = openSync(file, 'r');
  const child = sandbox.start(document);
  try {
    child.send((server.address() as AddressInfo).port);
    const [findings] = (await once(child, 'message')) as [ProbeFindings];
    expect(findings.document).toBe('%PDF-');
    expect(findings.possible).toEqual([]);
    expect(findings.environment).toEqual([]);
    // Without namespaces the engine alone keeps it from the network; it has no means to ask for one.
    expect(findings.reached).toBe(!hasNamespaces);
    if (hasNamespaces) expect(findings.addresses).toBe(0);
  } finally {
    child.kill('SIGKILL');
    closeSync(document);
    server.close();
    rmSync(folder, { recursive: true });
  }
});
