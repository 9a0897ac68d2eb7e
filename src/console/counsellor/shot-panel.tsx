/** A paper that need not be filed, shown to the terminal's camera: asked for, taken, looked at, thrown away or kept. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';
import { Meter } from '../parts/meter.tsx';
import { Notice } from '../parts/notice.tsx';
import type { ScannedPages } from '../scanned-pages.ts';
import { counsellorFailure, sentence, shotWords, words } from '../words/words.ts';
import { PageCorrector } from './page-corrector.tsx';
import { PreviewDialog } from './preview-dialog.tsx';
import type { ShotState } from './use-shot.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly state: ShotState;
  readonly scans: ScannedPages;
  readonly orders: VisitOrders;
  readonly camera: DeviceReport | undefined;
}

export function ShotPanel({ state: { aim, isAiming, isTaking, shot }, scans, orders, camera }: Props) {
  const ask = () => orders.place('aim', { kind: 'aim' });
  const status = aim?.status;
  const refused = orders.refusals.get('aim');
  const failed = !isAiming && status?.status === 'failed' ? status.code : null;

  return (
    <section className="shot" aria-label={shotWords.title}>
      {!isAiming && !shot && (
        <Button className="button" isDisabled={camera?.state === 'none'} onPress={ask}>
          {shotWords.ask}
        </Button>
      )}
      <div role="status">
        {isAiming && isTaking && <Meter label={shotWords.taking} percent={null} />}
        {isAiming && !isTaking && (
          <p>
            {status?.status === 'underWay' ? shotWords.aiming : shotWords.sent}{' '}
            <span className="muted">{shotWords.blink}</span>
          </p>
        )}
        {failed === 'cancelled' && <p className="muted">{shotWords.cancelled}</p>}
      </div>
      {isAiming && aim && (
        <div className="scan-actions">
          <Button
            className="button primary"
            isDisabled={isTaking || status?.status !== 'underWay'}
            onPress={() => orders.place('shoot', { kind: 'shoot', aim: aim.orderId })}
          >
            {shotWords.take}
          </Button>
          <Button
            className="button"
            onPress={() => orders.place(`cancel:${aim.orderId}`, { kind: 'cancel', orderId: aim.orderId })}
          >
            {shotWords.cancel}
          </Button>
        </div>
      )}
      {(refused || (failed && failed !== 'cancelled')) && (
        <Notice tone="bad" urgent>
          <strong>{shotWords.failed}.</strong>{' '}
          {sentence(counsellorFailure(refused ?? failed ?? 'unexpected'))}
        </Notice>
      )}
      {shot && !isAiming && <TakenShot scans={scans} orders={orders} shot={shot} onAgain={ask} />}
    </section>
  );
}

interface TakenProps {
  readonly scans: ScannedPages;
  readonly orders: VisitOrders;
  readonly shot: NonNullable<ShotState['shot']>;
  readonly onAgain: () => void;
}

function TakenShot({ scans, orders, shot: { page, state }, onAgain }: TakenProps) {
  const [open, setOpen] = useState(false);
  const { original, documentId, width, height } = page;
  const isKeeping = orders.isOnItsWay(`keepShot:${original}`);

  return (
    <div className="shot-taken">
      {state.kind === 'here' ? (
        <Button className="thumbnail-picture" aria-label={shotWords.enlarge} onPress={() => setOpen(true)}>
          <img src={state.url} alt="" width={width} height={height} />
        </Button>
      ) : state.kind === 'pulling' ? (
        <p>{shotWords.receiving(Math.floor((state.received / page.size) * 100))}</p>
      ) : (
        <div role="alert">
          <p>{state.code === 'documentGone' ? shotWords.gone : shotWords.damaged}</p>
          {state.code === 'documentDamaged' && (
            <Button className="button small" onPress={() => scans.tryAgain(documentId)}>
              {shotWords.tryAgain}
            </Button>
          )}
        </div>
      )}
      <div className="shot-side">
        <p className="muted">
          {page.found.crop ? shotWords.straightened : shotWords.whole} {shotWords.loose}
        </p>
        <Button
          className="button primary small"
          aria-description={shotWords.doneHow}
          onPress={() => orders.place(`dropShot:${original}`, { kind: 'dropShot', original })}
        >
          {shotWords.done}
        </Button>
        <Button
          className="button small"
          isPending={isKeeping}
          onPress={() => orders.place(`keepShot:${original}`, { kind: 'keepShot', original })}
        >
          {shotWords.keep}
        </Button>
        <Button className="button small" onPress={onAgain}>
          {shotWords.again}
        </Button>
      </div>
      <PreviewDialog
        isOpen={open}
        title={shotWords.title}
        picture={state.kind === 'here' ? { url: state.url, width, height } : null}
        wait={words.scan.correcting}
        turns={null}
        onClose={() => setOpen(false)}
      >
        <div className="preview-tools">
          <PageCorrector page={page} orders={orders} untouchedName={shotWords.asSeen} />
        </div>
      </PreviewDialog>
    </div>
  );
}
