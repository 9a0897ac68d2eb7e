import type { ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  readonly open: boolean;
  /** Escape, a click beside it, or whatever in it closes it. */
  readonly onClose: () => void;
  readonly role?: 'dialog' | 'alertdialog';
  /** Beside "modal": how wide and high it is. */
  readonly className?: string;
  /** With a Heading of slot "title", its name. */
  readonly children: ReactNode;
}

/** A page over the page: nothing under it can be reached until it is closed. */
export function ModalDialog({ open, onClose, role = 'dialog', className = '', children }: Props) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
    >
      <Modal className={`modal ${className}`.trim()}>
        <Dialog role={role} className="dialog">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
