import { Input, Label, TextField } from 'react-aria-components';
import { bodyCalendar, counsellorCalendar } from '#shared/protocol/appointments.ts';
import { Notice } from '../parts/notice.tsx';
import { appointmentWords, counsellorFailure, sentence } from '../words/words.ts';
import { fetchPlaces } from './appointment-api.ts';
import { AppointmentSections } from './appointment-sections.tsx';
import { AppointmentWeek } from './appointment-week.tsx';
import { BookForm } from './book-form.tsx';
import { CalendarForm } from './calendar-form.tsx';
import { FeedAddress } from './feed-address.tsx';
import { useLoaded } from './use-loaded.ts';

/** A counsellor's own appointments, his own hours, and those of his body. */
export function CounsellorAppointmentsPage() {
  return (
    <AppointmentSections
      sections={[
        { path: '', name: appointmentWords.week, content: () => <AppointmentWeek canStart={false} /> },
        { path: 'nouveau', name: appointmentWords.book, content: () => <Book /> },
        { path: 'horaires', name: appointmentWords.ownHours, content: OwnHours },
        { path: 'organisme', name: appointmentWords.bodyHours, content: BodyHours },
      ]}
    />
  );
}

function Book() {
  const { answer } = useLoaded('places', fetchPlaces, false);
  if (!answer) return <p role="status">{appointmentWords.loading}</p>;
  if (!answer.ok) {
    return (
      <Notice tone="bad" urgent>
        {sentence(counsellorFailure(answer.code))}
      </Notice>
    );
  }
  return <BookForm {...answer.value} firstBody="" canPrint={false} />;
}

function OwnHours() {
  return (
    <>
      <CalendarForm
        key="own"
        path="/api/calendars/counsellor"
        schema={counsellorCalendar}
        note={appointmentWords.hoursNote.counsellor}
        none={appointmentWords.free}
        closuresNote={appointmentWords.closuresNote}
      />
      <FeedAddress of={{ of: 'counsellor' }} />
    </>
  );
}

function BodyHours() {
  return (
    <CalendarForm
      key="body"
      path="/api/calendars/body"
      schema={bodyCalendar}
      note={appointmentWords.hoursNote.body}
      none={appointmentWords.closed}
      closuresNote={appointmentWords.closuresNote}
      rest={(calendar, change) => (
        <TextField
          type="number"
          className="react-aria-TextField minutes"
          value={String(calendar.minutes || '')}
          onChange={(minutes) => change({ ...calendar, minutes: Number(minutes) })}
        >
          <Label>{appointmentWords.length}</Label>
          <Input min={10} max={240} step={5} />
        </TextField>
      )}
    />
  );
}
