/**
 * One page of a document as a sheet on the desk. The page before stays until the next one is decoded, so that nothing
 * flashes; a page that cannot be shown says so and is reported.
 */
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import type { DeskLive } from '#shared/desk-live.ts';
import type { DeskSheet } from '#shared/ipc.ts';
import { fr } from '../words/fr.ts';
import { LiveInk } from './live-ink.tsx';

type Page = Extract<DeskSheet, { kind: 'document' }>;

interface SheetProps {
  readonly sheet: Page;
  /** What the counsellor does on this document, or null. */
  readonly live: DeskLive | null;
  readonly failed: (documentId: string, page: number) => void;
}

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const keyOf = (page: Page) => `${page.documentId}/${page.page}`;

export function Sheet({ sheet, live, failed }: SheetProps): ReactNode {
  /** The page that the resident sees; null until the first one is decoded. */
  const [shown, setShown] = useState<Page | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const wanted = keyOf(sheet);
  const isBroken = broken === wanted;
  const pages = shown && keyOf(shown) !== wanted && !isBroken ? [shown, sheet] : [sheet];

  return (
    <>
      <div className="sheet-slot">
        {pages.map((page) => {
          const key = keyOf(page);
          const visible = shown === null || keyOf(shown) === key || isBroken;
          return (
            <div key={key} className={visible ? 'paper' : 'paper coming'} style={shapeOf(page)}>
              {isBroken ? (
                <p className="text-m paper-broken">{fr.desk.sheetFailed}</p>
              ) : (
                <>
                  <Picture
                    page={page}
                    decoded={() => setShown(page)}
                    failed={() => {
                      setBroken(key);
                      failed(page.documentId, page.page);
                    }}
                  />
                  {live?.documentId === page.documentId && (
                    <LiveInk live={live} page={page.page} region={WHOLE} />
                  )}
                </>
              )}
            </div>
          );
        })}
      </div>
      {sheet.pages > 1 && <p className="text-s page-number">{fr.desk.pageOf(sheet.page, sheet.pages)}</p>}
    </>
  );
}

interface PictureProps {
  readonly page: Page;
  readonly decoded: () => void;
  readonly failed: () => void;
}

function Picture({ page, decoded, failed }: PictureProps): ReactNode {
  const picture = useRef<HTMLImageElement>(null);
  const tell = useRef({ decoded, failed });
  tell.current = { decoded, failed };

  // Once a picture: the key of the sheet around it changes with the page.
  useEffect(() => {
    let gone = false;
    picture.current?.decode().then(
      () => {
        if (!gone) tell.current.decoded();
      },
      () => {
        if (!gone) tell.current.failed();
      },
    );
    return () => {
      gone = true;
    };
  }, []);

  return (
    <img
      ref={picture}
      src={`/page/${page.documentId}/${page.page}`}
      alt={fr.desk.picture(page.page, page.pages)}
      width={page.width}
      height={page.height}
    />
  );
}

function shapeOf(page: Page): CSSProperties {
  return { '--width': page.width, '--height': page.height } as CSSProperties;
}
