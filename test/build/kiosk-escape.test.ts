/** What somebody finds who plugs a keyboard and a mouse into the terminal: nothing. Keys and clicks go through X (XTEST). */

import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RigProcess, startProcess } from '../rig/processes.ts';
import { runCommand } from '../rig/run-command.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';
import { root } from './debs.ts';
import { type InstalledTown, startInstalledTown } from './installed-town.ts';

/** The screens are looked at as from afar: dots a tenth as wide and high, and colours that anybody would tell apart. */
const AFAR = 10;
const APART = 48;
/** Of those dots: less than any window, bar or menu would take. The clouds of the free screen move on each minute, but are pale. */
const SAME = 0.002;
/** Where the face's clock is, in parts of the screen: it goes on, and is not looked at. */
const CLOCK = { left: 0.02, top: 0.25, width: 0.35, height: 0.2 };

let town: InstalledTown;
let terminal: RigProcess;
let seen: readonly Buffer[];
let windows: string;
beforeAll(async () => {
  town = await startInstalledTown();
  terminal = await town.start();
  await town.untilPainted(terminal);
  await until('nothing moves any more', async () => {
    const [one, other] = [await screens(), await screens()];
    return differing(one, other) < SAME;
  });
  seen = await screens();
  windows = await shownWindows();
});
afterAll(async () => {
  await terminal?.close();
  await town?.close();
});

const xdotool = (...args: string[]) =>
  runCommand('xdotool', args, { env: { ...process.env, DISPLAY: town.displays.display } });

async function screens(): Promise<Buffer[]> {
  const file = path.join(makeRunFolder('seen'), 'screen.png');
  const pictures: Buffer[] = [];
  for (const output of town.displays.outputs) {
    await town.displays.screenshot(file, output);
    const [width, height] = [Math.round(output.width / AFAR), Math.round(output.height / AFAR)];
    const cover = {
      width: Math.round(output.width * CLOCK.width),
      height: Math.round(output.height * CLOCK.height),
      ...{ channels: 3 as const, background: 'white' },
    };
    const at = { left: Math.round(output.width * CLOCK.left), top: Math.round(output.height * CLOCK.top) };
    const isFace = output.name === town.displays.outputs[0].name;
    const covered = await sharp(file)
      .removeAlpha()
      .composite(isFace ? [{ input: { create: cover }, ...at }] : [])
      .toBuffer();
    pictures.push(await sharp(covered).removeAlpha().resize(width, height, { fit: 'fill' }).raw().toBuffer());
  }
  return pictures;
}

/** What a failure looked like, in test-output/build. */
async function keepForEyes(): Promise<void> {
  for (const output of town.displays.outputs) {
    const name = `${expect.getState().currentTestName ?? 'screen'} ${output.name}.png`;
    await town.displays.screenshot(path.join(root, 'test-output/build', name.replaceAll('/', ' ')), output);
  }
}

/** Of all dots of both screens, the part that has another colour. */
function differing(one: readonly Buffer[], other: readonly Buffer[]): number {
  let [all, different] = [0, 0];
  for (const [at, picture] of one.entries()) {
    const beside = other[at];
    if (beside?.length !== picture.length) return 1;
    for (let dot = 0; dot < picture.length; dot += 3) {
      all += 1;
      const isOther = [0, 1, 2].some(
        (channel) => Math.abs((picture[dot + channel] ?? 0) - (beside[dot + channel] ?? 0)) > APART,
      );
      if (isOther) different += 1;
    }
  }
  return different / all;
}

/** Every window that is shown, menus and tips among them, with its place. */
async function shownWindows(): Promise<string> {
  const xwininfo = (...args: string[]) =>
    runCommand('xwininfo', args, { env: { ...process.env, DISPLAY: town.displays.display } });
  const children = await xwininfo('-root', '-children');
  const shown: string[] = [];
  for (const [, id = '', place = ''] of children.matchAll(
    /^\s+(0x[0-9a-f]+) .* (\d+x\d+\+-?\d+\+-?\d+) /gm,
  )) {
    if ((await xwininfo('-id', id)).includes('Map State: IsViewable')) shown.push(`${id} ${place}`);
  }
  return shown.sort().join('\n');
}

const CTRL_AND =
  'a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9 plus minus equal comma period slash Tab space Return Escape BackSpace Delete Insert Home End Prior Next Left Right Up Down F4 F5 F6 F12'.split(
    ' ',
  );
