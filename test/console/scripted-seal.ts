/** The terminal's half of the seal, for the hub that plays a script: the real one, with an enrolment key of its own. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { PLAIN_RANGE_BYTES, plainOffset, plainSize } from '#sealing/sealed-document.ts';
import { visitKeyMessage } from '#sealing/visit-key.ts';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { createVisitSeal, type VisitSeal, type VisitSealEvents } from '../../src/main/paper/visit-seal.ts';

export interface ScriptedSeal {
  readonly seal: VisitSeal;
  /** With the terminal's keys where the view has its visit. */
  readonly certified: (view: ConsoleView) => ConsoleView;
  /** The range that was asked for; null: there is none. */
  readonly range: (
    documentId: string,
    bytes: Uint8Array,
    offset: number,
  ) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** What the order's sealed bytes are; null: not what was sealed. */
  readonly open: (
    request: Extract<OrderRequest, { kind: 'take' }>,
    sealed: Uint8Array<ArrayBuffer>,
  ) => Promise<Uint8Array | null>;
}

export async function createScriptedSeal(events: VisitSealEvents): Promise<ScriptedSeal> {
  const enrolment = generateKeyPairSync('ed25519');
  const publicKey = enrolment.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  const seal = await createVisitSeal(events);
  return {
    seal,
    certified(view) {
      if (view.role !== 'counsellor' || !view.current?.terminal.report) return view;
      const { terminal, visit } = view.current;
      const message = visitKeyMessage(terminal.terminalId, visit.visitId, seal.publicKey);
      const visitKey = {
        publicKey: seal.publicKey,
        signature: sign(null, message, enrolment.privateKey).toString('base64url'),
      };
      const report = { ...terminal.report, visitId: visit.visitId, visitKey };
      return {
        ...view,
        current: { ...view.current, terminal: { ...terminal, publicKey, report } },
      } as ConsoleView;
    },
    async range(documentId, bytes, offset) {
      const at = plainOffset(offset);
      if (at === null || at >= bytes.length) return null;
      const sealer = await seal.sealOf(documentId, bytes.length);
      return sealer.seal(offset, new Uint8Array(bytes.subarray(at, at + PLAIN_RANGE_BYTES)));
    },
    async open({ documentId, size, consoleId, key }, sealed) {
      const plain = plainSize(size);
      const opener = plain === null ? null : await seal.openFrom(consoleId, documentId, plain, key);
      if (!opener) return null;
      const parts: Uint8Array[] = [];
      for (let offset = 0; offset < size; offset += DOCUMENT_RANGE_BYTES) {
        const part = await opener.open(offset, sealed.slice(offset, offset + DOCUMENT_RANGE_BYTES));
        if (!part) return null;
        parts.push(part);
      }
      return new Uint8Array(Buffer.concat(parts));
    },
  };
}
