import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { accountWords } from '../words/words.ts';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Appears after a right password, with the cursor in it. */
export function CodeField({ value, onChange }: Props) {
  return (
    <TextField autoFocus isRequired autoComplete="one-time-code" value={value} onChange={onChange}>
      <Label>{accountWords.code}</Label>
      <Input maxLength={40} pattern="[\s\-]*(([0-9][\s\-]*){6}|([A-Za-z2-7][\s\-]*){16})" />
      <Text slot="description" className="hint">
        {accountWords.codeHint}
      </Text>
      <FieldError>{accountWords.codeMissing}</FieldError>
    </TextField>
  );
}
