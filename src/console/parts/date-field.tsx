/**
 * A day, typed as it is said here, the day first: the browser's own field goes by the browser's language, and writes the
 * month first in an English one.
 */
import { type CalendarDate, parseDate } from '@internationalized/date';
import { DateField as AriaDateField, FieldError, Label } from 'react-aria-components';
import { DayInput } from './day-input.tsx';

interface Props {
  readonly label: string;
  /** YYYY-MM-DD; '' where none is written, or not all of one. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with it; absent: nothing. */
  readonly error?: string | undefined;
}

export function DateField({ label, value, onChange, error }: Props) {
  return (
    <AriaDateField<CalendarDate>
      className="field"
      value={value === '' ? null : parseDate(value)}
      onChange={(day) => onChange(day?.toString() ?? '')}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      shouldForceLeadingZeros
    >
      <Label>{label}</Label>
      <DayInput />
      <FieldError>{error}</FieldError>
    </AriaDateField>
  );
}
