/** The terminal's scanner: how to scan, how far it is, what came. */
import { useState } from 'react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import { type DeviceReport, type OrderRequest, scanResolution } from '#shared/protocol.ts';
import { Meter } from '../parts/meter.tsx';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import type { ScannedPages } from '../scanned-pages.ts';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { isOpen, type OrderOf, ordersOf } from './order-reading.ts';
import { ScannedPageList } from './scanned-page-list.tsx';
import type { ScanResult } from './use-scan-result.ts';
import type { VisitOrders } from './use-visit-orders.ts';

type ScanRequest = Extract<OrderRequest, { kind: 'scan' }>;

interface Props {
  readonly scans: ScannedPages;
  readonly result: ScanResult;
  readonly orders: VisitOrders;
  readonly scanner: DeviceReport | undefined;
}

/** A letter on the glass, in colour, fine enough for an official paper. */
const DEFAULTS: ScanRequest = { kind: 'scan', source: 'flatbed', mode: 'colour', resolution: 300 };
const RESOLUTIONS = [150, 200, 300, 600] as const;

export function ScanPanel({ scans, result, orders, scanner }: Props) {
  const [request, setRequest] = useState(DEFAULTS);
  const last = ordersOf(orders.orders, 'scan').at(-1);
  const busy = orders.isOnItsWay('scan') || (last !== undefined && isOpen(last));
  const refused = orders.refusals.get('scan');

  return (
    <section className="scan panel" aria-labelledby="scan-title">
      <div className="panel-head">
        <h2 id="scan-title">{words.scan.title}</h2>
      </div>
      <div className="scan-settings">
        <RadioGroup
          className="segments"
          value={request.source}
          onChange={(source) =>
            setRequest({ ...request, source: source === 'feeder' ? 'feeder' : 'flatbed' })
          }
        >
          <Label>{words.scan.source}</Label>
          <div>
            <Radio value="flatbed">{words.scan.sources.flatbed}</Radio>
            <Radio value="feeder">{words.scan.sources.feeder}</Radio>
          </div>
        </RadioGroup>
        <div className="scan-row">
          <RadioGroup
            className="segments"
            value={request.mode}
            onChange={(mode) => setRequest({ ...request, mode: mode === 'grey' ? 'grey' : 'colour' })}
          >
            <Label>{words.scan.mode}</Label>
            <div>
              <Radio value="colour">{words.scan.modes.colour}</Radio>
              <Radio value="grey">{words.scan.modes.grey}</Radio>
            </div>
          </RadioGroup>
          <label className="field">
            {words.scan.resolution}
            <select
              value={request.resolution}
              onChange={(event) => {
                const resolution = scanResolution.safeParse(Number(event.target.value));
                if (resolution.success) setRequest({ ...request, resolution: resolution.data });
              }}
            >
              {RESOLUTIONS.map((dpi) => (
                <option key={dpi} value={dpi}>
                  {words.scan.resolutions[dpi]}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Button
          className="button primary wide"
          isDisabled={busy || scanner?.state === 'none'}
          onPress={() => orders.place('scan', request)}
        >
          {result.pages.length > 0 ? words.scan.another : words.scan.start}
        </Button>
        {refused && (
          <Notice tone="bad" urgent onDismiss={() => orders.dismiss('scan')}>
            {sentence(counsellorFailure(refused))}
          </Notice>
        )}
        <div role="status">
          {orders.isOnItsWay('scan') ? (
            <Meter label={words.scan.sent} percent={null} />
          ) : (
            last && <ScanStatus order={last} orders={orders} />
          )}
        </div>
      </div>
      <ScannedPageList scans={scans} result={result} idle={!busy} />
    </section>
  );
}

function ScanStatus({ order, orders }: { readonly order: OrderOf<'scan'>; readonly orders: VisitOrders }) {
  const { status, orderId } = order;
  const cancelKey = `cancel:${orderId}`;
  if (isOpen(order)) {
    const progress =
      status.status === 'underWay' && status.progress.kind === 'scanning' ? status.progress : null;
    return (
      <div className="job">
        {progress ? (
          <Meter
            label={words.scan.scanning(progress.page, Math.floor(progress.percent))}
            percent={progress.percent}
          />
        ) : (
          <Meter label={words.scan.sent} percent={null} />
        )}
        <Button
          className="button small"
          isDisabled={orders.isOnItsWay(cancelKey)}
          onPress={() => orders.place(cancelKey, { kind: 'cancel', orderId })}
        >
          {words.scan.cancel}
        </Button>
      </div>
    );
  }
  if (status.status === 'done') {
    const { outcome } = status;
    return (
      <p className="with-mark">
        <ToneMark tone={outcome.kind === 'scanned' ? 'good' : 'off'} />
        {outcome.kind === 'scanned' ? words.scan.done(outcome.pages.length) : words.scan.cancelled}
      </p>
    );
  }
  if (status.status !== 'failed') return null;
  const kept = status.pages?.length ?? 0;
  return (
    <p className="with-mark">
      <ToneMark tone={status.code === 'cancelled' ? 'off' : 'bad'} />
      <span>
        {status.code === 'cancelled' ? (
          words.scan.cancelled
        ) : (
          <>
            <strong>{words.scan.failed}.</strong> {sentence(counsellorFailure(status.code))}
          </>
        )}{' '}
        {kept > 0 && words.scan.keptPages(kept)}
      </span>
    </p>
  );
}
