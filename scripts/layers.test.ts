import path from 'node:path';
import { expect, test } from 'vitest';
import { checkLayers } from './layers.ts';

const root = path.resolve(import.meta.dirname, '..');

test('every rule is seen broken in a folder that breaks each of them on purpose', () => {
  const seen = checkLayers(path.join(root, 'test/fixtures/layers'));
  expect(seen.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([
    'src/console/bad.ts:1 console imports electron/common: not on its list',
    'src/console/bad.ts:2 console imports src/shared/good.ts by its path: between layers, by #',
    'src/console/packages.ts:2 console imports node:crypto: its runtime has no Node',
    'src/console/packages.ts:3 console imports ws: not on its list',
    'src/helpers/bad.ts:1 src/helpers is not a layer',
    'src/hub/bad.ts:1 hub imports electron: not on its list',
    'src/hub/bad.ts:2 hub imports src/console/bad.ts by its path: between layers, by #',
    'src/hub/packages.ts:3 hub imports @fastify/cors: not on its list',
    'src/hub/packages.ts:4 hub imports react: not on its list',
    'src/hub/room/page/packages.ts:2 hub/room/page imports node:fs: its runtime has no Node',
    'src/hub/room/page/packages.ts:3 hub/room/page imports fastify: not on its list',
    'src/main/bad.ts:2 main imports src/shared/good.ts by its path: between layers, by #',
    'src/main/bad.ts:3 main imports #rig/displays.ts: not on its list',
    'src/main/bad.ts:1 ipcMain is used outside of its one place',
    'src/main/packages.ts:2 main imports fs: not on its list',
    'src/main/packages.ts:3 main imports fastify: not on its list',
    'src/main/packages.ts:5 main imports #room-client/good.ts: not on its list',
    'src/main/packages.ts:6 main imports src/main/anything-suite.ts: only tests may',
    'src/preload/packages.ts:1 preload imports zod: not on its list',
    'src/preload/packages.ts:2 preload imports node:path: its runtime has no Node',
    'src/renderer/bad.tsx:1 renderer imports electron: not on its list',
    'src/renderer/bad.tsx:2 renderer imports electron: not on its list',
    'src/renderer/bad.tsx:2 ipcRenderer is used outside of its one place',
    'src/renderer/packages.tsx:3 renderer imports react-aria-components: not on its list',
    'src/renderer/packages.tsx:6 renderer imports #hub/bad.ts: not on its list',
    'src/room-client/bad.ts:1 room-client imports zod: not on its list',
    'src/room-client/bad.ts:2 room-client imports #room-client/good.ts: inside room-client, by relative path',
    'src/shared/bad.ts:1 shared imports node:fs: its runtime has no Node',
    'src/shared/bad.ts:3 shared imports #shared/good.ts: inside shared, by relative path',
    'src/shared/bad.ts:4 shared imports src/hub/bad.ts by its path: between layers, by #',
  ]);
});

test('the project keeps to its rules', () => {
  expect(checkLayers(root)).toEqual([]);
});
