/** The memory of running programs, read as a thief with the machine would: through /proc, without their help. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** A thing of known content that was put into a visit, in each form in which it might lie somewhere. */
export interface Mark {
  readonly name: string;
  readonly forms: readonly Buffer[];
}

/** UTF-8, UTF-16LE (two-byte strings of V8, Chromium's own) and Latin-1 (one-byte strings of V8). */
export function textMark(name: string, text: string): Mark {
  const forms = (['utf8', 'utf16le', 'latin1'] as const).map((encoding) => Buffer.from(text, encoding));
  return { name, forms: forms.filter((form, at) => forms.findIndex((one) => one.equals(form)) === at) };
}

/** Bytes: some pieces of 24 bytes from inside, each of which happens nowhere by chance. */
export function bytesMark(name: string, bytes: Uint8Array): Mark {
  const PIECE = 24;
  const at = [0.3, 0.5, 0.7].map((part) => Math.floor(bytes.length * part));
  const pieces = at.map((from) => Buffer.from(bytes.subarray(from, from + PIECE)));
  return { name, forms: pieces.filter((piece) => new Set(piece).size > PIECE / 3) };
}

export function marksIn(bytes: Buffer, marks: readonly Mark[]): string[] {
  return marks.filter(({ forms }) => forms.some((form) => bytes.includes(form))).map(({ name }) => name);
}

/** The process and all that descend from it. */
export function processFamily(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readSafely(`/proc/${name}/stat`);
    // The name, in brackets, may hold anything.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (stat !== '') parents.set(Number(name), parent);
  }
  const family = new Set([root]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  return [...family].filter((pid) => pid === root || parents.has(pid));
}

/** "main", or what Chromium calls it: renderer, gpu-process, zygote, network.mojom.NetworkService… */
export function processKind(pid: number): string {
  const words = readSafely(`/proc/${pid}/cmdline`).split('\0');
  const type = words.join(' ').match(/--type=([\w-]+)/)?.[1];
  const service = words.join(' ').match(/--utility-sub-type=([\w.]+)/)?.[1];
  return service ?? type ?? 'main';
}

export interface FoundInMemory {
  readonly mark: string;
  /** Where, for whoever has to find out how it came there. */
  readonly places: readonly string[];
}

const CHUNK = 8 * 1024 * 1024;

/**
 * Reads every page that the process has in memory, but the programs and libraries mapped from disk. Nothing where it has
 * ended meanwhile; throws where it may not be read: nothing is proved then.
 */
export function searchMemory(pid: number, marks: readonly Mark[]): FoundInMemory[] {
  const found = new Map<string, string[]>();
  const longest = Math.max(...marks.flatMap(({ forms }) => forms.map((form) => form.length)));
  const buffer = Buffer.alloc(CHUNK + longest);
  const memory = openMemory(pid);
  if (memory === null) return [];
  try {
    for (const { from, to, label } of residentRanges(pid)) {
      for (let at = from; at < to; at += CHUNK) {
        // A mark that lies across two pieces is found in the first.
        const read = readAt(memory, buffer, Math.min(CHUNK + longest, to - at), at);
        const bytes = buffer.subarray(0, read);
        for (const { name, forms } of marks) {
          const hits = forms.map((form) => bytes.indexOf(form)).filter((hit) => hit >= 0);
          const places = hits.map((hit) => `${(at + hit).toString(16)} ${label}`);
          if (places.length > 0) found.set(name, [...(found.get(name) ?? []), ...places]);
        }
      }
    }
  } finally {
    closeSync(memory);
  }
  return [...found].map(([mark, places]) => ({ mark, places }));
}

function openMemory(pid: number): number | null {
  try {
    return openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return null;
    throw error;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

function residentRanges(pid: number): Range[] {
  const ranges: Range[] = [];
  let current: { range: Range; readable: boolean } | null = null;
  for (const line of readSafely(`/proc/${pid}/smaps`).split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s*(.*)$/.exec(line);
    if (head) {
      const [, from = '', to = '', rights = '', label = ''] = head;
      const isProgram =
        label.startsWith('/') && !rights.includes('w') && !/^\/(memfd|dev)|deleted/.test(label);
      const special = ['[vvar]', '[vsyscall]', '[vvar_vclock]'].includes(label);
      current = {
        range: { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), label: `${rights} ${label}` },
        readable: rights.startsWith('r') && !isProgram && !special,
      };
    } else if (current?.readable && /^(Rss|Swap):\s+[1-9]/.test(line)) {
      if (ranges.at(-1) !== current.range) ranges.push(current.range);
    }
  }
  return ranges;
}

/** Pages that went away since they were listed hold nothing any more. */
function readAt(file: number, into: Buffer, length: number, at: number): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch (error) {
    if (hasCode(error, 'EIO', 'EFAULT', 'ESRCH')) return 0;
    throw error;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function readSafely(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // It ended meanwhile.
  }
}
