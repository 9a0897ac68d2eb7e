import { DateInput, DateSegment } from 'react-aria-components';

/** The parts of a date field, typed one after the other. */
export function DayInput() {
  return (
    <DateInput className="date-input">
      {(segment) => <DateSegment className="date-segment" segment={segment} />}
    </DateInput>
  );
}
