/** Sheets: found on the left, read or written on the right. The address says which one. */
import { useEffect } from 'react';
import type { Me } from '#shared/protocol/views.ts';
import { usePageAddress } from '../console-pages.tsx';
import { useTitle } from '../parts/use-title.ts';
import { sheetWords } from '../words/words.ts';
import { newDraft, type SheetDraft } from './sheet-draft.ts';
import { SheetEditor } from './sheet-editor.tsx';
import { SheetFinder } from './sheet-finder.tsx';
import { SheetReader } from './sheet-reader.tsx';

/** Of the console's pages. */
export const SHEETS_PATH = 'fiches';
/** In the address, in place of a sheet's id. */
export const NEW_SHEET = 'nouvelle';

/** What is being written, by the sheet's id or NEW_SHEET: it waits while another page is read. */
export type SheetDrafts = Map<string, SheetDraft>;

interface Props {
  readonly me: Me;
  readonly drafts: SheetDrafts;
  /** ms since the epoch, by the hub's clock. */
  readonly now: () => number;
}

export function SheetsPage({ me, drafts, now }: Props) {
  useTitle(sheetWords.title);
  const [place, goTo] = usePageAddress(SHEETS_PATH);
  const [sheetId = '', doing] = place.split('/');
  const writes = me.role === 'counsellor' || me.role === 'correspondent';
  const isNew = writes && sheetId === NEW_SHEET;
  const isWriting = isNew || (writes && doing === 'modifier');
  if (isNew && !drafts.has(NEW_SHEET)) drafts.set(NEW_SHEET, newDraft(now()));
  const draft = isWriting ? drafts.get(sheetId) : undefined;
  const lacksDraft = isWriting && !draft;
  // An address that was kept leads to the sheet itself.
  useEffect(() => {
    if (lacksDraft) goTo(sheetId);
  }, [lacksDraft, sheetId, goTo]);

  function leave(to: string): void {
    drafts.delete(sheetId);
    goTo(to);
  }
  return (
    <div className="sheets">
      <h1 className="visually-hidden">{sheetWords.heading}</h1>
      <SheetFinder writes={writes} shown={sheetId} place={place} />
      {draft ? (
        <SheetEditor
          key={sheetId}
          sheetId={isNew ? null : sheetId}
          draft={draft}
          now={now}
          onDraft={(changed) => drafts.set(sheetId, changed)}
          onDone={leave}
          onCancel={() => leave(isNew ? '' : sheetId)}
        />
      ) : (
        <SheetReader
          key={sheetId}
          sheetId={sheetId}
          keeps={me.role === 'clerk'}
          onChange={(sheetDraft) => {
            drafts.set(sheetId, sheetDraft);
            goTo(`${sheetId}/modifier`);
          }}
          onWithdrawn={() => goTo('')}
        />
      )}
    </div>
  );
}
