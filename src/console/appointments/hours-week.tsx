/** Opening hours, a line for each day of the week: breaks are what lies between two of a day. */
import { Button } from 'react-aria-components';
import type { OpeningHours } from '#shared/protocol/appointments.ts';
import { byPlace } from '../parts/by-place.ts';
import { appointmentWords } from '../words/words.ts';
import { TimeField } from './time-field.tsx';

interface Props {
  readonly hours: readonly OpeningHours[];
  /** What a day without hours is called. */
  readonly none: string;
  readonly onChange: (hours: readonly OpeningHours[]) => void;
}

/** Where one is added: the morning, then the afternoon, then nothing yet. */
const USUAL = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '17:00' },
  { from: '', to: '' },
] as const;
const WORKING_DAYS = [1, 2, 3, 4, 5];

export function HoursWeek({ hours, none, onChange }: Props) {
  const ofDay = (weekday: number) => hours.filter((one) => one.weekday === weekday);
  const sameAsMonday = () =>
    onChange([
      ...WORKING_DAYS.flatMap((weekday) => ofDay(1).map((one) => ({ ...one, weekday }))),
      ...hours.filter(({ weekday }) => !WORKING_DAYS.includes(weekday)),
    ]);
  return (
    <ul className="hours-week">
      {appointmentWords.weekdays.map((name, index) => {
        const weekday = index + 1;
        const own = ofDay(weekday);
        return (
          <li key={name} className="hours-day">
            <p className="hours-name">{name}</p>
            <div className="hours-stretches">
              {own.length === 0 && <p className="muted">{none}</p>}
              {byPlace(own).map(({ item: one, place }) => {
                const change = (part: Partial<OpeningHours>) =>
                  onChange(hours.map((other) => (other === one ? { ...one, ...part } : other)));
                return (
                  <div key={place} className="hours-stretch">
                    <TimeField
                      label={appointmentWords.from(name, place + 1)}
                      value={one.from}
                      onChange={(from) => change({ from })}
                    />
                    <span aria-hidden="true">{appointmentWords.until}</span>
                    <TimeField
                      label={appointmentWords.to(name, place + 1)}
                      value={one.to}
                      onChange={(to) => change({ to })}
                    />
                    <Button
                      className="button icon"
                      aria-label={appointmentWords.removeHours(name, place + 1)}
                      onPress={() => onChange(hours.filter((other) => other !== one))}
                    >
                      <span aria-hidden="true">×</span>
                    </Button>
                  </div>
                );
              })}
            </div>
            <div className="hours-buttons">
              <Button
                className="button small"
                aria-label={appointmentWords.addHoursTo(name)}
                onPress={() =>
                  onChange([...hours, { weekday, ...(USUAL[Math.min(own.length, 2)] ?? USUAL[2]) }])
                }
              >
                {appointmentWords.addHours}
              </Button>
              {weekday === 1 && own.length > 0 && (
                <Button className="button small" onPress={sameAsMonday}>
                  {appointmentWords.sameAsMonday}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
