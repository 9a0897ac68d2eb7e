/** Filling one document while the resident watches: the page, the fields beside it, and what becomes of it. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { DeskLive, DeskPlace } from '#shared/desk-live.ts';
import type { FillDrafts, FillWork } from '../fill-drafts.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Meter } from '../parts/meter.tsx';
import { Notice } from '../parts/notice.tsx';
import { signSpots } from '../signing/sign-spots.ts';
import { counsellorFailure, formWords, sentence } from '../words/words.ts';
import { checkFields } from './check-fields.ts';
import { changeLaid, lay, moveLaid, removeLaid, setValue, signAt } from './edit-draft.ts';
import { controlId } from './field-control.tsx';
import { FieldList } from './field-list.tsx';
import { FillFinish, type OnFinished, useFinish } from './fill-finish.tsx';
import type { FillCode } from './fill-pdf.ts';
import { FillSheet, type PagePictures } from './fill-sheet.tsx';
import { FillTools, laysMark } from './fill-tools.tsx';
import { useFillView } from './fill-view.ts';
import type { FormModel } from './form-model.ts';
import { LaidList } from './laid-list.tsx';
import { liveOfDraft } from './live-of-draft.ts';
import { createLivePublisher, type PublishLive } from './live-publisher.ts';

/** Of the problems, in the question whether to go on. */
const LISTED = 6;

interface Props {
  readonly work: FillWork;
  readonly drafts: FillDrafts;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly pictures: PagePictures;
  readonly publish: PublishLive;
  /** The counsellor is at this page now: the desk is to show it. */
  readonly onPage: (page: number) => void;
  /** The finished document, to be held, sent, printed or saved. */
  readonly onFinished: OnFinished;
  readonly makeCode: () => Promise<FillCode | null>;
}

export function FillPanel(props: Props) {
  const { work, drafts } = props;
  return (
    <section className="fill panel" aria-labelledby="fill-title">
      <div className="panel-head">
        <h2 id="fill-title" className="file-name">
          {formWords.title(work.name)}
        </h2>
        <Button className="button small" onPress={drafts.leave}>
          {formWords.leave}
        </Button>
      </div>
      {work.state.kind === 'reading' && <Meter label={formWords.reading(work.name)} percent={null} />}
      {work.state.kind === 'refused' && (
        <Notice tone="bad" urgent>
          {sentence(counsellorFailure(work.state.code))}
        </Notice>
      )}
      {work.state.kind === 'open' && <OpenForm {...props} model={work.state.model} />}
    </section>
  );
}

function OpenForm(props: Props & { readonly model: FormModel }) {
  const { work, drafts, model, pictures, publish, onPage } = props;
  const { draft, documentId } = work;
  const hasFields = model.fields.some(({ kind }) => kind !== 'signature');
  const [view, setView] = useFillView(hasFields);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const finish = useFinish(props);
  const change = (next: (before: typeof draft) => typeof draft) => drafts.change(documentId, next);
  const problems = useMemo(() => checkFields(model.fields, draft.values, today()), [model, draft.values]);
  // Nobody is told that a field is missing before having passed it.
  const seen = finish.checked ? problems : problems.filter(({ name }) => left.has(name));

  usePublished(
    publish,
    useMemo(() => liveOfDraft(model, draft, view), [model, draft, view]),
  );
  const tellPage = useRef(onPage);
  tellPage.current = onPage;
  useEffect(() => tellPage.current(view.page), [view.page]);

  function goTo(page: number): void {
    setView({ page, pointer: null, focus: null });
  }

  function focusField(field: FormModel['fields'][number]): void {
    const pages = field.widgets.map(({ page }) => page);
    const page = pages.includes(view.page) ? view.page : (pages[0] ?? view.page);
    setView({ page, focus: field.name, pointer: null });
  }

  function use(place: DeskPlace): void {
    if (view.tool === 'point') setView({ pointer: { x: place.x, y: place.y }, focus: null });
    else if (view.tool === 'sign') change((before) => signAt(before, view.page, place));
    else if (laysMark(view.tool)) {
      const { tool, page } = view;
      const id = crypto.randomUUID();
      change((before) => lay(before, tool, page, place, id));
      setView({ focus: id, pointer: null });
      // The list draws its new line first.
      if (tool === 'text') requestAnimationFrame(() => document.getElementById(`laid-${id}`)?.focus());
    }
  }

  return (
    <>
      <FillTools
        view={view}
        pages={model.pages.length}
        hasFields={hasFields}
        onView={setView}
        onPage={goTo}
        onPlace={use}
      />
      <div className="fill-body">
        <FillSheet
          model={model}
          draft={draft}
          view={view}
          pictures={pictures}
          onChange={(name, value) => change((before) => setValue(before, name, value))}
          onFocus={(focus) => setView({ focus, pointer: null })}
          onPlace={use}
          onMove={(id, right, down) => change((before) => moveLaid(before, id, right, down))}
          onRemove={(id) => change((before) => removeLaid(before, id))}
          onZoom={() => setView({ zoomed: !view.zoomed })}
        />
        <div className="fill-side">
          <LaidList
            draft={draft}
            unwritten={finish.unwritten}
            onChange={(mark) => change((before) => changeLaid(before, mark.id, () => mark))}
            onFocus={(mark) => setView({ page: mark.page, focus: mark.id, pointer: null })}
            onRemove={(id) => change((before) => removeLaid(before, id))}
            onUnsign={() => change((before) => ({ ...before, signHere: null }))}
          />
          {model.fields.length === 0 ? (
            <p className="muted">{formWords.noFields}</p>
          ) : (
            <FieldList
              fields={model.fields}
              draft={draft}
              problems={seen}
              unwritten={finish.unwritten}
              onChange={(name, value) => change((before) => setValue(before, name, value))}
              onFocus={focusField}
              onLeave={(name) => setLeft((before) => new Set(before).add(name))}
              onSignHere={({ widgets: [widget] }) => {
                if (!widget) return;
                change((before) => ({ ...before, signHere: { page: widget.page, place: widget.place } }));
                setView({ page: widget.page, focus: null, pointer: null });
              }}
            />
          )}
        </div>
      </div>
      <FillFinish
        finish={finish}
        problems={problems.length}
        canSign={signSpots(model, draft).length > 0}
        shown={hasFields && (finish.checked || problems.length === 0)}
        onReview={() => {
          const first = problems[0];
          if (first) document.getElementById(controlId(first.name))?.focus();
        }}
      />
      <ConfirmDialog
        open={finish.asking !== null}
        title={formWords.anywayTitle}
        confirm={formWords.anyway}
        keep={formWords.review}
        onConfirm={finish.goOn}
        onClose={finish.stay}
      >
        <ul>
          {problems.slice(0, LISTED).map((problem) => (
            <li key={problem.name}>
              <strong>{model.fields.find(({ name }) => name === problem.name)?.label}</strong>
              {formWords.colon}
              {formWords.problem(problem)}
            </li>
          ))}
        </ul>
        {problems.length > LISTED && <p>{formWords.more(problems.length - LISTED)}</p>}
      </ConfirmDialog>
    </>
  );
}

/** Says each state to the desk; leaves nothing there when the panel goes. */
function usePublished(publish: PublishLive, live: DeskLive): void {
  const publisher = useMemo(() => createLivePublisher(publish), [publish]);
  useEffect(() => publisher.say(live), [publisher, live]);
  useEffect(
    () => () => {
      publisher.say(null);
      publisher.close();
    },
    [publisher],
  );
}

function today(): { year: number; month: number; day: number } {
  const now = new Date();
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
}
