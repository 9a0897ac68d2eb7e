/** Sends a document that this page holds to the terminal, sealed for it, as soon as the two know each other. */
import type { OpenedDocuments } from '../documents.ts';
import type { VisitOrders } from './use-visit-orders.ts';

/** One order at a time for each document, whoever asks for it. Nothing is sent once the visit is over. */
export async function takeDocument(
  documents: OpenedDocuments,
  orders: Pick<VisitOrders, 'place'>,
  documentId: string,
): Promise<void> {
  const request = await documents.takeRequest(documentId);
  if (request) orders.place(`take:${documentId}`, request);
}
