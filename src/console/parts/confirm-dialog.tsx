import type { ReactNode } from 'react';
import { Button, Heading } from 'react-aria-components';
import { ModalDialog } from './modal-dialog.tsx';

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly keep: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone. Escape and the first button keep things as they are. */
export function ConfirmDialog({ open, title, children, confirm, keep, onConfirm, onClose }: Props) {
  return (
    <ModalDialog open={open} onClose={onClose} role="alertdialog">
      <Heading slot="title">{title}</Heading>
      {children}
      <div className="dialog-buttons">
        <Button className="button" autoFocus onPress={onClose}>
          {keep}
        </Button>
        <Button
          className="button danger"
          onPress={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirm}
        </Button>
      </div>
    </ModalDialog>
  );
}
