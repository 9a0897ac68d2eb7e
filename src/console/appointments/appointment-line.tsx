import { Button } from 'react-aria-components';
import type { AppointmentView } from '#shared/protocol/appointments.ts';
import { appointmentWords } from '../words/words.ts';

export type Wish = 'start' | 'move' | 'cancel' | 'missed' | 'print';

interface Props {
  readonly appointment: AppointmentView;
  readonly canStart: boolean;
  readonly canPrint: boolean;
  readonly canBeMissed: boolean;
  readonly disabled: boolean;
  readonly onWish: (what: Wish) => void;
}

/** One appointment: when, who, why, where; its buttons while it is to come. */
export function AppointmentLine(props: Props) {
  const { appointment, canStart, canPrint, canBeMissed, disabled, onWish } = props;
  const { person, state, timeZone, startsAt, body, counsellor, mairie, terminal, undelivered } = appointment;
  const hour = appointmentWords.hour(startsAt, timeZone);
  const wishes: readonly Wish[] = [
    ...(canStart ? (['start'] as const) : []),
    ...(['move', 'cancel'] as const),
    ...(canBeMissed ? (['missed'] as const) : []),
    ...(canPrint ? (['print'] as const) : []),
  ];
  return (
    <li className={`appointment ${state}`}>
      <p className="appointment-hour">{hour}</p>
      <div className="appointment-what">
        <p className="appointment-name">{person?.residentName ?? appointmentWords.forgotten}</p>
        {person && <p>{person.motive}</p>}
        {person && (person.telephone ?? person.email) && (
          <p>{[person.telephone, person.email].filter(Boolean).join(', ')}</p>
        )}
        {person && undelivered && <p className="field-error">{appointmentWords.undelivered}</p>}
        <p className="muted">{appointmentWords.with(body, counsellor)}</p>
        <p className="muted">{appointmentWords.at(mairie, terminal)}</p>
      </div>
      {state === 'booked' && person ? (
        <div className="appointment-buttons">
          {wishes.map((what) => (
            <Button
              key={what}
              className={what === 'start' ? 'button small primary' : 'button small'}
              aria-label={appointmentWords.named(appointmentWords[what], person.residentName, hour)}
              isDisabled={disabled}
              onPress={() => onWish(what)}
            >
              {appointmentWords[what]}
            </Button>
          ))}
        </div>
      ) : (
        <p className="appointment-state">{appointmentWords.states[state]}</p>
      )}
    </li>
  );
}
