/** A field in its place on the page: for the mouse. Who types with the keyboard has the list beside it. */
import type { CSSProperties, KeyboardEvent } from 'react';
import type { DeskPlace } from '#shared/desk-live.ts';
import { typedText } from './field-control.tsx';
import type { FieldValue, FillableField, FormWidget } from './form-model.ts';

interface Props {
  readonly field: FillableField;
  readonly widget: FormWidget;
  readonly value: FieldValue;
  readonly isFocused: boolean;
  /** Points. */
  readonly pageHeight: number;
  readonly onChange: (value: FieldValue) => void;
  readonly onFocus: () => void;
}

/** Of the letters, points: what the paper will have where the form does not say. */
const WRITING = 11;

export function SheetField(props: Props) {
  const { field, widget, value, isFocused, pageHeight } = props;
  const size = Math.min(
    field.kind === 'text' && field.multiline ? 10 : WRITING,
    widget.place.height * pageHeight * 0.72,
  );
  const style = { ...placeStyle(widget.place), '--letters': size / pageHeight } as CSSProperties;
  return (
    <div className={isFocused ? 'sheet-field focused' : 'sheet-field'} style={style}>
      {control(props, value)}
    </div>
  );
}

export function placeStyle({ x, y, width, height }: DeskPlace): CSSProperties {
  const percent = (part: number) => `${part * 100}%`;
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}

function control({ field, widget, onChange, onFocus }: Props, value: FieldValue) {
  // Named like its field; kept out of the order of Tab, where the list already has it.
  const shared = {
    'aria-label': field.label,
    tabIndex: -1,
    disabled: field.readOnly,
    onFocus,
    onKeyDown: goOn,
  };
  switch (field.kind) {
    case 'text': {
      const text = typeof value === 'string' ? value : '';
      if (field.multiline) {
        return <textarea {...shared} value={text} onChange={({ target }) => onChange(target.value)} />;
      }
      const comb = field.comb ? ({ '--cells': field.maxLength } as CSSProperties) : undefined;
      return (
        <input
          {...shared}
          className={field.comb ? 'comb' : `align-${field.align}`}
          style={comb}
          value={text}
          autoComplete="off"
          onChange={({ target }) => onChange(typedText(field, target.value))}
        />
      );
    }
    case 'checkBox':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    case 'radio':
      return (
        <input
          {...shared}
          aria-label={`${field.label}, ${field.options.find((one) => one.value === widget.option)?.label ?? ''}`}
          type="radio"
          checked={widget.option !== null && value === widget.option}
          onChange={() => onChange(widget.option ?? '')}
        />
      );
    case 'choice': {
      const chosen = Array.isArray(value) ? value : [];
      const words = chosen.map((one) => field.options.find((option) => option.value === one)?.label ?? one);
      if (field.several || field.editable) return <span className="sheet-chosen">{words.join(', ')}</span>;
      return (
        <select
          {...shared}
          value={chosen[0] ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? [] : [target.value])}
        >
          <option value=""> </option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    }
  }
}

/** Tab goes to the next place of the page, as it would on a form of the web. */
function goOn(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const sheet = event.currentTarget.closest('.fill-paper');
  const places = [
    ...(sheet?.querySelectorAll<HTMLElement>('.sheet-field :is(input, textarea, select)') ?? []),
  ];
  const at = places.indexOf(event.currentTarget);
  const next = places[at + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
