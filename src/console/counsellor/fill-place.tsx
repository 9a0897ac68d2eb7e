/** Filling within a visit: the desk follows the counsellor's page, and what is finished joins the documents. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { OpenedDocuments } from '../documents.ts';
import type { FillDrafts, FillWork } from '../fill-drafts.ts';
import { FillPanel } from '../forms/fill-panel.tsx';
import type { PublishLive } from '../forms/live-publisher.ts';
import { type PagePictures, pageKey } from '../page-pictures.ts';
import { chooseCodePlaces } from '../signing/choose-code-places.ts';
import { newSheetNumber } from '../signing/sheet-code.ts';
import type { SheetDesk } from '../signing/sheet-desk.ts';
import { signSpots } from '../signing/sign-spots.ts';
import type { VisitSigning } from '../signing/use-signing.ts';
import { shownPage, takeStateOf } from './order-reading.ts';
import type { AddFinished } from './use-finished-documents.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly work: FillWork;
  readonly drafts: FillDrafts;
  readonly documents: OpenedDocuments;
  readonly orders: VisitOrders;
  readonly pictures: PagePictures;
  readonly publish: PublishLive;
  readonly addFinished: AddFinished;
  readonly sheetDesk: SheetDesk;
  readonly signing: VisitSigning;
}

export function FillPlace(props: Props) {
  const { work, drafts, documents, orders, pictures, publish, addFinished, sheetDesk, signing } = props;
  const { documentId } = work;
  const [page, setPage] = useState<number | null>(null);
  useDeskFollows(documentId, page, orders);
  const bytes = useBytes(documents, documentId);
  const states = useSyncExternalStore(pictures.subscribe, pictures.snapshot);
  const isTaken = takeStateOf(orders.orders, documentId).kind === 'taken';
  useEffect(() => {
    if (page !== null && isTaken) pictures.want(documentId, page);
  }, [pictures, documentId, page, isTaken]);
  const model = work.state.kind === 'open' ? work.state.model : null;
  return (
    <FillPanel
      work={work}
      drafts={drafts}
      bytes={bytes}
      pictures={(wanted) => {
        const state = states.get(pageKey(documentId, wanted));
        return state?.kind === 'here' ? state : null;
      }}
      publish={publish}
      onPage={setPage}
      makeCode={async () => {
        const places = model && (await chooseCodePlaces(work.draft, model, pictures, sheetDesk));
        return places && { number: newSheetNumber(), places };
      }}
      onFinished={(name, bytes, kind, code) => {
        const added = addFinished(name, bytes, kind === 'sign' ? 'print' : kind);
        if (model && code) {
          const { number, places: codePlaces } = code;
          const form = { name: work.name.replace(/\.pdf$/i, ''), spots: signSpots(model, work.draft) };
          void added.then((documentId) => signing.begin({ ...form, number, codePlaces, documentId }));
        }
        drafts.leave();
      }}
    />
  );
}

/** Null until they are read, and where the document is not held here. */
function useBytes(documents: OpenedDocuments, documentId: string): Uint8Array<ArrayBuffer> | null {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null);
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const content = documents.content(documentId);
      const buffer = await content?.arrayBuffer();
      if (!gone) setBytes(buffer ? new Uint8Array(buffer) : null);
    };
    void read();
    return () => {
      gone = true;
    };
  }, [documents, documentId]);
  return bytes;
}

/** One order for each page that the counsellor comes to: where it fails, the document's card says why. */
function useDeskFollows(documentId: string, page: number | null, orders: VisitOrders): void {
  const [ordered, setOrdered] = useState<number | null>(null);
  const key = `show:${documentId}`;
  const isTaken = takeStateOf(orders.orders, documentId).kind === 'taken';
  useEffect(() => {
    if (page === null || page === ordered || !isTaken || orders.isOnItsWay(key)) return;
    setOrdered(page);
    const shown = shownPage(orders.orders);
    if (shown?.documentId === documentId && shown.page === page) return;
    orders.place(key, { kind: 'show', documentId, page });
  }, [documentId, page, ordered, isTaken, orders, key]);
}
