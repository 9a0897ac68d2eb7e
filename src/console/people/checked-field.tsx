import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';

interface Props {
  readonly label: string;
  readonly note: string;
  readonly wrong: string;
  readonly isWrong: (text: string) => boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/**
 * It may stay empty; what is wrong is said when the form is sent, in the place of the note: an error that came and went
 * between note and button would move the button away under the pointer that presses it.
 */
export function CheckedField({ label, note, wrong, isWrong, value, onChange }: Props) {
  return (
    <TextField value={value} onChange={onChange} validate={(text) => (isWrong(text) ? wrong : null)}>
      {({ isInvalid }) => (
        <>
          <Label>{label}</Label>
          <Input maxLength={60} />
          {!isInvalid && (
            <Text slot="description" className="hint">
              {note}
            </Text>
          )}
          <FieldError />
        </>
      )}
    </TextField>
  );
}
