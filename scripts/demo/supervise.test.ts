import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Supervised, supervise } from './supervise.ts';

let folder: string;
let supervised: Supervised | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervise-'));
});
afterEach(async () => {
  await supervised?.close();
  rmSync(folder, { recursive: true });
});

const beating =
  "const fs=require('fs');const beat=()=>fs.writeFileSync(process.env.VISAVIS_HEARTBEAT,'');beat();setInterval(beat,50);";

function run(script: string, more: Partial<Parameters<typeof supervise>[0]> = {}) {
  const why: string[] = [];
  supervised = supervise({
    command: process.execPath,
    args: ['-e', script],
    pause: 10,
    onRestart: (reason) => why.push(reason),
    ...more,
  });
  return { supervised, why };
}

it('starts a program again that ended', async () => {
  const { supervised, why } = run('process.exit(3)');
  await expect.poll(() => supervised.starts()).toBeGreaterThan(2);
  expect(new Set(why)).toEqual(new Set(['ended']));
});

it('leaves a program ended that ended of its own will', async () => {
  let ended = false;
  const { supervised, why } = run('process.exit(0)', {
    onEnd: () => {
      ended = true;
    },
  });
  await expect.poll(() => ended).toBe(true);
  expect(supervised.starts()).toBe(1);
  expect(why).toEqual([]);
});

it('leaves a program alone that beats', async () => {
  const { supervised, why } = run(beating, { patience: 1_000 });
  await expect.poll(() => supervised.pid()).toBeDefined();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(why).toEqual([]);
});

it('ends and restarts a program that hangs', async () => {
  const { why } = run(`${beating}setTimeout(()=>{for(;;);},200)`, { patience: 600 });
  await expect.poll(() => why, { timeout: 6_000 }).toContain('hung');
});

it('ends what the program had started, too', async () => {
  const file = join(folder, 'pid');
  const script = `const c=require('child_process').spawn('sleep',['60']);require('fs').writeFileSync(${JSON.stringify(file)},String(c.pid));setInterval(()=>{},1000)`;
  const { supervised } = run(script);
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toMatch(/^\d+$/);
  const pid = Number(readFileSync(file, 'utf8'));
  await supervised.close();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

/** A process that ended and was not waited for yet is no longer alive. */
function isAlive(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
  return stat !== '' && !stat.includes(') Z ');
}
