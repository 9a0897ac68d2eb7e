/** For tests: the paper process for real, forked, with a console that answers what it wants. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { vi } from 'vitest';
import type { Order, OrderRequest, OrderStatus } from '#shared/protocol.ts';
import { documentLimits, paperConfig } from './contract.ts';
import { createPaperLink, type PaperLink } from './paper-link.ts';
import { spawnNode } from './spawn-node.ts';
import { createTestFolder } from './test-folder.ts';

export interface Want {
  readonly documentId: string;
  readonly offset: number;
  readonly length: number;
}

export interface Bench {
  readonly link: PaperLink;
  readonly order: (request: OrderRequest, orderId?: string) => string;
  readonly statuses: (orderId: string) => readonly OrderStatus[];
  readonly ended: (orderId: string) => Promise<OrderStatus>;
  readonly wants: Want[];
  readonly deaths: string[];
  readonly scanning: boolean[];
  readonly folder: string;
}

const entry = join(import.meta.dirname, 'paper-process.ts');
const closers: (() => Promise<unknown>)[] = [];

/** Ends what the test started. */
export async function closeBenches(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** `console`: the console's documents, which it sends when they are wanted. */
export async function startBench(
  console: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map(),
  settings: {
    readonly limits?: Partial<ReturnType<typeof documentLimits.parse>>;
    readonly printer?: object;
    readonly scanner?: object;
    readonly answers?: boolean;
  } = {},
): Promise<Bench> {
  const folder = await createTestFolder();
  const seen = new Map<string, OrderStatus[]>();
  const wants: Want[] = [];
  const deaths: string[] = [];
  const scanning: boolean[] = [];
  const link = createPaperLink({
    spawn: spawnNode({ entry }),
    config: paperConfig.parse({
      folder: folder.path,
      limits: documentLimits.parse(settings.limits ?? {}),
      printer: settings.printer ?? { driver: 'simulated', simulatedPageMs: 20 },
      scanner: settings.scanner ?? { driver: 'simulated', simulatedPageMs: 20 },
    }),
    onStatus: (orderId, status) => {
      seen.set(orderId, [...(seen.get(orderId) ?? []), status]);
    },
    onWant: (want) => {
      wants.push(want);
      if (settings.answers !== false) answer(link, console, want);
    },
    onDied: (reason) => deaths.push(reason),
    onScanning: (on) => scanning.push(on),
    pingMs: 100,
    silentMs: 3_000,
  });
  closers.push(link.kill, folder.remove);
  const statuses = (orderId: string): readonly OrderStatus[] => seen.get(orderId) ?? [];
  return {
    link,
    wants,
    deaths,
    scanning,
    folder: folder.path,
    statuses,
    order: (request, orderId = randomUUID()) => {
      link.order({ orderId, visitId: randomUUID(), deadline: Date.now() + 60_000, request } satisfies Order);
      return orderId;
    },
    ended: (orderId) =>
      soon(() => {
        const last = statuses(orderId).at(-1);
        if (last?.status !== 'done' && last?.status !== 'failed') throw new Error('still under way');
        return last;
      }),
  };
}

export function answer(
  link: PaperLink,
  console: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  want: Want,
): void {
  const bytes = console.get(want.documentId);
  if (!bytes) {
    link.gone(want.documentId);
    return;
  }
  const payload = bytes.slice(want.offset, want.offset + want.length);
  link.range({ documentId: want.documentId, offset: want.offset, payload });
}

export async function pdf(pages: number, text = 'Bonjour', padding = 0): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  for (let page = 1; page <= pages; page += 1)
    document.addPage([595, 842]).drawText(`${text} ${page}`, { x: 50, y: 700, size: 30 });
  if (padding > 0) await document.attach(new Uint8Array(randomBytes(padding)), 'rest.bin');
  return new Uint8Array(await document.save());
}

export function take(documentId: string, bytes: Uint8Array, size = bytes.length): OrderRequest {
  return { kind: 'take', documentId, size, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export function failedWith(code: string): object {
  return { status: 'failed', code };
}

export async function encrypted(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: 'secret', ownerPassword: 'more secret' });
  return new Uint8Array(await document.save());
}

/** It opens without a password; its author forbids to print it. */
export async function locked(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: '', ownerPassword: 'more secret', permissions: { printing: false } });
  return new Uint8Array(await document.save());
}

/** The one paper process that this process has. */
export function childPid(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  const found = children
    .split(' ')
    .filter(Boolean)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('paper-process'));
  if (found.length !== 1) throw new Error(`${found.length} paper processes`);
  return Number(found[0]);
}

/** Like vi.waitFor, with the patience that a loaded machine needs. */
export function soon<T>(look: () => T): Promise<T> {
  return vi.waitFor(look, { timeout: 15_000, interval: 10 });
}
