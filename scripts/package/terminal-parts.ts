/** What of npm is beside the terminal's own program, and what is in it. */
import { packagesOf } from '../layers.ts';
import { type InstalledPackage, packagesNeededBy } from './npm-packages.ts';

/** Native code, and files that are read as such: electron-builder.yml puts them beside the archive. */
const BESIDE = [
  'sharp',
  'node-hid',
  'usb',
  '@hyzyla/pdfium',
  'tesseract.js-core',
  '@tesseract.js-data/fra',
] as const;

/** They are installed with the runtime, so that an update without a new one is small. */
export function packagesBeside(): InstalledPackage[] {
  return packagesNeededBy(BESIDE);
}

/** What is bundled into the program. */
export function packagesInside(): InstalledPackage[] {
  const beside = new Set(packagesBeside().map(({ folder }) => folder));
  const all = packagesOf(['main', 'preload', 'renderer']).filter((name) => name !== 'electron');
  return packagesNeededBy(all).filter(({ folder }) => !beside.has(folder));
}
