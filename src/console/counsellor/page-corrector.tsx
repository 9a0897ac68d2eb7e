/** What the terminal corrected in a page, each of it to be undone and done again; and quarter turns. */
import { Button, Group, ToggleButton } from 'react-aria-components';
import type { PageCorrections, ScannedPage } from '#shared/protocol/scanned-pages.ts';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words/words.ts';
import { isOpen, ordersOf } from './order-reading.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly page: ScannedPage;
  readonly orders: VisitOrders;
  /** What the page without any correction is called. */
  readonly untouchedName?: string;
}

const AS_SCANNED: PageCorrections = { crop: null, angle: 0, turn: 0, cleaned: false };

export function PageCorrector({ page, orders, untouchedName = words.scan.asScanned }: Props) {
  const { original, corrections, found } = page;
  const key = `correct:${original}`;
  const last = ordersOf(orders.orders, 'correct').findLast(({ request }) => request.original === original);
  const busy = orders.isOnItsWay(key) || (last !== undefined && isOpen(last));
  const failed = orders.refusals.has(key) || last?.status.status === 'failed';
  const correct = (change: Partial<PageCorrections>): void => {
    orders.place(key, { kind: 'correct', original, corrections: { ...corrections, ...change } });
  };
  const untouched =
    !corrections.crop && corrections.angle === 0 && corrections.turn === 0 && !corrections.cleaned;

  return (
    <Group className="preview-tool-group" aria-label={words.scan.corrections}>
      {found.crop && (
        <ToggleButton
          className="button"
          isDisabled={busy}
          isSelected={corrections.crop !== null}
          onChange={(on) => correct({ crop: on ? found.crop : null })}
        >
          {'ratio' in found.crop ? words.scan.straighten : words.scan.crop}
        </ToggleButton>
      )}
      {found.angle !== 0 && (
        <ToggleButton
          className="button"
          isDisabled={busy}
          isSelected={corrections.angle !== 0}
          onChange={(on) => correct({ angle: on ? found.angle : 0 })}
        >
          {words.scan.straighten}
        </ToggleButton>
      )}
      {found.cleaned && (
        <ToggleButton
          className="button"
          isDisabled={busy}
          isSelected={corrections.cleaned}
          onChange={(on) => correct({ cleaned: on })}
        >
          {words.scan.clean}
        </ToggleButton>
      )}
      <Button
        className="button"
        isDisabled={busy}
        onPress={() => correct({ turn: quarter(corrections.turn, 270) })}
      >
        {words.scan.turnLeft}
      </Button>
      <Button
        className="button"
        isDisabled={busy}
        onPress={() => correct({ turn: quarter(corrections.turn, 90) })}
      >
        {words.scan.turnRight}
      </Button>
      <Button className="button" isDisabled={busy || untouched} onPress={() => correct(AS_SCANNED)}>
        {untouchedName}
      </Button>
      <p role="status" className="muted">
        {busy && words.scan.correcting}
      </p>
      {failed && !busy && (
        <Notice tone="bad" urgent>
          {words.scan.correctionFailed}
        </Notice>
      )}
    </Group>
  );
}

function quarter(turn: PageCorrections['turn'], more: 90 | 270): PageCorrections['turn'] {
  const sum = (turn + more) % 360;
  return sum === 90 || sum === 180 || sum === 270 ? sum : 0;
}
