/**
 * The console's half of the seal between it and the terminal of its visit: checks the terminal's key, shows its own the
 * way check-code.ts asks for, and hands out the keys of documents. What it says is said again until it is answered.
 */
import type { DocumentFrame } from '#shared/document-frame.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import { documentKeyName, liveKeyName, type VisitKey, type WrappedKey } from '#shared/sealing.ts';
import type { Bytes } from './bytes.ts';
import { checkCode, commitmentTo } from './check-code.ts';
import { createSealingKeys, type SealingKeys } from './key-pair.ts';
import { type LiveSeal, liveSeal } from './live-seal.ts';
import { type DocumentSeal, documentSeal, newDocumentKey } from './sealed-document.ts';
import { isCertified, visitKeyMessage } from './visit-key.ts';

/** The terminal of the visit in call, as the hub tells of it. */
export interface VisitTerminal {
  readonly terminalId: string;
  readonly visitId: string;
  /** Of the terminal, for all its life. */
  readonly enrolmentKey: string;
  /** Null: it has none (yet). */
  readonly visitKey: VisitKey | null;
}

/** What the counsellor sees of it. */
export type SealState =
  /** No visit, no key of the terminal yet, or the two have not finished. */
  | { readonly kind: 'agreeing' }
  | { readonly kind: 'ready'; readonly code: string }
  /** The terminal's key is not its own: nothing is sent. */
  | { readonly kind: 'refused' };

export interface ConsoleSeal {
  readonly consoleId: string;
  /** The same object until it changes. */
  readonly state: () => SealState;
  /** Call at each change of the view; harmless to repeat. Null: no visit, all keys are forgotten. */
  readonly follow: (terminal: VisitTerminal | null) => Promise<void>;
  readonly receive: (message: DocumentToConsole) => Promise<void>;
  /** The line is there again. */
  readonly again: () => void;
  /** Of a document that this console gives; made at the first call. `size`: plain bytes. */
  readonly sealOf: (documentId: string, size: number) => Promise<DocumentSeal>;
  /** Its key for the terminal, as soon as the two know each other. Null: the visit is over. */
  readonly keyFor: (documentId: string, seal: DocumentSeal) => Promise<WrappedKey | null>;
  /** Of a document that the terminal gives, as soon as its key is here. Null: gone, or the visit is over. */
  readonly openerOf: (documentId: string, size: number) => Promise<DocumentSeal | null>;
  /** A key that came in another message (a page's picture). */
  readonly learn: (documentId: string, key: WrappedKey) => Promise<void>;
  /** What this console says while it is said, as the frame to send. Null: the two do not know each other (yet). */
  readonly sealLive: (plain: Bytes) => Promise<DocumentFrame | null>;
  readonly close: () => void;
}

export interface ConsoleSealOptions {
  /** False: there is no line; it is said again later. */
  readonly say: (message: DocumentToTerminal) => boolean;
  readonly onChange: () => void;
  /** ms between two times that something unanswered is said. */
  readonly againMs?: number;
}

/** What holds with one key of the terminal. */
interface Agreement {
  readonly terminal: VisitTerminal;
  readonly visitKey: string;
  readonly keys: SealingKeys;
  readonly commitment: string;
  /** The one that our key was shown for. */
  nonce: string | null;
  /** Made with the reveal. */
  live: { readonly wrapped: WrappedKey; readonly seal: LiveSeal } | null;
  code: string | null;
  isReady: boolean;
}

