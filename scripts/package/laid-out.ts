/** A package's folder, laid out as the root, and what Debian wants in it of every package (Debian Policy 12). */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../check/step.ts';
import { type InstalledPackage, licenceTexts } from './npm-packages.ts';
import type { PackageBuild } from './package-build.ts';

export interface LaidOut {
  readonly folder: string;
  /** `from` is absolute; `to` begins at the root, without a slash. Links are followed. */
  readonly copy: (from: string, to: string, keep?: (file: string) => boolean) => void;
  readonly write: (to: string, text: string | Uint8Array, mode?: number) => void;
  /** A relative link at `at`. */
  readonly link: (target: string, at: string) => void;
}

/** An empty one, in place of what an earlier build left. */
export function layOut(name: string, { work }: Pick<PackageBuild, 'work'>): LaidOut {
  const folder = path.join(work, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const place = (to: string): string => {
    const file = path.join(folder, to);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  };
  return {
    folder,
    copy: (from, to, keep) =>
      cpSync(from, place(to), {
        recursive: true,
        dereference: true,
        ...(keep ? { filter: (file: string) => keep(path.relative(from, file)) } : {}),
      }),
    write: (to, text, mode = 0o644) => writeFileSync(place(to), text, { mode }),
    link: (target, at) => symlinkSync(target, place(at)),
  };
}

const LICENCES = {
  Expat: ` Permission is hereby granted, free of charge, to any person obtaining a copy
 of this software and associated documentation files (the "Software"), to deal
 in the Software without restriction, including without limitation the rights
 to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 copies of the Software, and to permit persons to whom the Software is
 furnished to do so, subject to the following conditions:
 .
 The above copyright notice and this permission notice shall be included in all
 copies or substantial portions of the Software.
 .
 THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 SOFTWARE.
`,
} as const;

interface Documents {
  readonly name: string;
  readonly version: string;
  /** Others' packages inside. */
  readonly inside: readonly InstalledPackage[];
  /** Of debian/copyright: whose the files are. */
  readonly files?: readonly {
    readonly pattern: string;
    readonly copyright: string;
    readonly licence: 'Expat';
  }[];
}

/** copyright, changelog, overrides of the linter with their reasons, and the licences of what is inside. */
export function layDocuments(
  out: LaidOut,
  build: PackageBuild,
  { name, version, inside, files }: Documents,
): void {
  const folder = `usr/share/doc/${name}`;
  const date = new Date(build.epoch * 1000).toUTCString().replace('GMT', '+0000');
  const entry = `${name} (${version}) stable; urgency=medium\n\n  * See the project's own history.\n\n -- ${build.maintainer}  ${date}\n`;
  out.write(`${folder}/changelog.gz`, gzipSync(entry, { level: 9 }));
  out.write(`${folder}/copyright`, copyright(name, files ?? []));
  out.copy(path.join(root, 'LICENSE'), `${folder}/EUPL-1.2.txt`);
  if (inside.length > 0) {
    out.write(`${folder}/third-party.txt.gz`, gzipSync(licenceTexts(inside), { level: 9 }));
  }
  const overrides = path.join(root, 'packaging', `${name.replace('vis-a-vis-', '')}.lintian`);
  if (existsSync(overrides)) out.copy(overrides, `usr/share/lintian/overrides/${name}`);
}

/** Machine-readable (debian.org, copyright-format 1.0). */
function copyright(name: string, files: NonNullable<Documents['files']>): string {
  const own = { pattern: '*', copyright: '2026 Vis-à-vis', licence: 'EUPL-1.2' };
  const paragraphs = [own, ...files].map(
    ({ pattern, copyright: who, licence }) => `Files: ${pattern}\nCopyright: ${who}\nLicense: ${licence}\n`,
  );
  return [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Vis-à-vis\nSource: the project’s own repository\n',
    ...paragraphs,
    `License: EUPL-1.2\n The whole text is in /usr/share/doc/${name}/EUPL-1.2.txt. What others wrote, and its licences,\n is in third-party.txt.gz beside it.\n`,
    ...[...new Set(files.map(({ licence }) => licence))].map(
      (licence) => `License: ${licence}\n${LICENCES[licence]}`,
    ),
  ].join('\n');
}
