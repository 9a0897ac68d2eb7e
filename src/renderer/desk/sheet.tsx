/**
 * One page of a document as a sheet on the desk, the pages beside it decoded behind it, so that a page turned is there at
 * once. The page before stays until the next one is decoded; a page that cannot be shown says so and is reported.
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
  const [decoded, setDecoded] = useState<ReadonlySet<string>>(new Set());
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  /** The last page that the resident saw whole; null until the first one is decoded. */
  const [last, setLast] = useState<Page | null>(null);
  const wanted = keyOf(sheet);
  const isBroken = broken.has(wanted);
  const isDecoded = decoded.has(wanted);
  const seen = isDecoded ? sheet : last;
  const tellFailed = useRef(failed);
  tellFailed.current = failed;

  useEffect(() => {
    if (isDecoded) setLast(sheet);
  }, [isDecoded, sheet]);
  useEffect(() => {
    if (isBroken) tellFailed.current(sheet.documentId, sheet.page);
  }, [isBroken, sheet.documentId, sheet.page]);

  return (
    <>
      <div className="sheet-slot">
        {pagesOf(sheet, isBroken ? sheet : seen, isBroken).map((page) => {
          const key = keyOf(page);
          const isSeen = key === (seen === null || isBroken ? wanted : keyOf(seen));
          return (
            <div key={key} className={isSeen ? 'paper' : 'paper coming'} style={shapeOf(page)}>
              {isBroken ? (
                <p className="text-m paper-broken">{fr.desk.sheetFailed}</p>
              ) : (
                <>
                  <Picture
                    page={page}
                    decoded={() => setDecoded((before) => new Set(before).add(key))}
                    failed={() => setBroken((before) => new Set(before).add(key))}
                    gone={() => setDecoded((before) => without(before, key))}
                  />
                  {isSeen && live?.documentId === page.documentId && (
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
  /** Its element is no more: it would have to be decoded again. */
  readonly gone: () => void;
}

/** In this order, each once: the page that is wanted, those beside it, and the one that is still seen. */
function pagesOf(sheet: Page, seen: Page | null, alone: boolean): readonly Page[] {
  if (alone) return [sheet];
  const pages = [sheet, ...sheet.near.map((near) => ({ ...sheet, ...near }))];
  const isThere = seen === null || pages.some((page) => keyOf(page) === keyOf(seen));
  return isThere ? pages : [...pages, seen];
}

function without(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const left = new Set(keys);
  left.delete(key);
  return left;
}

function Picture({ page, decoded, failed, gone }: PictureProps): ReactNode {
  const picture = useRef<HTMLImageElement>(null);
  const tell = useRef({ decoded, failed, gone });
  tell.current = { decoded, failed, gone };

  // Once a picture: the key of the sheet around it changes with the page.
  useEffect(() => {
    let over = false;
    picture.current?.decode().then(
      () => {
        if (!over) tell.current.decoded();
      },
      () => {
        if (!over) tell.current.failed();
      },
    );
    return () => {
      over = true;
      tell.current.gone();
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
