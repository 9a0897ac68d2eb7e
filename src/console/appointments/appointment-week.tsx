/** The appointments of a week, day by day, and what can be done with each. */
import { useState } from 'react';
import { assertNever } from '#shared/assert-never.ts';
import type { AppointmentsAnswer, AppointmentView } from '#shared/protocol/appointments.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { usePrinting } from '../parts/resident-paper.tsx';
import { appointmentWords, clerkFailure, sentence } from '../words/words.ts';
import { endAppointment, fetchWeek, moveAppointment } from './appointment-api.ts';
import { AppointmentLine, type Wish } from './appointment-line.tsx';
import { AppointmentPaper, type Slip } from './appointment-paper.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { useLoaded } from './use-loaded.ts';
import { WeekLine } from './week-line.tsx';

interface Props {
  /** Only beside the terminal can a visit begin. */
  readonly canStart: boolean;
}

export function AppointmentWeek({ canStart }: Props) {
  const [date, setDate] = useState<string | null>(null);
  const [shown, setShown] = useState<AppointmentsAnswer | null>(null);
  const { answer, again } = useLoaded(`${date}`, () => fetchWeek(date));
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [cancelling, setCancelling] = useState<AppointmentView | null>(null);
  const [moving, setMoving] = useState<AppointmentView | null>(null);
  const [printing, print] = usePrinting<AppointmentView>();
  if (answer?.ok && answer.value !== shown) setShown(answer.value);

  async function ask(work: () => ReturnType<typeof endAppointment>, success: string): Promise<void> {
    if (asking) return;
    setAsking(true);
    setFailure(null);
    setDone(null);
    const result = await work();
    await again();
    setAsking(false);
    if (result.ok) setDone(success);
    else setFailure(result.code);
  }
  function wish(what: Wish, one: AppointmentView): void {
    switch (what) {
      case 'cancel':
        setCancelling(one);
        return;
      case 'move':
        setMoving(one);
        return;
      case 'start':
        void ask(
          () => endAppointment(one.appointmentId, 'start'),
          appointmentWords.started(one.person?.residentName ?? ''),
        );
        return;
      case 'missed':
        void ask(() => endAppointment(one.appointmentId, 'missed'), appointmentWords.markedMissed);
        return;
      case 'print':
        print(one);
        return;
      default:
        assertNever(what);
    }
  }
  const nameOf = (one: AppointmentView | null) => one?.person?.residentName ?? '';
  const days = shown?.week.days.filter((day) => shown.appointments.some((one) => one.day === day)) ?? [];

  return (
    <div className="appointment-week" aria-busy={answer === null}>
      {done && (
        <Notice tone="good" onDismiss={() => setDone(null)}>
          {done}
        </Notice>
      )}
      {failure && (
        <Notice tone="bad" urgent onDismiss={() => setFailure(null)}>
          {sentence(clerkFailure(failure))}
        </Notice>
      )}
      {answer && !answer.ok && (
        <Notice tone="bad" urgent>
          {sentence(clerkFailure(answer.code))}
        </Notice>
      )}
      {!shown && answer === null && <p className="muted">{appointmentWords.loading}</p>}
      {shown && (
        <>
          <WeekLine week={shown.week} onDate={setDate} />
          {days.length === 0 && <p>{appointmentWords.none}</p>}
          {days.map((day) => (
            <section key={day} aria-label={appointmentWords.day(day)}>
              <h2>{day === shown.week.today ? appointmentWords.today(day) : appointmentWords.day(day)}</h2>
              <ul>
                {shown.appointments
                  .filter((one) => one.day === day)
                  .map((one) => (
                    <AppointmentLine
                      key={one.appointmentId}
                      appointment={one}
                      canStart={canStart && day === shown.week.today}
                      canPrint={canStart && day >= shown.week.today}
                      canBeMissed={day <= shown.week.today}
                      disabled={asking}
                      onWish={(what) => wish(what, one)}
                    />
                  ))}
              </ul>
            </section>
          ))}
        </>
      )}
      <ConfirmDialog
        open={cancelling !== null}
        title={appointmentWords.cancelTitle(nameOf(cancelling))}
        confirm={appointmentWords.cancelConfirm}
        keep={appointmentWords.cancelKeep}
        onConfirm={() =>
          cancelling &&
          void ask(() => endAppointment(cancelling.appointmentId, 'cancel'), appointmentWords.cancelled)
        }
        onClose={() => setCancelling(null)}
      >
        <p>{appointmentWords.cancelNote}</p>
      </ConfirmDialog>
      {printing && <AppointmentPaper slip={slipOf(printing)} />}
      <MoveDialog
        appointment={moving}
        onMove={({ appointmentId }, startsAt) =>
          void ask(() => moveAppointment(appointmentId, startsAt), appointmentWords.moved)
        }
        onClose={() => setMoving(null)}
      />
    </div>
  );
}

function slipOf({ day, startsAt, timeZone, mairie, terminal, body, person }: AppointmentView): Slip {
  return {
    ...{ mairie, terminal, body, residentName: person?.residentName ?? '' },
    ...{ day: appointmentWords.day(day), hour: appointmentWords.hour(startsAt, timeZone) },
  };
}
