import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { appointmentWords } from '../words/words.ts';
import { readTime } from './read-time.ts';

interface Props {
  readonly label: string;
  /** "09:30", or empty while there is none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A time of day, typed as people write it. A browser's own field would say AM and PM where it speaks English. */
export function TimeField({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      aria-label={label}
      autoComplete="off"
      value={typed ?? appointmentWords.wallTime(value)}
      isInvalid={typed !== null && typed !== '' && readTime(typed) === null}
      onChange={(text) => {
        setTyped(text);
        onChange(readTime(text) ?? '');
      }}
      onBlur={() => {
        // What cannot be read stays as it was typed.
        if (value !== '') setTyped(null);
      }}
    >
      <Input placeholder={appointmentWords.timeExample} />
    </TextField>
  );
}
