/** The counsellor's side of the desk: forms of the library, files dropped here, each with its card. */
import { type ReactNode, useMemo, useState } from 'react';
import {
  Button,
  type DropItem,
  DropZone,
  FileTrigger,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import type { FormView } from '#shared/protocol/views.ts';
import { fetchForm } from '../api.ts';
import type { HeldDocument, OpenedDocuments } from '../documents.ts';
import type { FillDrafts } from '../fill-drafts.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { firstLetter } from '../letters/first-letter.ts';
import type { PagePictures } from '../page-pictures.ts';
import { Notice } from '../parts/notice.tsx';
import { SigningSteps } from '../signing/signing-steps.tsx';
import type { VisitSigning } from '../signing/use-signing.ts';
import { counsellorFailure, letterWords, sentence, words } from '../words/words.ts';
import { type CardFill, DocumentCard } from './document-card.tsx';
import { ordersOf, takeStateOf } from './order-reading.ts';
import { checkHeader, checkSize } from './pdf-check.ts';
import type { PrinterView } from './print-choice.tsx';
import { takeDocument } from './take-document.ts';
import { useTakeAgain } from './use-take-again.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly forms: readonly FormView[];
  readonly documents: OpenedDocuments;
  readonly pictures: PagePictures;
  readonly drafts: FillDrafts;
  readonly held: readonly HeldDocument[];
  readonly orders: VisitOrders;
  readonly signing: VisitSigning;
  readonly printer: PrinterView;
  /** By which a sheet is found and shown. */
  readonly sheets: ReactNode;
}

interface Refused {
  readonly key: string;
  readonly name: string;
  readonly code: ConsoleFailureCode;
}

export function Tray(props: Props) {
  const { forms, documents, pictures, drafts, held, orders, signing, printer, sheets } = props;
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [fetching, setFetching] = useState<string | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const cards = useCards(held, orders, hidden);
  useTakeAgain(documents, held, orders);

  function refuse(name: string, code: ConsoleFailureCode): void {
    setRefused((before) => [...before, { key: crypto.randomUUID(), name, code }]);
  }

  async function open(name: string, content: Blob): Promise<void> {
    const wrong = checkSize(content.size) ?? (await checkHeader(content));
    if (wrong) {
      refuse(name, wrong);
      return;
    }
    const { documentId } = await documents.add(name, content);
    await takeDocument(documents, orders, documentId);
  }

  async function openFiles(files: readonly File[]): Promise<void> {
    await Promise.all(files.map((file) => open(file.name, file)));
  }

  async function openForm(form: FormView): Promise<void> {
    if (fetching !== null) return;
    setFetching(form.name);
    const bytes = await fetchForm(form.formId);
    setFetching(null);
    if (bytes instanceof Uint8Array) await open(form.name, new Blob([bytes]));
    else refuse(form.name, bytes.code);
  }

  /** Null: this page no longer holds the document. */
  function fillOf({ documentId, name }: Card): CardFill | null {
    const content = documents.content(documentId);
    if (!content) return null;
    const start = async () => drafts.open(documentId, name, new Uint8Array(await content.arrayBuffer()));
    return { begun: drafts.snapshot().works.has(documentId), start: () => void start() };
  }

  async function drop(items: readonly DropItem[]): Promise<void> {
    const files = items.filter((item) => item.kind === 'file');
    await openFiles(await Promise.all(files.map((item) => item.getFile())));
  }

  return (
    <section className="tray panel" aria-labelledby="tray-title">
      <div className="panel-head">
        <h2 id="tray-title">{words.tray.title}</h2>
        <div className="tray-sources">
          <Button
            className="button small"
            aria-label={letterWords.writeLong}
            onPress={() => drafts.openLetter(firstLetter('letter'))}
          >
            {letterWords.write}
          </Button>
          {sheets}
          <MenuTrigger>
            <Button className="button small" isDisabled={forms.length === 0}>
              {words.tray.library} <span aria-hidden="true">▾</span>
            </Button>
            <Popover className="popover" placement="bottom end">
              <Menu
                className="menu"
                aria-label={words.tray.libraryTitle}
                onAction={(key) => {
                  const form = forms.find((one) => one.formId === key);
                  if (form) void openForm(form);
                }}
              >
                {forms.map((form) => (
                  <MenuItem key={form.formId} id={form.formId} className="menu-item">
                    {form.name}
                  </MenuItem>
                ))}
              </Menu>
            </Popover>
          </MenuTrigger>
        </div>
      </div>
      <DropZone
        className="drop"
        aria-label={words.tray.drop}
        getDropOperation={() => 'copy'}
        onDrop={(event) => void drop(event.items)}
      >
        <span>{words.tray.drop}</span>
        <FileTrigger
          allowsMultiple
          acceptedFileTypes={['application/pdf', '.pdf']}
          onSelect={(files) => void openFiles(files ? [...files] : [])}
        >
          <Button className="button small">{words.tray.choose}</Button>
        </FileTrigger>
      </DropZone>
      <div className="panel-scroll">
        <p role="status" className={fetching ? 'muted' : 'visually-hidden'}>
          {fetching ? words.tray.fetching(fetching) : ''}
        </p>
        {refused.map(({ key, name, code }) => (
          <Notice
            key={key}
            tone="bad"
            urgent
            onDismiss={() => setRefused((before) => before.filter((one) => one.key !== key))}
          >
            <strong className="file-name">{name}</strong>
            <br />
            {sentence(counsellorFailure(code))}
          </Notice>
        ))}
        {cards.length === 0 && refused.length === 0 && (
          <p className="muted panel-empty">{words.tray.empty}</p>
        )}
        <ul className="cards">
          {cards.map((card) => (
            <DocumentCard
              key={card.documentId}
              card={card}
              orders={orders}
              pictures={pictures}
              printer={printer}
              fill={fillOf(card)}
              onSend={() => void takeDocument(documents, orders, card.documentId)}
              onRemove={() => {
                documents.remove(card.documentId);
                setHidden((before) => new Set(before).add(card.documentId));
              }}
            >
              {signing.signings
                .filter(({ documentId }) => documentId === card.documentId)
                .map((one) => (
                  <SigningSteps key={one.number} signing={one} visit={signing} orders={orders} />
                ))}
            </DocumentCard>
          ))}
        </ul>
      </div>
    </section>
  );
}

export interface Card {
  readonly documentId: string;
  readonly name: string;
  /** Null after a reload: the terminal has the document, this page no longer does. */
  readonly held: HeldDocument | null;
}

/** What is held here, and what the terminal took before this page was reloaded. Newest first. */
function useCards(
  held: readonly HeldDocument[],
  orders: VisitOrders,
  hidden: ReadonlySet<string>,
): readonly Card[] {
  return useMemo(() => {
    const here = new Set(held.map((document) => document.documentId));
    const before = [
      ...new Set(ordersOf(orders.orders, 'take').map((order) => order.request.documentId)),
    ].filter((id) => !here.has(id) && ['taken', 'lost'].includes(takeStateOf(orders.orders, id).kind));
    return [
      ...before.map((documentId, i) => ({ documentId, name: words.tray.unnamed(i + 1), held: null })),
      ...held.map((document) => ({ documentId: document.documentId, name: document.name, held: document })),
    ]
      .filter((card) => !hidden.has(card.documentId))
      .reverse();
  }, [held, orders.orders, hidden]);
}
