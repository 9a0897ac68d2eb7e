/** The search, answered as one types, and without words what is at hand: favourites, one's own, the newest. */
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import type { SheetLine } from '#shared/protocol/sheets.ts';
import type { HttpAnswer } from '../api.ts';
import { Notice } from '../parts/notice.tsx';
import { clerkFailure, sheetWords } from '../words/words.ts';
import { fetchSheets, type SheetList, searchSheets } from './sheets-api.ts';
import { NEW_SHEET, SHEETS_PATH } from './sheets-page.tsx';
import { useAnswer } from './use-answer.ts';

/** ms without a key before the hub is asked. */
const TYPING = 150;

interface Props {
  /** A counsellor: writes sheets, and has no mairie's favourites. */
  readonly writes: boolean;
  /** The id of the sheet that is read, or ''. */
  readonly shown: string;
  /** The lists are asked for again when it changes: something may have been kept, written or withdrawn. */
  readonly place: string;
}

type Sheets = HttpAnswer<{ readonly sheets: readonly SheetLine[] }>;

const findSheets = (words: string): Promise<Sheets> => searchSheets(words);
/** The key is "list place". */
const listSheets = (key: string): Promise<Sheets> => fetchSheets(key.split(' ')[0] as SheetList);

export function SheetFinder({ writes, shown, place }: Props) {
  const [typed, setTyped] = useState('');
  const words = typed.trim();
  const found = useAnswer(words === '' ? null : words, findSheets, TYPING);
  const idle = words === '';
  const first = useAnswer(idle ? `${writes ? 'own' : 'favourites'} ${place}` : null, listSheets);
  const recent = useAnswer(idle ? `recent ${place}` : null, listSheets);
  const panel = useRef<HTMLElement>(null);

  /** Arrows walk from the field through the sheets and back; Enter in the field opens the best one. */
  function walk(event: KeyboardEvent): void {
    const links = [...(panel.current?.querySelectorAll<HTMLElement>('a.sheet-line') ?? [])];
    const at = links.findIndex((link) => link.matches(':focus'));
    if (event.key === 'Enter' && at < 0 && found.isCurrent) links[0]?.click();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0) panel.current?.querySelector('input')?.focus();
    else links[next]?.focus();
  }

  const listed = (answer: Sheets | null) => (answer?.ok ? answer.value.sheets : null);
  const results = listed(found.answer);
  const own = listed(first.answer);
  const failure = [found.answer, first.answer, recent.answer].find((answer) => answer !== null && !answer.ok);
  return (
    <section
      className="panel sheet-finder"
      ref={panel}
      aria-label={sheetWords.search}
      onKeyDownCapture={walk}
    >
      <div className="sheet-search">
        <SearchField value={typed} onChange={setTyped} maxLength={200}>
          <Label>{sheetWords.search}</Label>
          <div className="sheet-search-row">
            <Input placeholder={sheetWords.searchHint} autoComplete="off" />
            {typed !== '' && (
              <Button className="button icon" aria-label={sheetWords.clear}>
                <span aria-hidden="true">×</span>
              </Button>
            )}
          </div>
        </SearchField>
        {writes && (
          <a className="button" href={`#/${SHEETS_PATH}/${NEW_SHEET}`}>
            {sheetWords.write}
          </a>
        )}
      </div>
      <div className="panel-scroll">
        {failure && !failure.ok && (
          <Notice tone="bad" urgent>
            <strong>{clerkFailure(failure.code).what}.</strong> {clerkFailure(failure.code).todo}
          </Notice>
        )}
        <p role="status" className="sheet-count">
          {!idle && found.isCurrent && results ? sheetWords.found(results.length) : ''}
        </p>
        {!idle && found.isCurrent && results?.length === 0 && <p>{sheetWords.nothing}</p>}
        {!idle && results && <Lines sheets={results} shown={shown} />}
        {idle && (
          <>
            {writes && own?.some(({ toReview }) => toReview) && (
              <List
                title={sheetWords.toReviewList}
                sheets={own.filter(({ toReview }) => toReview)}
                shown={shown}
              >
                <p className="hint">{sheetWords.toReviewNote}</p>
              </List>
            )}
            <List
              title={writes ? sheetWords.own : sheetWords.favourites}
              sheets={writes ? (own?.filter(({ toReview }) => !toReview) ?? null) : own}
              shown={shown}
            >
              {own?.length === 0 && (
                <p className="hint">{writes ? sheetWords.noOwn : sheetWords.noFavourite}</p>
              )}
            </List>
            <List title={sheetWords.recent} sheets={listed(recent.answer)} shown={shown}>
              {listed(recent.answer)?.length === 0 && <p className="hint">{sheetWords.noRecent}</p>}
            </List>
          </>
        )}
      </div>
    </section>
  );
}

interface ListProps {
  readonly title: string;
  /** Null: not answered yet. */
  readonly sheets: readonly SheetLine[] | null;
  readonly shown: string;
  readonly children?: ReactNode;
}

function List({ title, sheets, shown, children }: ListProps) {
  return (
    <section className="sheet-list">
      <h2>{title}</h2>
      {children}
      {sheets && <Lines sheets={sheets} shown={shown} />}
    </section>
  );
}

function Lines({
  sheets,
  shown,
}: Omit<ListProps, 'title' | 'children' | 'sheets'> & { readonly sheets: readonly SheetLine[] }) {
  return (
    <ul>
      {sheets.map(({ sheetId, title, summary, body, toReview }) => (
        <li key={sheetId}>
          <a
            className="sheet-line"
            href={`#/${SHEETS_PATH}/${sheetId}`}
            aria-current={sheetId === shown ? 'true' : undefined}
          >
            <strong>{title}</strong>
            <span className="sheet-summary">{summary}</span>
            <span className="hint">
              {body ?? sheetWords.servicePublic}
              {toReview && <span className="sheet-mark">{sheetWords.toReview}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
