/** Bundles the room page of the deployment. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { XMPP_HOSTS } from './prosody.ts';
import type { RoomPageSettings } from './room-page/settings.ts';

export type { RoomPageSettings };

export interface RoomPage {
  readonly html: string;
  readonly script: Buffer;
}

export async function buildRoomPage(
  folder: string,
  settings: Omit<RoomPageSettings, 'hosts'>,
): Promise<RoomPage> {
  const sources = path.join(import.meta.dirname, 'room-page');
  await build({
    root: sources,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      reportCompressedSize: false,
      minify: false,
      lib: {
        entry: path.join(sources, 'room-page.ts'),
        formats: ['iife'],
        name: 'RoomPage',
        fileName: () => 'room-page.js',
      },
    },
  });
  const all: RoomPageSettings = { ...settings, hosts: XMPP_HOSTS };
  return {
    html: readFileSync(path.join(sources, 'room-page.html'), 'utf8').replace(
      '"SETTINGS"',
      JSON.stringify(all).replaceAll('<', '\\u003c'),
    ),
    script: readFileSync(path.join(folder, 'room-page.js')),
  };
}
