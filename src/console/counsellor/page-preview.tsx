/** One scanned page, as large as the window allows, and all that can be done with it. */
import { Button } from 'react-aria-components';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import { words } from '../words/words.ts';
import { PageCorrector } from './page-corrector.tsx';
import { PreviewDialog } from './preview-dialog.tsx';
import { moveStep, setAside, splitBefore } from './scan-arrangement.ts';
import type { KeptPage, ScanResult } from './use-scan-result.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly pages: readonly KeptPage[];
  readonly orders: VisitOrders;
  /** The original of the page shown, or null. */
  readonly open: string | null;
  /** The scanner is free. */
  readonly idle: boolean;
  readonly onTurn: (original: string) => void;
  readonly onClose: () => void;
  readonly onArrange: ScanResult['arrange'];
  readonly onRescan: (page: ScannedPage) => void;
}

export function PagePreview(props: Props) {
  const { pages, orders, open, idle, onTurn, onClose, onArrange, onRescan } = props;
  const index = pages.findIndex(({ page }) => page.original === open);
  const kept = pages[index];
  const neighbour = (step: -1 | 1) => pages[index + step]?.page.original ?? null;
  const turnTo = (original: string | null) => (original === null ? null : () => onTurn(original));

  return (
    <PreviewDialog
      isOpen={kept !== undefined}
      title={words.scan.page(index + 1, pages.length)}
      picture={kept?.state.kind === 'here' ? { ...kept.page, url: kept.state.url } : null}
      wait={words.scan.correcting}
      turns={{
        previous: { label: words.scan.previous, go: turnTo(neighbour(-1)) },
        next: { label: words.scan.next, go: turnTo(neighbour(1)) },
      }}
      onClose={onClose}
    >
      {kept && (
        <div className="preview-tools">
          <PageCorrector page={kept.page} orders={orders} />
          <div className="preview-tool-group">
            <Button
              className="button"
              isDisabled={index === 0}
              onPress={() => onArrange((before) => moveStep(before, kept.page.original, -1))}
            >
              {words.scan.earlier}
            </Button>
            <Button
              className="button"
              isDisabled={index === pages.length - 1}
              onPress={() => onArrange((before) => moveStep(before, kept.page.original, 1))}
            >
              {words.scan.later}
            </Button>
            <Button
              className="button"
              isDisabled={index === 0}
              onPress={() => onArrange((before) => splitBefore(before, kept.page.original))}
            >
              {words.scan.splitHere}
            </Button>
            <Button
              className="button"
              isDisabled={!idle}
              onPress={() => {
                onRescan(kept.page);
                onClose();
              }}
            >
              {words.scan.rescan}
            </Button>
            <Button
              className="button danger-quiet"
              onPress={() => {
                const next = neighbour(1) ?? neighbour(-1);
                onArrange((before) => setAside(before, kept.page.original, true));
                if (next) onTurn(next);
                else onClose();
              }}
            >
              {words.scan.removeThis}
            </Button>
          </div>
        </div>
      )}
    </PreviewDialog>
  );
}
