/** One scanned page, as large as the window allows. */
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { KeptPage } from './use-scan-result.ts';

interface Props {
  readonly pages: readonly KeptPage[];
  /** The document id of the page shown, or null. */
  readonly open: string | null;
  readonly onTurn: (documentId: string) => void;
  readonly onClose: () => void;
  readonly onRemove: (documentId: string) => void;
}

export function PagePreview({ pages, open, onTurn, onClose, onRemove }: Props) {
  const index = pages.findIndex(({ page }) => page.documentId === open);
  const kept = pages[index];
  const neighbour = (step: -1 | 1) => pages[index + step]?.page.documentId ?? null;
  const turn = (step: -1 | 1) => {
    const next = neighbour(step);
    if (next) onTurn(next);
  };

  return (
    <ModalOverlay
      className="overlay"
      isOpen={kept !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
    >
      <Modal className="modal preview">
        <Dialog className="dialog">
          <div className="preview-head">
            <Heading slot="title">{words.scan.page(index + 1, pages.length)}</Heading>
            <Button
              className="button small danger-quiet"
              onPress={() => {
                if (!kept) return;
                const next = neighbour(1) ?? neighbour(-1);
                onRemove(kept.page.documentId);
                if (next) onTurn(next);
                else onClose();
              }}
            >
              {words.scan.removeThis}
            </Button>
            <Button className="button small" onPress={onClose}>
              {words.shell.close}
            </Button>
          </div>
          <div className="preview-body">
            <Button
              className="button icon large"
              aria-label={words.scan.previous}
              isDisabled={neighbour(-1) === null}
              onPress={() => turn(-1)}
            >
              <span aria-hidden="true">‹</span>
            </Button>
            {kept?.state.kind === 'here' && (
              <img
                src={kept.state.url}
                alt={words.scan.page(index + 1, pages.length)}
                width={kept.page.width}
                height={kept.page.height}
              />
            )}
            <Button
              className="button icon large"
              aria-label={words.scan.next}
              isDisabled={neighbour(1) === null}
              onPress={() => turn(1)}
            >
              <span aria-hidden="true">›</span>
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
