import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { SlotsAnswer } from '#shared/protocol/appointments.ts';
import { Notice } from '../parts/notice.tsx';
import { appointmentWords, clerkFailure, sentence } from '../words/words.ts';
import { fetchSlots } from './appointment-api.ts';
import { useLoaded } from './use-loaded.ts';
import { WeekLine } from './week-line.tsx';

export interface ChosenSlot {
  readonly startsAt: number;
  /** "Lundi 2 février" and "10 h 30", to be said again. */
  readonly day: string;
  readonly hour: string;
}

interface Props {
  readonly terminalId: string;
  readonly bodyId: string;
  readonly chosen: ChosenSlot | null;
  readonly onChoose: (slot: ChosenSlot) => void;
}

/** The free slots of a week, day by day. */
export function SlotWeek({ terminalId, bodyId, chosen, onChoose }: Props) {
  const [date, setDate] = useState<string | null>(null);
  // While another week loads the last one stays: the page does not jump.
  const [shown, setShown] = useState<SlotsAnswer | null>(null);
  const { answer } = useLoaded(`${terminalId} ${bodyId} ${date}`, () => fetchSlots(terminalId, bodyId, date));
  if (answer?.ok && answer.value !== shown) setShown(answer.value);
  if (answer && !answer.ok) {
    return (
      <Notice tone="bad" urgent>
        {sentence(clerkFailure(answer.code))}
      </Notice>
    );
  }
  if (!shown) return <p className="muted">{appointmentWords.loading}</p>;
  const { week, timeZone, slots } = shown;
  const days = week.days.filter((day) => slots.some((slot) => slot.day === day));
  return (
    <div className="slot-week" aria-busy={answer === null}>
      <WeekLine week={week} onDate={setDate} />
      {days.length === 0 && (
        <div>
          <p>{appointmentWords.noSlot}</p>
          <p className="hint">{appointmentWords.noSlotWhy}</p>
        </div>
      )}
      <div className="slot-days">
        {days.map((day) => (
          <section key={day} aria-label={appointmentWords.day(day)}>
            <h3>{appointmentWords.day(day)}</h3>
            <ul>
              {slots
                .filter((slot) => slot.day === day)
                .map(({ startsAt }) => {
                  const hour = appointmentWords.hour(startsAt, timeZone);
                  return (
                    <li key={startsAt}>
                      <ToggleButton
                        className="button slot"
                        isSelected={chosen?.startsAt === startsAt}
                        onChange={() => onChoose({ startsAt, day: appointmentWords.day(day), hour })}
                      >
                        {hour}
                      </ToggleButton>
                    </li>
                  );
                })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
