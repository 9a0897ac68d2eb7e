/** One visit: the resident's picture, the documents, the scanner, all at once on one screen. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';
import type { ConsoleView, FormView } from '#shared/protocol/views.ts';
import type { Call } from '../call/use-call.ts';
import type { HubLink } from '../hub-link.ts';
import { InvitedLine } from '../invited/invited-line.tsx';
import { LetterPanel } from '../letters/letter-panel.tsx';
import { useTitle } from '../parts/use-title.ts';
import { ReceiptDialog } from '../receipt/receipt-dialog.tsx';
import { useReceipt } from '../receipt/use-receipt.ts';
import { SheetPicker } from '../sheets/sheet-picker.tsx';
import { useSigning } from '../signing/use-signing.ts';
import type { VisitPapers } from '../visit-papers.ts';
import { duration, receiptWords, words } from '../words/words.ts';
import { CallPanel } from './call-panel.tsx';
import { EndVisit } from './end-visit.tsx';
import { FillPlace } from './fill-place.tsx';
import { HandOver, type Receivers } from './hand-over.tsx';
import { isOpen } from './order-reading.ts';
import { ResidentCard } from './resident-card.tsx';
import { ScanPanel } from './scan-panel.tsx';
import { SealLine } from './seal-line.tsx';
import { TerminalStrip } from './terminal-strip.tsx';
import { Tray } from './tray.tsx';
import { useFinishedDocuments } from './use-finished-documents.ts';
import { useQuiet } from './use-quiet.ts';
import { useScanResult } from './use-scan-result.ts';
import { useVisitOrders } from './use-visit-orders.ts';

type Current = NonNullable<Extract<ConsoleView, { role: 'counsellor' }>['current']>;

interface Props {
  readonly current: Current;
  readonly forms: readonly FormView[];
  readonly receivers: Receivers;
  readonly link: HubLink;
  readonly papers: VisitPapers;
  readonly now: number;
  readonly call: Call;
  /** Of the element that the room view is laid over. */
  readonly placeRef: (element: HTMLElement | null) => (() => void) | undefined;
  /** The counsellor ends the visit or hands it over: it is not to be explained to them. */
  readonly onEnd: () => void;
}

export function VisitPage({ current, forms, receivers, link, papers, now, call, placeRef, onEnd }: Props) {
  const { visit, terminal } = current;
  const { documents, scans, pictures, seal, drafts, live } = papers;
  const orders = useVisitOrders(link, visit.visitId, current.orders);
  const quietRequests = useQuiet(link, visit.visitId);
  const held = useSyncExternalStore(documents.subscribe, documents.snapshot);
  const sealed = useSyncExternalStore(seal.subscribe, seal.state);
  const { works, letter, at } = useSyncExternalStore(drafts.subscribe, drafts.snapshot);
  const filling = at === null ? undefined : works.get(at);
  const writing = at === 'letter' ? letter : null;
  const addFinished = useFinishedDocuments(documents, orders, papers.receiptNotes);
  const scanResult = useScanResult(scans, current.orders);
  const signing = useSigning(papers, orders, scanResult);
  const receipt = useReceipt({
    ...{ visit, papers, addFinished, orders: current.orders },
    unsavedPages: scanResult.unsaved,
  });
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(words.titles.visit);
  useEffect(() => heading.current?.focus(), []);

  const working = current.orders.some(
    (order) => isOpen(order) && (order.request.kind === 'print' || order.request.kind === 'scan'),
  );
  useLeaveGuard(working || scanResult.unsaved > 0);

  return (
    <div className={filling || writing ? 'visit filling' : 'visit'}>
      <div className="visit-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {visit.residentName}
          </h1>
          <p className="muted">
            {words.counsellor.mairieTerminal(visit.mairie, visit.terminal)}
            {visit.pickedUpAt !== null && (
              <span className="visit-since">{words.counsellor.since(duration(now - visit.pickedUpAt))}</span>
            )}
          </p>
        </div>
        <p className="visit-motive">{visit.motive}</p>
        <div className="visit-buttons">
          <Button className="button" onPress={receipt.open}>
            {receiptWords.open}
          </Button>
          <HandOver link={link} visit={visit} receivers={receivers} now={now} onHandedOver={onEnd} />
          <EndVisit
            link={link}
            visitId={visit.visitId}
            working={working}
            unsaved={scanResult.unsaved}
            receiptIsDue={receipt.isDue}
            onReceipt={receipt.open}
            onEnd={onEnd}
          />
        </div>
        <ReceiptDialog receipt={receipt} />
      </div>
      <div className="visit-left">
        <CallPanel
          call={call}
          orders={orders}
          quiet={visit.quiet}
          slowLine={terminal.report?.slowLine === true}
          quietRequests={quietRequests}
          expectsThird={current.invited?.hasEntered === true}
          invited={
            <InvitedLine
              link={link}
              visitId={visit.visitId}
              invited={current.invited}
              colleagues={receivers.colleagues}
              isThere={call.others.length > 1}
            />
          }
          placeRef={placeRef}
        />
        <TerminalStrip terminal={terminal} />
        <SealLine state={sealed} />
        <ResidentCard resident={current.resident} />
      </div>
      {filling && (
        <FillPlace
          key={filling.documentId}
          work={filling}
          drafts={drafts}
          documents={documents}
          orders={orders}
          pictures={pictures}
          publish={live.publish}
          addFinished={addFinished}
          sheetDesk={papers.sheetDesk}
          signing={signing}
        />
      )}
      {writing && <LetterPanel letter={writing} drafts={drafts} onFinished={addFinished} />}
      <Tray
        drafts={drafts}
        forms={forms}
        documents={documents}
        pictures={pictures}
        held={held}
        orders={orders}
        signing={signing}
        sheets={<SheetPicker workshop={papers.workshop} addFinished={addFinished} />}
        printer={{ report: terminal.report?.devices.printer, abilities: terminal.report?.printer ?? null }}
      />
      <ScanPanel
        scans={scans}
        result={scanResult}
        onKept={papers.receiptNotes.keep}
        orders={orders}
        scanner={terminal.report?.devices.scanner}
        camera={terminal.report?.devices.camera}
      />
    </div>
  );
}

/** The browser asks before a tab with unsaved pages is closed. */
function useLeaveGuard(needed: boolean): void {
  useEffect(() => {
    if (!needed) return undefined;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, [needed]);
}
