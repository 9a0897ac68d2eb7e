/** The packages that `npm run dist` made, as the tests look into them. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { dist, root } from '../../scripts/build/targets.ts';
import { runCommand } from '../rig/run-command.ts';

export const NAMES = [
  'vis-a-vis-node',
  'vis-a-vis-runtime',
  'vis-a-vis-terminal',
  'vis-a-vis-kiosk',
  'vis-a-vis-hub',
] as const;
export type DebName = (typeof NAMES)[number];

export { dist, root };

/** @throws Error where there is not exactly one. */
export function debOf(name: DebName, folder: string = dist): string {
  const [file, ...others] = globSync(`${name}_*.deb`, { cwd: folder });
  if (!file || others.length > 0) throw new Error(`${name}: not one package in ${folder}. npm run dist`);
  return path.join(folder, file);
}

/** A field of its control file; '' where it has none. */
export async function fieldOf(name: DebName, field: string): Promise<string> {
  return (await runCommand('dpkg-deb', ['--field', debOf(name), field])).trim();
}
