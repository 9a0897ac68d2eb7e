/** The page being filled: its picture, its fields in their places, what was laid on it. */
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Button } from 'react-aria-components';
import type { DeskPlace } from '#shared/desk-live.ts';
import { formWords } from '../words/words.ts';
import { currentValue } from './check-fields.ts';
import type { FillDraft, LaidMark } from './fill-draft.ts';
import type { FillView } from './fill-view.ts';
import type { FieldValue, FormModel } from './form-model.ts';
import { placeStyle, SheetField } from './sheet-field.tsx';

/** The very picture that the terminal shows of a page (from 1); null: not there (yet). */
export type PagePictures = (page: number) => PagePicture | null;

interface PagePicture {
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

interface Props {
  readonly model: FormModel;
  readonly draft: FillDraft;
  readonly view: FillView;
  readonly pictures: PagePictures;
  readonly onChange: (name: string, value: FieldValue) => void;
  readonly onFocus: (key: string) => void;
  /** The tool was used: where, and how large a place was drawn (nothing for a mere click). */
  readonly onPlace: (place: DeskPlace) => void;
  readonly onMove: (id: string, right: number, down: number) => void;
  readonly onRemove: (id: string) => void;
  readonly onZoom: () => void;
}

export function FillSheet(props: Props) {
  const { model, draft, view, pictures, onChange, onFocus } = props;
  const size = model.pages[view.page - 1];
  const picture = pictures(view.page);
  const paper = useRef<HTMLDivElement>(null);
  useFollow(paper, view.focus);
  if (!size) return null;
  const style = { '--page-width': size.width, '--page-height': size.height } as CSSProperties;
  const laid = draft.laid.filter((mark) => mark.page === view.page);
  return (
    <section className={view.zoomed ? 'fill-sheet zoomed' : 'fill-sheet'} aria-label={formWords.sheet}>
      {/* Within: from here the arrows scroll the page for who has no mouse. */}
      <Button className="button small fill-zoom" onPress={props.onZoom}>
        {view.zoomed ? formWords.smaller : formWords.larger}
      </Button>
      <div className="fill-paper" ref={paper} style={style}>
        {picture && <img src={picture.url} alt="" width={picture.width} height={picture.height} />}
        {model.fields.flatMap((field) =>
          field.kind === 'signature'
            ? []
            : field.widgets
                .filter(({ page }) => page === view.page)
                .map((widget) => (
                  <SheetField
                    key={`${field.name} ${widget.place.x} ${widget.place.y}`}
                    field={field}
                    widget={widget}
                    value={currentValue(field, draft.values)}
                    isFocused={view.focus === field.name}
                    pageHeight={size.height}
                    onChange={(value) => onChange(field.name, value)}
                    onFocus={() => onFocus(field.name)}
                  />
                )),
        )}
        {laid.map((mark) => (
          <Laid key={mark.id} {...props} mark={mark} pageHeight={size.height} />
        ))}
        {draft.signHere?.page === view.page && (
          <div className="fill-sign" style={placeStyle(draft.signHere.place)}>
            {formWords.signHere}
          </div>
        )}
        {view.pointer && (
          <div className="fill-pointer" style={placeStyle({ ...view.pointer, width: 0, height: 0 })} />
        )}
        {view.tool !== 'field' && <Surface tool={view.tool} onPlace={props.onPlace} />}
      </div>
    </section>
  );
}

/** Keeps the place that is written in view. */
function useFollow(paper: { readonly current: HTMLElement | null }, focus: string | null): void {
  useEffect(() => {
    if (focus !== null)
      paper.current?.querySelector('.focused')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [paper, focus]);
}

interface LaidProps extends Props {
  readonly mark: LaidMark;
  readonly pageHeight: number;
}

/** Of the page: one press of an arrow. */
const STEP = 0.004;

function Laid({ mark, view, pageHeight, onFocus, onMove, onRemove }: LaidProps) {
  const name = mark.kind === 'text' && mark.text !== '' ? mark.text : formWords.laidKind[mark.kind];
  const style = { ...placeStyle(mark.place), '--letters': mark.size / pageHeight } as CSSProperties;
  function act(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[
      event.key
    ];
    if (step) onMove(mark.id, step[0] ?? 0, step[1] ?? 0);
    else if (event.key === 'Delete' || event.key === 'Backspace') onRemove(mark.id);
    else return;
    event.preventDefault();
  }
  /** Where the mouse held it last. */
  const held = useRef<{ readonly x: number; readonly y: number } | null>(null);
  function drag(event: PointerEvent<HTMLButtonElement>): void {
    const paper = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!held.current || !paper) return;
    const { clientX: x, clientY: y } = event;
    onMove(mark.id, (x - held.current.x) / paper.width, (y - held.current.y) / paper.height);
    held.current = { x, y };
  }
  const letGo = () => {
    held.current = null;
  };
  return (
    <button
      type="button"
      className={`fill-laid ${mark.kind}${view.focus === mark.id ? ' focused' : ''}`}
      style={style}
      aria-label={formWords.laidMove(name)}
      onFocus={() => onFocus(mark.id)}
      onKeyDown={act}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={drag}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {mark.kind === 'text' && mark.text}
      {mark.kind === 'tick' && (
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      )}
    </button>
  );
}

/** Over the page while a tool is chosen. The keyboard lays in the middle (fill-tools.tsx) and moves with the arrows. */
function Surface({ tool, onPlace }: { readonly tool: FillView['tool']; readonly onPlace: Props['onPlace'] }) {
  const [from, setFrom] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [to, setTo] = useState(from);
  const at = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (part: number) => Math.min(1, Math.max(0, part));
    return {
      x: within((event.clientX - box.x) / box.width),
      y: within((event.clientY - box.y) / box.height),
    };
  };
  const drawn = from && to ? between(from, to) : null;
  const isDrawn = tool === 'highlight' || tool === 'sign';
  return (
    <div
      className={`fill-surface ${tool}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(at(event));
        setTo(at(event));
      }}
      onPointerMove={(event) => {
        if (from && isDrawn) setTo(at(event));
      }}
      onPointerUp={() => {
        if (drawn) onPlace(drawn);
        setFrom(null);
        setTo(null);
      }}
      onPointerCancel={() => setFrom(null)}
    >
      {drawn && isDrawn && <div className="fill-drawn" style={placeStyle(drawn)} />}
    </div>
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

function between(one: Spot, other: Spot): DeskPlace {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}
