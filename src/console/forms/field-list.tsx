/** The form's fields with their labels, one under the other: Tab goes from each to the next. */
import { Button } from 'react-aria-components';
import { formWords } from '../words/words.ts';
import { currentValue, type FieldProblem } from './check-fields.ts';
import { controlId, FieldControl } from './field-control.tsx';
import type { FillDraft } from './fill-draft.ts';
import type { FieldValue, FormField } from './form-model.ts';
import type { Unwritten } from './write-fields.ts';

interface Props {
  readonly fields: readonly FormField[];
  readonly draft: FillDraft;
  /** Those that are shown: of fields already left, and of all where the whole form was checked. */
  readonly problems: readonly FieldProblem[];
  readonly unwritten: readonly Unwritten[];
  readonly onChange: (name: string, value: FieldValue) => void;
  readonly onFocus: (field: FormField) => void;
  readonly onLeave: (name: string) => void;
  readonly onSignHere: (field: FormField) => void;
}

export function FieldList(props: Props) {
  const { fields, draft, onChange, onFocus, onLeave, onSignHere } = props;
  return (
    <ol className="fill-fields">
      {fields.map((field) => {
        const problem = problemOf(field, props);
        const problemId = problem ? `${controlId(field.name)}-problem` : undefined;
        if (field.kind === 'signature') {
          return (
            <li key={field.name} className="fill-field">
              <p className="fill-label">{field.label}</p>
              <p className="muted">{field.signed ? formWords.signed : formWords.signature}</p>
              <Button className="button small" onPress={() => onSignHere(field)}>
                {formWords.signatureHere}
              </Button>
            </li>
          );
        }
        const isGroup = field.kind === 'radio' || (field.kind === 'choice' && field.several);
        const label = (
          <>
            {field.label}
            {field.required && <span className="fill-required">{formWords.required}</span>}
            {field.readOnly && <span className="fill-required">{formWords.readOnly}</span>}
          </>
        );
        const control = (
          <FieldControl
            field={field}
            value={currentValue(field, draft.values)}
            problemId={problemId}
            onChange={(value) => onChange(field.name, value)}
            onFocus={() => onFocus(field)}
          />
        );
        return (
          <li
            key={field.name}
            className={field.kind === 'checkBox' ? 'fill-field inline' : 'fill-field'}
            onBlur={() => onLeave(field.name)}
          >
            {isGroup ? (
              <fieldset>
                <legend className="fill-label">{label}</legend>
                {control}
              </fieldset>
            ) : (
              <>
                <label className="fill-label" htmlFor={controlId(field.name)}>
                  {label}
                </label>
                {control}
              </>
            )}
            {problem && (
              <span className="field-error" id={problemId}>
                {problem}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function problemOf({ name }: FormField, { problems, unwritten }: Props): string | null {
  const cannot = unwritten.find((one) => one.name === name);
  if (cannot) return formWords.unwritten[cannot.why];
  const problem = problems.find((one) => one.name === name);
  return problem ? formWords.problem(problem) : null;
}
