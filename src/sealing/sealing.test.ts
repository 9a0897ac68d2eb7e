import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  DOCUMENT_RANGE_BYTES,
  type DocumentToConsole,
  type DocumentToTerminal,
} from '#shared/protocol/documents.ts';
import { liveKeyName, type WrappedKey } from '#shared/sealing.ts';
import { createVisitSeal, type VisitSeal } from '../main/paper/visit-seal.ts';
import { checkCode, commitmentTo } from './check-code.ts';
import { type ConsoleSeal, createConsoleSeal } from './console-seal.ts';
import { createSealingKeys } from './key-pair.ts';
import { documentSeal, newDocumentKey, PLAIN_RANGE_BYTES, plainSize, sealedSize } from './sealed-document.ts';
import { visitKeyMessage } from './visit-key.ts';

const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255);

/** What may happen to a message between the two; undefined: it never arrives. */
interface Between {
  readonly up?: (message: DocumentToTerminal) => DocumentToTerminal | undefined;
  readonly down?: (message: DocumentToConsole) => DocumentToConsole | undefined;
}

async function pair(between: Between = {}, options: { readonly forged?: boolean } = {}) {
  const codes: string[] = [];
  const enrolment = generateKeyPairSync('ed25519');
  const stranger = generateKeyPairSync('ed25519');
  const terminal = {
    terminalId: randomUUID(),
    visitId: randomUUID(),
    enrolmentKey: enrolment.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
  };
  const certified = (publicKey: string) => {
    const message = visitKeyMessage(terminal.terminalId, terminal.visitId, publicKey);
    const key = (options.forged ? stranger : enrolment).privateKey;
    return { publicKey, signature: sign(null, message, key).toString('base64url') };
  };
  let console: ConsoleSeal | null = null;
  const say = (message: DocumentToConsole) => {
    const passed = between.down ? between.down(message) : message;
    if (passed) void console?.receive(passed);
  };
  let desk: VisitSeal = await createVisitSeal({ say, onCode: (code) => codes.push(code) });
  const made = createConsoleSeal({
    say(message) {
      const passed = between.up ? between.up(message) : message;
      if (passed?.type === 'seal.commit' || passed?.type === 'seal.reveal') void desk.receive(passed);
      return true;
    },
    onChange: () => undefined,
    againMs: 50,
  });
  console = made;
  return {
    console: made,
    desk: () => desk,
    codes,
    terminal,
    follow: () => made.follow({ ...terminal, visitKey: certified(desk.publicKey) }),
    /** The paper process died, and another one has keys of its own. */
    replaceDesk: async () => {
      desk = await createVisitSeal({ say, onCode: (code) => codes.push(code) });
    },
  };
}

/** A console that is known can be given keys. */
async function isKnown(desk: VisitSeal, consoleId: string): Promise<boolean> {
  const documentId = randomUUID();
  return (await desk.keyFor(consoleId, documentId, await desk.sealOf(documentId, 1))) !== null;
}

describe('a sealed document', () => {
  it('comes out as it went in, in any order of its ranges', async () => {
    const documentId = randomUUID();
    const plain = bytes(PLAIN_RANGE_BYTES * 2 + 5);
    const key = newDocumentKey();
    const one = await documentSeal(documentId, plain.length, key);
    const other = await documentSeal(documentId, plain.length, key);
    const offsets = [0, 1, 2].map((n) => n * DOCUMENT_RANGE_BYTES);
    const sealed = await Promise.all(
      offsets.map((offset, n) =>
        one.seal(offset, plain.slice(n * PLAIN_RANGE_BYTES, (n + 1) * PLAIN_RANGE_BYTES)),
      ),
    );
    expect(sealed.reduce((sum, range) => sum + range.length, 0)).toBe(sealedSize(plain.length));
    const opened = await Promise.all(
      [2, 0, 1].map((n) => other.open(offsets[n] ?? 0, sealed[n] ?? bytes(1))),
    );
    expect(Buffer.concat([opened[1], opened[2], opened[0]].map((part) => part ?? bytes(0)))).toEqual(
      Buffer.from(plain),
    );
  });

  it('cannot be changed, moved, cut short or taken for another', async () => {
    const documentId = randomUUID();
    const key = newDocumentKey();
    const seal = await documentSeal(documentId, 100, key);
    const range = await seal.seal(0, bytes(100));
    const changed = range.slice();
    changed[50] = (changed[50] ?? 0) ^ 1;
    expect(await seal.open(0, changed)).toBeNull();
    expect(await seal.open(DOCUMENT_RANGE_BYTES, range)).toBeNull();
    expect(await (await documentSeal(documentId, 99, key)).open(0, range)).toBeNull();
    expect(await (await documentSeal(randomUUID(), 100, key)).open(0, range)).toBeNull();
    expect(await (await documentSeal(documentId, 100, newDocumentKey())).open(0, range)).toBeNull();
    expect(await seal.open(0, range)).not.toBeNull();
  });

  it('says its size from its sealed size, and no other', () => {
    for (const size of [1, 16, PLAIN_RANGE_BYTES - 1, PLAIN_RANGE_BYTES, PLAIN_RANGE_BYTES + 1, 104_857_600])
      expect(plainSize(sealedSize(size))).toBe(size);
    for (const none of [0, 16, DOCUMENT_RANGE_BYTES + 16]) expect(plainSize(none)).toBeNull();
  });
});

