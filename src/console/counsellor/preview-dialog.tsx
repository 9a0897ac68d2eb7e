/** One page as large as the window allows, and the way to the one before and the one after. */
import type { ReactNode } from 'react';
import { Button, Heading } from 'react-aria-components';
import { ModalDialog } from '../parts/modal-dialog.tsx';
import { words } from '../words/words.ts';

interface Turn {
  readonly label: string;
  /** Null: there is no page on that side. */
  readonly go: (() => void) | null;
}

interface Props {
  readonly isOpen: boolean;
  readonly title: string;
  /** Null: not there; `wait` says so in its place. */
  readonly picture: { readonly url: string; readonly width: number; readonly height: number } | null;
  readonly wait: string;
  /** Null: there is but one page. */
  readonly turns: { readonly previous: Turn; readonly next: Turn } | null;
  readonly onClose: () => void;
  /** What can be done with the page. */
  readonly children?: ReactNode;
}

export function PreviewDialog(props: Props) {
  const { isOpen, title, picture, wait, turns, onClose, children } = props;
  return (
    <ModalDialog open={isOpen} onClose={onClose} className="preview">
      <div className="preview-head">
        <Heading slot="title">{title}</Heading>
        <Button className="button small" onPress={onClose}>
          {words.shell.close}
        </Button>
      </div>
      <div className="preview-body">
        {turns && <Arrow turn={turns.previous} sign="‹" />}
        {picture ? (
          <img src={picture.url} alt={title} width={picture.width} height={picture.height} />
        ) : (
          <p className="preview-wait" role="status">
            {wait}
          </p>
        )}
        {turns && <Arrow turn={turns.next} sign="›" />}
        {children}
      </div>
    </ModalDialog>
  );
}

function Arrow({ turn, sign }: { readonly turn: Turn; readonly sign: string }) {
  return (
    <Button
      className="button icon large"
      aria-label={turn.label}
      isDisabled={turn.go === null}
      onPress={() => turn.go?.()}
    >
      <span aria-hidden="true">{sign}</span>
    </Button>
  );
}
