import { Button } from 'react-aria-components';
import type { Closure } from '#shared/protocol/appointments.ts';
import { byPlace } from '../parts/by-place.ts';
import { DateField } from '../parts/date-field.tsx';
import { appointmentWords } from '../words/words.ts';

interface Props {
  readonly closures: readonly Closure[];
  readonly note: string;
  readonly onChange: (closures: readonly Closure[]) => void;
}

/** Days that are closed besides public holidays, from the first to the last. */
export function ClosureList({ closures, note, onChange }: Props) {
  return (
    <section className="closures" aria-labelledby="closures-title">
      <h2 id="closures-title">{appointmentWords.closures}</h2>
      <p className="hint">{note}</p>
      {closures.length === 0 && <p className="muted">{appointmentWords.noClosure}</p>}
      <ul>
        {byPlace(closures).map(({ item: one, place }) => {
          const change = (part: Partial<Closure>) =>
            onChange(closures.map((other) => (other === one ? { ...one, ...part } : other)));
          return (
            <li key={place} className="closure">
              <DateField
                label={appointmentWords.firstDay}
                value={one.first}
                onChange={(first) => change({ first })}
              />
              <DateField
                label={appointmentWords.lastDay}
                value={one.last}
                onChange={(last) => change({ last })}
              />
              <Button
                className="button icon"
                aria-label={appointmentWords.removeClosure(place + 1)}
                onPress={() => onChange(closures.filter((other) => other !== one))}
              >
                <span aria-hidden="true">×</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <Button className="button small" onPress={() => onChange([...closures, { first: '', last: '' }])}>
        {appointmentWords.addClosure}
      </Button>
    </section>
  );
}
