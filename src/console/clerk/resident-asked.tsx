/** The fields that the chosen body asks for, and which identity paper the clerk looked at. */
import { DateField, FieldError, Input, Label, TextField } from 'react-aria-components';
import {
  type IdentityPaper,
  identityPaper,
  type ResidentField,
  residentDetails,
  residentFields,
} from '#shared/protocol/resident.ts';
import type { BodyView } from '#shared/protocol/views.ts';
import { DayInput } from '../parts/day-input.tsx';
import { residentWords } from '../words/words.ts';
import type { TypedResident } from './typed-resident.ts';

interface Props {
  readonly body: BodyView;
  readonly typed: TypedResident;
  readonly onChange: (typed: TypedResident) => void;
}

export function ResidentAsked({ body, typed, onChange }: Props) {
  return (
    <fieldset className="asked">
      <legend>{residentWords.askedBy(body.name)}</legend>
      {body.asked.length > 0 && <p className="hint asked-note">{residentWords.askedNote}</p>}
      {residentFields
        .filter((field) => body.asked.includes(field))
        .map((field) => (
          <Field key={field} field={field} typed={typed} onChange={onChange} />
        ))}
      <label className="asked-paper">
        {residentWords.paper}
        <select
          value={typed.paper ?? ''}
          onChange={({ target }) => onChange({ ...typed, paper: paperOf(target.value) })}
        >
          <option value="">{residentWords.noPaper}</option>
          {identityPaper.options.map((paper) => (
            <option key={paper} value={paper}>
              {residentWords.papers[paper]}
            </option>
          ))}
        </select>
        <span className="hint">{residentWords.paperNote}</span>
      </label>
    </fieldset>
  );
}

interface FieldProps {
  readonly field: ResidentField;
  readonly typed: TypedResident;
  readonly onChange: (typed: TypedResident) => void;
}

function Field({ field, typed, onChange }: FieldProps) {
  if (field === 'birthDate') {
    return (
      <DateField
        name={field}
        value={typed.birthDate}
        onChange={(birthDate) => onChange({ ...typed, birthDate })}
        validate={(date) => (date && date.toString() > today() ? residentWords.dateWrong : null)}
      >
        <Label>{residentWords.fields.birthDate}</Label>
        <DayInput />
        <FieldError>
          {({ validationErrors }) => validationErrors[0] ?? residentWords.dateIncomplete}
        </FieldError>
      </DateField>
    );
  }
  const isTelephone = field === 'telephone';
  return (
    <TextField
      name={field}
      className={field === 'address' ? 'wide' : ''}
      autoComplete="off"
      maxLength={field === 'address' ? 300 : 120}
      value={typed[field]}
      onChange={(value) => onChange({ ...typed, [field]: value })}
      {...(isTelephone && { type: 'tel', validate: telephoneWrong })}
    >
      <Label>{residentWords.fields[field]}</Label>
      <Input />
      <FieldError />
    </TextField>
  );
}

function telephoneWrong(text: string): string | null {
  const isFine = text.trim() === '' || residentDetails.shape.telephone.safeParse(text).success;
  return isFine ? null : residentWords.telephoneWrong;
}

function paperOf(value: string): IdentityPaper | null {
  return identityPaper.safeParse(value).data ?? null;
}

/** ISO 8601, where the clerk sits. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
