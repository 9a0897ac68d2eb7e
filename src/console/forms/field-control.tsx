/** What a field is filled with, in the list beside the page. */

import { formWords } from '../words/words.ts';
import { formatInFrench } from './dates.ts';
import type { FieldValue, FillableField } from './form-model.ts';

export interface ControlProps {
  readonly field: FillableField;
  readonly value: FieldValue;
  readonly problemId: string | undefined;
  readonly onChange: (value: FieldValue) => void;
  readonly onFocus: () => void;
}

/** The id of the control in the list, so that a problem can lead to it. */
export function controlId(name: string): string {
  return `field-${name}`;
}

/** Takes out what a date of cells has no room for, so that both 3/2/1960 typed in full and 03021960 are right. */
export function typedText(field: Extract<FillableField, { kind: 'text' }>, text: string): string {
  if (field.dateFormat && field.comb) return text.replace(/\D/g, '');
  return field.comb ? text.replace(/[\s\u00a0.-]/g, '') : text;
}

export function FieldControl(props: ControlProps) {
  const { field, value, problemId, onChange, onFocus } = props;
  const shared = {
    id: controlId(field.name),
    disabled: field.readOnly,
    onFocus,
    'aria-invalid': problemId !== undefined,
    'aria-describedby': problemId,
  };
  switch (field.kind) {
    case 'text': {
      const text = {
        ...shared,
        className: 'react-aria-Input',
        value: typeof value === 'string' ? value : '',
        maxLength: field.maxLength ?? undefined,
        autoComplete: 'off',
        spellCheck: field.multiline,
        required: field.required,
      };
      if (field.multiline) {
        return <textarea {...text} rows={3} onChange={(event) => onChange(event.target.value)} />;
      }
      return (
        <input
          {...text}
          maxLength={field.dateFormat || field.comb ? undefined : text.maxLength}
          inputMode={field.dateFormat ? 'numeric' : undefined}
          placeholder={field.dateFormat ? formatInFrench(field.dateFormat) : undefined}
          onChange={(event) => onChange(typedText(field, event.target.value))}
        />
      );
    }
    case 'checkBox':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'radio':
      return <Radios {...props} />;
    case 'choice':
      return <Choice {...props} />;
  }
}

function Radios({ field, value, problemId, onChange, onFocus }: ControlProps) {
  if (field.kind !== 'radio') return null;
  return (
    <div className="fill-options">
      {field.options.map((option, at) => (
        <label key={option.value}>
          <input
            type="radio"
            id={at === 0 ? controlId(field.name) : undefined}
            name={controlId(field.name)}
            disabled={field.readOnly}
            checked={value === option.value}
            aria-describedby={problemId}
            onFocus={onFocus}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

function Choice({ field, value, problemId, onChange, onFocus }: ControlProps) {
  if (field.kind !== 'choice') return null;
  const chosen = Array.isArray(value) ? value : [];
  const id = controlId(field.name);
  if (field.several) {
    return (
      <div className="fill-options">
        {field.options.map((option, at) => (
          <label key={option.value}>
            <input
              type="checkbox"
              id={at === 0 ? id : undefined}
              disabled={field.readOnly}
              checked={chosen.includes(option.value)}
              aria-describedby={problemId}
              onFocus={onFocus}
              onChange={(event) =>
                onChange(
                  // In the list's own order, whatever the order of the clicks.
                  field.options
                    .map((one) => one.value)
                    .filter((one) => (one === option.value ? event.target.checked : chosen.includes(one))),
                )
              }
            />
            {option.label}
          </label>
        ))}
      </div>
    );
  }
  const shared = { id, disabled: field.readOnly, onFocus, 'aria-describedby': problemId };
  if (field.editable) {
    return (
      <>
        <input
          {...shared}
          className="react-aria-Input"
          list={`${id}-options`}
          value={field.options.find((option) => option.value === chosen[0])?.label ?? chosen[0] ?? ''}
          onChange={({ target }) => {
            const known = field.options.find((option) => option.label === target.value);
            onChange(target.value === '' ? [] : [known?.value ?? target.value]);
          }}
        />
        <datalist id={`${id}-options`}>
          {field.options.map((option) => (
            <option key={option.value} value={option.label} />
          ))}
        </datalist>
      </>
    );
  }
  return (
    <select
      {...shared}
      value={chosen[0] ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? [] : [target.value])}
    >
      <option value="">{formWords.choose}</option>
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
