import path from 'node:path';
import { expect, test } from 'vitest';
import { checkLayers } from './layers.ts';

const root = path.resolve(import.meta.dirname, '..');

test('every rule is seen broken in a folder that breaks each of them on purpose', () => {
  const seen = checkLayers(path.join(root, 'test/fixtures/layers'));
  expect(seen.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([
    'src/console/bad.ts:1 console imports electron',
    'src/console/bad.ts:2 console imports src/shared/good.ts by its path: only #shared/ is shared',
    'src/helpers/bad.ts:1 src/helpers is not a layer',
    'src/hub/bad.ts:1 hub imports electron',
    'src/hub/bad.ts:2 hub imports src/console/bad.ts by its path: only #shared/ is shared',
    'src/main/bad.ts:2 main imports src/shared/good.ts by its path: only #shared/ is shared',
    'src/main/bad.ts:3 main imports #rig/displays.ts: only tests may',
    'src/main/bad.ts:1 ipcMain is used outside of its one place',
    'src/renderer/bad.tsx:1 renderer imports electron',
    'src/renderer/bad.tsx:2 renderer imports electron',
    'src/renderer/bad.tsx:2 ipcRenderer is used outside of its one place',
    'src/shared/bad.ts:1 shared imports node:fs: nothing but zod',
    'src/shared/bad.ts:3 shared imports #shared/good.ts: inside shared, by relative path',
    'src/shared/bad.ts:4 shared imports src/hub/bad.ts by its path: only #shared/ is shared',
  ]);
});

test('the project keeps to its rules', () => {
  expect(checkLayers(root)).toEqual([]);
});
