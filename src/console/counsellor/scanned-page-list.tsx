/** The scanned pages as small pictures, by document, those set aside, the large view of one, and their way into PDFs. */
import { useEffect, useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import type { ReceiptNotes } from '../receipt/receipt-notes.ts';
import type { ScannedPages } from '../scanned-pages.ts';
import { words } from '../words/words.ts';
import { AsidePages } from './aside-pages.tsx';
import { PagePreview } from './page-preview.tsx';
import { loadAssembly, type SavedPdfs, savePdf } from './save-pdf.ts';
import { joinToPrevious, moveTo, setApart, setAside } from './scan-arrangement.ts';
import { GrowingThumbnail, PageThumbnail } from './scan-thumbnail.tsx';
import type { GrownPage } from './use-growing-page.ts';
import { type Reading, useReading } from './use-reading.ts';
import type { KeptDocument, ScanResult } from './use-scan-result.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly scans: ScannedPages;
  readonly result: ScanResult;
  readonly onKept: ReceiptNotes['keep'];
  readonly orders: VisitOrders;
  readonly grown: GrownPage | null;
  /** No scan is under way: what is there is all there is. */
  readonly idle: boolean;
  readonly onRescan: (page: ScannedPage) => void;
}

export function ScannedPageList({ scans, result, onKept, orders, grown, idle, onRescan }: Props) {
  const { documents, aside, unsaved, arrange } = result;
  const [open, setOpen] = useState<string | null>(null);
  const [archive, setArchive] = useState(false);
  const [saving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<SavedPdfs | null>(null);
  const pages = documents.flatMap((document) => document.pages);
  const reading = useReading(orders, pages, idle);
  const whole = pages.every(({ state }) => state.kind !== 'pulling');
  const ready = pages.some(({ state }) => state.kind === 'here') && whole && idle;
  const ranks = new Map(pages.map(({ page }, index) => [page.original, index + 1]));

  // "Saved" is no longer true once another page came.
  useEffect(() => {
    if (unsaved > 0) setOutcome(null);
  }, [unsaved]);

  const something = grown !== null || pages.length > 0;
  useEffect(() => {
    if (something) void loadAssembly();
  }, [something]);

  async function save(): Promise<void> {
    if (saving) return;
    setSaving(true);
    setOutcome(null);
    const unsavedOnes = documents.filter((document) => !document.saved);
    const chosen = unsavedOnes.length > 0 ? unsavedOnes : documents;
    const saved = await savePdf(chosen, archive, (signature, file) => {
      result.markSaved([signature]);
      onKept(file);
    });
    setSaving(false);
    setOutcome(saved);
  }

  return (
    <>
      <section className="panel-scroll" aria-label={words.scan.pagesTitle}>
        {documents.length === 0 && !grown && <p className="muted panel-empty">{words.scan.empty}</p>}
        {documents.map((document, index) => (
          <div className="scan-document" key={document.pages[0]?.page.original}>
            {(documents.length > 1 || document.twoSides) && (
              <DocumentHead document={document} rank={index + 1} onArrange={arrange} />
            )}
            <ol className="thumbnails">
              {document.pages.map((kept) => (
                <PageThumbnail
                  key={kept.page.original}
                  kept={kept}
                  rank={ranks.get(kept.page.original) ?? 1}
                  onOpen={() => setOpen(kept.page.original)}
                  onRemove={() => arrange((before) => setAside(before, kept.page.original, true))}
                  onTryAgain={() => scans.tryAgain(kept.page.documentId)}
                  onDropped={(dragged) => arrange((before) => moveTo(before, dragged, kept.page.original))}
                />
              ))}
              {grown && index === documents.length - 1 && (
                <GrowingThumbnail grown={grown} rank={pages.length + 1} />
              )}
            </ol>
          </div>
        ))}
        {grown && documents.length === 0 && (
          <ol className="thumbnails">
            <GrowingThumbnail grown={grown} rank={1} />
          </ol>
        )}
        {aside.length > 0 && (
          <AsidePages pages={aside} onTakeBack={(original) => arrange((b) => setAside(b, original, false))} />
        )}
      </section>
      {pages.length > 0 && (
        <div className="panel-foot">
          <div role="status" className="save-state">
            {outcome?.ok && (
              <p className="with-mark">
                <ToneMark tone="good" />
                {words.scan.saved(outcome.names.join(', '))}
              </p>
            )}
            <p className="muted">
              {[!outcome && unsaved > 0 && words.scan.unsaved(unsaved), readingWords(reading)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          {outcome && !outcome.ok && (
            <Notice tone="bad" urgent>
              {words.scan.saveFailed[outcome.missing]}
            </Notice>
          )}
          <div className="save-actions">
            <Button
              className={unsaved > 0 ? 'button primary' : 'button'}
              isPending={saving}
              isDisabled={!ready}
              onPress={() => void save()}
            >
              {saving
                ? words.scan.saving
                : documents.length > 1
                  ? words.scan.saveAll(documents.length)
                  : words.scan.save}
            </Button>
            <ToggleButton
              className="button"
              aria-label={words.scan.archiveNamed}
              isSelected={archive}
              onChange={setArchive}
            >
              {words.scan.archive}
            </ToggleButton>
          </div>
        </div>
      )}
      <PagePreview
        pages={pages}
        orders={orders}
        open={open}
        idle={idle}
        onTurn={setOpen}
        onClose={() => setOpen(null)}
        onArrange={arrange}
        onRescan={onRescan}
      />
    </>
  );
}

/** Empty: there is nothing to say of it. */
function readingWords({ read, toCome, never }: Reading): string {
  if (toCome > 0) return words.scan.reading(read, read + toCome);
  return never > 0 ? words.scan.notRead(never) : '';
}

interface HeadProps {
  readonly document: KeptDocument;
  readonly rank: number;
  readonly onArrange: ScanResult['arrange'];
}

function DocumentHead({ document, rank, onArrange }: HeadProps) {
  const first = document.pages[0]?.page.original ?? '';
  return (
    <div className="scan-document-head">
      <h3>
        {words.scan.documentTitle(rank, document.pages.length)}
        {document.saved && <span className="muted"> ({words.scan.documentSaved})</span>}
      </h3>
      {document.twoSides && (
        <ToggleButton
          className="button small"
          isSelected={document.onOneSheet}
          onChange={(on) => onArrange((before) => setApart(before, first, !on))}
        >
          {words.scan.oneSheet}
        </ToggleButton>
      )}
      {rank > 1 && (
        <Button
          className="button small"
          aria-label={words.scan.joinNamed(rank)}
          onPress={() => onArrange((before) => joinToPrevious(before, first))}
        >
          {words.scan.join}
        </Button>
      )}
    </div>
  );
}
