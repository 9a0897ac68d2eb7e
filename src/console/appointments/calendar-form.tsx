/** Sets when a body, a room or a counsellor is there. What is on the hub is read once: typing is never overwritten. */
import { type ReactNode, useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { z } from 'zod';
import type { CounsellorCalendar } from '#shared/protocol/appointments.ts';
import { read, send } from '../api.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { appointmentWords, clerkFailure, sentence } from '../words/words.ts';
import { ClosureList } from './closure-list.tsx';
import { HoursWeek } from './hours-week.tsx';
import { useLoaded } from './use-loaded.ts';

interface Props<T extends CounsellorCalendar> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
  readonly note: string;
  readonly none: string;
  readonly closuresNote: string;
  /** What this calendar has besides. */
  readonly rest?: (calendar: T, change: (calendar: T) => void) => ReactNode;
}

export function CalendarForm<T extends CounsellorCalendar>(props: Props<T>) {
  const { path, schema, note, none, closuresNote, rest } = props;
  const { answer } = useLoaded(path, () => read(path, schema), false);
  const [typed, setTyped] = useState<T | null>(null);
  const [said, setSaid] = useState<'saved' | 'incomplete' | ConsoleFailureCode | null>(null);
  const [sending, setSending] = useState(false);
  if (!answer) return <p className="muted">{appointmentWords.loading}</p>;
  if (!answer.ok) {
    return (
      <Notice tone="bad" urgent>
        {sentence(clerkFailure(answer.code))}
      </Notice>
    );
  }
  const calendar = typed ?? answer.value;
  const change = (next: T) => {
    setTyped(next);
    setSaid(null);
  };

  async function save(): Promise<void> {
    // The hub says what lies over what; a field that was left empty is seen here.
    if (!schema.safeParse(calendar).success) return setSaid('incomplete');
    setSending(true);
    const result = await send('PUT', path, calendar, z.null());
    setSending(false);
    setSaid(result.ok ? 'saved' : result.code);
  }

  return (
    <Form
      className="calendar-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending) void save();
      }}
    >
      <p className="hint">{note}</p>
      <HoursWeek
        hours={calendar.hours}
        none={none}
        onChange={(hours) => change({ ...calendar, hours: [...hours] })}
      />
      {rest?.(calendar, change)}
      <ClosureList
        closures={calendar.closures}
        note={closuresNote}
        onChange={(closures) => change({ ...calendar, closures: [...closures] })}
      />
      {said === 'saved' && <Notice tone="good">{appointmentWords.saved}</Notice>}
      {said !== null && said !== 'saved' && (
        <Notice tone="bad" urgent>
          {said === 'incomplete' ? appointmentWords.incomplete : sentence(clerkFailure(said))}
        </Notice>
      )}
      <Button type="submit" className="button primary" isPending={sending}>
        {appointmentWords.save}
      </Button>
    </Form>
  );
}
