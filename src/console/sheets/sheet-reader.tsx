/** One sheet, with who wrote it and when: what a clerk reads aloud or turns the screen for. */
import { useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import type { SheetView } from '#shared/protocol/sheets.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { clerkFailure, sheetWords } from '../words/words.ts';
import { OutsideLink, SheetBlocks } from './sheet-blocks.tsx';
import { draftOf, type SheetDraft } from './sheet-draft.ts';
import { fetchSheet, setFavourite, withdrawSheet } from './sheets-api.ts';
import { useAnswer } from './use-answer.ts';

interface Props {
  /** '' where none is chosen. */
  readonly sheetId: string;
  /** A clerk: may keep it among the mairie's favourites. */
  readonly keeps: boolean;
  readonly onChange: (draft: SheetDraft) => void;
  readonly onWithdrawn: () => void;
}

export function SheetReader({ sheetId, keeps, onChange, onWithdrawn }: Props) {
  const { answer, again } = useAnswer(sheetId === '' ? null : sheetId, fetchSheet);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [asking, setAsking] = useState(false);
  const wrong = failure ?? (answer && !answer.ok ? answer.code : null);
  const sheet = answer?.ok ? answer.value : null;

  async function keep(favourite: boolean): Promise<void> {
    const done = await setFavourite(sheetId, favourite);
    setFailure(done.ok ? null : done.code);
    again();
  }
  async function withdraw(): Promise<void> {
    const done = await withdrawSheet(sheetId);
    if (!done.ok) setFailure(done.code);
    else onWithdrawn();
  }

  return (
    <section className="panel sheet-reader" aria-live="off" aria-label={sheet?.title ?? sheetWords.heading}>
      <div className="panel-scroll">
        {sheetId === '' && <p className="muted panel-empty">{sheetWords.choose}</p>}
        {sheetId !== '' && !answer && <p role="status">{sheetWords.opening}</p>}
        {wrong && (
          <Notice tone="bad" urgent>
            <strong>{clerkFailure(wrong).what}.</strong> {clerkFailure(wrong).todo}
          </Notice>
        )}
        {sheet && (
          <article className="sheet">
            <header>
              <h2>{sheet.title}</h2>
              <p className="sheet-lead">{sheet.summary}</p>
              <Provenance sheet={sheet} />
              <div className="sheet-buttons">
                {keeps && (
                  <ToggleButton
                    className="button"
                    isSelected={sheet.favourite}
                    onChange={(favourite) => void keep(favourite)}
                  >
                    <span aria-hidden="true">{sheet.favourite ? '★' : '☆'}</span>
                    {sheet.favourite ? sheetWords.kept : sheetWords.keep}
                  </ToggleButton>
                )}
                {sheet.own && (
                  <>
                    <Button className="button" onPress={() => onChange(draftOf(sheet))}>
                      {sheetWords.change}
                    </Button>
                    <Button className="button danger-quiet" onPress={() => setAsking(true)}>
                      {sheetWords.withdraw}
                    </Button>
                  </>
                )}
              </div>
            </header>
            <SheetBlocks content={sheet.content} />
          </article>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        title={sheetWords.withdrawTitle}
        confirm={sheetWords.withdraw}
        keep={sheetWords.withdrawKeep}
        onConfirm={() => void withdraw()}
        onClose={() => setAsking(false)}
      >
        <p>{sheetWords.withdrawNote}</p>
      </ConfirmDialog>
    </section>
  );
}

function Provenance({ sheet }: { readonly sheet: SheetView }) {
  const { author, body, writtenAt, reviewOn, toReview, own, address } = sheet;
  const day = sheetWords.day(writtenAt);
  const review = reviewOn && sheetWords.day(reviewOn);
  return (
    <>
      <p className="hint">
        {body ? sheetWords.by(author, body, day) : sheetWords.imported(author, day)}{' '}
        {review && !toReview && sheetWords.reviewOn(review)}
        {address && <OutsideLink address={address} text={sheetWords.original} />}
      </p>
      {review && toReview && (
        <Notice tone="warn">{own ? sheetWords.reviewOwn(review) : sheetWords.reviewNotice(review)}</Notice>
      )}
    </>
  );
}