export function createConsoleSeal({ say, onChange, againMs = 2_000 }: ConsoleSealOptions): ConsoleSeal {
  const consoleId = crypto.randomUUID();
  let agreement: Agreement | null = null;
  /** Of the visit key that was refused. */
  let refused: string | null = null;
  /** follow() does one thing at a time. */
  let following: Promise<void> = Promise.resolve();
  let seals = new Map<string, Promise<DocumentSeal>>();
  let keys = new Map<string, Bytes>();
  const waiting = new Set<() => void>();
  let shown: SealState = { kind: 'agreeing' };

  function changed(): void {
    if (refused !== null) shown = { kind: 'refused' };
    else if (agreement?.isReady && agreement.code) shown = { kind: 'ready', code: agreement.code };
    else shown = { kind: 'agreeing' };
    for (const look of [...waiting]) look();
    onChange();
  }

  /** Resolves with the first value that is not undefined. */
  function when<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const tryNow = (): void => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(tryNow);
        resolve(found);
      };
      waiting.add(tryNow);
      tryNow();
    });
  }

  function forget(): void {
    agreement = null;
    refused = null;
    seals = new Map();
    keys = new Map();
  }

  async function agreeAnew(terminal: VisitTerminal, visitKey: string): Promise<void> {
    const own = await createSealingKeys();
    const commitment = await commitmentTo(own.publicKey);
    const visitBefore = agreement?.terminal.visitId;
    if (visitBefore !== undefined && visitBefore !== terminal.visitId) forget();
    agreement = {
      ...{ terminal, visitKey, keys: own, commitment },
      ...{ nonce: null, live: null, code: null, isReady: false },
    };
    changed();
    commit();
  }

  async function look(terminal: VisitTerminal | null): Promise<void> {
    if (!terminal) {
      if (agreement === null && refused === null && seals.size === 0) return;
      forget();
      changed();
      return;
    }
    const { visitKey, visitId, terminalId, enrolmentKey } = terminal;
    if (!visitKey || visitKey.publicKey === agreement?.visitKey || visitKey.publicKey === refused) return;
    const signed = visitKeyMessage(terminalId, visitId, visitKey.publicKey);
    if (await isCertified(enrolmentKey, signed, visitKey.signature)) {
      refused = null;
      await agreeAnew(terminal, visitKey.publicKey);
    } else {
      agreement = null;
      refused = visitKey.publicKey;
      changed();
    }
  }

  function commit(): void {
    if (agreement && !agreement.isReady)
      say({ type: 'seal.commit', consoleId, commitment: agreement.commitment });
  }

  async function reveal(nonce: string, visitKey: string): Promise<void> {
    const current = agreement;
    if (!current || current.visitKey !== visitKey || current.isReady) return;
    if (current.nonce !== null && current.nonce !== nonce) {
      // Our key has been shown for another: a code made of both could have been chosen. Both begin again.
      await agreeAnew(current.terminal, visitKey);
      return;
    }
    current.nonce = nonce;
    if (!current.live) {
      const key = newDocumentKey();
      const wrapped = await current.keys.wrap(visitKey, liveKeyName(consoleId), key);
      current.live = { wrapped, seal: await liveSeal(consoleId, key) };
    }
    current.code = await checkCode(visitKey, current.keys.publicKey, nonce);
    say({ type: 'seal.reveal', consoleId, publicKey: current.keys.publicKey, liveKey: current.live.wrapped });
  }

  async function learn(documentId: string, wrapped: WrappedKey): Promise<void> {
    const current = agreement;
    const key = await current?.keys.unwrap(current.visitKey, documentKeyName(documentId), wrapped);
    if (!key || agreement !== current) return;
    keys.set(documentId, key);
    changed();
  }

  /** Documents whose key somebody waits for. */
  const wanted = new Set<string>();
  function askForKey(documentId: string): void {
    if (agreement?.isReady) say({ type: 'documentKey.want', consoleId, documentId });
  }

  function again(): void {
    commit();
    for (const documentId of wanted) askForKey(documentId);
  }
  const timer = setInterval(again, againMs);

  return {
    consoleId,
    state: () => shown,
    follow(terminal) {
      following = following.then(() => look(terminal));
      return following;
    },
    async receive(message) {
      switch (message.type) {
        case 'seal.nonce':
          if (message.consoleId === consoleId) await reveal(message.nonce, message.visitKey);
          return;
        case 'seal.ready':
          if (message.consoleId !== consoleId || !agreement?.nonce) return;
          agreement.isReady = true;
          for (const documentId of wanted) askForKey(documentId);
          changed();
          return;
        case 'documentKey':
          if (message.consoleId === consoleId) await learn(message.documentId, message.key);
          return;
        case 'document.gone':
          if (wanted.delete(message.documentId)) changed();
          return;
        default:
          return; // For whoever asked for it.
      }
    },
    again,
    sealOf(documentId, size) {
      const known = seals.get(documentId);
      if (known) return known;
      const made = documentSeal(documentId, size, newDocumentKey());
      seals.set(documentId, made);
      return made;
    },
    async keyFor(documentId, seal) {
      const before = seals;
      const ready = await when(() => {
        if (seals !== before) return null;
        return agreement?.isReady ? agreement : undefined;
      });
      return ready ? ready.keys.wrap(ready.visitKey, documentKeyName(documentId), seal.key) : null;
    },
    async openerOf(documentId, size) {
      const before = keys;
      if (!keys.has(documentId)) {
        wanted.add(documentId);
        askForKey(documentId);
      }
      const key = await when(() => {
        if (keys !== before) return null;
        return keys.get(documentId) ?? (wanted.has(documentId) ? undefined : null);
      });
      wanted.delete(documentId);
      return key && documentSeal(documentId, size, key);
    },
    learn,
    async sealLive(plain) {
      const live = agreement?.isReady ? agreement.live : null;
      return live ? live.seal.seal(plain) : null;
    },
    close() {
      clearInterval(timer);
      forget();
      changed();
    },
  };
}
