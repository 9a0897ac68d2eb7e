import { Button, Heading } from 'react-aria-components';
import type { AppointmentView } from '#shared/protocol/appointments.ts';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { appointmentWords } from '../words/words.ts';
import { SlotWeek } from './slot-week.tsx';

interface Props {
  /** Null: closed. */
  readonly appointment: AppointmentView | null;
  readonly onMove: (appointment: AppointmentView, startsAt: number) => void;
  readonly onClose: () => void;
}

/** Another slot of the same body at the same terminal: one click moves. */
export function MoveDialog({ appointment, onMove, onClose }: Props) {
  return (
    <ModalDialog open={appointment !== null} onClose={onClose} className="move">
      <Heading slot="title">{appointmentWords.moveTitle(appointment?.person?.residentName ?? '')}</Heading>
      {appointment && (
        <SlotWeek
          terminalId={appointment.terminalId}
          bodyId={appointment.bodyId}
          chosen={null}
          onChoose={({ startsAt }) => {
            onClose();
            onMove(appointment, startsAt);
          }}
        />
      )}
      <div className="dialog-buttons">
        <Button className="button" onPress={onClose}>
          {appointmentWords.moveKeep}
        </Button>
      </div>
    </ModalDialog>
  );
}
