/** For tests: the paper process for real, forked, with a console that answers what it wants. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { vi } from 'vitest';
import type { ConsoleSeal } from '#sealing/console-seal.ts';
import { plainSize } from '#sealing/sealed-document.ts';
import { documentLimits } from '#shared/configuration/document-limits.ts';
import type { DeskLive } from '#shared/desk-live.ts';
import { DOCUMENT_RANGE_BYTES, type DocumentToConsole } from '#shared/protocol/documents.ts';
import type { Order, OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import { paperConfig } from './contract.ts';
import { createPaperLink, type PaperLink } from './paper-link.ts';
import { spawnNode } from './spawn-node.ts';
import { createTestFolder } from './test-folder.ts';
import { createSealedConsole } from './testing/sealed-console.ts';

export interface Want {
  readonly documentId: string;
  readonly offset: number;
  readonly length: number;
}

export interface Bench {
  readonly link: PaperLink;
  readonly order: (request: OrderRequest, orderId?: string) => string;
  /** The order that brings one of the console's documents; `size`: plain bytes, where it lies about them. */
  readonly take: (documentId: string, bytes: Uint8Array, size?: number) => Promise<OrderRequest>;
  readonly statuses: (orderId: string) => readonly OrderStatus[];
  readonly ended: (orderId: string) => Promise<OrderStatus>;
  readonly wants: Want[];
  /** Sends the sealed range that is wanted. */
  readonly answer: (want: Want) => Promise<void>;
  /** What the terminal gives, pulled and opened as a console does. */
  readonly pull: (documentId: string, size: number) => Promise<Buffer>;
  readonly page: (documentId: string, page: number) => Promise<PageAnswer>;
  readonly seal: ConsoleSeal;
  readonly deaths: string[];
  readonly scanning: boolean[];
  readonly codes: string[];
  /** Public keys that the process has said of itself. */
  readonly keys: string[];
  readonly lives: (DeskLive | null)[];
  readonly folder: string;
}

export type PageAnswer = Extract<DocumentToConsole, { type: 'page.drawn' | 'page.failed' }>;

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
    /** Changes what goes to the terminal on its way. */
    readonly spoil?: (sealed: Uint8Array<ArrayBuffer>) => void;
  } = {},
): Promise<Bench> {
  const folder = await createTestFolder();
  const seen = new Map<string, OrderStatus[]>();
  const wants: Want[] = [];
  const deaths: string[] = [];
  const scanning: boolean[] = [];
  const codes: string[] = [];
  const keys: string[] = [];
  const pages: PageAnswer[] = [];
  const lives: (DeskLive | null)[] = [];
  const played = createSealedConsole({ link: () => link, contents: console, spoil: settings.spoil });
  const { seal, answer, take } = played;
  const link: PaperLink = createPaperLink({
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
      if (settings.answers !== false) void answer(want);
    },
    onVisitKey(publicKey) {
      keys.push(publicKey);
      played.onVisitKey(publicKey);
    },
    onCheckCode: (code) => codes.push(code),
    onLive: (live) => lives.push(live),
    onSay(message) {
      if (message.type === 'page.drawn' || message.type === 'page.failed') pages.push(message);
      played.onSay(message);
    },
    onDied: (reason) => deaths.push(reason),
    onScanning: (on) => scanning.push(on),
    pingMs: 100,
    silentMs: 3_000,
  });
  closers.push(async () => played.close(), link.kill, folder.remove);

  const statuses = (orderId: string): readonly OrderStatus[] => seen.get(orderId) ?? [];
  return {
    link,
    seal,
    wants,
    deaths,
    scanning,
    codes,
    keys,
    lives,
    folder: folder.path,
    statuses,
    answer,
    take,
    async pull(documentId, size) {
      const opener = await seal.openerOf(documentId, plainSize(size) ?? 0);
      if (!opener) throw new Error('gone');
      const parts: Uint8Array[] = [];
      for (let offset = 0; offset < size; offset += DOCUMENT_RANGE_BYTES) {
        const range = await link.read(documentId, offset);
        const plain = range.ok ? await opener.open(offset, range.value) : null;
        if (!plain) throw new Error('not read');
        parts.push(plain);
      }
      return Buffer.concat(parts);
    },
    async page(documentId, page) {
      await soon(() => {
        if (seal.state().kind !== 'ready') throw new Error('not agreed');
      });
      link.hear({ type: 'page.want', consoleId: seal.consoleId, documentId, page });
      return soon(() => {
        const found = pages.findLast((one) => one.documentId === documentId && one.page === page);
        if (!found) throw new Error('no answer');
        return found;
      });
    },
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

export async function pdf(pages: number, text = 'Bonjour', padding = 0): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  for (let page = 1; page <= pages; page += 1)
    document.addPage([595, 842]).drawText(`${text} ${page}`, { x: 50, y: 700, size: 30 });
  if (padding > 0) await document.attach(new Uint8Array(randomBytes(padding)), 'rest.bin');
  return new Uint8Array(await document.save());
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
