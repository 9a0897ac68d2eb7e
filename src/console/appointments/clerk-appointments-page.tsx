import { useState } from 'react';
import { terminalCalendar, timeZone } from '#shared/protocol/appointments.ts';
import type { ConsoleView, TerminalView } from '#shared/protocol/views.ts';
import { appointmentWords, words } from '../words/words.ts';
import { AppointmentSections } from './appointment-sections.tsx';
import { AppointmentWeek } from './appointment-week.tsx';
import { BookForm } from './book-form.tsx';
import { CalendarForm } from './calendar-form.tsx';
import { FeedAddress } from './feed-address.tsx';

/** The mairie's appointments: the week, a new one, and when the terminal's room is free. */
export function ClerkAppointmentsPage({ view }: { readonly view: Extract<ConsoleView, { role: 'clerk' }> }) {
  return (
    <AppointmentSections
      sections={[
        { path: '', name: appointmentWords.week, content: () => <AppointmentWeek canStart /> },
        {
          path: 'nouveau',
          name: appointmentWords.book,
          // What follows in the address is the body that proposed it.
          content: (rest) => (
            <BookForm key={rest} bodies={view.bodies} terminals={view.terminals} firstBody={rest} canPrint />
          ),
        },
        {
          path: 'salle',
          name: appointmentWords.roomHours,
          content: () => <Rooms terminals={view.terminals} />,
        },
      ]}
    />
  );
}

function Rooms({ terminals }: { readonly terminals: readonly TerminalView[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const terminal = terminals.find((one) => one.terminalId === chosen) ?? terminals[0];
  if (!terminal) return <p>{words.clerk.noTerminal}</p>;
  const { terminalId } = terminal;
  const isOneMairie = terminals.every(({ mairie }) => mairie === terminal.mairie);
  return (
    <>
      {terminals.length > 1 && (
        <label className="field">
          {appointmentWords.terminal}
          <select value={terminalId} onChange={({ target }) => setChosen(target.value)}>
            {terminals.map((one) => (
              <option key={one.terminalId} value={one.terminalId}>
                {isOneMairie ? one.name : appointmentWords.at(one.mairie, one.name)}
              </option>
            ))}
          </select>
        </label>
      )}
      <CalendarForm
        key={terminalId}
        path={`/api/calendars/terminals/${terminalId}`}
        schema={terminalCalendar}
        note={appointmentWords.hoursNote.terminal}
        none={appointmentWords.closed}
        closuresNote={appointmentWords.closuresOfMairie}
        rest={(calendar, change) => (
          <label className="field">
            {appointmentWords.timeZone}
            <select
              value={calendar.timeZone}
              onChange={({ target }) => change({ ...calendar, timeZone: timeZone.parse(target.value) })}
            >
              {timeZone.options.map((zone) => (
                <option key={zone} value={zone}>
                  {appointmentWords.timeZones[zone]}
                </option>
              ))}
            </select>
          </label>
        )}
      />
      <FeedAddress key={`${terminalId} feed`} of={{ of: 'terminal', terminalId }} />
    </>
  );
}
