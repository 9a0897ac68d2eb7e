import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { SHORTEST_PASSWORD } from '#shared/protocol/own-account.ts';
import { accountWords } from '../words/words.ts';

interface Props {
  readonly kind: 'new' | 'current';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly shown?: boolean;
  /** With the cursor in it: it appears where somebody has just pressed a button. */
  readonly autoFocus?: boolean;
}

export function PasswordField({ kind, value, onChange, shown = false, autoFocus = false }: Props) {
  const isNew = kind === 'new';
  return (
    <TextField
      type={shown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      isRequired
      autoFocus={autoFocus}
      value={value}
      onChange={onChange}
      validate={(text) =>
        isNew && text !== '' && text.length < SHORTEST_PASSWORD ? accountWords.tooShort : null
      }
    >
      <Label>{isNew ? accountWords.newPassword : accountWords.currentPassword}</Label>
      <Input maxLength={256} />
      {isNew && (
        <Text slot="description" className="hint">
          {accountWords.passwordHint}
        </Text>
      )}
      <FieldError>
        {({ validationDetails, validationErrors }) =>
          validationDetails.valueMissing ? accountWords.missingPassword : validationErrors.join(' ')
        }
      </FieldError>
    </TextField>
  );
}
