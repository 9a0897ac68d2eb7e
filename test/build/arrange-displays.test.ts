/** What the kiosk package runs when a display comes or goes, beside an xrandr that tells of displays we do not have. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../rig/run-command.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { root } from './debs.ts';

const SCRIPT = path.join(root, 'packaging/kiosk/root/usr/lib/vis-a-vis/arrange-displays');

/** What it asks of xrandr, where `--query` answers this. */
async function asked(displays: readonly string[]): Promise<string[]> {
  const folder = makeRunFolder('xrandr');
  const program = path.join(folder, 'xrandr');
  const lines = ['Screen 0: minimum 320 x 200, current 1920 x 1080, maximum 16384 x 16384', ...displays];
  writeFileSync(path.join(folder, 'query'), `${lines.join('\n')}\n   1920x1080     60.00*+\n`);
  writeFileSync(path.join(folder, 'asked'), '');
  writeFileSync(
    program,
    `#!/bin/sh\nif [ "$1" = --query ]; then cat ${folder}/query; else echo "$*" >> ${folder}/asked; fi\n`,
  );
  chmodSync(program, 0o755);
  await runCommand('sh', [SCRIPT], { env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } });
  return readFileSync(path.join(folder, 'asked'), 'utf8').split('\n').filter(Boolean);
}

it.each([
  [
    'both on: nothing to do',
    [
      'HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 510mm x 287mm',
      'DP-1 connected 1280x1024+1920+0 (normal left inverted right x axis y axis) 376mm x 301mm',
      'DP-2 disconnected (normal left inverted right x axis y axis)',
    ],
    [],
  ],
  [
    'one plugged in and dark: on, to the right of the other',
    [
      'HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 510mm x 287mm',
      'DP-1 connected (normal left inverted right x axis y axis)',
    ],
    ['--output DP-1 --auto --right-of HDMI-1'],
  ],
  [
    'both dark',
    ['HDMI-1 connected (normal left)', 'DP-1 connected (normal left)'],
    ['--output HDMI-1 --auto', '--output DP-1 --auto --right-of HDMI-1'],
  ],
  [
    'one pulled, its picture still there: off',
    [
      'HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 510mm x 287mm',
      'DP-1 disconnected 1280x1024+1920+0 (normal left inverted right x axis y axis) 0mm x 0mm',
    ],
    ['--output DP-1 --off'],
  ],
])('%s', async (_what, displays, orders) => {
  expect(await asked(displays)).toEqual(orders);
});
