/** A console for a paper process without a hub in between: agrees with it, and gives it documents, sealed. */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type ConsoleSeal, createConsoleSeal } from '#sealing/console-seal.ts';
import { PLAIN_RANGE_BYTES, plainOffset, sealedSize } from '#sealing/sealed-document.ts';
import { visitKeyMessage } from '#sealing/visit-key.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { PaperLink, PaperLinkOptions } from '../paper-link.ts';

export interface SealedConsole {
  readonly seal: ConsoleSeal;
  readonly onVisitKey: PaperLinkOptions['onVisitKey'];
  readonly onSay: PaperLinkOptions['onSay'];
  /** Sends the sealed range that is wanted. */
  readonly answer: (want: { readonly documentId: string; readonly offset: number }) => Promise<void>;
  /** The order that brings one of the documents; `size`: plain bytes, where it lies about them. */
  readonly take: (documentId: string, bytes: Uint8Array, size?: number) => Promise<OrderRequest>;
  readonly close: () => void;
}

export interface SealedConsoleOptions {
  readonly link: () => PaperLink;
  /** Its documents, by id. */
  readonly contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Changes what goes to the terminal on its way. */
  readonly spoil?: ((sealed: Uint8Array<ArrayBuffer>) => void) | undefined;
}

export function createSealedConsole({ link, contents, spoil }: SealedConsoleOptions): SealedConsole {
  const enrolment = generateKeyPairSync('ed25519');
  const terminal = {
    terminalId: randomUUID(),
    visitId: randomUUID(),
    enrolmentKey: enrolment.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
  };
  const seal = createConsoleSeal({
    say: (message) => {
      link().hear(message);
      return true;
    },
    onChange: () => undefined,
    againMs: 200,
  });
  async function giveKey(documentId: string): Promise<void> {
    const bytes = contents.get(documentId);
    const key = bytes && (await seal.keyFor(documentId, await seal.sealOf(documentId, bytes.length)));
    const { consoleId } = seal;
    link().hear(
      key ? { type: 'documentKey', consoleId, documentId, key } : { type: 'document.gone', documentId },
    );
  }

  return {
    seal,
    onVisitKey(publicKey) {
      const signed = visitKeyMessage(terminal.terminalId, terminal.visitId, publicKey);
      const signature = sign(null, signed, enrolment.privateKey).toString('base64url');
      void seal.follow({ ...terminal, visitKey: { publicKey, signature } });
    },
    onSay(message) {
      if (message.type === 'documentKey.want') void giveKey(message.documentId);
      void seal.receive(message);
    },
    async answer({ documentId, offset }) {
      const bytes = contents.get(documentId);
      const at = plainOffset(offset);
      if (!bytes || at === null) return link().hear({ type: 'document.gone', documentId });
      const sealed = await seal.sealOf(documentId, bytes.length);
      const payload = await sealed.seal(offset, bytes.slice(at, at + PLAIN_RANGE_BYTES));
      spoil?.(payload);
      link().range({ documentId, offset, payload });
    },
    async take(documentId, bytes, size = bytes.length) {
      const key = await seal.keyFor(documentId, await seal.sealOf(documentId, size));
      if (!key) throw new Error('The visit is over');
      return { kind: 'take', documentId, size: sealedSize(size), consoleId: seal.consoleId, key };
    },
    close: seal.close,
  };
}
