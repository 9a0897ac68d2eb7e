/** The visit's documents between the hub and the paper process: what the consoles say, ask for and are told. */
import { visitKeyMessage } from '#sealing/visit-key.ts';
import { assertNever } from '#shared/assert-never.ts';
import type { DocumentFrame } from '#shared/document-frame.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import type { VisitKey } from '#shared/sealing.ts';
import type { HubLink } from './hub-link.ts';
import type { Identity } from './identity.ts';
import type { PaperLink } from './paper/paper-link.ts';

export interface VisitDocuments {
  /** From a console. */
  readonly receive: (message: DocumentToTerminal) => void;
  readonly receiveFrame: (frame: DocumentFrame) => void;
  /** For a console: sent now or not at all, it asks again. */
  readonly say: (message: DocumentToConsole) => void;
  /** Of the paper process; null: it has none (any more). */
  readonly setKey: (publicKey: string | null) => void;
  readonly setCheckCode: (code: string | null) => void;
  /** Certified, for the report. */
  readonly visitKey: () => VisitKey | null;
  /** To be compared aloud. */
  readonly checkCode: () => string | null;
}

export interface VisitDocumentsOptions {
  readonly identity: Identity;
  readonly visitId: () => string | null;
  readonly paper: () => PaperLink | null;
  readonly hub: () => Pick<HubLink, 'say' | 'sendFrame'> | null;
  /** The key or the code is another. */
  readonly onChange: () => void;
}

export function createVisitDocuments(options: VisitDocumentsOptions): VisitDocuments {
  const { identity, visitId, paper, hub, onChange } = options;
  let key: VisitKey | null = null;
  let code: string | null = null;

  /** A sealed range for a console. */
  async function give(documentId: string, offset: number): Promise<void> {
    const range = await paper()?.read(documentId, offset);
    if (range?.ok) hub()?.sendFrame({ documentId, offset, payload: new Uint8Array(range.value) });
    else hub()?.say({ type: 'document.gone', documentId });
  }

  return {
    receive(message) {
      switch (message.type) {
        case 'document.want':
          void give(message.documentId, message.offset);
          break;
        case 'document.gone':
        case 'seal.commit':
        case 'seal.reveal':
        case 'documentKey.want':
        case 'documentKey':
        case 'page.want':
          paper()?.hear(message);
          break;
        default:
          assertNever(message);
      }
    },
    receiveFrame: (frame) => paper()?.range(frame),
    say: (message) => hub()?.say(message),
    setKey(publicKey) {
      const visit = visitId();
      key =
        publicKey === null || visit === null
          ? null
          : { publicKey, signature: identity.sign(visitKeyMessage(identity.terminalId, visit, publicKey)) };
      onChange();
    },
    setCheckCode(next) {
      code = next;
      onChange();
    },
    visitKey: () => key,
    checkCode: () => code,
  };
}
