import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { passkeyWords } from '../words/words.ts';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}

/** Appears where somebody has just pressed a button, with the cursor in it. */
export function PasskeyLabelField({ value, onChange, hint }: Props) {
  return (
    <TextField
      autoFocus
      isRequired
      autoComplete="off"
      value={value}
      onChange={onChange}
      validate={(text) => (text !== '' && text.trim() === '' ? passkeyWords.labelMissing : null)}
    >
      <Label>{passkeyWords.label}</Label>
      <Input maxLength={120} />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError>{passkeyWords.labelMissing}</FieldError>
    </TextField>
  );
}
