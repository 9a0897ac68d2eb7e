import { Button } from 'react-aria-components';
import type { Week } from '#shared/protocol/appointments.ts';
import { appointmentWords } from '../words/words.ts';

/** Which week is shown, and the way to the one before and after. */
export function WeekLine({ week, onDate }: { readonly week: Week; readonly onDate: (date: string) => void }) {
  const [first = '', last = ''] = [week.days[0], week.days[6]];
  return (
    <div className="week-line">
      <Button className="button small" onPress={() => onDate(week.previous)}>
        {appointmentWords.previousWeek}
      </Button>
      <p aria-live="polite">{appointmentWords.weekOf(first, last)}</p>
      <Button className="button small" onPress={() => onDate(week.next)}>
        {appointmentWords.nextWeek}
      </Button>
    </div>
  );
}
