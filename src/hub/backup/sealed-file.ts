/**
 * A file in the age format (age-encryption.org/v1), which the age program opens too: encrypted in chunks of which each
 * is authenticated and the last says that it is the last, so that neither a changed byte nor a missing end is accepted.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';

/** A passphrase, or a pair of keys of which only the public half is needed to write. */
export type BackupKey =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recipient'; readonly recipient: string }
  | { readonly kind: 'identity'; readonly identity: string };

/** Four words, or twelve random letters: a file that is stolen can be tried for years. */
const SHORTEST_PASSPHRASE = 16;

/** The first line that is no comment, as age-keygen writes them. @throws Error with a sentence for the operator. */
export async function readBackupKey(file: string): Promise<BackupKey> {
  const text = (await readFile(file, 'utf8'))
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '' && !each.startsWith('#'));
  if (text?.startsWith('AGE-SECRET-KEY-')) return { kind: 'identity', identity: text };
  if (text?.startsWith('age1')) return { kind: 'recipient', recipient: text };
  if (!text || text.length < SHORTEST_PASSPHRASE) {
    throw new Error(
      `${file} : il faut une phrase secrète d’au moins ${SHORTEST_PASSPHRASE} signes, ou une clé « age ».`,
    );
  }
  return { kind: 'passphrase', passphrase: text };
}

/** There is no file, or a whole one: it has its name once its last byte is on the disk. */
export async function writeSealed(
  file: string,
  key: BackupKey,
  content: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const encrypter = new Encrypter();
  if (key.kind === 'passphrase') encrypter.setPassphrase(key.passphrase);
  else {
    encrypter.addRecipient(key.kind === 'identity' ? await identityToRecipient(key.identity) : key.recipient);
  }
  const part = `${file}.part`;
  const handle = await open(part, 'wx', 0o600);
  try {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const sealed = await encrypter.encrypt(readable);
    const writer = writable.getWriter();
    const [written] = await Promise.all([
      writeAll(handle, sealed),
      content((text) => writer.write(Buffer.from(text))).then(
        () => writer.close(),
        async (error: unknown) => {
          await writer.abort(error);
          throw error;
        },
      ),
    ]);
    await handle.sync();
    if (written === 0) throw new Error('Nothing was written.');
  } catch (error) {
    await handle.close();
    await rm(part);
    throw error;
  }
  await handle.close();
  await rename(part, file);
}

async function writeAll(handle: FileHandle, stream: ReadableStream<Uint8Array>): Promise<number> {
  let written = 0;
  for await (const bytes of stream) {
    await handle.writeFile(bytes);
    written += bytes.length;
  }
  return written;
}

/**
 * The lines of a sealed file, as they are opened.
 * @throws where the key is wrong, or, at the place where it is met, a byte was changed or the end is missing.
 */
export async function* readSealed(file: string, key: BackupKey): AsyncGenerator<string> {
  const decrypter = new Decrypter();
  if (key.kind === 'recipient') throw new Error('A public key opens nothing.');
  if (key.kind === 'passphrase') decrypter.addPassphrase(key.passphrase);
  else decrypter.addIdentity(key.identity);
  const opened = await decrypter.decrypt(
    Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
  );
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // A line may span many chunks: pieces are joined once, at its end.
  let pieces: string[] = [];
  for await (const bytes of opened) {
    const [first = '', ...others] = decoder.decode(bytes, { stream: true }).split('\n');
    pieces.push(first);
    for (const next of others) {
      yield pieces.join('');
      pieces = [next];
    }
  }
  const rest = pieces.join('') + decoder.decode();
  if (rest !== '') yield rest;
}
