/**
 * The terminal's half of the seal between it and the counsellor's consoles (src/sealing): its key of this visit, which
 * console pages it knows, the code to compare aloud, and the keys of documents. All of it dies with this process.
 */
import type { Bytes } from '#sealing/bytes.ts';
import { checkCode, commitmentTo, newNonce } from '#sealing/check-code.ts';
import { createSealingKeys } from '#sealing/key-pair.ts';
import { type LiveSeal, liveSeal } from '#sealing/live-seal.ts';
import { type DocumentSeal, documentSeal, newDocumentKey } from '#sealing/sealed-document.ts';
import { openShot } from '#sealing/shot-seal.ts';
import type { DocumentFrame } from '#shared/document-frame.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import { documentKeyName, liveKeyName, type SealedShot, type WrappedKey } from '#shared/sealing.ts';

export interface VisitSeal {
  readonly publicKey: string;
  readonly receive: (message: Extract<DocumentToTerminal, { type: `seal.${string}` }>) => Promise<void>;
  /** A document that comes from that console; null: its key is not from there, or not for this visit. */
  readonly openFrom: (
    consoleId: string,
    documentId: string,
    size: number,
    key: WrappedKey,
  ) => Promise<DocumentSeal | null>;
  /** The seal of a document that the terminal gives, made at the first call. `size`: plain bytes. */
  readonly sealOf: (documentId: string, size: number) => Promise<DocumentSeal>;
  /** Its key for that console; null: the console is not known. */
  readonly keyFor: (consoleId: string, documentId: string, seal: DocumentSeal) => Promise<WrappedKey | null>;
  /** What a console says while it is said; null: it is no such frame, or not from a console that is known. */
  readonly openLive: (frame: DocumentFrame) => Promise<Bytes | null>;
  /** What this terminal's own page sealed for this process; null: it was not sealed for it, or for another aim. */
  readonly openShot: (aim: string, shot: SealedShot) => Promise<Bytes | null>;
  /** Tells every known console the document's key, before it asks. */
  readonly offer: (documentId: string, size: number) => Promise<void>;
}

export interface VisitSealEvents {
  readonly say: (message: DocumentToConsole) => void;
  /** The code of the console page that came last. */
  readonly onCode: (code: string) => void;
}

/** Pages of consoles in one visit; more is not a counsellor who opens windows. */
const MOST_CONSOLES = 20;

interface KnownConsole {
  readonly commitment: string;
  readonly nonce: string;
  /** Null until it has been shown. */
  publicKey: string | null;
  live: LiveSeal | null;
}

export async function createVisitSeal({ say, onCode }: VisitSealEvents): Promise<VisitSeal> {
  const keys = await createSealingKeys();
  const consoles = new Map<string, KnownConsole>();
  const seals = new Map<string, Promise<DocumentSeal>>();

  function commit(consoleId: string, commitment: string): void {
    let known = consoles.get(consoleId);
    // Another commitment is another try, with a nonce of its own.
    if (known?.commitment !== commitment) {
      if (!known && consoles.size >= MOST_CONSOLES) return;
      known = { commitment, nonce: newNonce(), publicKey: null, live: null };
      consoles.set(consoleId, known);
    }
    say({ type: 'seal.nonce', consoleId, nonce: known.nonce, visitKey: keys.publicKey });
  }

  async function reveal(consoleId: string, publicKey: string, liveKey: WrappedKey): Promise<void> {
    const known = consoles.get(consoleId);
    if (!known || (await commitmentTo(publicKey)) !== known.commitment) {
      // The nonce has been seen: the next try gets another.
      consoles.delete(consoleId);
      return;
    }
    const key = await keys.unwrap(publicKey, liveKeyName(consoleId), liveKey);
    if (!key) return;
    // Once: a second one would hear again what was said before.
    known.live ??= await liveSeal(consoleId, key);
    if (known.publicKey === null) onCode(await checkCode(keys.publicKey, publicKey, known.nonce));
    known.publicKey = publicKey;
    say({ type: 'seal.ready', consoleId });
  }

  async function keyFor(
    consoleId: string,
    documentId: string,
    seal: DocumentSeal,
  ): Promise<WrappedKey | null> {
    const publicKey = consoles.get(consoleId)?.publicKey;
    return publicKey ? keys.wrap(publicKey, documentKeyName(documentId), seal.key) : null;
  }

  function sealOf(documentId: string, size: number): Promise<DocumentSeal> {
    const known = seals.get(documentId);
    if (known) return known;
    const made = documentSeal(documentId, size, newDocumentKey());
    seals.set(documentId, made);
    return made;
  }

  return {
    publicKey: keys.publicKey,
    async receive(message) {
      if (message.type === 'seal.commit') commit(message.consoleId, message.commitment);
      else await reveal(message.consoleId, message.publicKey, message.liveKey);
    },
    async openFrom(consoleId, documentId, size, wrapped) {
      const publicKey = consoles.get(consoleId)?.publicKey;
      const key = publicKey && (await keys.unwrap(publicKey, documentKeyName(documentId), wrapped));
      return key ? documentSeal(documentId, size, key) : null;
    },
    sealOf,
    keyFor,
    openLive: async (frame) => (await consoles.get(frame.documentId)?.live?.open(frame)) ?? null,
    openShot: (aim, shot) => openShot(keys, aim, shot),
    async offer(documentId, size) {
      const seal = await sealOf(documentId, size);
      for (const consoleId of consoles.keys()) {
        const key = await keyFor(consoleId, documentId, seal);
        if (key) say({ type: 'documentKey', consoleId, documentId, key });
      }
    },
  };
}
