/** Makes a Debian package out of a folder laid out as the root (deb(5), deb-control(5)): the same bytes each time. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  type Dirent,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { runProgram } from '../setup/run-program.ts';

export interface DebPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: 'amd64' | 'all';
  readonly section: 'misc' | 'javascript' | 'web';
  readonly synopsis: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly depends: readonly string[];
  /** Of xz, 0 to 9: the large ones take minutes at 6, for a tenth fewer bytes. */
  readonly level: 1 | 6;
  readonly recommends?: readonly string[];
  readonly conflicts?: readonly string[];
  /** The folder that is laid out as the root; its times and modes are set here. */
  readonly root: string;
  /** Run by dpkg as root: preinst, postinst, prerm, postrm. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Files that the operator may change, from the root, with a leading slash. */
  readonly conffiles?: readonly string[];
}

export interface DebBuild {
  readonly maintainer: string;
  /** Seconds: the time of every file (reproducible-builds.org, SOURCE_DATE_EPOCH). */
  readonly epoch: number;
  /** Where the .deb is put. */
  readonly output: string;
}

const WIDTH = 79;

/** @returns the .deb's path. */
export function buildDeb(deb: DebPackage, { maintainer, epoch, output }: DebBuild): string {
  const control = path.join(deb.root, 'DEBIAN');
  rmSync(control, { recursive: true, force: true });
  const files = regularFiles(deb.root);
  const bytes = files.reduce((sum, file) => sum + lstatSync(path.join(deb.root, file)).size, 0);
  mkdirSync(control, { recursive: true });
  const write = (name: string, text: string, mode = 0o644): void => {
    writeFileSync(path.join(control, name), text);
    chmodSync(path.join(control, name), mode);
  };
  write('control', controlFile(deb, maintainer, Math.ceil(bytes / 1024)));
  write('md5sums', files.map((file) => `${md5(path.join(deb.root, file))}  ${file}\n`).join(''));
  if (deb.conffiles?.length) write('conffiles', deb.conffiles.map((file) => `${file}\n`).join(''));
  for (const [name, text] of Object.entries(deb.scripts ?? {})) write(name, text, 0o755);
  settle(deb.root, epoch);
  const file = path.join(output, `${deb.name}_${deb.version}_${deb.architecture}.deb`);
  mkdirSync(output, { recursive: true });
  runProgram(
    'dpkg-deb',
    ['--root-owner-group', '-Zxz', `-z${deb.level}`, '--build', deb.root, file],
    output,
    {
      SOURCE_DATE_EPOCH: String(epoch),
    },
  );
  return file;
}

function controlFile(deb: DebPackage, maintainer: string, kilobytes: number): string {
  const fields: [string, string | undefined][] = [
    ['Package', deb.name],
    ['Version', deb.version],
    ['Architecture', deb.architecture],
    ['Maintainer', maintainer],
    ['Installed-Size', String(kilobytes)],
    ['Depends', deb.depends.join(', ') || undefined],
    ['Recommends', deb.recommends?.join(', ')],
    ['Conflicts', deb.conflicts?.join(', ')],
    ['Section', deb.section],
    ['Priority', 'optional'],
    ['Description', [deb.synopsis, ...extended(deb.description)].join('\n ')],
  ];
  return fields.map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\n`)).join('');
}

/** deb-control(5): each line begins with a space, one with a dot alone parts paragraphs. */
function extended(paragraphs: readonly string[]): string[] {
  return paragraphs.flatMap((paragraph, at) => [...(at > 0 ? ['.'] : []), ...wrap(paragraph)]);
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length + 1 < WIDTH)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** One time for all, and two modes: what can be run, and what cannot. */
function settle(root: string, epoch: number): void {
  for (const entry of everything(root)) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) {
      const runs = entry.isDirectory() || isProgram(file);
      chmodSync(file, runs ? 0o755 : 0o644);
    }
    lutimesSync(file, epoch, epoch);
  }
  chmodSync(root, 0o755);
  lutimesSync(root, epoch, epoch);
}

/** An ELF program or a script that may be run here; libraries are loaded, not run (Debian Policy 10.2). */
function isProgram(file: string): boolean {
  if ((lstatSync(file).mode & 0o100) === 0 || /\.(?:so(?:\.[0-9]+)*|node)$/.test(file)) return false;
  const begin = readFileSync(file).subarray(0, 4).toString('latin1');
  return begin === '\x7fELF' || begin.startsWith('#!');
}

function regularFiles(root: string): string[] {
  return everything(root)
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

function everything(root: string): Dirent[] {
  return readdirSync(root, { recursive: true, withFileTypes: true });
}

function md5(file: string): string {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}
