/** The visit's documents, in this process's memory and nowhere else. */

export interface ShelvedDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** taken: a PDF that was checked, with its pages · scanned: one JPEG. */
  readonly kind: 'taken' | 'scanned';
  readonly pages: number;
}

export interface DocumentShelf {
  readonly get: (documentId: string) => ShelvedDocument | null;
  readonly put: (documentId: string, document: ShelvedDocument) => void;
  readonly remove: (documentId: string) => void;
  /** May so many bytes more be held? */
  readonly hasRoom: (bytes: number) => boolean;
}

/** `limit`: bytes of all documents together. */
export function createDocumentShelf(limit: number): DocumentShelf {
  const documents = new Map<string, ShelvedDocument>();
  const held = (): number => {
    let sum = 0;
    for (const document of documents.values()) sum += document.bytes.length;
    return sum;
  };
  return {
    get: (documentId) => documents.get(documentId) ?? null,
    put: (documentId, document) => {
      documents.set(documentId, document);
    },
    remove: (documentId) => {
      documents.delete(documentId);
    },
    hasRoom: (bytes) => held() + bytes <= limit,
  };
}
