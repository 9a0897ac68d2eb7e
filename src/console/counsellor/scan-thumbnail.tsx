/** One scanned page, small: still growing, on its way, or here. */
import type { DragEvent } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { GrownPage } from './use-growing-page.ts';
import type { KeptPage } from './use-scan-result.ts';

interface ThumbnailProps {
  readonly kept: KeptPage;
  readonly rank: number;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
  readonly onTryAgain: () => void;
  /** Another page was dragged onto this one; with the keyboard the large view moves pages. */
  readonly onDropped: (original: string) => void;
}

/** Ours and nobody else's: a file from the desktop is no page. */
const DRAGGED = 'application/x-scanned-page';

export function PageThumbnail({ kept, rank, onOpen, onRemove, onTryAgain, onDropped }: ThumbnailProps) {
  const { page, state } = kept;
  const isOurs = (event: DragEvent): boolean => event.dataTransfer.types.includes(DRAGGED);
  return (
    <li
      className="thumbnail"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, page.original);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (isOurs(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        onDropped(event.dataTransfer.getData(DRAGGED));
      }}
    >
      {state.kind === 'here' ? (
        // The browser's own button: the library's takes the mouse for itself, and nothing could be dragged.
        <button
          type="button"
          className="thumbnail-picture"
          aria-label={words.scan.openPage(rank)}
          onClick={onOpen}
        >
          <img src={state.url} alt="" width={page.width} height={page.height} draggable={false} />
        </button>
      ) : state.kind === 'pulling' ? (
        <div className="thumbnail-wait">
          <p>{words.scan.receiving(rank, Math.floor((state.received / page.size) * 100))}</p>
        </div>
      ) : (
        <div className="thumbnail-wait failed" role="alert">
          <p>{words.scan.pageFailed(rank)}</p>
          <p>{state.code === 'documentGone' ? words.scan.gone : words.scan.damaged}</p>
          {state.code === 'documentDamaged' && (
            <Button className="button small" onPress={onTryAgain}>
              {words.scan.tryAgain}
            </Button>
          )}
        </div>
      )}
      <div className="thumbnail-foot">
        <span aria-hidden="true">{rank}</span>
        <Button className="button icon" aria-label={words.scan.remove(rank)} onPress={onRemove}>
          <span aria-hidden="true">×</span>
        </Button>
      </div>
    </li>
  );
}

/** The page grows downwards, in the place and of the size that it will have. */
export function GrowingThumbnail({ grown, rank }: { readonly grown: GrownPage; readonly rank: number }) {
  const { width, height, wholeHeight } = grown.page;
  return (
    <li className="thumbnail" ref={scrollHere}>
      <div className="thumbnail-growing" style={{ aspectRatio: `${width} / ${wholeHeight}` }}>
        <img src={grown.url} alt="" width={width} height={height} />
      </div>
      <div className="thumbnail-foot">
        <span>{words.scan.growing(rank)}</span>
      </div>
    </li>
  );
}

/** Behind many pages it would grow out of sight. */
function scrollHere(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