describe('a key', () => {
  it('is for one recipient, from one sender, under one name', async () => {
    const [one, other, third] = await Promise.all([1, 2, 3].map(createSealingKeys));
    if (!one || !other || !third) throw new Error('no keys');
    const key = newDocumentKey();
    const wrapped = await one.wrap(other.publicKey, 'document a', key);
    expect(await other.unwrap(one.publicKey, 'document a', wrapped)).toEqual(key);
    expect(await other.unwrap(third.publicKey, 'document a', wrapped)).toBeNull();
    expect(await other.unwrap(one.publicKey, 'document b', wrapped)).toBeNull();
    expect(await third.unwrap(one.publicKey, 'document a', wrapped)).toBeNull();
  });
});

describe('console and terminal', () => {
  it('agree, read the same code, and give each other documents', async () => {
    const { console, desk, codes, follow } = await pair();
    await follow();
    await expect.poll(() => console.state().kind).toBe('ready');
    expect(console.state()).toEqual({ kind: 'ready', code: codes.at(-1) });
    const documentId = randomUUID();
    const given = await console.sealOf(documentId, 3);
    const key = await console.keyFor(documentId, given);
    const range = await given.seal(0, bytes(3));
    const taken = key && (await desk().openFrom(console.consoleId, documentId, 3, key));
    expect(taken && (await taken.open(0, range))).toEqual(bytes(3));
    const scanned = randomUUID();
    await desk().offer(scanned, 5);
    const opener = await console.openerOf(scanned, 5);
    expect(await opener?.open(0, await (await desk().sealOf(scanned, 5)).seal(0, bytes(5)))).toEqual(
      bytes(5),
    );
    console.close();
  });

  it('hear what is said once, in its order, and nothing old', async () => {
    const { console, desk, follow } = await pair();
    await follow();
    await expect.poll(() => console.state().kind).toBe('ready');
    const [first, second] = [await console.sealLive(bytes(4)), await console.sealLive(bytes(4, 9))];
    if (!first || !second) throw new Error('not said');
    expect(await desk().openLive(second)).toEqual(bytes(4, 9));
    expect(await desk().openLive(second)).toBeNull();
    expect(await desk().openLive(first)).toBeNull();
    expect(await desk().openLive({ ...second, documentId: randomUUID() })).toBeNull();
    console.close();
  });

  it('agree though messages are lost, and again after the terminal’s process was replaced', async () => {
    let lost = 4;
    const losing = <T>(message: T): T | undefined => {
      lost -= 1;
      return lost >= 0 ? undefined : message;
    };
    const { console, desk, follow, replaceDesk, codes } = await pair({ up: losing, down: losing });
    await follow();
    await expect.poll(() => console.state().kind).toBe('ready');
    const documentId = randomUUID();
    const seal = await console.sealOf(documentId, 3);
    await replaceDesk();
    await follow();
    await expect.poll(() => isKnown(desk(), console.consoleId)).toBe(true);
    await expect.poll(() => console.state()).toEqual({ kind: 'ready', code: codes.at(-1) });
    const key = await console.keyFor(documentId, seal);
    expect(key && (await desk().openFrom(console.consoleId, documentId, 3, key))).not.toBeNull();
    console.close();
  });

  it('a key that the terminal did not sign is refused', async () => {
    const { console, follow, codes } = await pair({}, { forged: true });
    await follow();
    expect(console.state()).toEqual({ kind: 'refused' });
    expect(codes).toEqual([]);
    console.close();
  });

  it('a hub that puts a key of its own in between is heard in the code', async () => {
    // It has broken the enrolment key as well: the worst there is. To the terminal it plays a console of its own.
    const own = await createSealingKeys();
    const commitment = await commitmentTo(own.publicKey);
    let live: WrappedKey | null = null;
    let nonce = '';
    const { console, codes, follow, desk } = await pair({
      up: (message) => {
        if (message.type === 'seal.commit') return { ...message, commitment };
        if (message.type !== 'seal.reveal' || !live) return message;
        return { ...message, publicKey: own.publicKey, liveKey: live };
      },
      down: (message) => {
        if (message.type === 'seal.nonce') nonce = message.nonce;
        return message;
      },
    });
    live = await own.wrap(desk().publicKey, liveKeyName(console.consoleId), newDocumentKey());
    await follow();
    await expect.poll(() => console.state().kind).toBe('ready');
    // What the terminal would show of such a console is not what the counsellor reads.
    const shown = await checkCode(desk().publicKey, own.publicKey, nonce);
    expect(codes).toEqual([shown]);
    expect(console.state()).not.toEqual({ kind: 'ready', code: shown });
    console.close();
  });

  it('a key that does not keep its commitment is not known, and a second nonce is not answered with the same key', async () => {
    const other = await createSealingKeys();
    const revealed: string[] = [];
    let nonces = 0;
    const { console, desk, codes, follow } = await pair({
      up: (message) => {
        if (message.type !== 'seal.reveal') return message;
        revealed.push(message.publicKey);
        return { ...message, publicKey: other.publicKey };
      },
      down: (message) => {
        if (message.type === 'seal.nonce') nonces += 1;
        return message;
      },
    });
    await follow();
    await expect.poll(() => revealed.length, { timeout: 10_000 }).toBeGreaterThan(2);
    expect(nonces).toBeGreaterThan(2);
    expect(new Set(revealed).size).toBe(revealed.length);
    expect(await isKnown(desk(), console.consoleId)).toBe(false);
    expect(codes).toEqual([]);
    console.close();
  });
});
