/** The scanned pages as small pictures, the large view of one, and their way into one PDF. */
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import type { ScannedPages } from '../scanned-pages.ts';
import { words } from '../words/words.ts';
import { PagePreview } from './page-preview.tsx';
import { savePdf } from './save-pdf.ts';
import type { KeptPage, ScanResult } from './use-scan-result.ts';

interface Props {
  readonly scans: ScannedPages;
  readonly result: ScanResult;
  /** No scan is under way: what is there is all there is. */
  readonly idle: boolean;
}

export function ScannedPageList({ scans, result, idle }: Props) {
  const { pages, unsaved } = result;
  const [open, setOpen] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly name: string | null } | null>(null);
  const whole = pages.every(({ state }) => state.kind !== 'pulling');
  const ready = pages.some(({ state }) => state.kind === 'here') && whole && idle;

  // "Saved" is no longer true once another page came.
  useEffect(() => {
    if (unsaved > 0) setOutcome(null);
  }, [unsaved]);

  async function save(): Promise<void> {
    if (saving) return;
    setSaving(true);
    setOutcome(null);
    const saved = await savePdf(pages);
    setSaving(false);
    if (saved) result.markSaved(saved.documentIds);
    setOutcome({ name: saved?.name ?? null });
  }

  return (
    <>
      <section className="panel-scroll" aria-label={words.scan.pagesTitle}>
        {pages.length === 0 ? (
          <p className="muted panel-empty">{words.scan.empty}</p>
        ) : (
          <ol className="thumbnails">
            {pages.map((kept, index) => (
              <Thumbnail
                key={kept.page.documentId}
                kept={kept}
                rank={index + 1}
                onOpen={() => setOpen(kept.page.documentId)}
                onRemove={() => result.remove(kept.page.documentId)}
                onTryAgain={() => scans.tryAgain(kept.page.documentId)}
              />
            ))}
          </ol>
        )}
      </section>
      {pages.length > 0 && (
        <div className="panel-foot">
          <div role="status" className="save-state">
            {outcome?.name && (
              <p className="with-mark">
                <ToneMark tone="good" />
                {words.scan.saved(outcome.name)}
              </p>
            )}
            {!outcome && unsaved > 0 && <p className="muted">{words.scan.unsaved(unsaved)}</p>}
          </div>
          {outcome && !outcome.name && (
            <Notice tone="bad" urgent>
              {words.scan.saveFailed}
            </Notice>
          )}
          <Button
            className={unsaved > 0 ? 'button primary wide' : 'button wide'}
            isPending={saving}
            isDisabled={!ready}
            onPress={() => void save()}
          >
            {saving ? words.scan.saving : words.scan.save}
          </Button>
        </div>
      )}
      <PagePreview
        pages={pages}
        open={open}
        onTurn={setOpen}
        onClose={() => setOpen(null)}
        onRemove={result.remove}
      />
    </>
  );
}

interface ThumbnailProps {
  readonly kept: KeptPage;
  readonly rank: number;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
  readonly onTryAgain: () => void;
}

function Thumbnail({ kept: { page, state }, rank, onOpen, onRemove, onTryAgain }: ThumbnailProps) {
  return (
    <li className="thumbnail">
      {state.kind === 'here' ? (
        <Button className="thumbnail-picture" aria-label={words.scan.openPage(rank)} onPress={onOpen}>
          <img src={state.url} alt="" width={page.width} height={page.height} />
        </Button>
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
