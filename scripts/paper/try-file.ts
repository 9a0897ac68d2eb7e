/**
 * One file through the terminal's own paper process: taken, every page drawn, printed on the rig's printer; and what came
 * out of it held against what was drawn.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { picturesInPdf, pictureText } from '#rig/pdf-pictures.ts';
import { documentLimits } from '#shared/configuration/document-limits.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { OrderRequest, OrderStatus } from '#shared/protocol/orders.ts';
import { paperConfig } from '../../src/main/paper/contract.ts';
import { createPaperLink, type PaperLink } from '../../src/main/paper/paper-link.ts';
import { spawnNode } from '../../src/main/paper/spawn-node.ts';
import { createSealedConsole } from '../../src/main/paper/testing/sealed-console.ts';
import { createTmpfsFolder } from '../../src/main/paper/tmpfs-folder.ts';

/** What happened to one file; printed as one line of JSON. */
export interface PaperOutcome {
  readonly file: string;
  readonly bytes: number;
  /** It came out whole, or was refused before anything was drawn or printed. */
  readonly ok: boolean;
  /** Why it was not taken, drawn or printed: one of the closed list that each has its sentence in the console. */
  readonly code: FailureCode | null;
  readonly at: 'take' | 'draw' | 'print' | null;
  /** How often the process died or had to be ended. */
  readonly deaths: number;
  readonly pages: number | null;
  readonly drawn: number;
  /** Pages of what the printer received; null: nothing was sent to it. */
  readonly printed: number | null;
  /** Every page on paper is the picture that was drawn, and nothing else is; null: nothing was printed. */
  readonly same: boolean | null;
  /** Pages without a single mark: nothing went wrong where the document has such pages. */
  readonly blank: number;
  readonly ms: { readonly take: number; readonly draw: number; readonly print: number };
}

export interface TryOptions {
  /** ipp://… of the queue. */
  readonly printerUri: string;
  /** The files that the printer received since it was asked last. */
  readonly printedFiles: () => readonly string[];
}

const ENTRY = path.resolve(import.meta.dirname, '../../src/main/paper/paper-process.ts');
/** ms. No honest file takes longer for one order; a print of 200 pages on the rig's printer takes one minute. */
const PATIENCE = 300_000;

export async function tryFile(file: string, options: TryOptions): Promise<PaperOutcome> {
  const bytes = new Uint8Array(readFileSync(file));
  const folder = await createTmpfsFolder();
  const statuses = new EventEmitter();
  let deaths = 0;
  const documentId = randomUUID();
  const played = createSealedConsole({ link: () => link, contents: new Map([[documentId, bytes]]) });
  const link: PaperLink = createPaperLink({
    spawn: spawnNode({ entry: ENTRY, cwd: folder.path }),
    config: paperConfig.parse({
      folder: folder.path,
      limits: documentLimits.parse({}),
      printer: { driver: 'cups', queue: options.printerUri },
      scanner: { driver: 'none' },
    }),
    onStatus: (orderId, status) => {
      if (status.status === 'done' || status.status === 'failed') statuses.emit(orderId, status);
    },
    onWant: (want) => void played.answer(want),
    onVisitKey: played.onVisitKey,
    onCheckCode: () => undefined,
    onLive: () => undefined,
    onSay: played.onSay,
    onDied: () => {
      deaths += 1;
    },
  });

  async function order(request: OrderRequest): Promise<OrderStatus> {
    const orderId = randomUUID();
    const ended = once(statuses, orderId, { signal: AbortSignal.timeout(PATIENCE) });
    link.order({ orderId, visitId: randomUUID(), deadline: Date.now() + PATIENCE, request });
    const [status] = (await ended) as [OrderStatus];
    return status;
  }

  const ms = { take: 0, draw: 0, print: 0 };
  let pages: number | null = null;
  let drawn = 0;
  let printed: number | null = null;
  let same: boolean | null = null;
  let blank = 0;
  const pictures: string[] = [];
  const outcome = (ok: boolean, at: PaperOutcome['at'], code: FailureCode | null): PaperOutcome => ({
    ...{
      file,
      bytes: bytes.length,
      ok: ok && deaths === 0,
      code,
      at,
      deaths,
      pages,
      drawn,
      printed,
      same,
      blank,
      ms,
    },
  });
  try {
    let since = performance.now();
    const lap = (): number => {
      const now = performance.now();
      const passed = Math.round(now - since);
      since = now;
      return passed;
    };
    if (bytes.length === 0) return outcome(true, 'take', 'documentNotPdf');
    const taken = await order(await played.take(documentId, bytes));
    ms.take = lap();
    if (taken.status === 'failed') return outcome(true, 'take', taken.code);
    if (taken.status === 'done' && taken.outcome.kind === 'taken') pages = taken.outcome.pages;
    for (let page = 1; page <= (pages ?? 0); page += 1) {
      const picture = await link.draw(documentId, page);
      if (!picture.ok) return outcome(false, 'draw', picture.failure.code);
      drawn += 1;
      pictures.push(await pictureText(picture.value.bytes));
      const { channels } = await sharp(picture.value.bytes).stats();
      if (channels.every(({ min }) => min === 255)) blank += 1;
    }
    ms.draw = lap();
    const print = await order({ kind: 'print', documentId, copies: 1 });
    ms.print = lap();
    if (print.status === 'failed') return outcome(false, 'print', print.code);
    const onPaper = (await Promise.all(options.printedFiles().map(picturesInPdf))).flat();
    printed = onPaper.length;
    // The printer may lay the last page first.
    same = JSON.stringify([...onPaper].sort()) === JSON.stringify([...pictures].sort());
    return outcome(same, 'print', null);
  } finally {
    played.close();
    await link.kill();
    await folder.remove();
  }
}
