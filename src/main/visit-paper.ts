/** The visit's disposable process for documents, prints and scans, and its folder in memory. */
import { join } from 'node:path';
import type { TerminalConfiguration } from '#shared/configuration/terminal.ts';
import type { DeskLive } from '#shared/desk-live.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { DocumentToConsole } from '#shared/protocol/documents.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { Log } from './log.ts';
import { isNoRoom } from './no-room.ts';
import { createPaperLink, type PaperLink } from './paper/paper-link.ts';
import { spawnNode } from './paper/spawn-node.ts';
import { createTmpfsFolder, type TmpfsFolder } from './paper/tmpfs-folder.ts';

export interface VisitPaper {
  /** Starts the process; harmless when repeated. */
  readonly prepare: () => void;
  /** The process, or null where the visit has none (yet). */
  readonly link: () => PaperLink | null;
  /** The process once it is there; null where it could not be had. */
  readonly ready: () => Promise<PaperLink | null>;
  /** Resolves once no print or scan is under way. */
  readonly stop: () => Promise<void>;
  /** Ends the process and removes its folder. */
  readonly remove: () => Promise<void>;
}

export interface VisitPaperOptions {
  readonly configuration: TerminalConfiguration;
  readonly dist: string;
  /** The Node program for the process. */
  readonly node: string;
  readonly log: Log;
  readonly onStatus: (orderId: string, status: OrderStatus) => void;
  readonly onWant: (want: { documentId: string; offset: number; length: number }) => void;
  /** The key that the visit's documents are sealed for; null: there is none (any more). */
  readonly onVisitKey: (publicKey: string | null) => void;
  readonly onCheckCode: (code: string | null) => void;
  /** What the counsellor does on the sheet; null: nothing (any more). */
  readonly onLive: (live: DeskLive | null) => void;
  /** For a console. */
  readonly onSay: (message: DocumentToConsole) => void;
  readonly onScanning: (scanning: boolean) => void;
  /** The process is gone for good, or its folder could not be made: every order of the visit fails. */
  readonly onGivenUp: (code: FailureCode) => void;
}

export function createVisitPaper(options: VisitPaperOptions): VisitPaper {
  const { configuration, dist, node, log, onStatus, onWant, onVisitKey, onCheckCode, onLive, onSay } =
    options;
  const { onScanning, onGivenUp } = options;
  // Another program reads it, so it lies beside the archive (electron-builder.yml, asarUnpack).
  const entry = join(dist, 'main', 'paper-process.js').replace('app.asar', 'app.asar.unpacked');
  let link: PaperLink | null = null;
  let folder: TmpfsFolder | null = null;
  let preparing: Promise<void> | null = null;
  /** A visit is under way. */
  let isWanted = false;

  /** The process that had them is gone. */
  function forget(): void {
    onVisitKey(null);
    onCheckCode(null);
    onLive(null);
  }

  async function start(): Promise<void> {
    folder = await createTmpfsFolder({ parent: configuration.memoryFolder });
    link = createPaperLink({
      spawn: spawnNode({ node, entry, cwd: folder.path }),
      config: {
        folder: folder.path,
        limits: configuration.limits,
        printer: configuration.printer,
        scanner: configuration.scanner,
      },
      onStatus,
      onWant,
      onVisitKey,
      onCheckCode,
      onLive,
      onSay,
      onScanning,
      onInvalid: (what) => log.error({ event: 'paper.message-refused', what }),
      onDied(reason, givenUp) {
        log.error({ event: 'paper.died', reason, givenUp });
        forget();
        if (givenUp) onGivenUp('unexpected');
      },
    });
  }

  function prepare(): void {
    preparing ??= start().catch((error: unknown) => {
      log.error({ event: 'paper.start-failed', error });
      // The next order tries again: there may be room by then.
      preparing = null;
      onGivenUp(isNoRoom(error) ? 'documentNoRoom' : 'unexpected');
    });
  }

  return {
    prepare() {
      isWanted = true;
      prepare();
    },
    link: () => link,
    async ready() {
      if (isWanted) prepare();
      await preparing;
      return link;
    },
    async stop() {
      await preparing;
      await link?.stop();
    },
    async remove() {
      isWanted = false;
      await preparing;
      await link?.kill();
      await folder?.remove();
      forget();
      link = null;
      folder = null;
      preparing = null;
    },
  };
}
