/** What is built out of which folders, and how. A target whose sources do not exist yet is left out. */
import { cpSync, existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { type InlineConfig, build as viteBuild } from 'vite';

export const root = path.resolve(import.meta.dirname, '../..');
export const dist = path.join(root, 'dist');

export interface Target {
  readonly name: string;
  /** Folders or files whose change makes the target be built again, from the repository's root. */
  readonly inputs: readonly string[];
  /** Sources it starts from, from the root; an empty list = nothing to build. */
  readonly entries: readonly string[];
  /** Folders or files it makes, in dist. */
  readonly outputs: readonly string[];
  readonly run: () => Promise<void>;
}

export function targets(): Target[] {
  return [
    pages('renderer', 'src/renderer', ['face/index.html', 'desk/index.html', 'room/*.html'], './'),
    pages('console', 'src/console', ['index.html'], '/'),
    pages('console-room', 'src/console/room', ['*.html'], './'),
    room(),
    preload(),
    nodeTarget(
      'main',
      [
        ...['main', 'paper/paper-process', 'paper/reading-process', 'pages/pages-process'].map(
          (name) => `src/main/${name}.ts`,
        ),
      ],
      'node20',
      isNative,
    ),
    nodeTarget('machine', ['src/machine/update.ts', 'src/machine/setup.ts'], 'node24', isBuiltin),
    hub(),
  ].filter((target) => target.entries.length > 0);
}

function pages(name: string, folder: string, patterns: readonly string[], base: string): Target {
  const from = path.join(root, folder);
  const entries = globSync([...patterns], { cwd: from }).sort();
  return {
    name,
    inputs: [folder, 'src/shared', 'src/room-client', 'src/sealing', 'assets'],
    entries: entries.map((entry) => path.join(folder, entry)),
    outputs: [name],
    run: async () => {
      await viteBuild({
        ...common,
        root: from,
        base,
        plugins: [react()],
        build: {
          ...commonBuild,
          outDir: path.join(dist, name),
          // The pages' policy allows no data: fonts and no inline script.
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          rolldownOptions: {
            input: entries.map((entry) => path.join(from, entry)),
            onLog: withoutNodeCrypto,
          },
        },
        // A worker loads what it rarely needs by itself.
        worker: { format: 'es' },
      });
      refuseInline(path.join(dist, name));
    },
  };
}

/** The hub's own room: its pages, and the script that other pages load to get window.JitsiMeetExternalAPI. */
function room(): Target {
  const folder = 'src/hub/room/page';
  const html = pages('room', folder, ['*.html'], './');
  const script = path.join(folder, 'external-api.ts');
  const hasScript = existsSync(path.join(root, script));
  return {
    ...html,
    inputs: [...html.inputs, 'src/hub/room'],
    entries: hasScript ? [...html.entries, script] : html.entries,
    run: async () => {
      if (html.entries.length > 0) await html.run();
      if (!hasScript) return;
      await viteBuild({
        ...common,
        build: {
          ...commonBuild,
          outDir: path.join(dist, 'room'),
          emptyOutDir: html.entries.length === 0,
          lib: {
            entry: path.join(root, script),
            formats: ['iife'],
            name: 'VisAVisRoom',
            fileName: () => 'external_api.js',
          },
        },
      });
    },
  };
}

/** One self-contained CommonJS file a screen: a sandboxed preload can require nothing but electron. */
function preload(): Target {
  const entries = globSync('src/preload/{face,desk,room,self,self-test}.ts', { cwd: root }).sort();
  return {
    name: 'preload',
    inputs: ['src/preload', 'src/shared'],
    entries,
    outputs: ['preload'],
    run: async () => {
      for (const [index, entry] of entries.entries()) {
        await viteBuild({
          ...common,
          build: {
            ...commonBuild,
            outDir: path.join(dist, 'preload'),
            emptyOutDir: index === 0,
            lib: {
              entry: path.join(root, entry),
              formats: ['cjs'],
              fileName: () => `${path.basename(entry, '.ts')}.cjs`,
            },
            rolldownOptions: { external: ['electron'] },
          },
        });
      }
    },
  };
}

function nodeTarget(
  name: string,
  wanted: readonly string[],
  target: string,
  external: (id: string) => boolean,
): Target {
  const entries = wanted.filter((entry) => existsSync(path.join(root, entry)));
  return {
    name,
    inputs: [`src/${name}`, 'src/shared', 'src/sealing'],
    entries,
    outputs: entries.map((entry) => path.join(name, `${path.basename(entry, '.ts')}.js`)),
    run: async () => {
      await viteBuild({
        ...common,
        // `external` below decides.
        ssr: { noExternal: true },
        build: {
          ...commonBuild,
          outDir: path.join(dist, name),
          target,
          ssr: true,
          rolldownOptions: {
            input: entries.map((entry) => path.join(root, entry)),
            external,
            output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
          },
        },
      });
    },
  };
}

/** Packages stay where npm put them: some carry native code or read files beside their own. */
function isPackage(id: string): boolean {
  return !/^[.#\0]/.test(id) && !path.isAbsolute(id);
}

/** They carry native code, or read files beside their own. */
const NATIVE = ['electron', 'sharp', 'node-hid', 'usb', '@hyzyla/pdfium', 'bufferutil', 'utf-8-validate'];

/**
 * The terminal's other packages are bundled: found and read one file after the other, they cost a quarter of its start.
 */
function isNative(id: string): boolean {
  return isBuiltin(id) || NATIVE.includes(id);
}

function hub(): Target {
  const commands = ['backup/backup', 'backup/restore', 'backup/rotate-secret', 'audit/verify-audit'];
  const entries = ['server', 'database/pglite-thread', ...commands, 'sheets/import-sheets'].map(
    (name) => `src/hub/${name}.ts`,
  );
  const target = nodeTarget('hub', entries, 'node24', isPackage);
  const migrations = path.join(root, 'src/hub/database/migrations');
  return {
    ...target,
    run: async () => {
      await target.run();
      if (existsSync(migrations)) cpSync(migrations, path.join(dist, 'hub/migrations'), { recursive: true });
    },
  };
}

const common = {
  root,
  configFile: false,
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
} as const satisfies InlineConfig;

const commonBuild = {
  emptyOutDir: true,
  sourcemap: false,
  reportCompressedSize: false,
  // The pages come from this machine or from the mairie's own hub.
  chunkSizeWarningLimit: 2_000,
} as const;

type OnLog = NonNullable<NonNullable<NonNullable<InlineConfig['build']>['rolldownOptions']>['onLog']>;

/** @hpke/common asks Node for its crypto where a runtime has none of its own: no browser comes there. */
const withoutNodeCrypto: OnLog = (level, log, pass) => {
  if (!/Module "crypto" has been externalized.*@hpke\/common/.test(log.message)) pass(level, log);
};

/** A strict policy allows nothing inline: such a page would come up empty on the terminal. */
function refuseInline(folder: string): void {
  for (const file of globSync('**/*.html', { cwd: folder })) {
    const html = readFileSync(path.join(folder, file), 'utf8');
    if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i.test(html)) {
      throw new Error(`${path.join(folder, file)} has an inline script or style.`);
    }
  }
}
