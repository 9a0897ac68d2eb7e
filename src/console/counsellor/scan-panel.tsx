/** The terminal's scanner: what is to be scanned, how far it is, what came. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { ScanPurpose, ScanSource } from '#shared/protocol/scanned-pages.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import { Meter } from '../parts/meter.tsx';
import { Notice } from '../parts/notice.tsx';
import type { ReceiptNotes } from '../receipt/receipt-notes.ts';
import type { ScannedPages } from '../scanned-pages.ts';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { currentScan, growingPageOf, isOpen, isScanTooMany } from './order-reading.ts';
import type { ScanIntent } from './scan-arrangement.ts';
import { ScanChoice } from './scan-choice.tsx';
import { ScanStatus } from './scan-status.tsx';
import { ScannedPageList } from './scanned-page-list.tsx';
import { ShotPanel } from './shot-panel.tsx';
import { useGrowingPage } from './use-growing-page.ts';
import type { ScanResult } from './use-scan-result.ts';
import { useShot } from './use-shot.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly scans: ScannedPages;
  readonly result: ScanResult;
  /** A file was saved: it may stand on the receipt. */
  readonly onKept: ReceiptNotes['keep'];
  readonly orders: VisitOrders;
  readonly scanner: DeviceReport | undefined;
  readonly camera: DeviceReport | undefined;
}

export function ScanPanel({ scans, result, onKept, orders, scanner, camera }: Props) {
  const [purpose, setPurpose] = useState<ScanPurpose>('letter');
  const [source, setSource] = useState<ScanSource>('auto');
  const last = currentScan(orders.orders);
  const busy = orders.isOnItsWay('scan') || (last !== undefined && isOpen(last));
  const refused = orders.refusals.get('scan');
  const grown = useGrowingPage(scans, growingPageOf(orders.orders));
  const some = result.documents.length > 0;
  const stopped = some && last?.status.status === 'failed' && (last.status.pages?.length ?? 0) > 0;
  const shot = useShot(scans, orders);
  // One thing at a time: the resident has a paper in their hands.
  const canScan = !busy && !shot.isAiming;
  const cannot = scanner?.state === 'none';

  function scan(intent?: ScanIntent, of: ScanPurpose = purpose): void {
    const orderId = orders.place('scan', { kind: 'scan', purpose: of, source });
    if (orderId !== null && intent) result.intend(orderId, intent);
  }

  return (
    <section className="scan panel" aria-labelledby="scan-title">
      <div className="panel-head">
        <h2 id="scan-title">{words.scan.title}</h2>
      </div>
      <div className="scan-settings">
        {canScan && (
          <ScanChoice
            purpose={purpose}
            source={source}
            short={some}
            onPurpose={setPurpose}
            onSource={setSource}
          />
        )}
        {canScan && (
          <div className="scan-actions">
            <Button className="button primary" isDisabled={cannot} onPress={() => scan()}>
              {stopped ? words.scan.goOn : some ? words.scan.another : words.scan.start}
            </Button>
            {some && (
              <Button className="button" isDisabled={cannot} onPress={() => scan({ kind: 'newDocument' })}>
                {words.scan.newDocument}
              </Button>
            )}
          </div>
        )}
        {refused && (
          <Notice tone="bad" urgent onDismiss={() => orders.dismiss('scan')}>
            {sentence(counsellorFailure(refused))}
          </Notice>
        )}
        {isScanTooMany(orders.orders) && <Notice tone="warn">{words.scan.tooMany}</Notice>}
        <div role="status">
          {orders.isOnItsWay('scan') ? (
            <Meter label={words.scan.sent} percent={null} />
          ) : (
            last && <ScanStatus order={last} orders={orders} />
          )}
        </div>
        <ShotPanel state={shot} scans={scans} orders={orders} camera={camera} />
      </div>
      <ScannedPageList
        scans={scans}
        result={result}
        onKept={onKept}
        orders={orders}
        grown={grown}
        idle={!busy}
        onRescan={(page) => scan({ kind: 'replace', original: page.original }, page.purpose)}
      />
    </section>
  );
}
