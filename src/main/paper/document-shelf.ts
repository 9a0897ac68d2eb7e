/** The visit's documents, in this process's memory and in files on tmpfs that have no name any more, and nowhere else. */
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export type ShelvedDocument =
  | {
      readonly kind: 'taken';
      /** The PDF, open for reading; without a name, so that it goes with this process. */
      readonly file: FileHandle;
      readonly size: number;
      readonly pages: number;
      /** Pages that are larger than A4. */
      readonly fitted: readonly number[];
    }
  /** What consoles pull: a JPEG, or the words on a page. */
  | { readonly kind: 'scanned'; readonly bytes: Uint8Array<ArrayBuffer>; readonly pages: number };

export interface DocumentShelf {
  readonly get: (documentId: string) => ShelvedDocument | null;
  readonly put: (documentId: string, document: ShelvedDocument) => void;
  readonly remove: (documentId: string) => void;
  /** May so many bytes more be held? */
  readonly hasRoom: (bytes: number) => boolean;
}

/** `limit`: bytes of all documents together. `onScanned`: there is something for the consoles, of `size` bytes. */
export function createDocumentShelf(
  limit: number,
  onScanned: (documentId: string, size: number) => void,
): DocumentShelf {
  const documents = new Map<string, ShelvedDocument>();
  const held = (): number => {
    let sum = 0;
    for (const document of documents.values())
      sum += document.kind === 'taken' ? document.size : document.bytes.length;
    return sum;
  };
  return {
    get: (documentId) => documents.get(documentId) ?? null,
    put: (documentId, document) => {
      documents.set(documentId, document);
      if (document.kind === 'scanned') onScanned(documentId, document.bytes.length);
    },
    remove: (documentId) => {
      documents.delete(documentId);
    },
    hasRoom: (bytes) => held() + bytes <= limit,
  };
}

/** A new file in `folder` (in memory) that nobody finds by a name and that is gone once it is closed. */
export async function namelessFile(folder: string, name: string): Promise<FileHandle> {
  const path = join(folder, name);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
