/** A document page by page, as large as the window allows: the very pictures that are shown and printed. */
import { useEffect, useSyncExternalStore } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { type PagePictures, pageKey } from '../page-pictures.ts';
import { counsellorFailure, sentence, words } from '../words/words.ts';

interface Props {
  readonly name: string;
  readonly documentId: string;
  readonly pages: number;
  readonly pictures: PagePictures;
  /** The page looked at, from 1; null: closed. */
  readonly page: number | null;
  readonly onTurn: (page: number) => void;
  readonly onClose: () => void;
}

export function DocumentPreview({ name, documentId, pages, pictures, page, onTurn, onClose }: Props) {
  const states = useSyncExternalStore(pictures.subscribe, pictures.snapshot);
  useEffect(() => {
    if (page === null) return;
    pictures.want(documentId, page);
    // The one that will be looked at next.
    if (page < pages) pictures.want(documentId, page + 1);
  }, [pictures, documentId, page, pages]);
  const state = page === null ? undefined : states.get(pageKey(documentId, page));

  return (
    <ModalOverlay
      className="overlay"
      isOpen={page !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
    >
      <Modal className="modal preview">
        <Dialog className="dialog">
          <div className="preview-head">
            <Heading slot="title">{words.tray.previewTitle(name, page ?? 1, pages)}</Heading>
            <Button className="button small" onPress={onClose}>
              {words.shell.close}
            </Button>
          </div>
          <div className="preview-body">
            <Button
              className="button icon large"
              aria-label={words.tray.previous}
              isDisabled={page === null || page <= 1}
              onPress={() => onTurn((page ?? 1) - 1)}
            >
              <span aria-hidden="true">‹</span>
            </Button>
            {state?.kind === 'here' ? (
              <img
                src={state.url}
                alt={words.tray.previewTitle(name, page ?? 1, pages)}
                width={state.width}
                height={state.height}
              />
            ) : (
              <p className="preview-wait" role="status">
                {state?.kind === 'failed'
                  ? sentence(counsellorFailure(state.code))
                  : words.tray.previewComing}
              </p>
            )}
            <Button
              className="button icon large"
              aria-label={words.tray.next}
              isDisabled={page === null || page >= pages}
              onPress={() => onTurn((page ?? 1) + 1)}
            >
              <span aria-hidden="true">›</span>
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