const BATCHES: readonly (readonly [string, readonly string[]])[] = [
  ['function keys', Array.from({ length: 12 }, (_, at) => `F${at + 1}`)],
  ['function keys with Shift', Array.from({ length: 12 }, (_, at) => `shift+F${at + 1}`)],
  ['Ctrl and each key', CTRL_AND.map((key) => `ctrl+${key}`)],
  ['Ctrl, Shift and each key', CTRL_AND.map((key) => `ctrl+shift+${key}`)],
  [
    'Alt and each key',
    'd e f h t v F1 F2 F4 F7 F8 F10 Tab space Left Right Home Return Escape grave Print'
      .split(' ')
      .map((key) => `alt+${key}`),
  ],
  [
    'Ctrl, Alt and each key',
    'Delete BackSpace t l d Tab Escape Left Right KP_Multiply KP_Divide F1 F2 F3 F7 F12'
      .split(' ')
      .map((key) => `ctrl+alt+${key}`),
  ],
  [
    'Super and each key',
    'a d e l r s t Tab space Left Right Up Down 1 Print'.split(' ').map((key) => `super+${key}`),
  ],
  [
    'keys of their own',
    'Super_L Super_R Menu Print Pause Scroll_Lock Num_Lock Caps_Lock Caps_Lock Undo Find Cancel XF86HomePage XF86Mail XF86WWW XF86Back XF86Forward XF86Reload XF86Refresh XF86Search XF86Explorer XF86Calculator XF86Terminal XF86PowerOff XF86Sleep XF86AudioRaiseVolume XF86Launch1'.split(
      ' ',
    ),
  ],
  [
    'dead keys, Compose, AltGr',
    'dead_circumflex dead_diaeresis dead_acute Multi_key ISO_Level3_Shift Hangul Henkan Kanji'.split(' '),
  ],
  [
    'moving and choosing',
    'Tab Tab Return space shift+Tab Return Tab Down Up Left Right Home End Prior Next Escape BackSpace Delete Insert'.split(
      ' ',
    ),
  ],
];

/** The middle of each screen, as X counts. */
const middles = () =>
  town.displays.outputs.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const);

/** A click in the middle of a screen; what is typed then goes to the terminal, as the X server tells. */
async function clickInto([x, y]: readonly [number, number]): Promise<void> {
  await xdotool('mousemove', String(x), String(y), 'click', '1');
  await until('the terminal has the keyboard', async () => {
    const focused = Number((await xdotool('getwindowfocus')).trim());
    return windows.includes(`0x${focused.toString(16)} `);
  });
}

async function expectTheTerminal(): Promise<void> {
  // What a key began may take a moment to show, or to go again: it is looked at once nothing moves any more.
  let last: readonly Buffer[] = await screens();
  await until('nothing moves any more', async () => {
    const now = await screens();
    const moved = differing(last, now);
    last = now;
    return moved < SAME;
  });
  if (differing(seen, last) >= SAME) await keepForEyes();
  expect(differing(seen, last)).toBeLessThan(SAME);
  expect(await shownWindows()).toBe(windows);
  expect(terminal.isRunning()).toBe(true);
  expect(terminal.output()).not.toMatch(/main\.bug|screen\.crashed/);
}

it.each(BATCHES)('%s: the terminal stays the terminal', async (_name, keys) => {
  for (const middle of middles()) {
    await clickInto(middle);
    await xdotool('key', '--delay', '15', '--clearmodifiers', ...keys);
  }
  await expectTheTerminal();
});

it('typed text, long and quick, goes nowhere', async () => {
  for (const middle of middles()) {
    await clickInto(middle);
    await xdotool(
      'type',
      '--delay',
      '3',
      "chrome://settings file:///etc/passwd <script>alert('é')</script> ".repeat(4),
    );
    await xdotool('key', 'Return');
  }
  await expectTheTerminal();
});

it.each([
  [
    'each button, once and twice',
    ['1', '2', '3', '8', '9'].flatMap((button) => ['click', button, 'click', '--repeat', '2', button]),
  ],
  [
    'the wheel, and zoom by Ctrl and wheel',
    [
      'click',
      '--repeat',
      '6',
      '4',
      'click',
      '--repeat',
      '6',
      '5',
      'keydown',
      'ctrl',
      'click',
      '--repeat',
      '6',
      '4',
      'click',
      '--repeat',
      '3',
      '5',
      'keyup',
      'ctrl',
    ],
  ],
  [
    'the right button, then a choice in whatever it opened',
    [
      'click',
      '3',
      'key',
      'Down',
      'key',
      'Down',
      'key',
      'Return',
      'key',
      'Menu',
      'key',
      'Down',
      'key',
      'Return',
      'key',
      'shift+F10',
      'key',
      'Return',
    ],
  ],
  [
    'drag and drop',
    [
      'mousedown',
      '1',
      'mousemove_relative',
      '--',
      '-400',
      '-200',
      'mousemove_relative',
      '700',
      '300',
      'mouseup',
      '1',
      'click',
      '1',
    ],
  ],
])('%s: the terminal stays the terminal', async (_name, actions) => {
  for (const [x, y] of middles()) {
    for (const [dx, dy] of [
      [0, 0],
      [-300, 200],
      [300, -250],
    ] as const) {
      await xdotool('mousemove', String(x + dx), String(y + dy), ...actions);
    }
    await xdotool('mousemove', String(x), String(y), 'click', '1');
  }
  await expectTheTerminal();
});

it('is looked at with eyes that see: the smallest strange window is noticed', async () => {
  const strange = await startProcess({
    name: 'xmessage',
    program: 'xmessage',
    args: ['-geometry', '160x80+900+500', 'strange'],
    env: { ...process.env, DISPLAY: town.displays.display },
  });
  try {
    await until('it is among the windows', async () => (await shownWindows()) !== windows);
    await until('it is seen', async () => differing(seen, await screens()) > SAME);
  } finally {
    await strange.close();
  }
  await expectTheTerminal();
});
