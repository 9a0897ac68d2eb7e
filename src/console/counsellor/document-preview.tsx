/** A document page by page, as large as the window allows: the very pictures that are shown and printed. */
import { useEffect, useSyncExternalStore } from 'react';
import { type PagePictures, pageKey } from '../page-pictures.ts';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { PreviewDialog } from './preview-dialog.tsx';

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
  const at = page ?? 1;

  return (
    <PreviewDialog
      isOpen={page !== null}
      title={words.tray.previewTitle(name, at, pages)}
      picture={state?.kind === 'here' ? state : null}
      wait={state?.kind === 'failed' ? sentence(counsellorFailure(state.code)) : words.tray.previewComing}
      turns={{
        previous: { label: words.tray.previous, go: at > 1 ? () => onTurn(at - 1) : null },
        next: { label: words.tray.next, go: at < pages ? () => onTurn(at + 1) : null },
      }}
      onClose={onClose}
    />
  );
}
